"""The quota sheet of a plan: units × items, with sums that agree on both sides."""

from cadres.models import Unit
from cadres.roles import ALL
from trainingplans.plans.models import Quota


def quota_sheet(plan, account):
    """{items, rows: [{unit, seats: [n], sum}], sums, total} for the units the account sees.

    An account of a unit sees its own branch; the sums are of what is shown. Three queries.
    """
    items = list(plan.items.all())
    quotas = Quota.objects.filter(item__plan=plan, seats__gt=0)
    if account.scope != ALL:
        quotas = quotas.filter(unit__in=Unit.objects.branch_of(account))
    seats = {}
    for unit, item, number in quotas.order_by().values_list("unit", "item", "seats"):
        seats.setdefault(unit, {})[item] = number
    units = Unit.objects.filter(pk__in=seats).order_by("sort_key")
    rows = [
        {
            "unit": unit,
            "seats": [seats[unit.pk].get(item.pk, 0) for item in items],
            "sum": sum(seats[unit.pk].values()),
        }
        for unit in units
    ]
    sums = [sum(row["seats"][place] for row in rows) for place in range(len(items))]
    return {"items": items, "rows": rows, "sums": sums, "total": sum(sums)}

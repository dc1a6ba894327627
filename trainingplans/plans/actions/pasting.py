"""Items from the rows of a table: all good rows at once, codes made where they are missing."""

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.plans import locked_draft
from trainingplans.plans.models import PlanCost, PlanItem


@transaction.atomic
def add_lines(plan, lines, lookups, *, by):
    """Items at the end of a draft from good Lines of a table; how many."""
    row = locked_draft(plan)
    if not lines:
        raise Refused("Không có dòng nào thêm được. Sửa các ô có dấu rồi xem lại.")
    taken = set(row.items.values_list("code", flat=True))
    last = row.items.order_by("-order").values_list("order", flat=True).first() or 0
    items = [
        _item(row, line, _code(line, taken), last + place, lookups)
        for place, line in enumerate(lines, 1)
    ]
    items = bulk_create_with_history(items, PlanItem, default_user=by)
    sources = {source.code: source for source in lookups.sources}
    PlanCost.objects.bulk_create(
        PlanCost(item=item, source=sources[code], unit=item.lead_unit, amount=amount)
        for item, line in zip(items, lines, strict=True)
        for code, amount in line.costs.items()
        if amount and code in sources
    )
    record("plan.paste", by=by, subject=row, unit=row.unit, detail={"added": len(items)})
    return len(items)


def _code(line, taken):
    """The row's own code if it is free, else the next free number."""
    code = line.values.get("code", "")[:20]
    if not code or code in taken:
        numbers = [int(one) for one in taken if one.isdecimal()]
        code = str(max(numbers, default=0) + 1)
    taken.add(code)
    return code


def _item(plan, line, code, order, lookups):
    values = line.values
    place = values.get("institution", "")
    institution = lookups.institution(place)
    notes = [values.get("note", ""), values.get("when", "")]
    notes += [f"Chủ trì: {values['lead_text']}"] if values.get("lead_text") else []
    return PlanItem(
        plan=plan,
        code=code,
        order=order,
        title=values["title"],
        category=values.get("category"),
        classes=values.get("classes", 0),
        learners=values.get("learners", 0),
        quarter=values.get("quarter"),
        lead_unit=values.get("lead_unit") or plan.unit,
        institution=institution,
        institution_text="" if institution else place,
        audience_text=values.get("audience", ""),
        note="; ".join(filter(None, notes))[:300],
    )

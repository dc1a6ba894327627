"""The money of a class as it is read: totals by source, the boxes on its page, what is missing."""

from django.db.models import Sum
from django.urls import reverse

from courses.states import Problem
from courses.summaries import Panel
from trainingplans.lib.numbers import format_money, format_percent, percent_of
from trainingplans.plans.models import ClassCost, PlanItem


def by_source(training_class):
    """[{name, planned, spent}] by source, in the order of the sources."""
    rows = ClassCost.objects.filter(training_class=training_class).order_by()
    sums = rows.values("source__name", "source__order")
    sums = sums.annotate(planned=Sum("planned"), spent=Sum("spent"))
    return [
        {"name": row["source__name"], "planned": row["planned"], "spent": row["spent"]}
        for row in sums.order_by("source__order", "source__name")
    ]


def panel_of(training_class, account):
    """The box "Kinh phí" of a class's page; None without money, or for who may not see it."""
    if not account.has_perm("plans.view_plan"):
        return None
    sources = by_source(training_class)
    if not sources:
        return None
    planned, spent = (sum(row[key] for row in sources) for key in ("planned", "spent"))
    share = percent_of(spent, planned)
    told = f"{format_money(spent)}, {format_percent(share)}" if planned else format_money(spent)
    facts = [
        {"label": "Dự toán", "value": format_money(planned)},
        {"label": "Đã chi", "value": told},
        {"label": "Nguồn", "value": "; ".join(row["name"] for row in sources)},
    ]
    return Panel("Kinh phí", facts)


def plan_of(training_class, account):
    """The box "Kế hoạch" of a class's page; None for a class of no plan that the account sees."""
    if not account.has_perm("plans.view_plan"):
        return None
    seen = PlanItem.objects.visible_to(account).select_related("plan")
    item = seen.filter(planned_classes__training_class=training_class).first()
    if item is None:
        return None
    url = reverse("plans:item", args=[item.plan_id, item.pk])
    facts = [
        {"label": "Kế hoạch", "value": item.plan.number or item.plan.title},
        {"label": "Mục", "value": str(item), "url": url, "link": "Mở mục"},
    ]
    return Panel("Kế hoạch", facts)


def unspent(training_class):
    """A class is settled once each planned cost tells what was spent."""
    count = training_class.costs.filter(planned__gt=0, spent=0).count()
    if count:
        url = reverse("plans:class_costs", args=[training_class.pk])
        yield Problem(f"Chi thực tế của {count} khoản", "chưa ghi số đã chi", url, "coins")

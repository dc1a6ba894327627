"""From a proposal to items of a draft: each with its course, targets, money and seats by unit."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from cadres.audit import record
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.consolidation import take_out
from trainingplans.plans.actions.items import next_code
from trainingplans.plans.actions.plans import locked_draft
from trainingplans.plans.actions.quotas import give
from trainingplans.plans.models import PlanCost, PlanItem
from trainingplans.plans.proposals import propose

ADD, UNDO = "plan.propose", "plan.propose_undo"


@dataclass(frozen=True)
class Wanted:
    """An item to make: the course, classes, learners, đồng from a source, the targets it serves."""

    course: object
    classes: int
    learners: int
    amount: int
    source: object
    targets: list = field(default_factory=list)
    note: str = ""


@transaction.atomic
def add_proposed(plan, rows, *, by, on):
    """Make an item of each Wanted at the end of a draft, with the seats that the day's figures
    propose for the units; the event. Refused for nothing, or a plan that may not change."""
    draft = locked_draft(plan)
    if not rows:
        raise Refused("Chưa chọn dòng nào. Đánh dấu ít nhất một dòng có lớp và người học.")
    last = draft.items.aggregate(last=Max("order"))["last"] or 0
    items = [_item(draft, row, last + place, by) for place, row in enumerate(rows, 1)]
    seats = sum(give(item, propose(item, on=on), by=by) for item in items)
    detail = {"items": [item.pk for item in items], "count": len(items), "seats": seats}
    return record(ADD, by=by, subject=draft, unit=draft.unit, detail=detail)


def _item(plan, row, order, by):
    item = PlanItem(
        plan=plan,
        code=next_code(plan),
        order=order,
        title=row.course.name,
        category=row.course.category,
        course=row.course,
        classes=row.classes,
        learners=row.learners,
        lead_unit=plan.unit,
        audience=row.course.audience,
        note=row.note[:300],
    )
    item._history_user = by
    item.save()
    item.targets.set(row.targets)
    if row.amount:
        PlanCost.objects.create(
            item=item, source=row.source, unit=item.lead_unit, amount=row.amount
        )
    return item


@transaction.atomic
def undo_proposed(plan, event, *, by):
    """Take the items of `add_proposed` out again; (taken out, {code: why it was kept})."""
    draft = locked_draft(plan)
    gone, kept = take_out(draft, event.detail["items"], by=by, costs_kept=False)
    record(UNDO, by=by, subject=draft, unit=draft.unit, detail={"count": gone})
    return gone, kept

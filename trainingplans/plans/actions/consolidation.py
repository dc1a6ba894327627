"""From consolidated needs to the items of the plan that is being drafted."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from cadres.models import AuditEvent
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.plans import locked_draft
from trainingplans.plans.consolidating import quotas_of
from trainingplans.plans.models import PlanItem, Quota

CLASS_SIZE, MOST_IN_CLASS = 50, 500


@dataclass
class Drafted:
    """What was put into the plan, and {name of a content: why it was left out}."""

    items: list = field(default_factory=list)
    skipped: dict = field(default_factory=dict)
    event: AuditEvent | None = None


@transaction.atomic
def draft_items(row, contents, size, *, by):
    """Make an item of the round's plan of each content (consolidating.Content): learners and
    quotas as asked for, as many classes as fit `size`, the targets that it serves.

    A content that the plan has already is left out. Refused without a plan that may be changed.
    """
    plan = _locked(row)
    have = {item.category_id: item for item in plan.items.exclude(category=None)}
    drafted, order, code = Drafted(), _last(plan, "order"), _last_code(plan)
    for content in contents:
        there = have.get(content.category.pk)
        if there:
            drafted.skipped[content.name] = f"kế hoạch đã có mục {there.code}"
            continue
        order, code = order + 1, code + 1
        drafted.items.append(_item(plan, content, size, order, code, by))
    if drafted.items:
        ids = [item.pk for item in drafted.items]
        told = {"items": ids, "count": len(ids), "plan": plan.pk}
        drafted.event = record("round.items", by=by, subject=row, detail=told)
    return drafted


def _locked(row):
    if row.plan_id is None:
        raise Refused(f"{row}: chưa gắn với kế hoạch nào. Sửa đợt, chọn dự thảo kế hoạch.")
    return locked_draft(row.plan)


def _last(plan, column):
    return plan.items.aggregate(last=Max(column))["last"] or 0


def _last_code(plan):
    codes = plan.items.values_list("code", flat=True)
    return max((int(code) for code in codes if code.isdecimal()), default=0)


def _item(plan, content, size, order, code, by):
    item = PlanItem(
        plan=plan,
        code=str(code),
        order=order,
        title=content.name[:300],
        category=content.category,
        learners=content.number,
        classes=-(-content.number // size),
        note=f"Tổng hợp từ nhu cầu của {len(content.by_unit)} đơn vị",
    )
    item._history_user = by
    item.save()
    item.targets.set(content.targets)
    quotas = [
        Quota(item=item, unit_id=unit, seats=seats, reason="theo nhu cầu của đơn vị")
        for unit, seats in quotas_of(content).items()
    ]
    bulk_create_with_history(quotas, Quota, default_user=by)
    return item


def take_out(plan, ids, *, by, costs_kept=True):
    """Delete those of a locked plan's items (ids) that nobody has worked on since they were made;
    (how many, {code: why it was kept}). `costs_kept`: money was added by somebody."""
    gone, kept = 0, {}
    for item in plan.items.select_for_update().filter(pk__in=ids):
        if item.version > 1:
            kept[item.code] = "đã sửa"
        elif item.planned_classes.exists() or (costs_kept and item.costs.exists()):
            kept[item.code] = "đã có kinh phí hoặc lớp"
        elif item.quotas.filter(version__gt=1).exists():
            kept[item.code] = "đã sửa suất"
        else:
            item._history_user = by
            item.delete()
            gone += 1
    return gone, kept


@transaction.atomic
def record_export(row, people, *, by):
    """An export holds names, so it leaves a trace."""
    return record("round.export", by=by, subject=row, detail={"count": people})


@transaction.atomic
def undo_items(row, event, *, by):
    """Take the items of `draft_items` out again; (taken out, {code: why it was kept})."""
    gone, kept = take_out(_locked(row), event.detail["items"], by=by)
    record("round.items_undo", by=by, subject=row, detail={"count": gone})
    return gone, kept

"""A plan from a document: made, or a draft replaced, whole or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from trainingplans.lib.commands import Refused
from trainingplans.lib.text import fold
from trainingplans.plans.models import (
    AGREED,
    Plan,
    PlanCost,
    PlanItem,
    Programme,
    Quota,
)
from trainingplans.plans.plandocs import PlanReader
from trainingplans.plans.planjson import document_of_plan
from trainingplans.plans.states import EDITABLE

CREATED, REPLACED, UNCHANGED = "created", "replaced", "unchanged"
KINDS = [
    ("tieu du an", Programme.Kind.SUB_PROJECT),
    ("du an", Programme.Kind.PROJECT),
    ("nghi quyet", Programme.Kind.RESOLUTION),
    ("de an", Programme.Kind.SCHEME),
    ("quyet dinh", Programme.Kind.DECISION),
]


@dataclass
class LoadedPlan:
    """The plan, and whether it was created, replaced or found as the document says."""

    plan: Plan
    act: str


@transaction.atomic
def load_plan(document, *, by):
    """Create the plan of a document or replace the draft of its number; Refused with every problem.

    A plan that was submitted or approved is never replaced. `by` needs the right to approve for
    a document that says the plan is approved already (one that was approved on paper).
    """
    reader = PlanReader(by)
    entry = reader.read(document)
    if reader.problems:
        raise Refused(*reader.problems)
    plan = _locked(entry, by)
    before = document_of_plan(plan) if plan.pk else None
    point = transaction.savepoint()
    _store(plan, entry, by)
    if before == document_of_plan(plan):
        transaction.savepoint_rollback(point)
        return LoadedPlan(Plan.objects.get(pk=plan.pk), UNCHANGED)
    transaction.savepoint_commit(point)
    act = REPLACED if before else CREATED
    detail = {"act": act, "items": len(entry.items), "state": plan.state}
    record("plan.load", by=by, subject=plan, unit=plan.unit, detail=detail)
    return LoadedPlan(plan, act)


def _locked(entry, by):
    """The draft of the entry's number, locked; a new plan where there is none."""
    columns = entry.columns
    if columns["state"] in AGREED and not by.has_perm("plans.approve_plan"):
        raise Refused(f"Kế hoạch: status {columns['state']}: tài khoản không có quyền phê duyệt.")
    found = Plan.objects.select_for_update().filter(number=columns["number"])
    newest = found.order_by("-version_no").first()
    if newest is None:
        return Plan()
    if not Plan.objects.visible_to(by).filter(pk=newest.pk).exists():
        raise Refused(f"Số {newest.number} đã dùng cho kế hoạch của đơn vị khác. Đổi số.")
    if newest.state not in EDITABLE:
        state = newest.get_state_display().lower()
        raise Refused(
            f"Kế hoạch {newest.number} {state}, không thay được. Lập bản điều chỉnh để sửa."
        )
    return newest


def _store(plan, entry, by):
    was_new = plan.pk is None
    moved = plan.state != entry.columns["state"]
    for column, value in entry.columns.items():
        setattr(plan, column, value)
    if was_new or moved:
        plan.state_since = timezone.now()
    plan.version = 1 if was_new else plan.version + 1
    plan._history_user = by
    plan.save()
    plan.programmes.set([programme_of(chain, by) for chain in entry.chains])
    plan.items.all().delete()
    for item in entry.items:
        _store_item(plan, item, by)


def _store_item(plan, entry, by):
    item = PlanItem(plan=plan, **entry.columns)
    item._history_user = by
    item.save()
    item.targets.set(entry.serves)
    PlanCost.objects.bulk_create(
        PlanCost(item=item, source=source, unit=unit, amount=amount)
        for source, unit, amount in entry.costs
    )
    quotas = [Quota(item=item, unit=unit, seats=seats) for unit, seats in entry.quotas]
    bulk_create_with_history(quotas, Quota, default_user=by)


def programme_of(chain, by):
    """The programme at the end of a chain [{number, title}]; links that are missing are made."""
    above = None
    for link in chain:
        above = _link(link, above) or _new_link(link, above, by)
    return above


def _link(link, above):
    if link["number"]:
        return Programme.objects.filter(number=link["number"]).first()
    return Programme.objects.filter(title=link["title"], parent=above).first()


def _new_link(link, above, by):
    row = Programme(parent=above, kind=_kind(link), **link)
    row._history_user = by
    row.save()
    record("programme.add", by=by, subject=row)
    return row


def _kind(link):
    title = fold(link["title"])
    return next(
        (kind for start, kind in KINDS if title.startswith(start)), Programme.Kind.PROGRAMME
    )

"""Writes of plans: making, moving between states, approving, new versions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from cadres.edits import moment
from cadres.models import Unit
from cadres.roles import ALL
from courses.models import ClassState
from trainingplans.lib.commands import Refused
from trainingplans.plans.models import (
    Plan,
    PlanCost,
    PlanItem,
    PlannedClass,
    PlanState,
    Quota,
)
from trainingplans.plans.states import EDITABLE, PLAN
from trainingplans.plans.telling import tell

COPIED = [
    "code",
    "title",
    "category",
    "course",
    "classes",
    "learners",
    "quarter",
    "mode",
    "institution",
    "institution_text",
    "place",
    "lead_unit",
    "audience",
    "audience_text",
    "programme",
    "reserve",
    "note",
]


@dataclass(frozen=True)
class Approval:
    """What an approval says: its number and date, who signed it, the signed paper."""

    number: str
    on: date
    signer: str
    file: object = None


@transaction.atomic
def add_plan(plan, *, by, programmes=()):
    """Save a new draft; the row. Refused outside the account's units."""
    _own(plan, by)
    plan.state_since = timezone.now()
    _store(plan, by)
    plan.programmes.set(programmes)
    record("plan.add", by=by, subject=plan, unit=plan.unit)
    return plan


def _own(plan, by):
    """Refused unless `by` may keep plans of the plan's unit."""
    inside = plan.unit_id and Unit.objects.branch_of(by).filter(pk=plan.unit_id).exists()
    if by.scope != ALL and not inside:
        raise Refused("Chỉ lập được kế hoạch của đơn vị mình.")


def _store(plan, by):
    plan._history_user = by
    plan.save()


def locked(plan):
    """The row of a plan as it is now, held until the end of the transaction."""
    return Plan.objects.select_for_update().get(pk=plan.pk)


def locked_draft(plan):
    """The locked row of a plan whose contents may still change; Refused otherwise."""
    row = locked(plan)
    if row.state not in EDITABLE:
        state = row.get_state_display().lower()
        raise Refused(f"{row}: {state}, không sửa được nữa. Lập bản điều chỉnh để sửa.")
    return row


@transaction.atomic
def move_plan(plan, code, *, by, reason="", approval=None):
    """Bring a plan to its next state by the table PLAN; the row. Refused says whose move won.

    `approval` (number, date, signer) is needed to approve; the version that this one adjusts is
    then replaced, and its classes go on under the items of the same code.
    """
    row = locked(plan)
    if not Plan.objects.kept_by(by).filter(pk=row.pk).exists():
        raise Refused(f"{row}: kế hoạch của đơn vị khác. Chỉ đơn vị lập và Sở Nội vụ làm được.")
    try:
        move = PLAN.check(row, code, by=by, reason=reason)
    except Refused as refusal:
        raise Refused(f"{refusal}{_last_move(row)}") from None
    was = row.state
    row.state, row.state_since, row.version = move.target, timezone.now(), row.version + 1
    row.return_reason = reason.strip() if code == "return" else ""
    _also(row, code, by, approval)
    _store(row, by)
    detail = {"from": was, "to": row.state}
    detail |= {"reason": reason.strip()} if reason.strip() else {}
    detail |= {"number": row.approved_number} if code == "approve" else {}
    record(f"plan.{code}", by=by, subject=row, unit=row.unit, detail=detail)
    tell(row, code, reason=reason.strip())
    return row


@transaction.atomic
def note_refusal(plan, code, why, *, by):
    """Keep in the log that somebody tried a move that was refused."""
    detail = {"move": code, "why": why}
    record("plan.refused", by=by, subject=plan, unit=plan.unit, detail=detail)


def _last_move(row):
    """ " Lò An đã làm lúc 09:38 ngày 20/11/2026." of the last change, or nothing."""
    change = row.history.select_related("history_user").first()
    if change is None or change.history_user is None:
        return ""
    return f" {change.history_user} vừa xử lý {moment(change.history_date)}."


def _also(row, code, by, approval):
    """What a move does beside changing the state."""
    if code == "submit":
        check_complete(row)
        row.submitted_by = by
    if code == "approve":
        _approve(row, by, approval)


def check_complete(row):
    """Refused when a plan cannot be submitted: no items, more seats than learners, lost classes."""
    items = row.items.annotate(seats=Sum("quotas__seats", default=0))
    if not items:
        raise Refused("Kế hoạch chưa có nội dung nào. Thêm ít nhất một dòng rồi trình.")
    over = [item for item in items if item.seats + item.reserve > item.learners]
    problems = [f"Mục {i.code}: {i.seats + i.reserve} suất, chỉ có {i.learners}." for i in over]
    problems += _lost_classes(row)
    if problems:
        raise Refused(*problems)


def opened_before(row):
    """{code of an item: its classes} that the version before opened, without cancelled ones."""
    opened = PlannedClass.objects.filter(item__plan=row.replaces_id, item__plan__isnull=False)
    opened = opened.exclude(training_class__state=ClassState.CANCELLED)
    return Counter(opened.values_list("item__code", flat=True))


def _lost_classes(row):
    """Items that this version no longer has, or with fewer classes than are open already."""
    kept = dict(row.items.values_list("code", "classes"))
    for code, opened in sorted(opened_before(row).items()):
        if code not in kept:
            yield f"Mục {code}: đã mở lớp, không bỏ hay đổi mã được. Thêm lại mục này."
        elif kept[code] < opened:
            yield f"Mục {code}: đã mở {opened} lớp. Ghi ít nhất {opened} lớp."


def _approve(row, by, approval):
    if approval is None or not (approval.number and approval.on and approval.signer):
        raise Refused("Ghi số, ngày và người ký để phê duyệt.")
    if approval.on > timezone.localdate():
        raise Refused("Ngày ký ở tương lai. Ghi ngày trên văn bản đã ký.")
    check_complete(row)
    row.approved_number, row.approved_on = approval.number, approval.on
    row.signer, row.approved_by = approval.signer, by
    if approval.file:
        row.approved_file = approval.file
    if not row.number:
        taken = Plan.objects.filter(number=approval.number, version_no=row.version_no)
        if taken.exists():
            raise Refused(f"Số {approval.number} đã dùng cho kế hoạch khác. Ghi đúng số.")
        row.number = approval.number
    if row.replaces_id:
        _take_over(row, by)


def _take_over(row, by):
    """The version before becomes replaced; its classes hang on the new items from now on."""
    old = locked(row.replaces)
    if old.state == PlanState.RUNNING:
        row.state = PlanState.RUNNING
    old.state, old.state_since = PlanState.REPLACED, timezone.now()
    old.version += 1
    _store(old, by)
    new = dict(row.items.values_list("code", "pk"))
    for planned in PlannedClass.objects.filter(item__plan=old).select_related("item"):
        if planned.item.code in new:  # else its classes were cancelled
            planned.item_id = new[planned.item.code]
            planned.save()


@transaction.atomic
def keep_signed(plan, upload, *, by):
    """Store the signed paper of an approved plan (checked by the form); an earlier one stays in
    the history."""
    row = locked(plan)
    row.approved_file, row.version = upload, row.version + 1
    _store(row, by)
    record("plan.file", by=by, subject=row, unit=row.unit)
    return row


@transaction.atomic
def new_version(plan, *, by, reason):
    """A draft that adjusts an approved plan, with all its items; the row."""
    old = locked(plan)
    if not Plan.objects.kept_by(by).filter(pk=old.pk).exists():
        raise Refused(f"{old}: kế hoạch của đơn vị khác.")
    if old.state not in (PlanState.APPROVED, PlanState.RUNNING):
        raise Refused(f"{old}: chỉ điều chỉnh được kế hoạch đã phê duyệt và chưa kết thúc.")
    if not reason.strip():
        raise Refused("Ghi lý do điều chỉnh.")
    if Plan.objects.filter(replaces=old).exists():
        raise Refused(f"{old} đã có bản điều chỉnh.{_last_move(old.replaced_by)}")
    row = Plan(
        number=old.number,
        title=old.title,
        starts_on=old.starts_on,
        ends_on=old.ends_on,
        unit=old.unit,
        bases=old.bases,
        purpose=old.purpose,
        version_no=old.version_no + 1,
        replaces=old,
        change_reason=reason.strip(),
        state_since=timezone.now(),
    )
    _store(row, by)
    row.programmes.set(old.programmes.all())
    copy_rows(old.items.all(), row, by=by)
    record("plan.new_version", by=by, subject=row, unit=row.unit, detail={"reason": reason.strip()})
    return row


def copy_rows(items, plan, *, by, quotas=True):
    """Copies of items (with costs, targets, quotas) at the end of a plan; codes stay their own."""
    items = list(items.prefetch_related("costs", "quotas", "targets"))
    last = plan.items.order_by("-order").values_list("order", flat=True).first() or 0
    copies = [
        PlanItem(
            plan=plan,
            **{_column(name): getattr(item, _column(name)) for name in COPIED},
            order=last + place,
        )
        for place, item in enumerate(items, 1)
    ]
    copies = bulk_create_with_history(copies, PlanItem, default_user=by)
    PlanCost.objects.bulk_create(
        PlanCost(item=copy, source_id=c.source_id, unit_id=c.unit_id, amount=c.amount)
        for copy, item in zip(copies, items, strict=True)
        for c in item.costs.all()
    )
    through = PlanItem.targets.through
    through.objects.bulk_create(
        through(planitem_id=copy.pk, target_id=target.pk)
        for copy, item in zip(copies, items, strict=True)
        for target in item.targets.all()
    )
    if quotas:
        _copy_quotas(items, copies, by)
    return copies


def _column(name):
    return PlanItem._meta.get_field(name).attname


def _copy_quotas(items, copies, by):
    rows = [
        Quota(
            item=copy,
            unit_id=q.unit_id,
            seats=q.seats,
            proposed=q.proposed,
            carried=q.carried,
            reason=q.reason,
        )
        for copy, item in zip(copies, items, strict=True)
        for q in item.quotas.all()
    ]
    bulk_create_with_history(rows, Quota, default_user=by)


@transaction.atomic
def copy_from(plan, source, codes, *, by):
    """Copy the items with these codes of another plan into a draft; (copied, skipped codes)."""
    row = locked_draft(plan)
    have = set(row.items.values_list("code", flat=True))
    chosen = source.items.filter(code__in=codes)
    skipped = sorted(chosen.filter(code__in=have).values_list("code", flat=True))
    copies = copy_rows(chosen.exclude(code__in=have), row, by=by, quotas=False)
    detail = {"from": str(source), "copied": len(copies), "skipped": skipped}
    record("plan.copy", by=by, subject=row, unit=row.unit, detail=detail)
    return copies, skipped

"""The decision that sends people: drafted from who is accepted, approved, taken back."""

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from cadres.edits import save_versioned
from courses.actions.classes import move_class
from courses.actions.locking import locked_class
from courses.actions.moving import locked_nominations, move_rows, save_moved, states_of
from courses.eligibility import day_of
from courses.enrolling import snapshot
from courses.models import ClassState, Decision, Enrolment, NominationState
from courses.states import APPROVE
from trainingplans.lib.commands import Refused
from trainingplans.lib.text import fold

S = NominationState
OPEN = [ClassState.CALLING, ClassState.DECIDED, ClassState.RUNNING]


@transaction.atomic
def draft_decision(training_class, *, by):
    """A draft with everybody who is accepted; those accepted later join the open draft. Outcome.

    Refused where nobody is accepted.
    """
    training_class = locked_class(training_class.pk)
    if training_class.state not in OPEN:
        now = training_class.get_state_display()
        raise Refused(f"Lớp đang ở trạng thái “{now}”, không lập quyết định được nữa.")
    accepted = training_class.nominations.filter(state=S.ACCEPTED).values_list("pk", flat=True)
    rows = locked_nominations(training_class, accepted)
    if not rows:
        raise Refused("Chưa có ai được chấp nhận. Xét đề cử trước khi lập quyết định.")
    decision = open_draft(training_class) or _new_draft(training_class, by)
    before = states_of(rows)
    outcome = move_rows(rows, "decide", by=by)
    for row in outcome.done:
        row.decision = decision
    act = "decision.draft"
    return save_moved(outcome, act, by=by, training_class=training_class, before=before)


def open_draft(training_class):
    """The decision of the class that is not approved yet, None without one."""
    return training_class.decisions.filter(approved_at__isnull=True).first()


def _new_draft(training_class, by):
    """A draft that begins as the last approved decision ended: signer, bases."""
    last = Decision.objects.exclude(approved_at=None).order_by("-approved_at").first()
    decision = Decision(training_class=training_class)
    if last:
        decision.signer, decision.signer_title = last.signer, last.signer_title
        decision.bases = last.bases
    decision._history_user = by
    decision.save()
    return decision


def change_decision(form, *, by):
    """Save number, date, signer, bases of a draft; a Conflict on a newer version."""
    return save_versioned(form, by=by, act="decision.change")


@transaction.atomic
def take_out(decision, ids, *, by):
    """Take people (ids of nominations) out of a draft; Outcome. An empty draft is dropped."""
    training_class = locked_class(decision.training_class_id)
    decision = _locked(decision)
    _check_draft(decision)
    rows = locked_nominations(training_class, ids, decision.nominations.all())
    before = states_of(rows)
    outcome = move_rows(rows, "undecide", by=by)
    for row in outcome.done:
        row.decision = None
    save_moved(outcome, "decision.take_out", by=by, training_class=training_class, before=before)
    if not decision.nominations.exists():
        decision._history_user = by
        decision.delete()
    return outcome


def _locked(decision):
    return Decision.objects.select_for_update().get(pk=decision.pk)


def _check_draft(decision):
    if decision.approved_at:
        raise Refused(f"{decision} đã được phê duyệt. Bỏ phê duyệt trước khi sửa.")


@transaction.atomic
def approve_decision(decision, *, by):
    """Approve: the class is decided and everybody on the list is enrolled, in one act.

    Each Enrolment keeps unit, post, kind, rank, ethnic group and gender of the opening day.
    Refused with what is missing; how many were enrolled.
    """
    training_class = locked_class(decision.training_class_id)
    decision = _locked(decision)
    if not by.has_perm(APPROVE):
        raise Refused(f"{by.rights.label} không được phê duyệt quyết định.")
    _check_draft(decision)
    _check_complete(decision)
    rows = locked_nominations(training_class, decision.nominations.values_list("pk", flat=True))
    before = states_of(rows)
    outcome = move_rows(rows, "enrol", by=by)
    if outcome.skipped or not outcome.done:
        raise Refused("Danh sách của quyết định đã thay đổi. Mở lại trang rồi phê duyệt.")
    _check_new(outcome.done, training_class)
    _enrol(outcome.done, training_class, decision, by)
    decision.approved_at, decision.approved_by = timezone.now(), by
    decision.version += 1
    decision._history_user = by
    decision.save()
    if training_class.state == ClassState.CALLING:
        move_class(training_class, "decide", by=by)
    save_moved(
        outcome,
        "decision.approve",
        by=by,
        training_class=training_class,
        before=before,
        detail={"decision": decision.pk, "number": decision.number},
    )
    return len(outcome.done)


def _check_complete(decision):
    missing = [
        words
        for value, words in (
            (decision.number, "số"),
            (decision.date, "ngày ký"),
            (decision.signer, "người ký"),
        )
        if not value
    ]
    if missing:
        raise Refused(f"Quyết định chưa ghi {', '.join(missing)}. Sở Nội vụ ghi rồi phê duyệt.")


def _check_new(rows, training_class):
    """Refused for those who came into the class some other way meanwhile."""
    people = [row.official_id for row in rows]
    there = training_class.enrolments.filter(official__in=people).select_related("official")
    if names := ", ".join(str(one.official) for one in there):
        raise Refused(f"{names} đã có tên trong lớp. Đưa ra khỏi dự thảo rồi phê duyệt.")


def _enrol(rows, training_class, decision, by):
    """One Enrolment each, with what the records say of the opening day."""
    known = snapshot([row.official_id for row in rows], day_of(training_class))
    enrolments = [
        Enrolment(
            official=row.official,
            training_class=training_class,
            nomination=row,
            decision=decision,
            **_of_class(training_class),
            **(known[row.official_id] or {"unit_id": row.unit_id}),
        )
        for row in rows
    ]
    bulk_create_with_history(enrolments, Enrolment, default_user=by)


def _of_class(training_class):
    """What an enrolment keeps of its class."""
    course = training_class.course
    return {
        "course": course,
        "category": course.category,
        "form": course.category.form,
        "title": training_class.title,
        "title_key": fold(training_class.title)[:320],
        "hours": course.hours,
        "institution": training_class.institution,
        "starts_on": training_class.starts_on,
        "ends_on": training_class.ends_on,
    }


@transaction.atomic
def undo_approval(decision, *, by, reason):
    """Take an approval back while the class has not started; how many left the class again."""
    training_class = locked_class(decision.training_class_id)
    decision = _locked(decision)
    if not decision.approved_at:
        raise Refused(f"{decision} chưa được phê duyệt.")
    if training_class.state not in (ClassState.DECIDED, ClassState.CALLING):
        now = training_class.get_state_display()
        raise Refused(f"Lớp đang ở trạng thái “{now}”. Chỉ bỏ phê duyệt trước khi khai giảng.")
    enrolments = decision.enrolments.all()
    if enrolments.exclude(state=Enrolment.State.ENROLLED).exists():
        raise Refused("Có người đã thôi học hoặc được thay. Không bỏ phê duyệt được nữa.")
    rows = locked_nominations(training_class, decision.nominations.values_list("pk", flat=True))
    before = states_of(rows)
    outcome = move_rows(rows, "unenrol", by=by)
    for enrolment in enrolments:
        enrolment._history_user = by
        enrolment.delete()
    decision.approved_at = decision.approved_by = None
    decision.version += 1
    decision._history_user = by
    decision.save()
    others = training_class.decisions.exclude(pk=decision.pk).exclude(approved_at=None)
    if training_class.state == ClassState.DECIDED and not others.exists():
        move_class(training_class, "undecide", by=by, reason=reason)
    save_moved(
        outcome,
        "decision.unapprove",
        by=by,
        training_class=training_class,
        before=before,
        detail={"decision": decision.pk, "reason": reason},
    )
    return len(outcome.done)


@transaction.atomic
def keep_file(decision, upload, *, by):
    """Store the signed file of a decision (checked by the form)."""
    decision = _locked(decision)
    decision.file = upload
    decision.version += 1
    decision._history_user = by
    decision.save()
    record("decision.file", by=by, subject=decision)
    return decision

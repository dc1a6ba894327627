"""Writes about who is in a class: leaving it with a reason, coming back, taking another's place."""

from django.db import transaction
from django.utils import timezone

from cadres.audit import record
from courses.actions.locking import locked_class
from courses.busy import seats_of
from courses.enrolling import snapshot
from courses.models import Attendance, ClassState, Enrolment, Nomination, NominationState
from courses.states import NOMINATION
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show
from trainingplans.lib.text import fold, lower_first

OPEN_FOR_CHANGES = (ClassState.DECIDED, ClassState.RUNNING)
State = Enrolment.State
WAITING = (NominationState.SUBMITTED, NominationState.RESERVE, NominationState.ACCEPTED)


@transaction.atomic
def withdraw(enrolment, on, reason, *, by):
    """Let a learner leave the class on a day; Refused without a reason or with a result."""
    row = _open_row(enrolment)
    if row.state != State.ENROLLED:
        now = row.get_state_display()
        raise Refused(f"{row.official}: đang ở trạng thái “{now}”; xóa kết quả trước nếu có.")
    _check_leaving(row, on, reason)
    _leave(row, State.WITHDRAWN, on, reason, by)
    _record("learner.withdraw", row, by, reason=row.left_reason)
    return row


@transaction.atomic
def rejoin(enrolment, *, by):
    """Take a withdrawal back."""
    row = _open_row(enrolment)
    if row.state != State.WITHDRAWN:
        raise Refused(f"{row.official} không ở trạng thái “Thôi học”.")
    seat = row.nomination
    if seat and (full := seats_of(row.training_class).seat(seat.unit)):
        raise Refused(f"{row.official}: {lower_first(full)}")
    _come_back(row, by)
    _record("learner.rejoin", row, by)
    return row


@transaction.atomic
def replace(enrolment, official, on, reason, *, by):
    """Give a learner's place to another official; returns the new enrolment.

    The newcomer's unit, post and kind are those of the day of coming; a nomination holds the seat
    from now on, the one that the newcomer has on the list of the class or a new one.
    """
    row = _open_row(enrolment)
    if row.state != State.ENROLLED:
        raise Refused(f"{row.official}: chỉ thay người đang học.")
    _check_leaving(row, on, reason)
    if Enrolment.objects.filter(training_class=row.training_class, official=official).exists():
        raise Refused(f"{official} đã có tên trong lớp này. Chọn người khác.")
    seat = _seat_of(row, official, by)
    _leave(row, State.REPLACED, on, reason, by)
    new = _newcomer(row, official, on)
    new.nomination = seat
    new._history_user = by
    new.save()
    detail = {"new": official.pk, "new_name": official.full_name}
    _record("learner.replace", row, by, reason=row.left_reason, **detail)
    return new


@transaction.atomic
def unreplace(enrolment, *, by):
    """Take a substitution back; `enrolment` is the one who was replaced."""
    row = _open_row(enrolment)
    new = Enrolment.objects.select_for_update(of=("self",)).filter(replaces=row).first()
    if row.state != State.REPLACED or new is None:
        raise Refused(f"{row.official} không bị thay người.")
    if new.outcome or new.state != State.ENROLLED or new.attendance.exists():
        raise Refused(
            f"{new.official} đã được điểm danh hoặc có kết quả. Cho thôi học thay vì xóa."
        )
    seat, new._history_user = new.nomination, by
    new.delete()
    if seat:
        _give_up(seat, by)
    _come_back(row, by)
    _record("learner.unreplace", row, by)
    return row


def _seat_of(row, official, by):
    """The nomination that holds the newcomer's seat, saved."""
    mine = Nomination.objects.filter(training_class=row.training_class, official=official)
    seat = mine.select_for_update(of=("self",)).first()
    if seat is None:
        unit = row.nomination.unit if row.nomination else row.unit
        seat = Nomination(
            training_class=row.training_class, official=official, unit=unit, made_by=by, version=0
        )
    if seat.state == NominationState.DECIDED:
        raise Refused(f"{official} có trong dự thảo quyết định. Đưa ra khỏi dự thảo trước.")
    if seat.state not in WAITING:
        seat.origin = Nomination.Origin.SUBSTITUTE  # nobody had agreed to it: as good as new
    _move(seat, "substitute", by)
    return seat


def _give_up(seat, by):
    """The seat is free again: a nomination made for it goes, another waits as a reserve."""
    if seat.origin == Nomination.Origin.SUBSTITUTE:
        seat._history_user = by
        seat.delete()
    else:
        _move(seat, "unsubstitute", by)


def _move(seat, code, by):
    move = NOMINATION.check(seat, code, by=by)
    seat.state, seat.decided_by, seat.decided_at = move.target, by, timezone.now()
    _store(seat, by)


def _open_row(enrolment):
    """The locked enrolment with its class, which must be one that people still come to."""
    training_class = locked_class(enrolment.training_class_id)
    if training_class.state not in OPEN_FOR_CHANGES:
        now = training_class.get_state_display()
        raise Refused(f"Lớp đang ở trạng thái “{now}”. Chỉ đổi người khi lớp chưa kết thúc.")
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    row.training_class = training_class
    return row


def _check_leaving(row, on, reason):
    if not reason.strip():
        raise Refused("Ghi lý do.")
    last = row.training_class.ends_on
    if last and on > last:
        raise Refused(f"Ngày thôi học sau ngày bế giảng {show(last)}. Chọn ngày trước đó.")
    decided = row.decision and row.decision.date
    if decided and on < decided:
        told = f"Ngày thôi học {show(on)} trước ngày quyết định {show(decided)}."
        raise Refused(f"{told} Chọn từ {show(decided)}.")
    there = row.attendance.filter(session__on__gt=on, mark=Attendance.Mark.PRESENT)
    seen = there.order_by("-session__on").values_list("session__on", flat=True).first()
    if seen:
        told = f"{row.official} được điểm danh có mặt ngày {show(seen)}, sau ngày thôi học."
        raise Refused(f"{told} Chọn từ {show(seen)}, hoặc sửa điểm danh.")


def _leave(row, state, on, reason, by):
    row.state, row.left_on, row.left_reason = state, on, reason.strip()[:250]
    _store(row, by)


def _come_back(row, by):
    row.state, row.left_on, row.left_reason = State.ENROLLED, None, ""
    _store(row, by)


def _store(row, by):
    row.version += 1
    row._history_user = by
    row.save()


def _newcomer(row, official, on):
    training_class = row.training_class
    course = training_class.course
    return Enrolment(
        official=official,
        training_class=training_class,
        replaces=row,
        decision=row.decision,
        course=course,
        category=course.category,
        title=training_class.title,
        title_key=fold(training_class.title),
        form=course.category.form,
        starts_on=training_class.starts_on,
        ends_on=training_class.ends_on,
        hours=row.hours or course.hours,
        institution=training_class.institution,
        **snapshot([official.pk], on)[official.pk],
    )


def _record(act, row, by, **detail):
    detail |= {"official": row.official_id, "enrolment": row.pk}
    label = f"{row.official} – {row.training_class}"
    record(act, by=by, subject=row, label=label, unit=row.unit, detail=detail)

"""Writes of attendance: the marks of sessions, and taking them back."""

from django.db import transaction
from django.utils import timezone

from cadres.audit import record
from courses.actions.locking import locked_class
from courses.actions.results import Done
from courses.attendance import MARKS
from courses.models import Attendance, ClassState, Enrolment
from courses.results import STUDYING
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show, today

OPEN_FOR_MARKS = (ClassState.RUNNING, ClassState.ENDED)
THERE = (Attendance.Mark.PRESENT, Attendance.Mark.ABSENT)  # known once it has been
ACT, UNDO = "attendance.set", "attendance.undo"


@transaction.atomic
def set_marks(training_class, marks, *, by, shown=None):
    """Write {(session id, enrolment id): mark or "" to clear it} of a class; returns Done.

    The same marks again do nothing. `shown`: the marks that the page had; what somebody else
    wrote since then is kept. Of a session to come only who is excused is noted. Refused while the
    class does not run, and for ids of another class (nothing is written). Who has left keeps the
    marks of before.
    """
    training_class = locked_class(training_class.pk)
    if training_class.state not in OPEN_FOR_MARKS:
        now = training_class.get_state_display()
        raise Refused(f"Lớp đang ở trạng thái “{now}”. Điểm danh từ khi khai giảng lớp.")
    sessions = dict(training_class.sessions.values_list("pk", "on"))
    learners = _learners(training_class, sessions, marks)
    done, before = Done(), {}
    held = _held(training_class)
    for place, mark in marks.items():
        now = held[place].mark if place in held else ""
        told = now if shown is None else shown.get(place, "")
        if mark in (now, told):
            continue
        learner = learners[place[1]]
        if now != told:
            done.skipped.append((learner, "người khác vừa ghi khác"))
            continue
        if mark in THERE and sessions[place[0]] > today():
            done.skipped.append((learner, f"buổi {show(sessions[place[0]])} chưa diễn ra"))
            continue
        if learner.state not in STUDYING:
            done.skipped.append((learner, f"{learner.get_state_display().lower()}"))
            continue
        before[place] = now
    _save(training_class, {place: marks[place] for place in before}, before, held, done, ACT, by)
    return done


def _learners(training_class, sessions, marks):
    """{id: enrolment}; Refused where a place is not of this class or a mark is none."""
    rows = Enrolment.objects.filter(training_class=training_class).select_related("official")
    learners = {row.pk: row for row in rows}
    strange = [p for p in marks if p[0] not in sessions or p[1] not in learners]
    if strange:
        raise Refused(f"Có {len(strange)} ô không thuộc lớp này. Mở lại trang rồi ghi tiếp.")
    if any(mark and mark not in MARKS for mark in marks.values()):
        raise Refused("Có ô điểm danh không đọc được. Chọn có mặt, có phép hoặc vắng.")
    return learners


def _held(training_class):
    rows = Attendance.objects.select_for_update(of=("self",)).filter(
        session__training_class=training_class
    )
    return {(row.session_id, row.enrolment_id): row for row in rows}


def _save(training_class, wanted, before, held, done, act, by):
    """Write the wanted marks; one event with what was there before."""
    if not wanted:
        return
    new, changed, gone = [], [], []
    for place, mark in wanted.items():
        row = held.get(place)
        if row is None:
            new.append(Attendance(session_id=place[0], enrolment_id=place[1], mark=mark, by=by))
        elif mark == "":
            gone.append(row.pk)
        else:
            row.mark, row.by, row.version, row.at = mark, by, row.version + 1, timezone.now()
            changed.append(row)
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(changed, ["mark", "by", "version", "at"])
    Attendance.objects.filter(pk__in=gone).delete()
    done.changed = list(wanted)
    detail = {"before": _flat(before), "after": _flat(wanted)}
    done.event = record(
        act, by=by, subject=training_class, unit=training_class.organiser, detail=detail
    )


def _flat(marks):
    return [[*place, mark] for place, mark in marks.items()]


@transaction.atomic
def undo_marks(event, *, by):
    """Put back the marks as they were before an event; those changed since are kept."""
    training_class = locked_class(event.subject_id)
    after = {(session, learner): mark for session, learner, mark in event.detail["after"]}
    held = _held(training_class)
    done, wanted, now = Done(), {}, {}
    for session, learner, mark in event.detail["before"]:
        place = (session, learner)
        told = held[place].mark if place in held else ""
        if told != after[place]:
            done.skipped.append((place, "đã được sửa sau đó"))
            continue
        wanted[place], now[place] = mark, told
    _save(training_class, wanted, now, held, done, UNDO, by)
    return done

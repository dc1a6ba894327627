"""Writes about classes: opening, changing, moving from state to state, opening one like another."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from cadres.audit import record
from cadres.edits import save_versioned
from courses.actions.results import write_again
from courses.busy import seats_of
from courses.evaluation.rounds import open_rounds
from courses.models import ClassState, SeatQuota, TrainingClass
from courses.models.nominations import GONE
from courses.states import CLASS, problems_of
from courses.telling import tell_units
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold, tidy

KEPT = {"title", "starts_on", "ends_on", "course", "institution"}  # by enrolments
CODE = "L{year}-{number:03d}"
TRIES = 5
# What upper parts do with a class opened like another: functions(made, old, by=account).
CLONED: list[Callable] = []


def set_keys(training_class):
    """Derive what search reads from title and code."""
    training_class.title = tidy(training_class.title)
    words = f"{training_class.title} {training_class.code}"
    training_class.search_key = fold(words)[:320]


@transaction.atomic
def add_class(training_class, *, by, seats=None):
    """Save a new class with the seats {unit: number}; returns it. A class begins as planned."""
    training_class.state = ClassState.PLANNED
    training_class.state_since = today()
    training_class._history_user = by
    _save_with_code(training_class)
    give_seats(training_class, seats or {}, by=by)
    record("class.add", by=by, subject=training_class, unit=training_class.organiser)
    return training_class


def _save_with_code(training_class):
    """Save under the typed code, or under the next free one: two people may ask for it at once."""
    typed = tidy(training_class.code)
    for left in reversed(range(TRIES)):
        training_class.code = typed or next_code(training_class)
        set_keys(training_class)
        try:
            with transaction.atomic():
                training_class.save()
            return
        except IntegrityError:
            if typed or not left:
                raise


def open_class(*, by, seats=None, **fields):
    """A class from plain fields (course, title, capacity, …), e.g. for an item of a plan."""
    fields.setdefault("title", str(fields["course"]))
    return add_class(TrainingClass(**fields), by=by, seats=seats)


@transaction.atomic
def clone_class(training_class, old, *, by, with_sessions=True, with_seats=True):
    """Save a new class like `old`: the timetable moved by the days between the two openings.

    Instructors and rooms are taken along; people are not. Returns the new class. Refused when
    there are fewer places than seats taken along.
    """
    seats = {row.unit: row.seats for row in old.seats.select_related("unit")} if with_seats else {}
    if (given := sum(seats.values())) > training_class.capacity:
        raise Refused(f"Lớp cũ đã giao {given} suất. Ghi ít nhất {given} chỗ, hoặc không lấy suất.")
    training_class.audience = old.audience
    made = add_class(training_class, by=by, seats=seats)
    first = old.starts_on or old.sessions.order_by("on").values_list("on", flat=True).first()
    if with_sessions and first and made.starts_on:
        for session in old.sessions.order_by("on", "pk"):
            session.pk, session._state.adding = None, True
            session.training_class, session.version = made, 1
            session.on += made.starts_on - first
            session._history_user = by
            session.save()
    for follow in CLONED:
        follow(made, old, by=by)
    return made


def next_code(training_class):
    """The next free code of the class's year: L2026-014."""
    year = (training_class.starts_on or today()).year
    start = f"L{year}-"
    taken = TrainingClass.objects.filter(code__startswith=start).values_list("code", flat=True)
    tails = [code.removeprefix(start) for code in taken]
    numbers = [int(tail) for tail in tails if tail.isascii() and tail.isdigit()]
    return CODE.format(year=year, number=max(numbers, default=0) + 1)


def give_seats(training_class, seats, *, by):
    """Write the first seats of a new class."""
    for unit, number in seats.items():
        row = SeatQuota(training_class=training_class, unit=unit, seats=number)
        row._history_user = by
        row.save()


def change_class(form, *, by):
    """Save the form of a class; a Conflict on a newer version, Refused for fewer places than taken.

    What its learners and their records tell of the class changes with it.
    """
    unit = form.instance.organiser

    def write(training_class):
        if "capacity" in form.changed_data:
            _check_capacity(training_class)
        _save(training_class)
        if KEPT & set(form.changed_data):
            write_again(training_class, by=by)

    return save_versioned(form, by=by, act="class.change", write=write, unit=unit)


def _check_capacity(training_class):
    seats = seats_of(training_class)
    given = sum(seats.quotas.values())
    if training_class.capacity < seats.taken:
        raise Refused(f"Lớp đã nhận {seats.taken} người. Ghi ít nhất {seats.taken} chỗ.")
    if training_class.capacity < given:
        raise Refused(f"Đã giao {given} suất. Giảm suất trước, hoặc ghi ít nhất {given} chỗ.")


def _save(training_class):
    set_keys(training_class)
    training_class.code = training_class.code or next_code(training_class)
    training_class.save()


@transaction.atomic
def move_class(training_class, code, *, by, reason=""):
    """Bring a class into another state; returns it as it now is.

    Refused with all that is missing (courses.states.CHECKS), or when the account, the present
    state or a missing reason forbids the move. The row is locked: of two at once, one is refused.
    """
    row = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    move = CLASS.check(row, code, by=by, reason=reason)
    problems = problems_of(row, code)
    if problems:
        raise Refused(*(_line(problem) for problem in problems))
    before, row.state = row.state, move.target
    row.state_since = today()
    row.cancel_reason = tidy(reason)[:300] if move.target == ClassState.CANCELLED else ""
    row.version += 1
    row._history_user = by
    row._change_reason = tidy(reason)[:100] or None
    row.save()
    detail = {"move": code, "from": before, "to": row.state, "reason": tidy(reason)}
    record("class.move", by=by, subject=row, unit=row.organiser, detail=detail)
    if code == "end":
        open_rounds(row, by=by)
    if code == "cancel":
        tell_units(code, row, row.nominations.exclude(state__in=GONE).select_related("unit"))
    return row


def _line(problem):
    return f"{problem.text}: {problem.note}." if problem.note else f"{problem.text}."

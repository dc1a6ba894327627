"""The department's check: accept, reserve, return, reject in bulk; promote reserves; undo."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from cadres.audit import record
from courses.actions.locking import locked_class
from courses.actions.moving import (
    FIELDS,
    Outcome,
    locked_nominations,
    move_rows,
    save_moved,
    states_of,
)
from courses.busy import SEATED, seats_of
from courses.models import ClassState, Enrolment, Nomination, NominationState
from courses.states import NOMINATION, REVIEWING
from trainingplans.lib.commands import Refused

S = NominationState
ACT, UNDO = "nomination.review", "nomination.review_undo"
OPEN = [ClassState.CALLING, ClassState.DECIDED, ClassState.RUNNING]


def take_turns(training_class):
    """The class, locked: of two acceptances at once the second counts what the first took."""
    return locked_class(training_class.pk)


@transaction.atomic
def review(training_class, ids, code, *, by, reason=""):
    """accept, reserve, return or reject nominations (ids) of a class; Outcome.

    Acceptances keep the capacity of the class and the seats of units: whoever is over is left as
    they are, with the reason. Refused for ids of other classes, nothing is written then.
    """
    if code not in REVIEWING:
        raise Refused("Không có việc này khi xét đề cử.")
    training_class = take_turns(training_class)
    _check_class(training_class)
    if NOMINATION.moves[code].needs_reason and not reason.strip():
        raise Refused(f"Ghi lý do để {NOMINATION.moves[code].label.lower()}.")
    rows = locked_nominations(training_class, ids, Nomination.objects.visible_to(by))
    before = states_of(rows)
    seats = seats_of(training_class) if code == "accept" else None
    may = (lambda row: seats.seat(row.unit)) if seats else None
    outcome = move_rows(rows, code, by=by, reason=reason, may=may)
    for row in outcome.done:
        row.decided_by, row.decided_at = by, timezone.now()
        if code in ("accept", "reserve", "reconsider"):
            row.reply = ""
    return save_moved(
        outcome,
        ACT,
        by=by,
        training_class=training_class,
        before=before,
        detail={"move": code, "reason": reason.strip()},
    )


def _check_class(training_class):
    if training_class.state not in OPEN:
        now = training_class.get_state_display()
        raise Refused(f"Lớp đang ở trạng thái “{now}”, không còn xét đề cử.")


@transaction.atomic
def undo_review(event, *, by):
    """Bring nominations back to where they were before an act; those moved since are kept."""
    training_class = take_turns(event_class(event))
    if not by.has_perm("courses.decide_nomination"):
        raise Refused("Chỉ Sở Nội vụ được hoàn tác việc xét đề cử.")
    told = event.detail
    rows = locked_nominations(training_class, [int(pk) for pk in told["before"]])
    seats, outcome = seats_of(training_class), Outcome()
    for row in rows:
        if [row.state, row.version] != told["after"][str(row.pk)]:
            outcome.skip(row, "đã được xử lý tiếp sau đó")
            continue
        back = told["before"][str(row.pk)]
        if back in SEATED and row.state not in SEATED and (full := seats.seat(row.unit)):
            outcome.skip(row, full)
            continue
        row.state, row.version = back, row.version + 1
        outcome.done.append(row)
    if outcome.done:
        bulk_update_with_history(outcome.done, Nomination, FIELDS, default_user=by)
        people = {str(row.pk): row.state for row in outcome.done}
        record(UNDO, by=by, subject=training_class, detail={"event": event.pk, "after": people})
    return outcome


def event_class(event):
    """The class of an event of a review."""
    return (
        Nomination.objects.filter(pk__in=[int(pk) for pk in event.detail["before"]])
        .first()
        .training_class
    )


def next_reserves(training_class, number):
    """The reserves who would fill so many places: of units with a seat free, by rank.

    The reserve of the unit whose seat fell free comes first, then those of other units.
    """
    seats = seats_of(training_class)
    rows = Nomination.objects.filter(training_class=training_class, state=S.RESERVE)
    rows = list(rows.select_related("official", "unit").order_by("rank", "pk"))
    left = _units_that_left(training_class)
    rows.sort(key=lambda row: row.unit_id not in left)
    found = []
    for row in rows:
        if len(found) == number:
            break
        if not seats.seat(row.unit):
            found.append(row)
    return found


def _units_that_left(training_class):
    """The units of nominations that held a seat and were given up."""
    given_up = Q(state__in=[S.WITHDRAWN, S.REJECTED], decided_at__isnull=False)
    gone = Nomination.objects.filter(
        given_up | Q(enrolment__state=Enrolment.State.WITHDRAWN), training_class=training_class
    )
    return set(gone.values_list("unit", flat=True))


@transaction.atomic
def promote(training_class, *, by):
    """Accept as many reserves as there are places free, in their order; Outcome."""
    training_class = take_turns(training_class)
    free = seats_of(training_class).free
    rows = next_reserves(training_class, free)
    if not rows:
        raise Refused("Không có người dự bị nào vào được: lớp đã đủ chỗ hoặc đơn vị đã hết suất.")
    return review(training_class, [row.pk for row in rows], "accept", by=by)

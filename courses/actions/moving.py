"""Many nominations brought from state to state in one act; what an act did, and its way back."""

from dataclasses import dataclass, field

from simple_history.utils import bulk_update_with_history

from cadres.audit import record
from cadres.models import AuditEvent
from courses.models import Nomination
from courses.states import NOMINATION
from courses.telling import tell_units
from trainingplans.lib.commands import Refused
from trainingplans.lib.text import tidy

FIELDS = [
    "state",
    "reply",
    "signed_by",
    "decided_by",
    "submitted_at",
    "decided_at",
    "decision",
    "version",
]


@dataclass
class Outcome:
    """What a bulk act did: rows done, (name, why) left alone, the event that undoes it."""

    done: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    event: AuditEvent | None = None

    def skip(self, row, why):
        self.skipped.append((str(row.official), why))


def locked_nominations(training_class, ids, visible=None):
    """The nominations of the class with these ids, locked, by rank; Refused for any other id.

    `visible`: the queryset of those that the account may see.
    """
    ids = set(ids)
    rows = (Nomination.objects.all() if visible is None else visible).filter(
        pk__in=ids, training_class=training_class
    )
    rows = rows.select_for_update(of=("self",)).select_related("official", "unit")
    found = list(rows.order_by("rank", "pk"))
    if len(found) != len(ids):
        raise Refused("Có người không thuộc danh sách của lớp này. Mở lại trang rồi chọn tiếp.")
    return found


def move_rows(rows, code, *, by, reason="", may=None):
    """Move each row that the table of states (and `may(row)`, a refusal or "") allows; Outcome.

    Nothing is written: `save_moved` does it.
    """
    outcome = Outcome()
    for row in rows:
        try:
            move = NOMINATION.check(row, code, by=by, reason=reason)
        except Refused as refusal:
            outcome.skip(row, _without_name(refusal, row))
            continue
        if may and (why := may(row)):
            outcome.skip(row, why)
            continue
        row.state = move.target
        row.version += 1
        if move.needs_reason:
            row.reply = tidy(reason)[:300]
        outcome.done.append(row)
    return outcome


def _without_name(refusal, row):
    return str(refusal).removeprefix(f"{row}: ")


def save_moved(outcome, act, *, by, training_class, before, unit=None, detail=None):
    """Write the moved rows and one event with the states from which they came."""
    if not outcome.done:
        return outcome
    bulk_update_with_history(outcome.done, Nomination, FIELDS, default_user=by)
    outcome.event = record(
        act,
        by=by,
        subject=training_class,
        unit=unit,
        detail={
            "before": {str(row.pk): before[row.pk] for row in outcome.done},
            "after": {str(row.pk): [row.state, row.version] for row in outcome.done},
            "skipped": len(outcome.skipped),
            **(detail or {}),
        },
    )
    tell_units((detail or {}).get("move", act), training_class, outcome.done)
    return outcome


def states_of(rows):
    """{id: state} to go back to."""
    return {row.pk: row.state for row in rows}

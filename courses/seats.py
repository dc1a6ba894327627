"""Seats of the units in a class as they are read: given, used, waiting."""

from dataclasses import dataclass

from cadres.choices import UnitKind
from cadres.models import Unit
from cadres.roles import ALL
from courses.models import Nomination, NominationState
from trainingplans.lib.dates import today

USED = [NominationState.ACCEPTED, NominationState.DECIDED, NominationState.ENROLLED]


@dataclass(frozen=True)
class UnitSeats:
    """A unit: its seats, those taken, those asked for and not answered yet."""

    unit: Unit
    seats: int
    used: int
    waiting: int

    @property
    def free(self):
        return max(self.seats - self.used, 0)


def seats_of(training_class, account, *, all_units=False):
    """[UnitSeats] of the units whose seats the account may see, in the order of names.

    With `all_units` also those that have none: every unit that stands directly below the province.
    """
    given = dict(training_class.seats.values_list("unit", "seats"))
    units = Unit.objects.filter(pk__in=given)
    if all_units:
        units |= units_to_give()
    if account.scope != ALL and account.role != "school":
        units = units.filter(pk__in=Unit.objects.branch_of(account).values("pk"))
    nominated = list(
        Nomination.objects.filter(training_class=training_class).values_list("unit__path", "state")
    )
    return [
        UnitSeats(
            unit,
            given.get(unit.pk, 0),
            *_counts(unit, nominated),
        )
        for unit in units.order_by("kind", "sort_key", "code")
    ]


def units_to_give():
    """The units of today that nominate for themselves."""
    top = Unit.objects.at(today()).exclude(kind=UnitKind.PROVINCE)
    return top.filter(parent=None) | top.filter(parent__kind=UnitKind.PROVINCE)


def _counts(unit, nominated):
    """(taken, waiting) of a unit and what is below it."""
    states = [state for path, state in nominated if path.startswith(unit.path)]
    used = sum(1 for state in states if state in USED)
    return used, states.count(NominationState.SUBMITTED)

"""Seats of the units in a class as their page lists them: given, used, waiting."""

from dataclasses import dataclass

from cadres.choices import UnitKind
from cadres.models import Unit
from cadres.roles import ALL
from courses import busy
from trainingplans.lib.dates import today


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
    seats = busy.seats_of(training_class)
    units = Unit.objects.filter(pk__in=seats.quotas)
    if all_units:
        units |= units_to_give()
    if account.scope != ALL and account.role != "school":
        units = units.filter(pk__in=Unit.objects.branch_of(account).values("pk"))
    return [
        UnitSeats(unit, seats.quotas.get(unit.pk, 0), seats.seated[unit.pk], seats.asking[unit.pk])
        for unit in units.order_by("kind", "sort_key", "code")
    ]


def units_to_give():
    """The units of today that nominate for themselves."""
    top = Unit.objects.at(today()).exclude(kind=UnitKind.PROVINCE)
    return top.filter(parent=None) | top.filter(parent__kind=UnitKind.PROVINCE)

"""The people behind a figure: one page of them, with what they have on the target's ladders."""

from dataclasses import dataclass

from cadres.choices import Ladder
from cadres.models import Official, Standing
from cadres.people import held_levels
from cadres.roles import ALL
from cadres.rules import ladders_named, people
from reports import kept
from reports.board import EVERYBODY, GROUPS
from reports.figures import pair_of
from trainingplans.lib.listing import page_of_keys

UNKNOWN, SOMETHING = "chưa rõ", "đã ghi, chưa rõ bậc"


@dataclass(frozen=True)
class Person:
    """A row of the list: the standing of the day and what is held on each ladder, in words."""

    standing: object
    held: str
    may_open: bool = True  # whoever was here on a past day may be another branch's now

    @property
    def official(self):
        return self.standing.official


def group_asked(request):
    """The group of people that the address asks for: missing unless it names another one."""
    asked = request.GET.get("nhom", "")
    return asked if asked in (*GROUPS, EVERYBODY) else "missing"


RELATED = ("official", "unit")  # of a standing, what a row of the list shows


def page_of_people(request, target, group, scope, context):
    """The page that the address asks for of the people behind a figure, as Person rows."""
    keys = kept.keys(pair_of(target), group, on=scope.on, units=scope.units, context=context)
    page = page_of_keys(request, keys, Standing, related=RELATED)
    page.object_list = with_levels(page.object_list, target, scope)
    return page


def standings(target, group, scope, context):
    """The standings behind a figure, in the order of Vietnamese names."""
    return people(pair_of(target), group, on=scope.on, units=scope.units, context=context)


def with_levels(rows, target, scope):
    """Person rows of one page of standings; two queries for all of them."""
    rows, ladders = list(rows), ladders_named(target.attained)
    officials = [row.official_id for row in rows]
    held = held_levels(officials, scope.on) if ladders else {}
    mine = may_open(officials, scope.account)
    return [
        Person(row, in_words(held.get(row.official_id, {}), ladders), row.official_id in mine)
        for row in rows
    ]


def may_open(officials, account):
    """Those of the officials (ids) whose record the account may open today."""
    if account.scope == ALL:
        return set(officials)
    visible = Official.objects.visible_to(account).filter(pk__in=officials)
    return set(visible.values_list("pk", flat=True))


def in_words(held, ladders):
    """What a person has on the ladders; the ladder is named where there are several."""
    parts = [(ladder, _level(held.get(ladder))) for ladder in ladders]
    if len(parts) == 1:
        return parts[0][1]
    return "; ".join(f"{Ladder(ladder).label}: {words}" for ladder, words in parts)


def _level(held):
    return UNKNOWN if held is None else held.words or SOMETHING

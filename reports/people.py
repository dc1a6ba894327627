"""The people behind a figure: one page of them, with what they have on the target's ladders."""

from dataclasses import dataclass

from cadres.choices import Ladder
from cadres.models import Qualification
from cadres.models.standings import level_column
from cadres.rules import ladders_named, people
from cadres.standings import level_code
from reports.board import EVERYBODY, GROUPS, pair_of

UNKNOWN = "chưa rõ"


@dataclass(frozen=True)
class Person:
    """A row of the list: the standing of the day and what is held on each ladder, in words."""

    standing: object
    held: str

    @property
    def official(self):
        return self.standing.official


def group_asked(request):
    """The group of people that the address asks for: missing unless it names another one."""
    asked = request.GET.get("nhom", "")
    return asked if asked in (*GROUPS, EVERYBODY) else "missing"


def standings(target, group, scope, context):
    """The standings behind a figure, in the order of Vietnamese names."""
    return people(pair_of(target), group, on=scope.on, units=scope.units, context=context)


def with_levels(rows, target, scope):
    """Person rows of one page of standings; one query for all of them."""
    rows, ladders = list(rows), ladders_named(target.attained)
    held = held_levels([row.official_id for row in rows], ladders, scope.on)
    return [Person(row, in_words(row, ladders, held)) for row in rows]


def held_levels(officials, ladders, on):
    """{(official id, ladder): the highest valid Qualification} on a day."""
    rows = Qualification.objects.at(on).filter(official__in=officials, ladder__in=ladders)
    best = {}
    for row in rows.exclude(revoked_on__lte=on).select_related("level").order_by("pk"):
        key = row.official_id, row.ladder
        if key not in best or _height(row) >= _height(best[key]):
            best[key] = row
    return best


def _height(row):
    ranks = {row.level_id: row.level.rank} if row.level else {}
    return level_code(row.level_id, row.detail, ranks)


def in_words(row, ladders, held):
    """What a person has on the ladders; the ladder is named where there are several."""
    parts = [(ladder, _level(row, ladder, held)) for ladder in ladders]
    if len(parts) == 1:
        return parts[0][1]
    return "; ".join(f"{Ladder(ladder).label}: {words}" for ladder, words in parts)


def _level(row, ladder, held):
    """A level by its name, a text as it was written, or chưa rõ."""
    qualification = held.get((row.official_id, ladder))
    if qualification is None or getattr(row, level_column(ladder)) is None:
        return UNKNOWN
    return qualification.level.name if qualification.level else qualification.detail or "đã ghi"

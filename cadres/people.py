"""Officials as lists show them: one row a person for a day, with levels in words."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Case, Q, When

from cadres.choices import Gender, Ladder, StaffKind
from cadres.models import (
    Official,
    PartyStatus,
    PlanningEntry,
    PositionKey,
    Qualification,
    Standing,
)
from cadres.models.officials import search_condition
from cadres.models.standings import NOT_TRAINED
from cadres.standings import level_code
from trainingplans.lib.text import fold, tidy

# The ladders that the list has columns for.
SHOWN = [Ladder.PROFESSIONAL, Ladder.POLITICAL_THEORY, Ladder.STATE_MANAGEMENT]
RELATED = ("official", "unit", "ethnic_group")  # of a standing, what a row of a list shows
NOT_TRAINED_WORDS = "Chưa qua đào tạo"


def standings_for(account, on):
    """The standings on the day `on` of the officials that `account` may see."""
    rows = Standing.objects.at(on).select_related(*RELATED)
    visible = Official.objects.visible_to(account)
    if visible.query.where:  # without any condition it would be a list of all there are
        rows = rows.filter(official__in=visible)
    doubles = Official.objects.filter(merged_into__isnull=False)
    return rows.exclude(official__in=doubles.values("pk"))


def search(standings, text):
    """By name or position without diacritics, or a whole personal id or staff code."""
    key = fold(text)
    if not key:
        return standings
    found = search_condition(text, of="official__")
    if PositionKey.objects.filter(text__contains=key).exists():
        found |= Q(position_key__contains=key)
    return standings.filter(found)


def best_first(standings, text):
    """Ordered for a search: exact accents, then other accents, then matches beside the name."""
    typed = tidy(text)
    exact = Q(official__full_name__contains=typed) | Q(official__full_name__contains=typed.title())
    named = Q(official__search_key__contains=fold(text))
    rank = Case(When(exact, then=0), When(named, then=1), default=2)
    return standings.order_by(rank, "sort_key", "official_id")


@dataclass(frozen=True)
class Held:
    """The highest level that a person holds on a ladder, and its row."""

    code: int
    row: Qualification

    @property
    def words(self):
        if self.code == NOT_TRAINED:
            return self.row.level.name if self.row.level_id else NOT_TRAINED_WORDS
        return self.row.level.name if self.row.level_id else self.row.detail


def held_levels(officials, on, ladders=None):
    """{official id: {ladder: Held}} on a day, of all ladders or these; one query."""
    rows = Qualification.objects.at(on).filter(official__in=officials).select_related("level")
    if ladders:
        rows = rows.filter(ladder__in=ladders)
    held = defaultdict(dict)
    for row in rows.exclude(revoked_on__lte=on).order_by("valid_from", "id"):
        ranks = {row.level_id: row.level.rank} if row.level_id else {}
        code = level_code(row.level_id, row.detail, ranks)
        before = held[row.official_id].get(row.ladder)
        if before is None or code >= before.code:
            held[row.official_id][row.ladder] = Held(code, row)
    return held


@dataclass
class Person:
    """One row of a list: the standing of a day in words."""

    standing: Standing
    held: dict = field(default_factory=dict)
    party: PartyStatus | None = None
    planned: PlanningEntry | None = None

    @cached_property
    def official(self):
        return self.standing.official

    @property
    def summary(self):
        """1990, nữ, Kinh."""
        parts = [
            self.official.birth.display if self.official.birth else "",
            self.gender.lower(),
            self.ethnic_group,
        ]
        return ", ".join(part for part in parts if part)

    @property
    def gender(self):
        return Gender(self.official.gender).label if self.official.gender else ""

    @property
    def ethnic_group(self):
        return self.standing.ethnic_group.name if self.standing.ethnic_group_id else ""

    @property
    def staff_kind(self):
        kind = self.standing.staff_kind
        return StaffKind(kind).label if kind else ""

    def level(self, ladder):
        """The level on a ladder in words, "" for nothing recorded."""
        return self.held[ladder].words if ladder in self.held else ""

    @property
    def professional(self):
        return self.level(Ladder.PROFESSIONAL)

    @property
    def political_theory(self):
        return self.level(Ladder.POLITICAL_THEORY)

    @property
    def state_management(self):
        return self.level(Ladder.STATE_MANAGEMENT)

    @property
    def major(self):
        held = self.held.get(Ladder.PROFESSIONAL)
        return held.row.detail if held and held.row.level_id else ""

    @property
    def languages(self):
        """Mông, Thái."""
        return ", ".join(name for name in self.standing.languages.split(",") if name)


def persons(standings, on, *, whole=False):
    """Person rows for a few standings; `whole` adds all ladders, party, planning. Few queries."""
    standings = list(standings)
    ids = [standing.official_id for standing in standings]
    held = held_levels(ids, on, None if whole else SHOWN)
    party = _newest(PartyStatus, ids, on) if whole else {}
    planned = _newest(PlanningEntry, ids, on) if whole else {}
    return [
        Person(s, held.get(s.official_id, {}), party.get(s.official_id), planned.get(s.official_id))
        for s in standings
    ]


def _newest(model, officials, on):
    rows = model.objects.at(on).filter(official__in=officials).order_by("valid_from", "id")
    return {row.official_id: row for row in rows}

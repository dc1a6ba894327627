"""Why a figure moved between two days: named steps that add up exactly, people behind each."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from cadres.models import Posting, Standing
from cadres.models.standings import level_column
from cadres.rules import CONDITIONS, Figure, Pair, RuleContext, count, ladders_named, members
from cadres.rules.context import among
from cadres.rules.counting import ids_of
from cadres.rules.trees import leaves, split
from reports.figures import numbers, pair_of, person, units_for
from trainingplans.lib.dates import FOREVER

# Step → words, in the order in which they are told.
STEPS = {
    "newly_qualified": "Mới đạt",
    "joined": "Mới vào",
    "transferred_in": "Chuyển đến",
    "left": "Thôi việc",
    "retired": "Nghỉ hưu",
    "transferred_out": "Chuyển đi",
    "corrected": "Trình độ bị sửa, thu hồi",
    "rule": "Đổi vị trí, đối tượng",
}
EXPLAINED = {
    "newly_qualified": "ở lại đối tượng và đã đạt",
    "joined": "trước đó không công tác",
    "transferred_in": "đến từ đơn vị ngoài phạm vi",
    "left": "kết thúc vị trí công tác",
    "retired": "nghỉ hưu, hoặc kết thúc vị trí khi đã đến tuổi",
    "transferred_out": "sang đơn vị ngoài phạm vi, hoặc ra ngoài tỉnh",
    "corrected": "ở lại đối tượng nhưng hồ sơ không còn ghi trình độ",
    "rule": "chức vụ, loại, tuổi hoặc địa bàn đổi nên vào hay ra khỏi đối tượng",
}


@dataclass
class Step:
    """One reason: what it does to both numbers, and whom it is about."""

    why: str
    people: list = field(default_factory=list)  # [Move]

    @property
    def words(self):
        return STEPS[self.why]

    @property
    def explained(self):
        return EXPLAINED[self.why]

    @property
    def population(self):
        return sum(move.population for move in self.people)

    @property
    def attained(self):
        return sum(move.attained for move in self.people)


@dataclass(frozen=True)
class Move:
    """One person: what becoming so did to the population and to the attained."""

    standing: Standing
    population: int
    attained: int


@dataclass
class Bridge:
    """The figures at both ends and the steps between them."""

    first: object
    last: object
    start: Figure
    end: Figure
    steps: list


@dataclass
class Side:
    """Who was counted on one day, and where."""

    on: object
    pair: Pair
    units: object
    context: RuleContext
    population: set = field(default_factory=set)
    attained: set = field(default_factory=set)
    standings: dict = field(default_factory=dict)

    def read(self):
        self.population, self.attained = members(
            self.pair, on=self.on, units=self.units, context=self.context
        )
        return self

    def figure(self):
        """The engine's own figure, with the unknown."""
        [figure] = count([self.pair], on=self.on, units=self.units, context=self.context)
        return figure

    def covers(self, unit):
        """Whether the figure counts people of this unit (id) on the day, rules on people apart."""
        return all(area is None or unit in area for area in self.areas)

    @cached_property
    def areas(self):
        """The units (ids) of the account and of the rule, None for all."""
        return (ids_of(self.units), split(self.pair.population, self.context)[0])

    def value(self, pk):
        return (pk in self.population, pk in self.attained)


def bridge(target, account, first, last, unit=None):
    """The Bridge of a target between two days, as `account` may see it; RuleError as `count`."""
    units = units_for(account, unit)
    return bridge_of(pair_of(target), first, last, units)


def bridge_of(pair, first, last, units=None):
    """The Bridge of any pair of rules; both days are counted by the same rules."""
    before, after = (Side(on, pair, units, RuleContext(on)).read() for on in (first, last))
    counted = before.population | after.population
    changed = {pk for pk in counted if before.value(pk) != after.value(pk)}
    ended = _ended_by(changed - after.population, last)
    for side in (before, after):
        side.standings = _standings(changed, side.on)
    steps = defaultdict(list)
    told = _Teller(pair, before, after, ended)
    for pk in changed:
        why, move = told.told(pk)
        steps[why].append(move)
    ordered = [Step(why, sorted(steps[why], key=_by_name)) for why in STEPS if steps[why]]
    return Bridge(first, last, before.figure(), after.figure(), ordered)


def _by_name(move):
    return (move.standing.sort_key, move.standing.official_id)


def _standings(ids, on):
    """{official: Standing} on the day; one query."""
    rows = Standing.objects.at(on).filter(among("official_id", ids)) if ids else []
    if ids:
        rows = rows.select_related("official", "unit")
    return {row.official_id: row for row in rows}


def _ended_by(ids, last):
    """{official: (reason, first day without the post)} of the last post ended by the day."""
    if not ids:
        return {}
    rows = Posting.objects.filter(among("official_id", ids), valid_to__lte=last)
    rows = rows.exclude(valid_to=FOREVER).order_by("valid_to", "is_main", "pk")
    return {pk: (why, day) for pk, why, day in rows.values_list("official", "ended_by", "valid_to")}


class _Teller:
    """Names the reason of each person's change."""

    def __init__(self, pair, before, after, ended):
        self.before, self.after, self.ended = before, after, ended
        self.learnt = ["languages", *map(level_column, ladders_named(pair.attained))]
        # A condition of an upper layer (a completed course) is learnt too, and has no column.
        self.beyond = any(
            not type(CONDITIONS[key]).__module__.startswith("cadres.")
            for key, _ in leaves(pair.attained)
        )

    def told(self, pk):
        (was, had), (now, has) = self.before.value(pk), self.after.value(pk)
        old, new = self.before.standings[pk], self.after.standings[pk]
        if was and now:
            why = self._stayed(old, new, has)
        elif now:
            why = self._came(old, new)
        else:
            why = self._went(old, new)
        return why, Move(new if now else old, now - was, has - had)

    def _stayed(self, old, new, has):
        same = all(getattr(old, column) == getattr(new, column) for column in self.learnt)
        if same and not self.beyond:
            return "rule"
        return "newly_qualified" if has else "corrected"

    def _came(self, old, new):
        if not old.in_service:
            return "joined"
        if old.unit_id != new.unit_id and not self.before.covers(old.unit_id):
            return "transferred_in"
        return "rule"

    def _went(self, old, new):
        if not new.in_service:
            return self._gone(old)
        if old.unit_id != new.unit_id and not self.after.covers(new.unit_id):
            return "transferred_out"
        return "rule"

    def _gone(self, old):
        reason, day = self.ended.get(old.official_id, ("", None))
        if reason == "transferred":
            return "transferred_out"
        if reason in ("retired", "left"):
            return reason
        due = old.retires_first
        return "retired" if due and day and due <= day else "left"


def bridge_document(found):
    """The JSON form of `bridge`, as the command-line contract has it."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "start": numbers(found.start),
        "end": numbers(found.end),
        "steps": [
            {
                "why": step.why,
                "population": step.population,
                "attained": step.attained,
                "people": [
                    {
                        **person(move.standing),
                        "population": move.population,
                        "attained": move.attained,
                    }
                    for move in step.people
                ],
            }
            for step in found.steps
        ],
    }

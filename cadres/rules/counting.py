"""The one way to count people: rules × units × a day → figures, and the people behind them."""

import json
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import ceil
from operator import or_
from typing import NamedTuple

from django.db.models import Count, F, Q

from cadres.models import Standing
from cadres.models.standings import level_column
from cadres.rules import sheets
from cadres.rules.base import CONDITIONS, NOBODY, RuleError
from cadres.rules.context import RuleContext
from cadres.rules.trees import ALL, EVERYONE, ladders_named, split, to_q, validate

POPULATION, ATTAINED, UNKNOWN, MISSING = "population", "attained", "unknown", "missing"


class Pair(NamedTuple):
    """Of whom, and who of them counts as attained."""

    population: dict
    attained: dict


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that takes three times as long to make
class Figure:
    """Distinct people: attained, unknown and missing are disjoint and sum to the population.

    Never changed once it is made; figures are kept and shown several times.
    """

    population: int = 0
    attained: int = 0
    unknown: int = 0
    by_unit: dict = field(default_factory=dict, compare=False)  # {unit id: Figure}

    @property
    def missing(self):
        return self.population - self.attained - self.unknown

    @property
    def share(self):
        """The exact share, None for nobody."""
        return Fraction(self.attained, self.population) if self.population else None

    @property
    def percent(self):
        """The share in percent as a Fraction rounded half up to two places, None for nobody."""
        if not self.population:
            return None
        return Fraction((20_000 * self.attained + self.population) // (2 * self.population), 100)

    def met(self, threshold):
        """Whether the share reaches `threshold` percent, exactly; None for nobody."""
        return self.share * 100 >= Fraction(threshold) if self.population else None

    def short_by(self, threshold):
        """How many more must attain for the share to reach `threshold` percent."""
        needed = ceil(Fraction(threshold) * self.population / 100)
        return max(0, needed - self.attained)


def in_service(on):
    """The standings to count from: one row for each official who has a post on the day."""
    return Standing.objects.at(on).filter(in_service=True)


def count(pairs, *, on, units=None, by_unit=False, context=None):
    """A Figure for each pair (population, attained) of valid rules; one query over people.

    `units` (a queryset) narrows to who works there; with `by_unit` each figure also holds those
    of its units with anybody in the population. RuleError for a rule that cannot be read.
    """
    pairs = [Pair(*pair) for pair in pairs]
    within = ids_of(units)
    plans, rows = sheets.read(
        (json.dumps(pairs, sort_keys=True), on, within),
        lambda: sheet_of(pairs, within, context or RuleContext(on)),
    )
    return [figure_of(rows, plan, by_unit) for plan in plans]


def sheet_of(pairs, within, context):
    """The Sheet of these pairs; RuleError for one that cannot be read."""
    sheet = Sheet(context)
    sheet.plans = [sheet.plan(pair) for pair in pairs]
    sheet.within = narrowed(within, [plan[0] for plan in sheet.plans])
    return sheet


class Sheet:
    """The columns of the one query: what several pairs ask alike is counted once."""

    def __init__(self, context):
        self.context = context
        self.columns = {}  # {key: (place in a row, aggregate)}
        self.plans, self.within = [], None

    def plan(self, pair):
        """(units or None, places of the columns population, attained, unknown) of a pair."""
        check(pair, self.context)
        units, rest = split(pair.population, self.context)
        places = [self._column(rest, None, POPULATION)]
        places += [self._column(rest, pair.attained, which) for which in (ATTAINED, UNKNOWN)]
        return units, places

    def _column(self, rest, attained, which):
        asked = attained
        if which == UNKNOWN and needs_every_ladder(attained):
            asked = sorted(ladders_named(attained))  # all that it asks of the rule
        key = json.dumps([rest, asked, which], sort_keys=True)
        if key not in self.columns:
            chosen = chosen_q(rest, attained, which, self.context)
            self.columns[key] = (len(self.columns) + 1, Count("unit_id", filter=chosen))
        return self.columns[key][0]

    def query(self):
        """Rows of the unit's id and the numbers in their places, one for each unit with people."""
        rows = in_service(self.context.on)
        if self.within is not None:
            rows = rows.filter(self.context.in_units(self.within))
        named = {f"n{place}": count for place, count in self.columns.values()}
        return rows.order_by().values_list("unit_id").annotate(**named)


def figure_of(rows, plan, by_unit):
    units, (people, attained, unknown) = plan
    if units is not None:
        rows = [row for row in rows if row[0] in units]
    totals = [sum(row[place] for row in rows) for place in (people, attained, unknown)]
    if not by_unit:
        return Figure(*totals)
    parts = {
        row[0]: Figure(row[people], row[attained], row[unknown]) for row in rows if row[people]
    }
    return Figure(*totals, parts)


def people(pair, which, *, on, units=None, context=None):
    """The standings of the people behind a figure, by Vietnamese name order.

    `which`: population, attained, unknown or missing. As many rows as the figure says.
    """
    context = context or RuleContext(on)
    pair = Pair(*pair)
    check(pair, context)
    chosen = chosen_q(pair.population, pair.attained, which, context)
    rows = in_service(on).filter(chosen)
    if (within := ids_of(units)) is not None:
        rows = rows.filter(context.in_units(within))
    return rows.select_related("official", "unit").order_by("sort_key", "official_id")


def members(pair, *, on, units=None, context=None):
    """(ids of the population, ids of those attained) of a pair on the day; two queries."""
    context = context or RuleContext(on)
    rows = [
        people(pair, which, on=on, units=units, context=context) for which in (POPULATION, ATTAINED)
    ]
    return tuple(set(part.order_by().values_list("official_id", flat=True)) for part in rows)


def tally(rule, dimensions, *, on, units=None, context=None):
    """Counter {(key, …): people} of those who meet a rule, by dimensions; one query.

    Every person falls under exactly one key, so that the numbers sum to the rule's population.
    """
    context = context or RuleContext(on)
    named = {f"by_{each.code}": each for each in dimensions}
    rows = matching(rule, on=on, units=units, context=context).select_related(None).order_by()
    raw = {name: _expression(each.value(context)) for name, each in named.items()}
    found = Counter()
    for row in rows.annotate(**raw).values(*named).annotate(people=Count("pk")):
        key = tuple(each.key(row[name], context) for name, each in named.items())
        found[key] += row["people"]
    return found


def _expression(value):
    return F(value) if isinstance(value, str) else value


def matching(rule, *, on, units=None, context=None):
    """The standings of all who meet one rule on the day, by name order."""
    return people((rule, EVERYONE), POPULATION, on=on, units=units, context=context)


def chosen_q(population, attained, which, context):
    """The Q of those of the population who are `which`."""
    among_them = to_q(population, context)
    if which == POPULATION:
        return among_them
    if which == ATTAINED:
        return among_them & to_q(attained, context)
    nothing = nothing_recorded(attained)
    if which == UNKNOWN and needs_every_ladder(attained):
        return among_them & nothing  # who has nothing there cannot have attained
    part = {UNKNOWN: nothing, MISSING: ~nothing}[which]
    return among_them & part & to_q(attained, context, denied=True)


def needs_every_ladder(rule):
    """Whether a rule is a condition, or all of several, so that each ladder it names is needed."""
    [(key, value)] = rule.items()
    return key in CONDITIONS or (key == ALL and all(map(needs_every_ladder, value)))


def nothing_recorded(attained):
    """Who has nothing recorded on a ladder that the rule names."""
    nulls = [Q(**{f"{level_column(ladder)}__isnull": True}) for ladder in ladders_named(attained)]
    return reduce(or_, nulls) if nulls else NOBODY


def check(pair, context):
    """RuleError with all problems of both rules, if there are any."""
    problems = [
        *validate(pair.population, context, "population"),
        *validate(pair.attained, context, "attained"),
    ]
    if problems:
        raise RuleError(problems)


def ids_of(units):
    """The ids of a queryset of units (or those ids themselves), None for no limit."""
    if units is None or isinstance(units, frozenset):
        return units
    return frozenset(units.values_list("pk", flat=True))


def narrowed(within, wanted):
    """The units to read: `within` (None for all), as far as any figure wants them."""
    if not wanted or None in wanted:
        return within
    asked = frozenset().union(*wanted)
    return asked if within is None else asked & within

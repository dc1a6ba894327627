"""From what was found and what somebody chose to the World that the program answers."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil

from reports.proposing.world import Goal, Group, Offer, World
from trainingplans.lib.dates import add_months


@dataclass(frozen=True)
class Terms:
    """How a course counts: its pass rate, the size of a class, what it costs, how long it takes."""

    rate: Fraction
    least: int
    most: int
    per_class: int
    per_learner: int
    months: int
    at_most: int | None = None


@dataclass
class Choice:
    """What somebody asks for: people needed by target, money, courses with their Terms, years."""

    needs: dict  # {target id: people}
    courses: dict  # {course id: Terms}; a course that is not here is not used
    years: list
    budget: int | None = None
    margin: int = 0  # percent more than needed
    each: int = 2


@dataclass(frozen=True)
class Asked:
    """The World, and what its keys stand for."""

    world: World
    meant: dict = field(default_factory=dict)  # {key of an offer: (course id, year or None)}
    # {((key of an offer,) or (key, key), target id): ids of officials}
    movers: dict = field(default_factory=dict)

    def movers_of(self, key):
        """{target id: ids of officials} whom an offer moves, alone or with another one."""
        found = defaultdict(set)
        for (keys, target), officials in self.movers.items():
            if key in keys:
                found[target] |= officials
        return found


def key_of(course, year):
    """The key of a course in a year, as forms name it."""
    return f"k{course}n{year}"


def asked(material, choice, first):
    """The Asked for a Choice; `first` is the day from which classes may open."""
    dues = {target.pk: target.due for target in material.targets if target.pk in choice.needs}
    found = list(_offers(material, choice, first))
    ways = {(one.course.pk,): one.moves for _offer, one, _year, _ready in found} | material.pairs
    by_course = defaultdict(list)
    for offer, one, _year, ready in found:
        by_course[one.course.pk].append((offer.key, ready))
    movers = {}
    for courses, moves in ways.items():
        for way in product(*(by_course[pk] for pk in courses)):
            ready = max((day for _key, day in way if day), default=None)
            keys = tuple(key for key, _day in way)
            for target, officials in moves.items():
                if target in dues and (ready is None or ready <= dues[target]):
                    movers[keys, target] = officials
    used = {key for keys, _target in movers for key in keys}
    offers = [offer for offer, *_rest in found if offer.key in used]
    meant = {offer.key: (one.course.pk, year) for offer, one, year, _ready in found}
    goals = [Goal(pk, _with_margin(need, choice.margin)) for pk, need in choice.needs.items()]
    world = World(
        goals=tuple(goals),
        offers=tuple(offers),
        groups=tuple(_groups(movers)),
        budget=choice.budget,
        each=choice.each,
    )
    return Asked(world, meant, movers)


def _with_margin(need, margin):
    return ceil(Fraction(need * (100 + margin), 100))


def _offers(material, choice, first):
    """(Offer, Known course, year or None, day it is ready or None), seats that are there first."""
    known = {one.course.pk: one for one in material.courses}
    for supply in material.supplies:
        course = known[supply.course]
        terms = choice.courses.get(supply.course)
        rate = terms.rate if terms else course.rate.share
        yield Offer(supply.key, rate, room=supply.room), course, None, supply.ready_on
    for course in material.courses:
        terms = choice.courses.get(course.course.pk)
        for year in choice.years if terms else ():
            offer = Offer(
                key_of(course.course.pk, year),
                terms.rate,
                terms.least,
                terms.most,
                terms.per_class,
                terms.per_learner,
                terms.at_most,
            )
            yield offer, course, year, ready_on(year, terms.months, first)


def ready_on(year, months, first):
    """The earliest day on which a course held in a year has given its certificates."""
    return add_months(max(date(year, 1, 1), first), months)


def _groups(movers):
    """People who are alike in all that any offer does for them, counted; in a fixed order."""
    told = defaultdict(set)
    for way, officials in movers.items():
        for official in officials:
            told[official].add(way)
    alike = Counter(tuple(sorted(ways)) for ways in told.values())
    for ways, number in sorted(alike.items()):
        moves, pairs = defaultdict(set), defaultdict(set)
        for keys, target in ways:
            (moves[keys[0]] if len(keys) == 1 else pairs[keys]).add(target)
        yield Group(
            number,
            {key: frozenset(goals) for key, goals in moves.items()},
            {keys: _by_both(keys, goals, moves) for keys, goals in pairs.items()},
        )


def _by_both(keys, goals, moves):
    """{target id: the keys that it takes} of who takes both offers: one where one is enough."""
    alone = {goal: (key,) for key in keys for goal in moves.get(key, ())}
    return dict.fromkeys(goals, keys) | alone

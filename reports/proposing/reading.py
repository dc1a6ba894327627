"""What a proposal is made of, read once: targets with whom they lack, courses, seats, prices."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from django.db.models import Case, IntegerField, Q, Value, When

from cadres.rules import Pair, RuleContext, people, to_q, validate
from cadres.rules.counting import ATTAINED
from cadres.rules.trees import ALL
from reports.forecast import PLACE, together_rows, works_of
from reports.granting import Grant, passed
from reports.proposing.costs import Prices
from reports.proposing.lengths import months_of
from reports.proposing.supply import supplies
from trainingplans.plans.counting import problems_of

HAS = "has"


@dataclass
class Known:
    """A course that can help, as it was found: what the page offers to change."""

    course: object
    rate: object  # of reports.pipeline
    size: int  # learners of a usual class
    price: object  # of reports.proposing.costs
    months: int  # from its opening to its certificates
    moves: dict = field(default_factory=dict)  # {target id: ids of officials}


@dataclass
class Material:
    """Targets to propose for, with their Forecasts; courses that help; seats that are there.

    `pairs`: {(course id, course id): {target id: ids of officials}}, who needs both.
    """

    targets: list
    forecasts: dict  # {target id: Forecast}
    courses: list  # [Known], those held most often first
    supplies: list  # [supply.Supply]
    unit_of: dict  # {official id: unit id}
    past: list  # targets left out: due before the plan begins, or unreadable
    pairs: dict = field(default_factory=dict)

    def people_of(self, course):
        """{target id: ids of officials} whom a course (id) moves, alone or with another."""
        found = defaultdict(set)
        known = next(one for one in self.courses if one.course.pk == course)
        with_others = [moves for pair, moves in self.pairs.items() if course in pair]
        for moves in (known.moves, *with_others):
            for target, officials in moves.items():
                found[target] |= officials
        return found


def read(plan, targets, on, units):
    """The Material for a plan on a day; the number of queries does not grow with people."""
    first = max(on, plan.starts_on)
    context = RuleContext(on)
    sound = [t for t in targets if t.due > first and not problems_of(t, context)]
    together, pairs = works_of(sound, on, units)
    courses = [course for course in together.courses.values() if course.is_active]
    found = _movers([work for work, _forecast in pairs], courses)
    known = _known(found, together, plan, on)
    return Material(
        targets=sound,
        forecasts={forecast.target.pk: forecast for _work, forecast in pairs},
        courses=known,
        supplies=supplies(plan, {one.course.pk: one.course for one in known}, on),
        unit_of={pk: unit for work, _f in pairs for pk, unit in work.unit_of.items()},
        past=[target for target in targets if target not in sound],
        pairs={way: moves for way, moves in found.items() if len(way) > 1},
    )


def _movers(works, courses):
    """{(course id,) or (id, id): {target id: ids of who attains the target by passing these}}.

    Of two courses only who attains by neither alone; one query for all.
    """
    asked, parts = {}, []  # {what is asked: place in the query}
    wanted = defaultdict(list)  # {place: [(courses, work)]}
    for number, work in enumerate(works):
        useful = {course.pk for course in work.useful}
        for ways in _ways([course for course in courses if course.pk in useful], work):
            for way, rule in ways:
                within = [one for course in way for one in _may_come(course, work.context)]
                key = (number, repr(rule), repr(within))
                if key not in asked:
                    asked[key] = len(parts)
                    parts.append(_rows(work, rule, within, len(parts)))
                wanted[asked[key]].append((way, work))
    rows = defaultdict(set)
    for place, official in together_rows(parts, PLACE, "official_id"):
        rows[place].add(official)
    found = defaultdict(dict)
    told = [(way, work, rows[place]) for place, pairs in wanted.items() for way, work in pairs]
    for way, work, officials in sorted(told, key=lambda one: len(one[0])):
        alone = [found[course.pk,].get(work.target.pk, set()) for course in way if len(way) > 1]
        if movers := (officials & work.waiting()).difference(*alone):
            found[tuple(course.pk for course in way)][work.target.pk] = movers
    return {way: moves for way, moves in found.items() if moves}


def _ways(courses, work):
    """[(courses, the rule for who has passed them)]: each course, then pairs that do more."""
    ones = [
        (course, passed(work.pair.attained, Grant.of(course), work.context)) for course in courses
    ]
    yield [((course,), rule) for course, rule in ones]
    both = [
        ((first, second), passed(rule, Grant.of(second), work.context), rule, other)
        for (first, rule), (second, other) in combinations(ones, 2)
    ]
    yield [(way, rule) for way, rule, *alone in both if rule not in alone]


def _may_come(course, context):
    """The rules on who may come to a course; those that can no longer be read ask nothing."""
    rules = [course.audience, course.prerequisites]
    return [rule for rule in rules if rule and not validate(rule, context)]


def _rows(work, rule, within, place):
    """The standings of who has not attained, may come and attains under the rule."""
    pair = Pair({ALL: [work.pair.population, *within]}, rule)
    met = When(to_q(work.pair.attained, work.context), then=Value(1))
    has = Case(met, default=Value(0), output_field=IntegerField())
    rows = people(pair, ATTAINED, **work.asked).annotate(**{HAS: has}).filter(~Q(**{HAS: 1}))
    return rows.annotate(**{PLACE: Value(place)})


def _known(found, together, plan, on):
    """[Known] of the courses that move anybody, alone or with another."""
    prices, held = Prices(plan.starts_on), Counter()
    ids = {pk for way in found for pk in way}
    sizes, months = together.sizes, months_of(ids)
    for course, capacities in sizes.items():
        held[course] = len(capacities)
    courses = [together.courses[pk] for pk in ids]
    courses.sort(key=lambda course: (-held[course.pk], course.code))
    return [
        Known(
            course=course,
            rate=together.rate(course),
            size=together.size_of(course),
            price=prices.of(course),
            months=months[course.pk],
            moves=found.get((course.pk,), {}),
        )
        for course in courses
    ]

"""What a proposal is made of, read once: targets with whom they lack, courses, seats, prices."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

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

    @property
    def people(self):
        """Everybody whom the course moves to some target."""
        return set().union(*self.moves.values()) if self.moves else set()


@dataclass
class Material:
    """Targets to propose for, with their Forecasts; courses that help; seats that are there."""

    targets: list
    forecasts: dict  # {target id: Forecast}
    courses: list  # [Known], those held most often first
    supplies: list  # [supply.Supply]
    unit_of: dict  # {official id: unit id}
    past: list  # targets left out: due before the plan begins, or unreadable


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
    )


def _movers(works, courses):
    """{course id: {target id: ids of who attains the target by passing the course}}; one query."""
    asked, parts = {}, []  # {what is asked: place in the query}
    wanted = defaultdict(list)  # {place: [(course, work)]}
    for number, work in enumerate(works):
        useful = {course.pk for course in work.useful}
        for course in courses:
            if course.pk not in useful:
                continue
            rule = passed(work.pair.attained, Grant.of(course), work.context)
            within = _may_come(course, work.context)
            key = (number, repr(rule), repr(within))
            if key not in asked:
                asked[key] = len(parts)
                parts.append(_rows(work, rule, within, len(parts)))
            wanted[asked[key]].append((course, work))
    rows = defaultdict(set)
    for place, official in together_rows(parts, PLACE, "official_id"):
        rows[place].add(official)
    found = defaultdict(dict)
    for place, pairs in wanted.items():
        for course, work in pairs:
            if movers := rows[place] & work.waiting():
                found[course.pk][work.target.pk] = movers
    return found


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
    """[Known] of the courses that move anybody."""
    prices, held = Prices(plan.starts_on), Counter()
    sizes, months = together.sizes, months_of(found)
    for course, capacities in sizes.items():
        held[course] = len(capacities)
    courses = [together.courses[pk] for pk in found]
    courses.sort(key=lambda course: (-held[course.pk], course.code))
    return [
        Known(
            course=course,
            rate=together.rate(course),
            size=together.size_of(course),
            price=prices.of(course),
            months=months[course.pk],
            moves=found[course.pk],
        )
        for course in courses
    ]

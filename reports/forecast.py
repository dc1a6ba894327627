"""The figure of a target at its deadline, with its parts; seats and classes still needed."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from statistics import median

from cadres.rules import Figure, Pair, RuleContext, count, people
from cadres.rules.context import among
from cadres.rules.counting import ATTAINED, POPULATION
from courses.models import TrainingClass
from reports.figures import numbers, pair_of, units_for
from reports.granting import Grant, helps, passed
from reports.pipeline import CERTAIN, ENROLLED, NOMINATED, courses_by_id, learners, pass_rates
from trainingplans.lib.dates import today

RETIRING, RECORDED, WHAT_IF = "retiring", "recorded", "what_if"
PARTS = {
    ENROLLED: "Đang học, sẽ đạt",
    NOMINATED: "Đã được chấp nhận đề cử, sẽ đạt",
    RETIRING: "Đến tuổi nghỉ hưu",
    RECORDED: "Thay đổi đã ghi trước trong hồ sơ",
    WHAT_IF: "Giả định mở thêm",
}
USUAL_CLASS = 35  # learners of a class where no class has been held yet


@dataclass
class Part:
    """What one cause adds to both numbers, over all units and by unit (id)."""

    why: str
    population: int = 0
    attained: int = 0
    people: int = 0  # behind the expectation: learners, or who retires
    by_unit: dict = field(default_factory=dict)  # {unit id: (population, attained)}

    @property
    def words(self):
        return PARTS[self.why]


@dataclass
class Extra:
    """A supposition: so many seats more in a course, of which this share passes."""

    course: object = None
    seats: int = 0
    rate: Fraction | None = None


@dataclass
class Forecast:
    """The figure now, its parts, and what they come to at the deadline."""

    target: object
    on: object
    due: object
    now: Figure
    parts: list
    by_unit: dict  # {unit id: Figure} at the deadline
    low: Figure
    high: Figure
    rate: object  # of the courses that help
    class_size: int
    useful: list  # Courses that help, with their Rate: [(Course, Rate)]
    room: int = 0  # people whom an extra class could still help

    @property
    def at_due(self):
        return Figure(
            self.now.population + sum(part.population for part in self.parts),
            self.now.attained + sum(part.attained for part in self.parts),
        )

    @property
    def short_by(self):
        return self.at_due.short_by(self.target.threshold)

    @property
    def seats_needed(self):
        return seats_for(self.short_by, self.rate)

    @property
    def classes_needed(self):
        return ceil(self.seats_needed / self.class_size)


def seats_for(short, rate):
    """How many seats it takes for so many to pass."""
    return ceil(Fraction(short) / rate.share) if short and rate.share else short


def forecast(target, account, on, unit=None, extra=None):
    """The Forecast of a target from the day `on`, as `account` may see it."""
    return forecast_of(pair_of(target), target, on, target.due, units_for(account, unit), extra)


def forecast_of(pair, target, on, due, units=None, extra=None):
    """The Forecast of a pair of rules between two days; on a day after the deadline that of now."""
    work = _Work(pair, on, max(on, due), units)
    parts = [part for part in work.parts(extra) if part.population or part.attained or part.people]
    found = Forecast(
        target=target,
        on=on,
        due=due,
        now=work.now,
        parts=parts,
        by_unit=work.by_unit(parts),
        low=work.low(),
        high=work.high(),
        rate=work.usual_rate(),
        class_size=class_size(work.useful),
        useful=[(course, work.rate(course)) for course in work.useful],
        room=work.room(extra),
    )
    return found


def class_size(courses):
    """The usual number of learners of a class of these courses; one query."""
    held = TrainingClass.objects.filter(course__in=[course.pk for course in courses])
    sizes = [size for size in held.values_list("capacity", flat=True) if size]
    return round(median(sizes)) if sizes else USUAL_CLASS


class _Work:
    """All that one forecast reads, and the sums over it."""

    def __init__(self, pair, on, due, units):
        self.pair, self.on, self.due, self.units = Pair(*pair), on, due, units
        [self.now] = count([self.pair], on=on, units=units)
        # What is dated ahead counts from today on; on a past day nobody knew of it yet.
        base = due if on >= today() else on
        self.context = RuleContext(base)
        self.asked = {"on": base, "units": units, "context": self.context}
        there = people(self.pair, POPULATION, **self.asked).order_by()
        rows = list(there.values_list("official_id", "unit_id", "retires_last"))
        has = people(self.pair, ATTAINED, **self.asked).order_by()
        self.unit_of = {pk: unit for pk, unit, _last in rows}
        self.population = set(self.unit_of)
        self.attained = set(has.values_list("official_id", flat=True))
        ahead = due > on  # after the deadline nothing is expected any more
        self.retiring = {pk for pk, _unit, last in rows if ahead and last and last <= due}
        self.rate = pass_rates(on)
        every = courses_by_id()
        self.useful = [
            course
            for course in every.values()
            if helps(self.pair.attained, Grant.of(course), self.context)
        ]
        self.chances = self._chances()

    def open(self):
        """Who will be there at the deadline and has not attained."""
        return self.population - self.attained - self.retiring

    def _chances(self):
        """{why: {official: chance to attain}}, each person once, in the better of the courses."""
        useful = {course.pk: course for course in self.useful}
        taken = defaultdict(set)
        why = {}
        under_way = learners(self.on, self.due) if self.due > self.on else []
        for learner in under_way:
            if learner.course in useful and learner.official in self.population:
                taken[learner.course].add(learner.official)
                why.setdefault(learner.official, learner.why)
        found = {ENROLLED: {}, NOMINATED: {}}
        for pk, officials in taken.items():
            share = self.rate(useful[pk]).share
            for official in self.reached_by(useful[pk], officials & self.open()):
                chances = found[why[official]]
                chances[official] = max(share, chances.get(official, 0))
        return found

    def reached_by(self, course, officials):
        """Those of the officials (ids) who attain once they have passed the course; one query."""
        if not officials:
            return set()
        rule = passed(self.pair.attained, Grant.of(course), self.context)
        rows = people(Pair(self.pair.population, rule), ATTAINED, **self.asked)
        rows = rows.filter(among("official_id", officials)).order_by()
        return set(rows.values_list("official_id", flat=True))

    def parts(self, extra):
        """The Parts in the order in which they are told."""
        yield from (self._expected(why) for why in (ENROLLED, NOMINATED))
        yield self._retiring()
        yield Part(
            RECORDED,
            len(self.population) - self.now.population,
            len(self.attained) - self.now.attained,
        )
        if extra:
            gained = min(extra.seats, self.room(extra)) * self._rate_of(extra)
            yield Part(WHAT_IF, attained=nearest(gained), people=extra.seats)

    def _rate_of(self, extra):
        if extra.rate is not None:
            return extra.rate
        return self.rate(extra.course).share if extra.course else self.usual_rate().share

    def room(self, extra):
        """How many could still attain by the course of `extra`, or by any that helps."""
        waiting = self.open() - set().union(*self.chances.values())
        if extra and extra.course:
            return len(self.reached_by(extra.course, waiting))
        return len(waiting)

    def _expected(self, why):
        chances = self.chances[why]
        sums = defaultdict(Fraction)
        for official, chance in chances.items():
            sums[self.unit_of[official]] += chance
        total = nearest(sum(sums.values()))
        by_unit = {unit: (0, number) for unit, number in shared_out(sums, total).items()}
        return Part(why, 0, total, len(chances), by_unit)

    def _retiring(self):
        went = Counter(self.unit_of[pk] for pk in self.retiring)
        lost = Counter(self.unit_of[pk] for pk in self.retiring & self.attained)
        by_unit = {unit: (-number, -lost[unit]) for unit, number in went.items()}
        number = len(self.retiring)
        return Part(RETIRING, -number, -lost.total(), number, by_unit)

    def by_unit(self, parts):
        """{unit id: Figure} at the deadline; suppositions are nobody's yet."""
        population = Counter(self.unit_of[pk] for pk in self.population)
        attained = Counter(self.unit_of[pk] for pk in self.attained)
        for part in parts:
            for unit, (more, better) in part.by_unit.items():
                population[unit] += more
                attained[unit] += better
        return {unit: Figure(population[unit], attained[unit]) for unit in population}

    def low(self):
        """Nobody passes."""
        left = self.population - self.retiring
        return Figure(len(left), len(left & self.attained))

    def high(self):
        """Everybody who is learning or accepted passes."""
        figure = self.low()
        return Figure(figure.population, figure.attained + sum(map(len, self.chances.values())))

    def usual_rate(self):
        """The Rate of the courses that help, the one with most experience."""
        rates = [self.rate(course) for course in self.useful]
        return max(rates, key=lambda rate: (rate.of == "course", rate.number), default=CERTAIN)


def nearest(value):
    """The nearest whole number, halves up."""
    return floor(value + Fraction(1, 2))


def shared_out(sums, total):
    """{key: whole number} near the sums that add up to `total`, the largest remainders first."""
    whole = {key: floor(value) for key, value in sums.items()}
    left = total - sum(whole.values())
    for key in sorted(sums, key=lambda key: (whole[key] - sums[key], key))[: max(left, 0)]:
        whole[key] += 1
    return whole


def forecast_document(found, units):
    """The JSON form of `forecast`; `units`: {id: Unit} of those it names."""
    at_due = found.at_due
    return {
        "on": found.on.isoformat(),
        "due": found.due.isoformat(),
        "now": {**numbers(found.now), "percent": as_float(found.now.percent)},
        "at_due": {
            "population": at_due.population,
            "attained": at_due.attained,
            "percent": as_float(at_due.percent),
            "met": at_due.met(found.target.threshold),
            "short_by": found.short_by,
        },
        "range": {"low": as_float(found.low.percent), "high": as_float(found.high.percent)},
        "parts": [
            {
                "why": part.why,
                "population": part.population,
                "attained": part.attained,
                "people": part.people,
            }
            for part in found.parts
        ],
        "pass_rate": as_float(100 * found.rate.share),
        "seats_needed": found.seats_needed,
        "classes_needed": found.classes_needed,
        "by_unit": [
            {
                "unit": units[pk].name,
                "code": units[pk].code,
                "population": figure.population,
                "attained": figure.attained,
                "short_by": figure.short_by(found.target.threshold),
                "seats_needed": seats_for(figure.short_by(found.target.threshold), found.rate),
            }
            for pk, figure in worst_units(found, units)
        ],
    }


def worst_units(found, units):
    """[(id, Figure)] of the units, most people short first."""
    threshold = found.target.threshold
    rows = found.by_unit.items()
    return sorted(rows, key=lambda row: (-row[1].short_by(threshold), units[row[0]].sort_key))


def as_float(value):
    """A Fraction as JSON has it, two places; None stays."""
    return None if value is None else round(float(value), 2)

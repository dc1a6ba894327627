"""The figure of a target at its deadline, with its parts; seats and classes still needed."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from statistics import median
from typing import NamedTuple

from django.db.models import Case, IntegerField, Value, When

from cadres.rules import Figure, Pair, RuleContext, count, people, to_q
from cadres.rules.context import among
from cadres.rules.counting import ATTAINED, POPULATION, ids_of
from courses.models import TrainingClass
from reports.figures import pair_of, units_for
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
PLACE, HAS = "place", "has"  # of a forecast among several; whether somebody has attained
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
    [work] = Together([Ask(Pair(*pair), target, due)], on, units).works
    return _forecast(work, extra)


def forecasts_of(targets, on, units=None):
    """The Forecasts of several targets; the same number of queries for any number of them."""
    asks = [Ask(pair_of(target), target, target.due) for target in targets]
    return [_forecast(work) for work in Together(asks, on, units).works]


def works_of(targets, on, units=None):
    """(Together, [(Work, Forecast)]) of several targets, for who goes on from the people in it."""
    asks = [Ask(pair_of(target), target, target.due) for target in targets]
    together = Together(asks, on, units)
    return together, [(work, _forecast(work)) for work in together.works]


def _forecast(work, extra=None):
    parts = [part for part in work.parts(extra) if part.population or part.attained or part.people]
    return Forecast(
        target=work.target,
        on=work.on,
        due=work.asked_due,
        now=work.now,
        parts=parts,
        by_unit=work.by_unit(parts),
        low=work.low(),
        high=work.high(),
        rate=work.usual_rate(),
        class_size=work.class_size(),
        useful=[(course, work.rate(course)) for course in work.useful],
        room=work.room(extra),
    )


class Ask(NamedTuple):
    """Rules whose figure is wanted at a deadline."""

    pair: Pair
    target: object
    due: object


class Together:
    """What several forecasts of a day read together, so that each takes no query of its own."""

    def __init__(self, asks, on, units):
        self.on, self.units = on, ids_of(units)
        self.rate, self.courses = pass_rates(on), courses_by_id()
        self.sizes = class_sizes()
        last = max((ask.due for ask in asks), default=on)
        self.under_way = learners(on, last) if last > on else []
        first = RuleContext(on)
        now = count([ask.pair for ask in asks], on=on, units=self.units, context=first)
        self.works = [Work(ask, figure, self, first) for ask, figure in zip(asks, now, strict=True)]
        self._read_people()
        self._read_reached()

    def size_of(self, course):
        """The usual number of learners of a class of one course."""
        sizes = self.sizes.get(course.pk)
        return round(median(sizes)) if sizes else USUAL_CLASS

    def _read_people(self):
        """Who will be there on each of the days, and has attained by then."""
        parts = [work.people().annotate(**{PLACE: Value(n)}) for n, work in enumerate(self.works)]
        found = defaultdict(list)
        for place, *row in together_rows(
            parts, PLACE, "official_id", "unit_id", "retires_last", HAS
        ):
            found[place].append(row)
        for place, work in enumerate(self.works):
            work.take(found[place])

    def _read_reached(self):
        """Who of those learning will attain by passing each of the courses."""
        asked = [(work, pk, who) for work in self.works for pk, who in work.taken().items()]
        parts = [
            work.reached(self.courses[pk], who).annotate(**{PLACE: Value(n)})
            for n, (work, pk, who) in enumerate(asked)
        ]
        for place, official in together_rows(parts, PLACE, "official_id"):
            work, pk, _who = asked[place]
            work.expect(official, self.courses[pk])


def together_rows(parts, *columns):
    """The rows of several querysets over standings, in one query."""
    if not parts:
        return []
    first, *rest = (part.select_related(None).order_by().values_list(*columns) for part in parts)
    return list(first.union(*rest, all=True) if rest else first)


def class_sizes():
    """{course id: capacities of its classes}; one query."""
    found = defaultdict(list)
    for course, size in TrainingClass.objects.values_list("course", "capacity"):
        if size:
            found[course].append(size)
    return found


class Work:
    """All that one forecast needs of what was read, and the sums over it."""

    def __init__(self, ask, now, together, like):
        self.pair, self.target, self.asked_due = ask
        self.on, self.due, self.now = together.on, max(together.on, ask.due), now
        self.rate, self._together = together.rate, together
        # What is dated ahead counts from today on; on a past day nobody knew of it yet.
        base = self.due if self.on >= today() else self.on
        self.context = RuleContext(base, like)
        self.asked = {"on": base, "units": together.units, "context": self.context}
        self.useful = [
            course
            for course in together.courses.values()
            if helps(self.pair.attained, Grant.of(course), self.context)
        ]
        self.why = {}
        self.chances = {ENROLLED: {}, NOMINATED: {}}

    def people(self):
        """The population on the day, with whether each has attained."""
        met = When(to_q(self.pair.attained, self.context), then=Value(1))
        has = Case(met, default=Value(0), output_field=IntegerField())
        return people(self.pair, POPULATION, **self.asked).annotate(**{HAS: has})

    def take(self, rows):
        """Keep the rows of `people`: [official, unit, last day before retiring, has attained]."""
        self.unit_of = {pk: unit for pk, unit, _last, _has in rows}
        self.population = set(self.unit_of)
        self.attained = {pk for pk, _unit, _last, has in rows if has}
        ahead = self.due > self.on  # after the deadline nothing is expected any more
        self.retiring = {pk for pk, _, last, _ in rows if ahead and last and last <= self.due}

    def open(self):
        """Who will be there at the deadline and has not attained."""
        return self.population - self.attained - self.retiring

    def taken(self):
        """{id of a course that helps: who is learning or accepted there and has not attained}."""
        useful = {course.pk for course in self.useful}
        found = defaultdict(set)
        if self.due == self.on:
            return found
        still = self.open()
        for learner in self._together.under_way:
            ends_in_time = learner.ends is None or learner.ends <= self.due
            if ends_in_time and learner.course in useful and learner.official in self.population:
                self.why.setdefault(learner.official, learner.why)
                if learner.official in still:
                    found[learner.course].add(learner.official)
        return found

    def expect(self, official, course):
        """Count the chance that somebody attains by a course: each once, in the better course."""
        chances = self.chances[self.why[official]]
        chances[official] = max(self.rate(course).share, chances.get(official, 0))

    def reached(self, course, officials):
        """The standings of those of the officials (ids) who attain once they pass the course."""
        rule = passed(self.pair.attained, Grant.of(course), self.context)
        rows = people(Pair(self.pair.population, rule), ATTAINED, **self.asked)
        return rows.filter(among("official_id", officials))

    def class_size(self):
        """The usual number of learners of a class of the courses that help."""
        sizes = [size for course in self.useful for size in self._together.sizes[course.pk]]
        return round(median(sizes)) if sizes else USUAL_CLASS

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

    def waiting(self):
        """Who will be there at the deadline, has not attained and is not on the way to it."""
        return self.open() - set().union(*self.chances.values())

    def room(self, extra):
        """How many could still attain by the course of `extra`, or by any that helps."""
        waiting = self.waiting()
        if extra and extra.course:
            return self.reached(extra.course, waiting).count()
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


def worst_units(found, units):
    """[(id, Figure)] of the units, most people short first."""
    threshold = found.target.threshold
    rows = found.by_unit.items()
    return sorted(rows, key=lambda row: (-row[1].short_by(threshold), units[row[0]].sort_key))

"""What a proposal is asked and answers, in plain values; nothing here reads the database."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, prod

SCALE = 10_000  # pass rates count in ten thousandths, so that the program has whole numbers only


@dataclass(frozen=True)
class Goal:
    """A target: so many more people have to attain it."""

    key: int
    need: int


@dataclass(frozen=True)
class Offer:
    """A way to train: a course in a year, or (with `room`) seats that are there already.

    A class holds `least` to `most` learners and costs `per_class` + learners × `per_learner`
    đồng; `at_most` limits the classes. `room` seats cost nothing, no class is added to them.
    """

    key: str
    rate: Fraction = Fraction(1)
    least: int = 1
    most: int = 35
    per_class: int = 0
    per_learner: int = 0
    at_most: int | None = None
    room: int | None = None

    @property
    def is_new(self):
        return self.room is None

    @property
    def weight(self):
        """The pass rate in ten thousandths, rounded down."""
        return weight_of([self])

    def cost(self, classes, seats):
        return classes * self.per_class + seats * self.per_learner


@dataclass(frozen=True)
class Group:
    """So many people who are alike: {key of an offer: keys of the goals that they attain by it}.

    `pairs`: {(key, key): {goal: keys of those that it takes}}, what they attain by two offers.
    """

    number: int
    moves: dict
    pairs: dict = field(default_factory=dict)

    def circles(self):
        """Offers that lead to common goals: of each such list a person takes one offer at most."""
        left, found = sorted(self.moves), []
        while left:
            circle, goals = [left.pop(0)], set()
            grew = True
            while grew:
                goals = set().union(*(self.moves[key] for key in circle))
                more = [key for key in left if goals & self.moves[key]]
                grew = bool(more)
                circle += more
                left = [key for key in left if key not in more]
            found.append(circle)
        return found


@dataclass(frozen=True)
class World:
    """All that a proposal depends on. `each`: courses that one person takes at most."""

    goals: tuple
    offers: tuple
    groups: tuple
    budget: int | None = None
    each: int = 2


@dataclass(frozen=True)
class Line:
    """An offer in the answer: classes and seats to plan, who takes them, whom that moves.

    Who needs two offers counts in the `gains` of one of them, and in the `jointly` of the other.
    """

    offer: Offer
    classes: int
    seats: int
    takers: int
    gains: dict  # {key of a goal: people who are expected to attain it, a Fraction}
    jointly: dict = field(default_factory=dict)

    @property
    def cost(self):
        return self.offer.cost(self.classes, self.seats)

    @property
    def spare(self):
        """Seats beyond those whom the goals need: a class has a least number of learners."""
        return max(0, self.seats - self.takers) if self.offer.is_new else 0


@dataclass(frozen=True)
class Answer:
    """Lines in the order of the offers; people still short of each goal; whether it is proven."""

    lines: list
    short: dict  # {key of a goal: people}
    proven: bool = True
    gains: dict = field(default_factory=dict)  # {key of a goal: Fraction}

    @property
    def cost(self):
        return sum(line.cost for line in self.lines)

    @property
    def classes(self):
        return sum(line.classes for line in self.lines)

    @property
    def seats(self):
        return sum(line.seats for line in self.lines)

    @property
    def total_short(self):
        return sum(self.short.values())


def weight_of(offers):
    """The chance to pass all of these offers in ten thousandths, rounded down."""
    return floor(prod(offer.rate for offer in offers) * SCALE)


def short_of(goal, gained):
    """People still short of a goal after an expected gain."""
    return max(0, ceil(goal.need - gained))

"""What a plan adds up to: classes, learners, money by source and by unit. Pure sums."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from trainingplans.lib.numbers import rounded

NO_UNIT = "Chưa giao đơn vị"


@dataclass
class Totals:
    """Sums of items; `by_source` and `by_unit` each add up to `amount`."""

    classes: int = 0
    learners: int = 0
    amount: int = 0
    by_source: Counter = field(default_factory=Counter)  # {source id: đồng}
    by_unit: Counter = field(default_factory=Counter)  # {unit id or None: đồng}

    @property
    def per_learner(self):
        """Whole đồng for a learner, halves up; None for nobody."""
        return per_learner(self.amount, self.learners)

    def add(self, item, costs):
        """Count an item with its costs."""
        self.classes += item.classes
        self.learners += item.learners
        for cost in costs:
            self.amount += cost.amount
            self.by_source[cost.source_id] += cost.amount
            self.by_unit[cost.unit_id] += cost.amount
        return self


def per_learner(amount, learners):
    """Whole đồng for a learner, halves up; None for nobody."""
    return int(rounded(Fraction(amount, learners), 0)) if learners else None


def totals_of(items):
    """The Totals of items whose `costs` are prefetched."""
    totals = Totals()
    for item in items:
        totals.add(item, item.costs.all())
    return totals

"""Cost norms: which one holds for an item on a day, and which items exceed theirs."""

from dataclasses import dataclass
from fractions import Fraction

from trainingplans.lib.numbers import format_money
from trainingplans.plans.models import CostNorm, PlanItem


@dataclass(frozen=True)
class Excess:
    """An item that costs more than a norm allows."""

    item: PlanItem
    norm: CostNorm
    each: Fraction  # đồng for one learner or class

    @property
    def words(self):
        """What exceeds which norm, in a sentence."""
        per = self.norm.get_per_display()
        basis = f" ({self.norm.legal_basis})" if self.norm.legal_basis else ""
        return (
            f"Mục {self.item.code}: {format_money(self.each)} cho {per}, "
            f"vượt định mức {format_money(self.norm.amount)}{basis}."
        )


def exceeding(items, on, lookups):
    """The Excess of each item (costs prefetched) over the norms valid on a day; one query."""
    norms = list(CostNorm.objects.at(on).order_by("pk"))
    found = []
    for item in items:
        above = path_of(item.category_id, lookups.category_by_id)
        for per in CostNorm.Per.values:
            norm = nearest([n for n in norms if n.per == per], above)
            count = item.learners if per == CostNorm.Per.LEARNER else item.classes
            amount = sum(cost.amount for cost in item.costs.all())
            if norm and count and amount > norm.amount * count:
                found.append(Excess(item, norm, Fraction(amount, count)))
    return found


def path_of(category, by_id):
    """The ids of a content and of what it belongs to, the nearest first; None (all) last."""
    path = []
    while category and category not in path:
        path.append(category)
        category = by_id[category].parent_id
    return [*path, None]


def nearest(norms, path):
    """The norm of the nearest content on the path."""
    by_category = {norm.category_id: norm for norm in norms}
    return next((by_category[pk] for pk in path if pk in by_category), None)

"""What a course may cost: the norm of the day for its content, else what was planned before."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from django.db.models import Sum

from courses.models import Category
from trainingplans.lib.numbers import THOUSAND, format_money
from trainingplans.plans.models import AGREED, CostNorm, PlanItem
from trainingplans.plans.norms import nearest, path_of

PER = CostNorm.Per


@dataclass(frozen=True)
class Price:
    """Đồng of a class and of a learner, and where that was found; None for "not known"."""

    per_class: int | None = None
    per_learner: int | None = None
    told: str = "chưa có định mức, ghi chi phí để dùng khóa này"

    @property
    def is_known(self):
        return self.per_class is not None or self.per_learner is not None


class Prices:
    """The Price of any course on a day; three queries in all."""

    def __init__(self, on):
        self.by_id = {row.pk: row for row in Category.objects.all()}
        norms = list(CostNorm.objects.at(on).order_by("pk"))
        self.norms = {per: [norm for norm in norms if norm.per == per] for per in PER.values}
        self.planned = _planned()

    def of(self, course):
        """A norm of the content; else the newest plan, within the norm of what it belongs to."""
        path = path_of(course.category_id, self.by_id)
        own = [path[0]]
        if norm := nearest(self.norms[PER.LEARNER], own):
            return Price(0, norm.amount, f"định mức {format_money(norm.amount)} một người")
        if norm := nearest(self.norms[PER.CLASS], own):
            return Price(norm.amount, 0, f"định mức {format_money(norm.amount)} một lớp")
        general = nearest(self.norms[PER.LEARNER], path)
        if before := self.planned.get(course.category_id):
            plan, each = before
            each = min(each, general.amount) if general else each
            return Price(0, each, f"như kế hoạch {plan}")
        if general:
            return Price(0, general.amount, f"định mức chung {format_money(general.amount)}")
        if norm := nearest(self.norms[PER.CLASS], path):
            return Price(norm.amount, 0, f"định mức chung {format_money(norm.amount)} một lớp")
        return Price()


def _planned():
    """{content id: (number of the plan, đồng for a learner)} of the newest agreed plan."""
    items = PlanItem.objects.filter(plan__state__in=AGREED, learners__gt=0).exclude(category=None)
    rows = items.annotate(amount=Sum("costs__amount")).order_by("plan__starts_on", "pk")
    found = {}
    for category, number, title, learners, amount in rows.values_list(
        "category", "plan__number", "plan__title", "learners", "amount"
    ):
        if amount:
            thousands = ceil(Fraction(amount, THOUSAND * learners))
            found[category] = (number or title, THOUSAND * thousands)
    return found

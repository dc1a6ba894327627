"""Seats proposed to units: carried over from the plan before, then by who misses the targets."""

from collections import Counter
from dataclasses import dataclass

from cadres.models import Unit
from cadres.rules import RuleContext
from cadres.rules.counting import Pair, count
from courses.models import Enrolment
from trainingplans.lib.numbers import format_number
from trainingplans.plans.models import Plan, PlanItem, Quota
from trainingplans.plans.planpages import plan_before
from trainingplans.plans.progress import LEARNING
from trainingplans.plans.shares import shared

EVERYBODY = {"all": []}


@dataclass
class Proposal:
    """For each unit: people counted, seats carried over, seats proposed; and how, in words."""

    people: dict
    carried: dict
    seats: dict
    words: list

    @property
    def units(self):
        return sorted(set(self.people) | set(self.carried))


def propose(item, *, on, reserve=None):
    """The Proposal for an item (targets prefetched) on a day, for the units of its plan."""
    reserve = item.reserve if reserve is None else reserve
    people, counted = people_by_unit(item, on)
    to_give = max(0, item.learners - reserve)
    carried = carried_over(item)
    first = shared(to_give, carried)
    left = to_give - sum(first.values())
    rest = {unit: max(0, n - first.get(unit, 0)) for unit, n in people.items()}
    second = shared(left, rest)
    seats = Counter(first) + Counter(second)
    return Proposal(
        people=people,
        carried=carried,
        seats=dict(seats),
        words=_words(item, reserve, counted, people, first, second),
    )


def _words(item, reserve, counted, people, first, second):
    carried, people = sum(first.values()), sum(people.values())
    left = max(0, item.learners - reserve) - carried
    spare = left - sum(second.values())
    told = [
        f"{format_number(item.learners)} người học, giữ {format_number(reserve)} suất dự phòng."
    ]
    if carried:
        told.append(
            f"Chuyển từ kế hoạch trước {format_number(carried)} suất chưa dùng, chia trước."
        )
    told.append(
        f"{format_number(left)} suất còn lại chia theo {counted}: {format_number(people)} người."
        " Mỗi đơn vị được phần nguyên của tỉ lệ; suất lẻ cho đơn vị có phần dư lớn nhất,"
        " không đơn vị nào quá số người của mình."
    )
    if spare:
        told.append(f"Số người ít hơn số suất, còn {format_number(spare)} suất chưa phân.")
    return told


def people_by_unit(item, on):
    """({unit id: people}, what was counted in words): who misses a target, else the audience."""
    targets = list(item.targets.all())
    if targets:
        missing = {"any": [_missing(target) for target in targets]}
        rule = {"all": [missing, item.audience or EVERYBODY]}
        names = "; ".join(target.name for target in targets)
        words = f"số người chưa đạt mục tiêu ({names})"
        words += " trong đối tượng của mục" if item.audience else ""
    elif item.audience:
        rule, words = item.audience, "số người thuộc đối tượng của mục (mục chưa gắn mục tiêu)"
    else:
        rule, words = EVERYBODY, "số người đang công tác (mục chưa gắn mục tiêu)"
    units = Unit.objects.below(item.plan.unit) if item.plan.unit_id else None
    [figure] = count(
        [Pair(rule, EVERYBODY)], on=on, units=units, by_unit=True, context=RuleContext(on)
    )
    return {unit: part.population for unit, part in figure.by_unit.items()}, words


def _missing(target):
    """The rule of those whom a target counts and who have not attained it."""
    within = [{"in_unit": [target.unit.code]}] if target.unit_id else []
    return {"all": [target.population, {"not": target.attained}, *within]}


def carried_over(item):
    """{unit id: seats of the plan before for the same content that nobody took}."""
    before = plan_before(item.plan, Plan.objects.all())
    if before is None or item.category_id is None:
        return {}
    same = PlanItem.objects.filter(plan=before, category=item.category_id)
    seats = Counter()
    for unit, number in Quota.objects.filter(item__in=same).values_list("unit", "seats"):
        seats[unit] += number
    learners = Enrolment.objects.filter(
        training_class__planned__item__in=same, state__in=LEARNING, unit__in=seats
    )
    seats.subtract(learners.order_by().values_list("unit", flat=True))
    return {unit: number for unit, number in seats.items() if number > 0}

"""One plan against life: what each item came to, worst first; money, units, targets, what is late.

The number of queries does not depend on how many items, units, classes or people there are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from cadres.models import Unit
from cadres.roles import ALL
from cadres.rules import RuleContext, count
from courses.models import ClassState, Enrolment, Nomination, NominationState
from trainingplans.lib.dates import add_months, show
from trainingplans.plans.counting import pair_of, problems_of, standings_of
from trainingplans.plans.models import ClassCost, Plan, PlanCost, PlanItem, PlannedClass, Quota
from trainingplans.plans.models.planning import AGREED
from trainingplans.plans.progress import (
    LEARNING,
    NOMINATED,
    OF_ITEM,
    Progress,
    progress_of,
    put_forward,
)

BEFORE_START = [ClassState.PLANNED, ClassState.CALLING, ClassState.DECIDED]
WAITING = [state for state in NOMINATED if state != NominationState.ENROLLED]
NO_UNIT = "Chưa giao đơn vị"


@dataclass
class ItemLife:
    """An item with what became of it, and what is late about it in words."""

    item: PlanItem
    progress: Progress
    amount: int
    due: date
    late: list = field(default_factory=list)

    @property
    def missing(self):
        """How many learners are still to come."""
        return max(0, self.item.learners - self.progress.enrolled)

    @property
    def share(self):
        """Learners in classes in percent of those planned, None where none are."""
        planned = self.item.learners
        return 100 * self.progress.enrolled / planned if planned else None

    @property
    def rank(self):
        """Worst first: late ones by missing learners, then the least filled."""
        share = 100 if self.share is None else self.share
        return (not self.late, -self.missing if self.late else share, self.item.order, self.item.pk)


@dataclass
class Money:
    """Đồng of a source or a unit: in the plan, and spent; for a unit also people."""

    name: str
    planned: int = 0
    spent: int = 0
    seats: int = 0
    nominated: int = 0
    enrolled: int = 0
    passed: int = 0

    @property
    def empty(self):
        """Seats that nobody has taken."""
        return max(0, self.seats - self.enrolled)


def summed(rows):
    """The sums of several Money as one."""
    names = ("planned", "spent", "seats", "nominated", "enrolled", "passed")
    return Money("", **{name: sum(getattr(row, name) for row in rows) for name in names})


@dataclass
class Moved:
    """A target that the plan serves: where it stands, how many people in classes still miss it."""

    target: object
    figure: object
    learning: int = 0
    nominated: int = 0

    @property
    def short_by(self):
        return self.figure.short_by(self.target.threshold)

    @property
    def percent(self):
        return None if self.figure.share is None else 100 * self.figure.share

    @property
    def short_after(self):
        """What would still be short if all of them attained."""
        return max(0, self.short_by - self.learning - self.nominated)


@dataclass
class Under:
    """A plan under this one with its own sums."""

    plan: Plan
    learners: int = 0
    amount: int = 0
    progress: Progress = field(default_factory=Progress)


# ---- items -------------------------------------------------------------------------------------


def items_of(plan, on):
    """[ItemLife], worst first."""
    rows = plan.items.select_related("category", "course", "lead_unit", "plan")
    rows = list(rows.order_by("order", "pk"))
    progress = progress_of([item.pk for item in rows])
    costs = PlanCost.objects.filter(item__plan=plan)
    amounts = dict(costs.order_by().values_list("item").annotate(Sum("amount")))
    overdue = _overdue_classes(plan, on)
    lives = []
    for item in rows:
        life = ItemLife(item, progress[item.pk], amounts.get(item.pk, 0), due_of(item))
        if plan.state in AGREED:
            life.late = [*_late(life, on), *overdue[item.pk]]
        lives.append(life)
    return sorted(lives, key=lambda life: life.rank)


def due_of(item):
    """The last day of an item: of its quarter in a plan of one year, else of the plan."""
    plan = item.plan
    if item.quarter is None or plan.starts_on.year != plan.ends_on.year:
        return plan.ends_on
    ends = add_months(date(plan.starts_on.year, 1, 1), 3 * item.quarter) - timedelta(days=1)
    return min(ends, plan.ends_on)


def _late(life, on):
    """What is late about an item once its day has passed."""
    item, progress = life.item, life.progress
    words = []
    if on > life.due and progress.opened < item.classes:
        words.append(f"hết hạn {show(life.due)}, mới mở {progress.opened} trên {item.classes} lớp")
    elif on > life.due and life.missing:
        words.append(f"hết hạn {show(life.due)}, còn thiếu {life.missing} người học")
    if progress.spent > life.amount > 0:
        words.append("chi vượt kinh phí của kế hoạch")
    return words


def _overdue_classes(plan, on):
    """{item id: words about classes that should have begun or ended}."""
    begun = Q(training_class__state__in=BEFORE_START, training_class__starts_on__lt=on)
    over = Q(training_class__state=ClassState.RUNNING, training_class__ends_on__lt=on)
    classes = PlannedClass.objects.filter(item__plan=plan).order_by().values_list("item")
    rows = classes.annotate(late=Count("pk", filter=begun), open=Count("pk", filter=over))
    found = defaultdict(list)
    for item, unopened, unended in rows:
        if unopened:
            found[item].append(f"{unopened} lớp quá ngày khai giảng chưa mở")
        if unended:
            found[item].append(f"{unended} lớp quá ngày bế giảng chưa kết thúc")
    return found


# ---- money and units ---------------------------------------------------------------------------


def money_by_source(plan):
    """[Money] by source: in the plan, and spent by the classes of its items."""
    found = {}
    planned = PlanCost.objects.filter(item__plan=plan).order_by("source__order", "source__name")
    for pk, name, amount in planned.values_list("source", "source__name").annotate(Sum("amount")):
        found[pk] = Money(name, planned=amount)
    spent = _spent(plan).order_by("source__order", "source__name")
    for pk, name, amount in spent.values_list("source", "source__name").annotate(Sum("spent")):
        found.setdefault(pk, Money(name)).spent = amount
    return list(found.values())


def _spent(plan):
    return ClassCost.objects.filter(**{f"{OF_ITEM}__plan": plan})


def by_unit(plan, account):
    """[Money] by unit that `account` sees: money given and spent, seats and who took them.

    Money is spent by the unit that organises the class, else by the one that leads the item.
    """
    found = defaultdict(lambda: Money(""))
    of_plan = {f"{OF_ITEM}__plan": plan}
    leads = Coalesce("training_class__organiser", F(f"{OF_ITEM}__lead_unit"))
    sums = [
        (PlanCost.objects.filter(item__plan=plan), "unit", "planned", Sum("amount")),
        (_spent(plan).annotate(leads=leads), "leads", "spent", Sum("spent")),
        (Quota.objects.filter(item__plan=plan), "unit", "seats", Sum("seats")),
        (
            put_forward(NOMINATED).filter(**of_plan),
            "unit",
            "nominated",
            Count("pk"),
        ),
        (Enrolment.objects.filter(state__in=LEARNING, **of_plan), "unit", "enrolled", Count("pk")),
        (Enrolment.objects.filter(completed=True, **of_plan), "unit", "passed", Count("pk")),
    ]
    for rows, column, name, what in sums:
        for unit, figure in rows.order_by().values_list(column).annotate(figure=what):
            setattr(found[unit], name, figure)
    return _named(found, account)


def _named(found, account):
    """The rows, most empty seats first, then by the units' names; those of nobody last."""
    units = Unit.objects.branch_of(account).filter(pk__in=[pk for pk in found if pk])
    rows = []
    for pk, name in units.order_by("sort_key", "code").values_list("pk", "name"):
        found[pk].name = name
        rows.append(found[pk])
    rows.sort(key=lambda row: -row.empty)
    if None in found and account.scope == ALL:
        found[None].name = NO_UNIT
        rows.append(found[None])
    return rows


# ---- targets -----------------------------------------------------------------------------------


def targets_moved(plan, account, on):
    """[Moved] for the targets that the plan's items serve, as far as `account` sees people."""
    serving = defaultdict(set)  # {target: item ids}
    links = PlanItem.targets.through.objects.filter(planitem__plan=plan)
    for link in links.select_related("target__unit"):
        serving[link.target].add(link.planitem_id)
    context = RuleContext(on)
    targets = sorted(serving, key=lambda t: (t.order, t.due, t.pk))
    targets = [target for target in targets if not problems_of(target, context)]
    learning, nominated = _people(plan, account)
    everybody = {official for official, _ in learning | nominated}
    standings = standings_of(everybody, targets, on)
    units = None if account.scope == ALL else Unit.objects.branch_of(account)
    figures = count([pair_of(t) for t in targets], on=on, units=units, context=context)
    moved = []
    for target, figure in zip(targets, figures, strict=True):
        inside = _missing(learning, serving[target], target, standings)
        named = _missing(nominated, serving[target], target, standings) - inside
        moved.append(Moved(target, figure, len(inside), len(named)))
    return moved


def _people(plan, account):
    """({(official id, item id)} in classes now, the same of nominees who wait)."""
    of_plan = {f"{OF_ITEM}__plan": plan}
    learning = Enrolment.objects.visible_to(account)
    learning = learning.filter(state=Enrolment.State.ENROLLED, **of_plan)
    mine = Nomination.objects.visible_to(account)
    nominated = put_forward(WAITING).filter(pk__in=mine.values("pk"), **of_plan)
    return tuple(
        set(rows.order_by().values_list("official", OF_ITEM)) for rows in (learning, nominated)
    )


def _missing(pairs, items, target, standings):
    return {
        official
        for official, item in pairs
        if item in items and standings.misses(official, target.pk)
    }


# ---- plans under it ----------------------------------------------------------------------------


def plans_under(plan, account):
    """[Under]: agreed plans of units below (or of a shorter period) within the plan's period."""
    found = Plan.objects.visible_to(account).filter(state__in=AGREED).exclude(pk=plan.pk)
    found = found.exclude(state="replaced")
    found = found.filter(starts_on__gte=plan.starts_on, ends_on__lte=plan.ends_on)
    shorter = ~Q(starts_on=plan.starts_on, ends_on=plan.ends_on)
    if plan.unit is None:
        found = found.filter(Q(unit__isnull=False) | shorter)
    else:
        below = Q(unit__path__startswith=plan.unit.path) & ~Q(unit=plan.unit)
        found = found.filter(below | (Q(unit=plan.unit) & shorter))
    unders = {one.pk: Under(one) for one in found.select_related("unit").for_list()}
    items = PlanItem.objects.filter(plan__in=unders)
    for pk, learners in items.order_by().values_list("plan").annotate(Sum("learners")):
        unders[pk].learners = learners
    costs = PlanCost.objects.filter(item__plan__in=unders)
    for pk, amount in costs.order_by().values_list("item__plan").annotate(Sum("amount")):
        unders[pk].amount = amount
    progress = progress_of(items)
    for item, owner in items.values_list("pk", "plan"):
        _add(unders[owner].progress, progress[item])
    return list(unders.values())


def _add(total, part):
    for name, value in vars(part).items():
        setattr(total, name, getattr(total, name) + value)


def total_of(lives):
    """Sums of items: Progress, learners, amount."""
    total, sums = Progress(), Counter()
    for life in lives:
        _add(total, life.progress)
        sums["learners"] += life.item.learners
        sums["classes"] += life.item.classes
        sums["amount"] += life.amount
    return total, sums


def sum_of(unders):
    """One Under with the sums of several, None for none."""
    if not unders:
        return None
    total = Under(None)
    for one in unders:
        total.learners += one.learners
        total.amount += one.amount
        _add(total.progress, one.progress)
    return total

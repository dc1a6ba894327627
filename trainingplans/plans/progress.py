"""Plan against life: of each item how much is opened, nominated, enrolled, passed, spent."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from courses.models import ClassState, Enrolment, Nomination, NominationState
from trainingplans.lib.numbers import format_number
from trainingplans.plans.models import ClassCost, PlannedClass

# With the unit (draft, returned) is not yet put forward; refused and withdrawn no longer are.
NOMINATED = [
    NominationState.SUBMITTED,
    NominationState.ACCEPTED,
    NominationState.RESERVE,
    NominationState.DECIDED,
    NominationState.ENROLLED,
]
LEARNING = [Enrolment.State.ENROLLED, Enrolment.State.FINISHED]
NOT_OPENED = [ClassState.PLANNED, ClassState.CANCELLED]
GOING_ON = [ClassState.CALLING, ClassState.DECIDED, ClassState.RUNNING]
OF_ITEM = "training_class__planned__item"


@dataclass
class Progress:
    """Of one item: classes that were opened (called for, at least), people, đồng spent."""

    opened: int = 0
    nominated: int = 0
    enrolled: int = 0
    passed: int = 0
    spent: int = 0


def progress_of(items):
    """{item id: Progress} of items (a queryset or ids); four queries, however many items.

    A person in two classes of an item counts twice: these are seats taken, as they are planned.
    """
    found = defaultdict(Progress)
    mine = Q(**{f"{OF_ITEM}__in": items})
    classes = PlannedClass.objects.filter(item__in=items)
    opened = classes.exclude(training_class__state__in=NOT_OPENED)
    for item, number in _grouped(opened, "item", Count("pk")):
        found[item].opened = number
    nominated = put_forward(NOMINATED).filter(mine)
    for item, number in _grouped(nominated, OF_ITEM, Count("pk")):
        found[item].nominated = number
    learners = Enrolment.objects.filter(mine, state__in=LEARNING)
    passed = Count("pk", filter=Q(completed=True))
    for item, number, done in _grouped(learners, OF_ITEM, Count("pk"), passed):
        found[item].enrolled, found[item].passed = number, done
    for item, spent in _grouped(ClassCost.objects.filter(mine), OF_ITEM, Sum("spent")):
        found[item].spent = int(spent)  # PostgreSQL sums to a decimal
    return found


def unfinished(plan):
    """What a plan would be closed without, in words; "" when all its classes are over."""
    items = list(plan.items.all())
    done = progress_of([item.pk for item in items])
    never = sum(max(0, item.classes - done[item.pk].opened) for item in items)
    going = PlannedClass.objects.filter(item__plan=plan, training_class__state__in=GOING_ON).count()
    told = [(never, "lớp chưa mở"), (going, "lớp chưa kết thúc")]
    return ", ".join(f"{format_number(number)} {words}" for number, words in told if number)


def put_forward(states):
    """Nominations in these states; of a class that was cancelled nobody is put forward any more."""
    held = Nomination.objects.exclude(training_class__state=ClassState.CANCELLED)
    return held.filter(state__in=states)


def _grouped(rows, by, *what):
    named = {f"figure{place}": one for place, one in enumerate(what)}
    return rows.order_by().values_list(by).annotate(**named)

"""Seats that are there already: in classes that call or are planned, in items of plans."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from courses.busy import SEATED
from courses.models import ClassState, Enrolment, Nomination, TrainingClass
from trainingplans.lib.text import fold
from trainingplans.plans.life import due_of
from trainingplans.plans.models import Plan, PlanItem, PlannedClass, PlanState

YEAR = timedelta(days=366)
WITH_ROOM = [ClassState.PLANNED, ClassState.CALLING]


@dataclass(frozen=True)
class Supply:
    """Seats of a course that nobody holds: of a class or of an item of a plan."""

    key: str
    course: int
    room: int
    ready_on: date | None
    thing: object  # a TrainingClass or a PlanItem

    @property
    def is_class(self):
        return isinstance(self.thing, TrainingClass)


def supplies(plan, courses, on):
    """[Supply] for the courses {id: Course}, those of classes first; six queries."""
    return [*_of_classes(courses, on), *_of_items(plan, courses, on)]


def _of_classes(courses, on):
    classes = TrainingClass.objects.filter(course__in=courses, state__in=WITH_ROOM)
    classes = list(
        classes.filter(Q(ends_on=None) | Q(ends_on__gt=on)).order_by("starts_on", "code", "pk")
    )
    held = defaultdict(set)
    nominated = Nomination.objects.filter(training_class__in=classes, state__in=SEATED)
    learning = Enrolment.objects.filter(training_class__in=classes, state=Enrolment.State.ENROLLED)
    for rows in (nominated, learning):
        for row, official in rows.order_by().values_list("training_class", "official"):
            held[row].add(official)
    for row in classes:
        if (room := row.capacity - len(held[row.pk])) > 0:
            yield Supply(f"lop{row.pk}", row.course_id, room, row.ends_on, row)


def _of_items(plan, courses, on):
    """Items of this plan, and of agreed ones of the same unit and of a year at most, for which
    classes are still to come. A longer plan is carried out by those of its years."""
    agreed = Plan.objects.filter(
        state__in=[PlanState.APPROVED, PlanState.RUNNING], unit=plan.unit_id, ends_on__gte=on
    ).exclude(pk=plan.replaces_id)
    ids = [row.pk for row in agreed if row.ends_on - row.starts_on <= YEAR]
    items = PlanItem.objects.filter(plan__in={plan.pk, *ids}).select_related("plan")
    opened = Counter()
    planned = PlannedClass.objects.filter(item__in=items).exclude(
        training_class__state=ClassState.CANCELLED
    )
    for item, seats in planned.values_list("item", "training_class__capacity"):
        opened[item] += seats
    for item in items.order_by("plan__starts_on", "plan", "order", "pk"):
        course = _course_of(item, courses)
        room, due = item.learners - opened[item.pk], due_of(item)
        if course and room > 0 and due > on:
            yield Supply(f"muc{item.pk}", course, room, due, item)


def _course_of(item, courses):
    """The id of the course that an item means: its own; else one of its content, the one named in
    its title where there are several."""
    if item.course_id:
        return item.course_id if item.course_id in courses else None
    same = [pk for pk, course in courses.items() if course.category_id == item.category_id]
    named = [pk for pk in same if fold(courses[pk].name) in fold(item.title)]
    return next(iter([*named, *same]), None) if item.category_id else None

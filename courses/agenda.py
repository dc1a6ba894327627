"""The days of classes: when they run, half-days of one's own, until when to nominate."""

from django.db.models import Q
from django.urls import reverse

from cadres.roles import OWN
from courses.models import ClassSession, ClassState, Enrolment, TrainingClass
from trainingplans.lib.agenda import Event

SHOWN = 500
MAKES_NOMINATIONS = ("courses.nominate", "courses.sign_nomination", "courses.decide_nomination")


def _visible(account):
    rows = TrainingClass.objects.visible_to(account).exclude(state=ClassState.CANCELLED)
    if account.scope == OWN:
        rows = rows.filter(enrolments__official=account.official_id)
    return rows


def classes(account, first, last):
    """Classes from their first day to their last."""
    if not account.has_perm("courses.view_class"):
        return
    rows = _visible(account).filter(starts_on__lte=last)
    rows = rows.filter(Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first))
    for row in rows.distinct().order_by("starts_on", "pk")[:SHOWN]:
        yield Event(
            key=f"class-{row.pk}",
            title=f"Lớp {row.title}",
            first=row.starts_on,
            last=row.ends_on or row.starts_on,
            url=reverse("courses:class", args=[row.pk]),
            place=row.place,
            icon="presentation",
        )


def sessions(account, first, last):
    """The half-days of classes that an official is in, or that a school holds."""
    rows = ClassSession.objects.filter(on__range=(first, last)).select_related("training_class")
    if account.scope == OWN and account.official_id:
        mine = Enrolment.objects.visible_to(account).filter(state=Enrolment.State.ENROLLED)
        rows = rows.filter(training_class__in=mine.values("training_class"))
    elif account.role == "school":
        rows = rows.filter(training_class__in=_visible(account))
    else:
        return
    for row in rows.order_by("on", "pk")[:SHOWN]:
        yield Event(
            key=f"session-{row.pk}",
            title=f"{row.get_part_display()}: {row.training_class.title}",
            first=row.on,
            last=row.on,
            url=reverse("courses:class", args=[row.training_class_id]),
            place=row.place,
            icon="clock",
        )


def nominations_due(account, first, last):
    """Until when units nominate for the classes that call."""
    if not any(account.has_perm(permission) for permission in MAKES_NOMINATIONS):
        return
    rows = TrainingClass.objects.visible_to(account).filter(
        state=ClassState.CALLING, nominations_due__range=(first, last)
    )
    for row in rows.order_by("nominations_due", "pk")[:SHOWN]:
        yield Event(
            key=f"nominations-{row.pk}",
            title=f"Hạn đề cử: {row.title}",
            first=row.nominations_due,
            last=row.nominations_due,
            url=reverse("courses:class", args=[row.pk]),
            icon="user-plus",
        )


SOURCES = [classes, sessions, nominations_due]

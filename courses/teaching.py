"""How much an instructor teaches: sessions, hours, classes."""

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, ExtractYear

from courses.models import ClassState


def with_load(instructors, year):
    """Instructors with `load_sessions`, `load_hours` and `load_classes` of a year."""
    held = Q(sessions__on__year=year) & ~Q(
        sessions__training_class__state=ClassState.CANCELLED.value
    )
    return instructors.annotate(
        load_sessions=Count("sessions", filter=held, distinct=True),
        load_hours=Coalesce(Sum("sessions__hours", filter=held), 0),
        load_classes=Count("sessions__training_class", filter=held, distinct=True),
    )


def load_by_year(instructor):
    """[{year, sessions, hours, classes}], the newest first."""
    held = instructor.sessions.exclude(training_class__state=ClassState.CANCELLED).order_by()
    return list(
        held.annotate(year=ExtractYear("on"))
        .values("year")
        .annotate(
            sessions=Count("pk"), hours=Sum("hours"), classes=Count("training_class", distinct=True)
        )
        .order_by("-year")
    )

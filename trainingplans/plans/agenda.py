"""The days of targets and of needs rounds."""

from django.urls import reverse

from trainingplans.lib.agenda import Event
from trainingplans.plans.models import NeedRound, Target


def targets_due(account, first, last):
    """The days on which targets are to be reached."""
    if not account.has_perm("plans.view_target"):
        return
    rows = Target.objects.visible_to(account).filter(due__range=(first, last))
    for row in rows.order_by("due", "order"):
        yield Event(
            key=f"target-{row.pk}",
            title=f"Hạn mục tiêu: {row.name}",
            first=row.due,
            last=row.due,
            url=reverse("reports:target", args=[row.pk]),
            icon="target",
        )


def needs_due(account, first, last):
    """Until when units send their needs."""
    if not account.has_perm("plans.view_need"):
        return
    rows = NeedRound.objects.filter(state=NeedRound.State.OPEN, due__range=(first, last))
    for row in rows:
        yield Event(
            key=f"needs-{row.pk}",
            title=f"Hạn gửi nhu cầu: {row.title}",
            first=row.due,
            last=row.due,
            url=reverse("plans:round", args=[row.pk]),
            icon="clipboard-list",
        )


SOURCES = [targets_due, needs_due]

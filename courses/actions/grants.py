"""Levels that wait for a review: written into the records, left unwritten, taken back."""

from django.db import transaction

from cadres.audit import record
from courses import granting
from courses.models import Enrolment
from courses.results import grants_of

CONFIRM, DECLINE, UNDO = "grants.confirm", "grants.decline", "grants.undo"


@transaction.atomic
def confirm_grants(enrolments, *, by):
    """Write the levels that waited for a review; (people whose record changed, the event).

    Who learned the same more than once gets the level from the first time.
    """

    def confirm(rows):
        return granting.sync(_first_times(rows), by=by, confirmed=True)

    return _review(enrolments, by, CONFIRM, confirm)


def _first_times(rows):
    """Every row of a class; of a person's rows of the past that grant the same, the earliest."""
    firsts, grants = {}, grants_of(rows)
    for row in sorted(rows, key=lambda row: (row.ends_on, row.pk)):
        key = row.pk
        if row.origin == Enrolment.Origin.HISTORY:
            key = (row.official_id, grants[row.course_id])
        firsts.setdefault(key, row)
    return list(firsts.values())


@transaction.atomic
def decline_grants(enrolments, *, by):
    """Leave these levels unwritten; (rows that leave the list, the event)."""

    def decline(rows):
        granting.decline(rows)
        return len(rows)

    return _review(enrolments, by, DECLINE, decline)


def _review(enrolments, by, act, write):
    """Run `write` over the rows of `enrolments` (a queryset) that still wait."""
    rows = _locked(list(enrolments.values_list("pk", flat=True)))
    rows = list(rows.filter(granted__isnull=True, completed=True))
    if not rows:
        return 0, None
    number = write(rows)
    people = {str(row.pk): row.official.full_name for row in rows}
    event = record(act, by=by, label=f"{len(rows)} người", detail={"enrolments": people})
    return number, event


def _locked(ids):
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    rows = rows.select_related("official", "institution", "training_class")
    return rows.select_related("course__grants_level", "course__grants_language").order_by("pk")


@transaction.atomic
def undo_grants(event, *, by):
    """Take back what a review decided; the rows wait again. How many of them."""
    rows = _locked([int(pk) for pk in event.detail["enrolments"]])
    declined = event.act == DECLINE
    rows = list(rows.filter(granted__isnull=False, granted__qualification__isnull=declined))
    granting.take_back(rows, by=by)
    if rows:
        people = {str(row.pk): row.official.full_name for row in rows}
        record(UNDO, by=by, label=f"{len(rows)} người", detail={"enrolments": people})
    return len(rows)

"""Writes of commitments to serve: made and taken away with results, edited, released."""

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from cadres.edits import save_versioned
from courses.commitments import multiple_for, period_of, settings_of
from courses.models import Commitment, Form
from trainingplans.lib.commands import Refused


def sync_commitments(enrolments, *, by):
    """Who completed đào tạo owes service; a corrected result takes the commitment away.

    What was entered by hand (cost, document, release) stays while the result holds; the days
    follow the class.
    """
    enrolments = list(enrolments)
    held = {row.enrolment_id: row for row in Commitment.objects.filter(enrolment__in=enrolments)}
    settings = settings_of() if any(map(_owes, enrolments)) else []
    new = []
    for row in enrolments:
        before = held.get(row.pk)
        if not _owes(row):
            if before:
                before._history_user = by
                before.delete()
            continue
        first, last = period_of(
            row.starts_on, row.ends_on, multiple_for(row.staff_kind, row.ends_on, settings)
        )
        if before is None:
            new.append(Commitment(enrolment=row, starts_on=first, ends_on=last))
        elif before.starts_on != first:
            before.starts_on, before.ends_on, before.version = first, last, before.version + 1
            before._history_user = by
            before.save()
    if new:
        bulk_create_with_history(new, Commitment, default_user=by)


def _owes(row):
    return row.completed and row.form == Form.DAO_TAO and row.starts_on and row.ends_on


def change_commitment(form, *, by):
    """Save the form of a commitment; a Conflict on a newer version."""
    row = form.instance
    person = row.enrolment.official
    detail = {"official": person.pk, "name": person.full_name}
    return save_versioned(
        form, by=by, act="commitment.change", unit=row.enrolment.unit, detail=detail
    )


@transaction.atomic
def release(commitment, on, reason, *, by):
    """Free somebody from the rest of a commitment; Refused without a reason or when it is over."""
    row = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not reason.strip():
        raise Refused("Ghi lý do miễn cam kết.")
    if row.released_on:
        raise Refused("Cam kết này đã được miễn.")
    if not row.starts_on <= on <= row.ends_on:
        raise Refused("Ngày miễn phải trong thời hạn cam kết.")
    return _set_release(row, on, reason.strip(), "commitment.release", by)


@transaction.atomic
def unrelease(commitment, *, by):
    """Take a release back."""
    row = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not row.released_on:
        raise Refused("Cam kết này đang có hiệu lực.")
    return _set_release(row, None, "", "commitment.unrelease", by)


def _set_release(row, on, reason, act, by):
    row.released_on, row.release_reason, row.version = on, reason, row.version + 1
    row._history_user = by
    row.save()
    person = row.enrolment.official
    detail = {"official": person.pk, "reason": reason}
    record(act, by=by, subject=row, label=person.full_name, unit=row.enrolment.unit, detail=detail)
    return row

"""From results to records: qualifications granted, changed and taken away with their results.

Called inside the transactions of `courses.actions`; every change leaves a row of history.
"""

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from cadres.choices import Source
from cadres.models import Qualification
from cadres.standings import refresh
from courses.models import Certificate, Course, Enrolment, Granted
from courses.results import grant_of

CORRECTED = "Kết quả được sửa thành không đạt"
SOURCES = {Enrolment.Origin.CLASS: Source.RESULT, Enrolment.Origin.HISTORY: Source.HISTORY}
NUMBER_LENGTH = Qualification._meta.get_field("certificate_no").max_length
WRITTEN = [
    "ladder",
    "level_id",
    "detail",
    "awarded_on",
    "awarded_precision",
    "issuer",
    "certificate_no",
    "source",
    "verified",
    "revoked_on",
    "valid_from",
]


def sync(enrolments, *, by, confirmed=False):
    """Bring the records in line with these enrolments; the number of people whose record changed.

    A course with the policy "review", and any of a list of the past, grants once it is
    `confirmed`; what was granted or declined before stays so while the result holds. Figures
    move in the same transaction.
    """
    enrolments = list(enrolments)
    held = _held(enrolments)
    papers = papers_of(enrolments)
    grants = {}
    new, changed, gone = [], [], []
    for row in enrolments:
        before = held.get(row.pk)
        wanted = _wanted(row, before, papers.get(row.pk), grants, confirmed)
        if wanted is None:
            gone += [before] if before else []
        elif before is None:
            new.append((row, wanted))
        elif before.qualification_id and _differs(before.qualification, wanted):
            changed.append(before.qualification)
    _create(new, by)
    _update(changed, by)
    _take_away(gone, by)
    touched = {row.official_id for row, _ in new} | {row.official_id for row in changed}
    touched |= {one.qualification.official_id for one in gone if one.qualification_id}
    refresh(touched)
    return len(touched)


def _held(enrolments):
    rows = Granted.objects.filter(enrolment__in=enrolments).select_related("qualification")
    return {row.enrolment_id: row for row in rows}


def papers_of(enrolments):
    """{enrolment id: the certificate that is in force, or was revoked for itself}."""
    rows = Certificate.objects.filter(enrolment__in=enrolments, reissued_as__isnull=True)
    return {row.enrolment_id: row for row in rows.order_by("pk") if row.revoke_reason != CORRECTED}


def _wanted(row, before, paper, grants, confirmed):
    """The columns of the qualification that an enrolment deserves, None for none."""
    if not row.completed or row.course is None or not row.ends_on:
        return None
    policy = row.course.on_result
    if policy == Course.OnResult.NOTHING:
        return None
    asks_first = policy == Course.OnResult.REVIEW or row.origin == Enrolment.Origin.HISTORY
    if asks_first and not (before or confirmed):
        return None
    if row.course_id not in grants:
        grants[row.course_id] = grant_of(row.course)
    grant = grants[row.course_id]
    return _columns(row, grant, paper) if grant else None


def _columns(row, grant, paper):
    return {
        "ladder": grant.ladder,
        "level_id": grant.level.pk,
        "detail": grant.detail,
        "awarded_on": row.ends_on,
        "awarded_precision": row.ends_precision,
        "issuer": (row.institution.name if row.institution else row.institution_text)[:200],
        "certificate_no": paper.number if paper else row.certificate_text[:NUMBER_LENGTH],
        "source": SOURCES[row.origin],
        "verified": True,
        "revoked_on": paper.revoked_on if paper else None,
        "valid_from": row.ends_on,
    }


def _differs(qualification, wanted):
    """Whether anything is to be written; puts it on the row."""
    different = [name for name in WRITTEN if getattr(qualification, name) != wanted[name]]
    for name in different:
        setattr(qualification, name, wanted[name])
    return different != []


def _create(new, by):
    if not new:
        return
    rows = [Qualification(official_id=row.official_id, **wanted) for row, wanted in new]
    rows = bulk_create_with_history(rows, Qualification, default_user=by)
    Granted.objects.bulk_create(
        Granted(enrolment=enrolment, qualification=row)
        for (enrolment, _), row in zip(new, rows, strict=True)
    )


def _update(changed, by):
    for row in changed:
        row.version += 1
    if changed:
        fields = [name.removesuffix("_id") for name in WRITTEN] + ["version"]
        bulk_update_with_history(changed, Qualification, fields, default_user=by)


def _take_away(gone, by):
    for one in gone:
        if one.qualification_id:
            one.qualification._history_user = by
            one.qualification.delete()  # takes the row of Granted with it
        else:
            one.delete()


def decline(enrolments):
    """Note that nothing is to be written for these, which wait for a review."""
    Granted.objects.bulk_create(Granted(enrolment=row, qualification=None) for row in enrolments)


def take_back(enrolments, *, by):
    """Undo what a review decided about these: the levels go, they wait again; how many people."""
    held = _held(enrolments)
    people = {one.qualification.official_id for one in held.values() if one.qualification_id}
    _take_away(held.values(), by)
    refresh(people)
    return len(people)

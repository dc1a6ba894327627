"""Writing a HistoryOutcome in the caller's transaction, in a constant number of statements."""

from cadres.intake import applying, bulk
from cadres.intake.applying import MANY, MovedOn
from cadres.intake.cases import CREATE, UPDATE
from cadres.intake.people import one_of
from courses.history.cases import has_failed
from courses.history.images import images_of
from courses.history.mapping import remember
from courses.history.preparing import told_by
from courses.models import Enrolment, Institution
from trainingplans.lib.text import fold

COLUMNS = [column.attname for column in Enrolment._meta.concrete_fields]
DEFAULTS = {
    column.attname: column.get_default()
    for column in Enrolment._meta.concrete_fields
    if not column.primary_key
}
# The columns of a Person's standing after the two days.
SNAPSHOT = ("unit_id", None, "position", "staff_kind", "rank_code", "leadership", "in_planning")


def write(outcome, batch, *, by):
    """New enrolments, completed ones, their history and images, and a row for every row."""
    created = [case for case in outcome.cases if case.action == CREATE]
    updated = [case for case in outcome.cases if case.action == UPDATE]
    if answers := batch.choices.get("courses"):
        remember(batch.by, answers)
    new = bulk.new_ids({Enrolment: len(created)})
    before = images_of([case.enrolment for case in updated])
    if created:
        _insert(created, new[Enrolment], batch)
    if updated:
        _complete(updated)
    changed = {Enrolment: [case.enrolment for case in updated]} if updated else {}
    if new or changed:
        reason = f"import:{batch.pk}"
        bulk.write_traces(batch, new, changed, by=by, reason=reason, with_images=True)
    _keep_images(batch, updated, before)
    applying.write_rows(outcome, batch)
    if len(created) >= MANY:
        bulk.analyze([Enrolment])


def _insert(cases, ids, batch):
    schools = _schools()
    rows = (
        [values[column] for column in COLUMNS]
        for values in (
            enrolment_of(case, batch, schools) | {"id": pk}
            for case, pk in zip(cases, ids, strict=True)
        )
    )
    bulk.insert(Enrolment, COLUMNS, rows)


def _schools():
    """{folded name or short name: id} of the institutions."""
    found = {}
    for pk, name, short in Institution.objects.values_list("pk", "name", "short_name"):
        for told in (name, short):
            if told:
                found.setdefault(fold(told), pk)
    return found


def enrolment_of(case, batch, schools):
    """The columns of the new Enrolment of a row."""
    told = told_by(case)
    failed = has_failed(told["grade"], case.told.get("score", ""))
    outcome = Enrolment.Outcome.FAILED if failed else Enrolment.Outcome.PASSED
    return {
        **DEFAULTS,
        **told,
        **_snapshot(case),
        "official_id": case.person.id,
        "origin": Enrolment.Origin.HISTORY.value,
        "batch_id": batch.pk,
        "course_id": case.meaning.course,
        "category_id": case.meaning.category,
        "title": case.told["course"],
        "starts_precision": case.first.precision if case.first else DEFAULTS["starts_precision"],
        "ends_precision": case.ends_precision,
        "institution_id": schools.get(fold(told["institution_text"])),
        "state": Enrolment.State.FINISHED.value,
        "outcome": outcome.value if told["grade"] else "",
        "completed": not failed,
    }


def _snapshot(case):
    """Unit, post, kind of staff, ethnic group and gender on the day that the course began.

    Before the first post that is recorded, the unit that the list tells is the better witness.
    """
    person = case.person
    found = {"ethnic_group_id": person.group, "gender": person.gender}
    standing = person.standing_on(case.begins)
    if standing is not None:
        found |= {name: value for name, value in zip(SNAPSHOT, standing[2:], strict=True) if name}
    in_service = standing is not None and standing[3]
    if not in_service and case.unit is not None and (case.is_unit_told or standing is None):
        found["unit_id"] = case.unit_id
    return found


def _complete(cases):
    """Give enrolments of earlier lists what these did not tell."""
    ids = [case.enrolment for case in cases]
    rows = {row.pk: row for row in Enrolment.objects.filter(pk__in=one_of(ids))}
    for case in cases:
        row = rows[case.enrolment]
        for name, value in case.adds.items():
            setattr(row, name, value)
        if case.adds.get("grade"):
            row.completed = not has_failed(row.grade)
            row.outcome = Enrolment.Outcome.PASSED if row.completed else Enrolment.Outcome.FAILED
        row.version += 1
    if bulk.update(Enrolment, list(rows.values()), COLUMNS) != len(ids):
        raise MovedOn


def _keep_images(batch, cases, before):
    """Changes with both images of the enrolments that were completed."""
    after = images_of([case.enrolment for case in cases])
    bulk.write_images(
        batch,
        [
            (Enrolment, case.official_id, pk, before[pk], after[pk])
            for case in cases
            for pk in [case.enrolment]
        ],
    )

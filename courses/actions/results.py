"""Writes of results: recorded for many at once, corrected, taken back; records follow."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from cadres.audit import record
from cadres.models import AuditEvent
from courses import granting
from courses.actions.commitments import sync_commitments
from courses.actions.locking import locked_class
from courses.models import Certificate, ClassState, Enrolment
from courses.results import PASSED, STUDYING, Result
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold

OPEN_FOR_RESULTS = (ClassState.RUNNING, ClassState.ENDED, ClassState.SETTLED)
# What an enrolment keeps of its class.
FOLLOWED = ["title", "title_key", "starts_on", "ends_on", "course", "category", "form"]
FOLLOWED += ["institution"]
FIELDS = ["outcome", "grade", "score", "completed", "state", "hours", *FOLLOWED, "version"]
ACT, UNDO = "results.set", "results.undo"


@dataclass
class Done:
    """What a bulk act did: changed rows, rows left alone with the reason, the event to undo."""

    changed: list = field(default_factory=list)
    skipped: list = field(default_factory=list)  # (enrolment, why)
    records: int = 0  # people whose record changed
    event: AuditEvent | None = None


@transaction.atomic
def set_results(training_class, results, *, by, shown=None):
    """Write {enrolment id: Result} of a class; returns Done. The same results again do nothing.

    `shown`: the results that the page had; what somebody else wrote since then is kept.
    A passed course is one lượt and writes what it grants into the record; a corrected result
    takes it away again, with its certificate. Refused for a class that has not begun, for one
    without its last day, and for ids of another class (nothing is written).
    """
    training_class = locked_class(training_class.pk)
    _check_class(training_class, results)
    rows = _locked(training_class, results)
    if strange := set(results) - set(rows):
        raise Refused(f"Có {len(strange)} dòng không thuộc lớp này. Mở lại trang rồi ghi tiếp.")
    done = Done()
    before = {}
    for pk, row in rows.items():
        now = Result.of(row)
        told = now if shown is None else shown.get(pk, Result())
        if results[pk] in (now, told) and not _stale(row, training_class):
            continue
        if now != told:
            done.skipped.append((row, "người khác vừa ghi khác"))
            continue
        if row.state not in STUDYING:
            done.skipped.append((row, f"{row.get_state_display().lower()}, không ghi kết quả"))
            continue
        before[pk] = now
        _write(row, results[pk], training_class)
        done.changed.append(row)
    _save(done, before, training_class, by, ACT)
    return done


@transaction.atomic
def undo_results(event, *, by):
    """Put back the results as they were before an event; those changed since are kept."""
    training_class = locked_class(event.subject_id)
    told = event.detail
    rows = _locked(training_class, [int(pk) for pk in told["before"]])
    done, before = Done(), {}
    for pk, row in rows.items():
        if Result.of(row) != Result.from_json(told["after"][str(pk)]):
            done.skipped.append((row, "đã được sửa sau đó"))
            continue
        before[pk] = Result.of(row)
        _write(row, Result.from_json(told["before"][str(pk)]), training_class)
        done.changed.append(row)
    _unrevoke(told.get("revoked", []), done.changed, by)
    _save(done, before, training_class, by, UNDO)
    return done


def _check_class(training_class, results):
    if training_class.state not in OPEN_FOR_RESULTS:
        now = training_class.get_state_display()
        raise Refused(f"Lớp đang ở trạng thái “{now}”. Ghi kết quả từ khi khai giảng lớp.")
    if any(result.outcome for result in results.values()) and not training_class.ends_on:
        raise Refused("Lớp chưa có ngày bế giảng. Ghi ngày bế giảng ở trang sửa lớp trước.")


def _locked(training_class, ids):
    """{id: enrolment} of the class, locked, with all that granting reads."""
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(
        training_class=training_class, pk__in=list(ids)
    )
    return {row.pk: row for row in rows.select_related("official").order_by("pk")}


def _of_class(training_class):
    """What an enrolment tells of its class."""
    course = training_class.course
    return {
        "title": training_class.title,
        "title_key": fold(training_class.title)[:320],
        "starts_on": training_class.starts_on,
        "ends_on": training_class.ends_on,
        "course": course,
        "category": course.category,
        "form": course.category.form,
        "institution": training_class.institution,
    }


def _stale(row, training_class):
    """Whether a passed course still tells other days or another course than its class."""
    told = (row.ends_on, row.course_id)
    return row.completed and told != (training_class.ends_on, training_class.course_id)


def _write(row, result, training_class):
    row.outcome, row.grade, row.score = result.outcome, result.grade, result.score
    row.completed = result.outcome == PASSED
    row.state = Enrolment.State.FINISHED if result.outcome else Enrolment.State.ENROLLED
    _follow(row, training_class)


def _follow(row, training_class):
    for name, value in _of_class(training_class).items():
        setattr(row, name, value)
    row.hours = row.hours or training_class.course.hours
    row.version += 1


def _save(done, before, training_class, by, act):
    """Write the changed rows and all that follows from them; note it in `done`."""
    if not done.changed:
        return
    bulk_update_with_history(done.changed, Enrolment, FIELDS, default_user=by)
    revoked = _revoke(done.changed, by)
    done.records = granting.sync(done.changed, by=by)
    sync_commitments(done.changed, by=by)
    after = {str(row.pk): Result.of(row).to_json() for row in done.changed}
    done.event = record(
        act,
        by=by,
        subject=training_class,
        unit=training_class.organiser,
        detail={
            "before": {str(pk): result.to_json() for pk, result in before.items()},
            "after": after,
            "revoked": revoked,
            "passed": sum(row.completed for row in done.changed),
            "records": done.records,
        },
    )


def _revoke(rows, by):
    """Certificates of people who no longer passed are revoked; their ids."""
    failing = [row.pk for row in rows if not row.completed]
    papers = Certificate.objects.filter(enrolment__in=failing, revoked_on__isnull=True)
    papers = list(papers.filter(reissued_as__isnull=True))
    for paper in papers:
        _set_revoked(paper, today(), granting.CORRECTED, by)
    return [paper.pk for paper in papers]


def _unrevoke(ids, rows, by):
    """What a correction revoked is in force again with the result."""
    papers = Certificate.objects.filter(pk__in=ids, enrolment__in=rows)
    for paper in papers.filter(revoke_reason=granting.CORRECTED, reissued_as__isnull=True):
        _set_revoked(paper, None, "", by)


def _set_revoked(paper, day: date | None, reason, by):
    paper.revoked_on, paper.revoke_reason, paper.version = day, reason, paper.version + 1
    paper._history_user = by
    paper.save()


@transaction.atomic
def write_again(training_class, *, by):
    """Bring learners and records in line after a class, or what its course grants, changed; how
    many records did."""
    training_class = locked_class(training_class.pk)
    everybody = training_class.enrolments.values_list("pk", flat=True)
    rows = list(_locked(training_class, everybody).values())
    for row in rows:
        _follow(row, training_class)
    if rows:
        bulk_update_with_history(rows, Enrolment, FIELDS, default_user=by)
    changed = granting.sync(rows, by=by)
    sync_commitments(rows, by=by)
    if changed:
        record(
            "results.again",
            by=by,
            subject=training_class,
            unit=training_class.organiser,
            detail={"records": changed},
        )
    return changed

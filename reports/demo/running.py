"""What comes after the decision in the demonstration: attendance, certificates, commitments."""

import random
from datetime import date, timedelta

from cadres.models import Account
from courses.actions.attendance import set_marks
from courses.actions.certificates import issue
from courses.actions.commitments import sync_commitments
from courses.attendance import ABSENT, EXCUSED, PRESENT, sessions_of
from courses.models import Certificate, ClassState, Commitment, Enrolment, TrainingClass
from courses.results import STUDYING
from trainingplans.lib.dates import today

SINCE = date(2025, 1, 1)  # earlier papers were issued outside the portal
SIGNER = "Nguyễn Xuân Thủy"
COST = 38_400_000  # đồng for one learner of the long course
OVER = [ClassState.ENDED, ClassState.SETTLED]
MARKS, WEIGHTS = [PRESENT, EXCUSED, ABSENT], [92, 5, 3]


def make_running(seed, *, by):
    """Go on with the classes that there are, by the days they ended; {model name: number}."""
    rng = random.Random(f"running {seed}")  # noqa: S311
    teachers = {
        row.unit_id: row for row in Account.objects.filter(role="school").select_related("unit")
    }
    rows = TrainingClass.objects.select_related("course", "institution").order_by("ends_on", "pk")
    for row in rows.filter(state__in=[ClassState.RUNNING, ClassState.ENDED]):
        _mark(row, rng, _author(row, teachers, by))
    ended = rows.filter(state__in=OVER, ends_on__gte=SINCE, institution__isnull=False)
    for row in list(ended)[:-1]:  # the last one waits for its certificates
        _certify(row, _author(row, teachers, by))
    _commit(by)
    models = (Certificate, Commitment)
    return {model._meta.model_name: model.objects.count() for model in models}


def _author(row, teachers, by):
    """The school's account, where it has one."""
    return teachers.get(row.institution.unit_id, by) if row.institution else by


def _mark(row, rng, by):
    """The sessions that have been, mostly attended."""
    learners = row.enrolments.filter(state__in=STUDYING).order_by("official__sort_key", "pk")
    ids = list(learners.values_list("pk", flat=True))
    days = [session.pk for session in sessions_of(row) if session.on < today()]
    marks = {(day, pk): rng.choices(MARKS, WEIGHTS)[0] for day in days for pk in ids}
    if marks:
        set_marks(row, marks, by=by)


def _certify(row, by):
    ids = list(row.enrolments.filter(completed=True).values_list("pk", flat=True))
    if ids:
        issue(row, ids, on=row.ends_on + timedelta(days=5), signer=SIGNER, by=by)


def _commit(by):
    """Who completed the long course owes service; the paper and the cost are on file."""
    rows = Enrolment.objects.filter(completed=True, training_class__isnull=False)
    sync_commitments(rows.filter(form="dao_tao"), by=by)
    Commitment.objects.update(cost=COST, document="Bản cam kết khi nhập học")

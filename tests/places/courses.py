"""Ids of courses, classes and nominations."""

from datetime import date

from django.utils import timezone

from courses.evaluation.questionnaires import in_use
from courses.evaluation.rounds import digest
from courses.models import (
    Certificate,
    Commitment,
    EvaluationRound,
    EvaluationToken,
    Instructor,
    PrintJob,
    SeatQuota,
)
from tests.factories import (
    make_class,
    make_enrolment,
    make_institution,
    make_nomination,
    make_session,
)


def fill(side):
    """A class that is called, with a seat for the unit and its person nominated and in it."""
    side.institution = make_institution(side.unit)
    side.training_class = make_class(open_to_all=False, institution=side.institution)
    SeatQuota.objects.create(training_class=side.training_class, unit=side.unit, seats=2)
    side.nomination = make_nomination(side.training_class, side.person)
    side.enrolment = make_enrolment(side.person, side.training_class)
    side.instructor = Instructor.objects.create(
        full_name="Thào A Sính", institution=side.institution, search_key="", sort_key=""
    )
    side.session = make_session(side.training_class, date(2026, 3, 2))
    side.commitment = Commitment.objects.create(
        enrolment=side.enrolment, starts_on=date(2026, 3, 11), ends_on=date(2030, 3, 11)
    )
    side.certificate = Certificate.objects.create(
        enrolment=side.enrolment,
        institution=side.institution,
        year=2026,
        number="01/2026",
        register_no=1,
        issued_on=date(2026, 3, 12),
        code=f"CODE{side.unit.pk}",
    )
    side.printing = PrintJob.objects.create(
        training_class=side.training_class,
        by=side.clerk,
        root="https://cong.example",
        state="ready",
        total=1,
        heartbeat=timezone.now(),
    )
    _asked(side)


def _asked(side):
    """A round of evaluation with the learner asked, by a link of his or her own."""
    questionnaire = in_use()[0]
    days = {"opens_on": date(2026, 3, 12), "closes_on": date(2099, 1, 1)}
    side.asking = EvaluationRound.objects.create(
        training_class=side.training_class, questionnaire=questionnaire, **days
    )
    side.asked = EvaluationToken.objects.create(
        round=side.asking, enrolment=side.enrolment, digest=digest(f"bi-mat-{side.unit.pk}")
    )


def learner(side):
    return {"pk": side.training_class.pk, "row": side.enrolment.pk}


def session(side):
    return {"pk": side.training_class.pk, "session": side.session.pk}


PLACES = {
    "courses:class": lambda side: {"pk": side.training_class.pk},
    "courses:class_move": lambda side: {"pk": side.training_class.pk, "move": "start"},
    "courses:class_roll": session,
    "courses:class_roll_choose": lambda side: {"pk": side.training_class.pk},
    "courses:class_sign": session,
    "courses:class_undo": lambda side: {"pk": side.training_class.pk, "event": 999},
    "courses:class_learner": learner,
    "courses:class_withdraw": learner,
    "courses:grants_undo": lambda side: {"event": 999},
    "courses:class_unissue": lambda side: {"pk": side.training_class.pk, "event": 999},
    "courses:commitment": lambda side: {"pk": side.commitment.pk},
    "courses:history": lambda side: {"pk": side.person.pk},
    "courses:certificate": lambda side: {"pk": side.certificate.pk},
    "courses:certificate_check": lambda side: {"code": side.certificate.code},
    "courses:class_rejoin": learner,
    "courses:class_replace": learner,
    "courses:class_evaluation_": lambda side: {"pk": side.training_class.pk, "row": side.asking.pk},
    "courses:class_evaluation_open": lambda side: {"pk": side.training_class.pk},
    "courses:evaluation_mine": lambda side: {"pk": side.asked.pk},
    "courses:evaluate": lambda side: {"token": f"bi-mat-{side.unit.pk}"},
    "courses:questionnaire": lambda side: {"pk": side.asking.questionnaire_id},
    "courses:sessions_": lambda side: {"pk": side.training_class.pk},
    "courses:sessions_undo": lambda side: {"pk": side.training_class.pk, "event": 999},
    "courses:seats_": lambda side: {"pk": side.training_class.pk},
    "courses:seats_undo": lambda side: {"pk": side.training_class.pk, "event": 999},
    "courses:course": lambda side: {"pk": side.training_class.course.pk},
    "courses:institution": lambda side: {"pk": side.institution.pk},
    "courses:print_": lambda side: {"pk": side.printing.pk},
    "courses:instructor": lambda side: {"pk": side.instructor.pk},
}
SHARED = ["courses:questionnaire", "courses:course", "courses:institution", "courses:instructor"]
MAY_BE_GONE = [
    # A file belongs to the account that asked for it.
    "courses:print_job",
    "courses:print_progress",
    "courses:print_again",
    "courses:print_file",
    "courses:evaluation_mine",
    "courses:history",
    "courses:class_undo",
    "courses:class_unissue",
    "courses:grants_undo",
]

"""What: the catalogue, classes, nominations, enrolments, certificates, evaluation."""

from courses.models.catalogue import Category, Course, Form, Institution, Instructor
from courses.models.certificates import Certificate
from courses.models.classes import ClassSession, ClassState, SeatQuota, TrainingClass
from courses.models.enrolments import Attendance, Commitment, Enrolment, Granted
from courses.models.evaluation import (
    EvaluationAnswer,
    EvaluationRound,
    EvaluationToken,
    Questionnaire,
)
from courses.models.nominations import (
    Check,
    Decision,
    Nomination,
    NominationState,
    PolicyWeight,
    RuleSetting,
    Wish,
)
from courses.models.printing import PrintJob

__all__ = [
    "Attendance",
    "Category",
    "Certificate",
    "Check",
    "ClassSession",
    "ClassState",
    "Commitment",
    "Course",
    "Decision",
    "Enrolment",
    "EvaluationAnswer",
    "EvaluationRound",
    "EvaluationToken",
    "Form",
    "Granted",
    "Institution",
    "Instructor",
    "Nomination",
    "NominationState",
    "PolicyWeight",
    "PrintJob",
    "Questionnaire",
    "RuleSetting",
    "SeatQuota",
    "TrainingClass",
    "Wish",
]

"""Ids of courses, classes and nominations."""

from courses.models import SeatQuota
from tests.factories import make_class, make_enrolment, make_institution, make_nomination


def fill(side):
    """A class that is called, with a seat for the unit and its person nominated and in it."""
    side.institution = make_institution(side.unit)
    side.training_class = make_class(open_to_all=False, institution=side.institution)
    SeatQuota.objects.create(training_class=side.training_class, unit=side.unit, seats=2)
    side.nomination = make_nomination(side.training_class, side.person)
    side.enrolment = make_enrolment(side.person, side.training_class)


PLACES = {
    "courses:class": lambda side: {"pk": side.training_class.pk},
    "courses:class_move": lambda side: {"pk": side.training_class.pk, "move": "start"},
}
SHARED = []
MAY_BE_GONE = []

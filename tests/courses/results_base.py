"""A class with three learners of two communes, a school, and a target on what it grants."""

from datetime import date

from django.test import TestCase
from django.urls import reverse

from cadres.rules import Pair, count
from courses.actions.results import set_results
from courses.models import Enrolment
from courses.results import Result
from tests.factories import (
    make_account,
    make_category,
    make_class,
    make_course,
    make_enrolment,
    make_institution,
    make_level,
    make_official,
    make_session,
    make_unit,
)

PASSED, FAILED = Result("passed", "Khá"), Result("failed")
ENDS = date(2026, 3, 11)
THEORY = {"level_at_least": {"ladder": "political_theory", "level": "TC"}}
COMPLETED = {"completed": {"category": "BD.LL"}}


class ClassTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.commune, cls.other = make_unit(name="Xã Một"), make_unit(name="Xã Hai")
        cls.people = [
            make_official(cls.commune, full_name="Lò Văn An", levels={"political_theory": "SC"}),
            make_official(cls.commune, full_name="Vàng Thị Bình"),
            make_official(cls.other, full_name="Nguyễn Văn Cường"),
        ]
        cls.school_unit = make_unit(name="Trường Chính trị", kind="public_service")
        cls.school = make_institution(
            cls.school_unit, name="Trường Chính trị", certificate_series="{so}/{nam}/CC-TCT"
        )
        cls.category = make_category("BD.LL", name="Lý luận chính trị")
        cls.course = make_course(
            cls.category, hours=40, grants_level=make_level("political_theory", "TC")
        )
        cls.the_class = make_class(
            cls.course,
            state="running",
            starts=date(2026, 3, 2),
            ends=ENDS,
            institution=cls.school,
            title="Trung cấp lý luận khóa 1",
        )
        cls.session = make_session(cls.the_class, date(2026, 3, 2))
        cls.rows = [
            make_enrolment(person, cls.the_class, institution=cls.school) for person in cls.people
        ]
        cls.staff = make_account("staff")
        cls.teacher = make_account("school", unit=cls.school_unit)
        cls.clerk = make_account("clerk", unit=cls.commune)

    def put(self, *results, by=None):
        """Set the results of the learners in their order."""
        told = dict(zip([row.pk for row in self.rows], results, strict=False))
        return set_results(self.the_class, told, by=by or self.staff)

    def figure(self, attained=THEORY, on=ENDS):
        """How many of all officials have attained, on a day."""
        [figure] = count([Pair({"all": []}, attained)], on=on)
        return figure.attained

    def row(self, number):
        return Enrolment.objects.get(pk=self.rows[number].pk)


class ClassPagesTestCase(ClassTestCase):
    def setUp(self):
        self.client.force_login(self.teacher)

    def url(self, name, *more):
        return reverse(f"courses:class_{name}", args=[self.the_class.pk, *more])

    def marks(self):
        """The marks of the first session in the order of the learners."""
        told = dict(self.session.attendance.values_list("enrolment", "mark"))
        return [told.get(row.pk, "") for row in self.rows]

    def undo(self):
        return self.client.post(self.client.session["undo"]["url"])

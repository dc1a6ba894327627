"""Levels of lists of the past wait for a review; written in bulk, taken back in bulk."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.models import AuditEvent, Qualification
from courses.models import Enrolment
from courses.results import awaiting_review
from tests.courses.results_base import ClassTestCase
from tests.factories import make_course, make_enrolment, make_group, make_qualification


class PastTests(ClassTestCase):
    """An has SC, Bình and Cường nothing; all three learned TC in 2024 by a list of the past."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.past = [cls.learned(person) for person in cls.people]

    @classmethod
    def learned(cls, person, year=2024, **fields):
        fields.setdefault("course", cls.course)
        fields.setdefault("completed", True)
        return make_enrolment(
            person,
            title="Trung cấp chính trị",
            ends_on=date(year, 12, 31),
            ends_precision="year",
            state="finished",
            certificate_text="77/CC",
            **fields,
        )

    def names(self, account=None):
        return sorted(row.official.full_name for row in awaiting_review(account or self.staff))

    def send(self, *rows, what="ghi", account=None):
        self.client.force_login(account or self.staff)
        data = {"chon": [row.pk for row in rows], "viec": what}
        return self.client.post(reverse("courses:grants"), data, follow=True)

    def take_back(self):
        event = AuditEvent.objects.filter(act__startswith="grants.").latest("id")
        return self.client.post(reverse("courses:grants_undo", args=[event.pk]), follow=True)

    def test_who_lacks_the_level_is_listed_and_nothing_is_written_by_itself(self):
        make_qualification(self.people[2], "political_theory", "CC")
        self.assertEqual(self.names(), ["Lò Văn An", "Vàng Thị Bình"])
        self.client.force_login(self.staff)
        self.assertContains(
            self.client.get(reverse("courses:grants")), "danh sách đã qua đào tạo</span>", 2
        )
        self.assertEqual(self.figure(), 1)

    def test_who_failed_or_took_a_course_that_grants_nothing_is_not_listed(self):
        Enrolment.objects.filter(pk=self.past[0].pk).update(completed=False)
        Enrolment.objects.filter(pk=self.past[1].pk).update(course=make_course(self.category))
        self.assertEqual(self.names(), ["Nguyễn Văn Cường"])

    def test_confirmed_levels_count_with_their_source_and_the_undo_takes_them_back(self):
        page = self.send(*self.past[:2])
        self.assertContains(page, "Đã ghi trình độ vào hồ sơ của 2 người.")
        self.assertEqual((self.figure(), self.names()), (2, ["Nguyễn Văn Cường"]))
        row = Qualification.objects.get(official=self.people[1])
        self.assertEqual(
            (row.source, row.certificate_no, row.awarded_precision, row.valid_from),
            ("history", "77/CC", "year", date(2024, 12, 31)),
        )
        self.assertContains(self.take_back(), "Đã hoàn tác: 2 trình độ")
        self.assertEqual((self.figure(), len(self.names())), (0, 3))
        self.take_back_again()

    def take_back_again(self):
        event = AuditEvent.objects.get(act="grants.confirm")
        self.client.post(reverse("courses:grants_undo", args=[event.pk]))
        self.assertEqual(AuditEvent.objects.filter(act="grants.undo").count(), 1)

    def test_left_unwritten_they_leave_the_list_until_the_undo(self):
        self.send(*self.past, what="bo")
        self.assertEqual((self.figure(), self.names()), (0, []))
        self.take_back()
        self.assertEqual((self.figure(), len(self.names())), (0, 3))

    def test_the_same_course_twice_writes_the_level_once_from_the_first_time(self):
        again = self.learned(self.people[0], 2022)
        self.send(self.past[0], again)
        held = Qualification.objects.get(official=self.people[0], level__code="TC")
        self.assertEqual(held.valid_from, date(2022, 12, 31))
        self.assertEqual(self.names(), ["Nguyễn Văn Cường", "Vàng Thị Bình"])

    def test_one_language_does_not_stand_for_another(self):
        thai = make_course(grants_language=make_group("Thái"), grants_level=None)
        Enrolment.objects.all().update(course=thai)
        make_qualification(self.people[0], "ethnic_language", "CC", detail="Mông")
        make_qualification(self.people[1], "ethnic_language", "CC", detail="Thái")
        self.assertEqual(self.names(), ["Lò Văn An", "Nguyễn Văn Cường"])

    def test_the_page_takes_as_many_queries_for_three_people_as_for_one(self):
        thai = make_course(grants_language=make_group("Thái"), grants_level=None)
        Enrolment.objects.all().update(course=thai)
        numbers = []
        self.client.force_login(self.staff)
        for completed in (1, 3):
            ids = [row.pk for row in self.past[:completed]]
            Enrolment.objects.update(completed=False)
            Enrolment.objects.filter(pk__in=ids).update(completed=True)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(reverse("courses:grants"))
            numbers.append(len(queries))
        self.assertEqual(numbers[0], numbers[1])

    def test_only_the_department_reviews(self):
        for account in (self.clerk, self.teacher):
            self.assertEqual(self.send(self.past[0], account=account).status_code, 403)
        self.assertEqual(self.figure(), 0)

"""Wishes: an official sends one, the clerk answers, others cannot read it."""

from django.test import TestCase
from django.urls import reverse

from courses.models import Wish
from tests.factories import make_account, make_class, make_course, make_official, make_unit

PAGE, UNIT = "courses:wishes", "courses:unit_wishes"


class WishTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit(name="Xã Nà Bủng")
        cls.person = make_official(cls.unit, full_name="Lò Thị Hoa")
        cls.account = make_account("official", official=cls.person)
        cls.clerk = make_account("clerk", unit=cls.unit)
        cls.outsider = make_account("clerk", unit=make_unit())
        cls.lop, cls.course = make_class(title="Tiếng Mông khóa 2"), make_course(name="Kỹ năng số")

    def send(self, **data):
        self.client.force_login(self.account)
        return self.client.post(reverse(PAGE), data, follow=True)

    def answer(self, account, move, reply=""):
        self.client.force_login(account)
        ids = list(Wish.objects.values_list("pk", flat=True))
        data = {"chon": ids, "lam": move, "ly_do": reply}
        return self.client.post(reverse(UNIT), data, follow=True)

    def test_a_wish_for_a_class_is_sent_once_however_often_it_is_pressed(self):
        for _ in range(2):
            self.assertContains(self.send(lop=self.lop.pk), "Tiếng Mông khóa 2")
        self.assertEqual(Wish.objects.get().training_class, self.lop)

    def test_a_wish_for_a_course_carries_its_reason_to_the_clerk(self):
        self.send(khoa=self.course.pk, note="Làm việc một cửa")
        self.client.force_login(self.clerk)
        page = self.client.get(reverse(UNIT))
        for words in ("Lò Thị Hoa", "Kỹ năng số", "Làm việc một cửa"):
            self.assertContains(page, words)

    def test_nothing_or_a_class_that_does_not_call_is_not_sent(self):
        planned = make_class(state="planned")
        self.assertEqual(self.send().status_code, 422)
        self.assertEqual(self.send(lop=planned.pk).status_code, 422)
        self.assertEqual(Wish.objects.count(), 0)

    def test_a_no_needs_a_reason_and_the_official_reads_it(self):
        self.send(lop=self.lop.pk)
        self.assertContains(self.answer(self.clerk, "khong"), "Ghi lý do chưa đáp ứng")
        self.answer(self.clerk, "khong", "Năm nay hết suất")
        self.client.force_login(self.account)
        self.assertContains(self.client.get(reverse(PAGE)), "Năm nay hết suất")

    def test_another_unit_neither_sees_nor_answers_it(self):
        self.send(lop=self.lop.pk)
        self.assertContains(self.answer(self.outsider, "nhan"), "không thuộc đơn vị của bạn")
        self.assertNotContains(self.client.get(reverse(UNIT)), "Lò Thị Hoa")
        self.assertEqual(Wish.objects.get().state, Wish.State.OPEN)

    def test_an_open_wish_can_be_taken_back_an_answered_one_cannot(self):
        self.send(lop=self.lop.pk)
        [wish] = Wish.objects.all()
        self.answer(self.clerk, "nhan")
        self.client.force_login(self.account)
        self.client.post(reverse("courses:wish_withdraw", args=[wish.pk]))
        wish.refresh_from_db()
        self.assertEqual(wish.state, Wish.State.TAKEN)
        self.send(khoa=self.course.pk)
        second = Wish.objects.get(course=self.course)
        self.client.post(reverse("courses:wish_withdraw", args=[second.pk]))
        second.refresh_from_db()
        self.assertEqual(second.state, Wish.State.WITHDRAWN)

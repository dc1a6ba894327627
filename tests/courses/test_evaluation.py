"""Evaluation of a class: asked once, answered without a name, shown from five answers on."""

from datetime import date, timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.test import TestCase, override_settings
from django.urls import reverse

from cadres.models import AuditEvent, Notification, OutboxMail
from courses.actions.classes import move_class
from courses.evaluation.rounds import answer, links_of, open_rounds
from courses.models import (
    EvaluationAnswer,
    EvaluationRound,
    EvaluationToken,
    Instructor,
    Questionnaire,
)
from tests.factories import (
    make_account,
    make_class,
    make_course,
    make_enrolment,
    make_institution,
    make_official,
    make_session,
    make_unit,
)
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today

GOOD = {"sat_viec": "5", "thuc_tien": "5", "nen_giu": "Bài tập tình huống"}


class EvaluationTestCase(TestCase):
    """A class of six learners of one commune that ended yesterday, with one guest who taught."""

    @classmethod
    def setUpTestData(cls):
        cls.staff = make_account("staff")
        cls.unit = make_unit(name="Xã Một")
        cls.clerk = make_account("clerk", unit=cls.unit)
        cls.school = make_institution(name="Trường Chính trị tỉnh")
        ended = today() - timedelta(days=1)
        cls.run_ = make_class(
            make_course(name="Văn thư"),
            title="Lớp văn thư",
            state="ended",
            starts=ended - timedelta(days=4),
            ends=ended,
            institution=cls.school,
        )
        cls.guest = Instructor.objects.create(
            full_name="Ma Thị Giảng", email="giang@example.vn", search_key="g", sort_key="g"
        )
        make_session(cls.run_, ended, instructor=cls.guest)
        cls.people = [make_official(cls.unit, full_name=f"Học Viên {n}") for n in range(6)]
        for person in cls.people:
            make_enrolment(person, cls.run_, state="finished", completed=True)
        cls.account = make_account("official", official=cls.people[0])

    def open(self):
        """{audience: round} of the class."""
        rounds = open_rounds(self.run_, by=self.staff)
        return {one.questionnaire.audience: one for one in rounds}

    def answered(self, number, told=GOOD):
        """So many learners answer the same; the round."""
        one = self.open()["learner"]
        for token, path in links_of(one)[:number]:
            page = self.client.post(path, told)
            self.assertEqual(page.status_code, 200, token.pk)
        return one

    def tab(self, account=None):
        self.client.force_login(account or self.staff)
        return self.client.get(reverse("courses:class_evaluation", args=[self.run_.pk]))


class AskingTests(EvaluationTestCase):
    def test_asks_learners_and_teachers_at_the_end_and_units_after_months(self):
        rounds = self.open()
        asked = {audience: one.tokens.count() for audience, one in rounds.items()}
        self.assertEqual(asked, {"learner": 6, "teacher": 1, "unit": 1})
        self.assertEqual(rounds["learner"].opens_on, self.run_.ends_on)
        self.assertGreater(rounds["unit"].opens_on, today() + timedelta(days=150))
        told = Notification.objects.values_list("account", "act")
        self.assertEqual(list(told), [(self.account.pk, "evaluation.open")])
        self.assertEqual(OutboxMail.objects.get().to, "giang@example.vn")

    def test_opening_again_adds_only_who_came_since(self):
        self.open()
        late = make_official(self.unit)
        make_enrolment(late, self.run_, state="finished")
        self.assertEqual(self.open()["learner"].tokens.count(), 7)
        self.assertEqual(EvaluationRound.objects.count(), 3)

    def test_a_class_that_ends_opens_its_rounds_by_itself(self):
        self.run_.state = "running"
        self.run_.save()
        self.run_.sessions.all().delete()
        self.run_.enrolments.update(outcome="passed")
        move_class(self.run_, "end", by=self.staff)
        self.assertEqual(EvaluationRound.objects.filter(training_class=self.run_).count(), 3)

    def test_a_class_that_has_not_ended_is_not_asked_about(self):
        self.run_.state = "running"
        self.run_.save()
        with self.assertRaises(Refused):
            self.open()

    def test_the_command_sends_again_after_a_week_and_the_units_in_time(self):
        rounds = self.open()
        out = StringIO()
        call_command("remind_evaluations", "--json", stdout=out)
        self.assertIn('"rounds": 0', out.getvalue())
        EvaluationToken.objects.update(reminded_on=today() - timedelta(days=8))
        EvaluationRound.objects.filter(pk=rounds["unit"].pk).update(opens_on=today())
        call_command("remind_evaluations", stdout=out)
        acts = Notification.objects.filter(account=self.clerk).count()
        self.assertEqual(acts, 1)
        self.assertEqual(AuditEvent.objects.filter(act="evaluation.remind").count(), 3)
        self.assertEqual(mail.outbox, [])

    @override_settings(PORTAL_ADDRESS="https://cong.example")
    def test_a_guest_is_told_the_whole_address(self):
        self.open()
        body = OutboxMail.objects.get(to="giang@example.vn").body
        self.assertTrue(body.startswith("Kính gửi Ma Thị Giảng,"), body)
        self.assertIn("https://cong.example/", body)

    def test_the_sheet_says_once_that_answers_may_be_left_out(self):
        [_, path] = links_of(self.open()["learner"])[0]
        page = self.client.get(path)
        self.assertContains(page, "bỏ trống")
        self.assertNotContains(page, "không bắt buộc")


class AnsweringTests(EvaluationTestCase):
    def test_a_link_answers_once_and_leaves_no_trace_of_who(self):
        one = self.open()["learner"]
        token, path = links_of(one)[0]
        self.assertContains(self.client.get(path), "Nội dung khóa học sát với công việc")
        events = AuditEvent.objects.count()
        self.assertContains(self.client.post(path, GOOD), "Đã nhận phiếu")
        kept = EvaluationAnswer.objects.get()
        self.assertEqual(
            kept.answers, {"sat_viec": 5, "thuc_tien": 5, "nen_giu": "Bài tập tình huống"}
        )
        self.assertEqual(
            {field.name for field in EvaluationAnswer._meta.fields}, {"id", "round", "answers"}
        )
        self.assertEqual(AuditEvent.objects.count(), events)
        self.assertContains(self.client.post(path, GOOD), "đã gửi phiếu này rồi", status_code=422)
        self.assertEqual(EvaluationAnswer.objects.count(), 1)

    def test_only_the_digest_of_a_link_is_kept_and_a_new_one_ends_the_old(self):
        one = self.open()["learner"]
        token, path = links_of(one)[0]
        secret = path.rstrip("/").rsplit("/", 1)[-1]
        self.assertFalse(EvaluationToken.objects.filter(digest=secret).exists())
        links_of(one)
        self.assertEqual(self.client.get(path).status_code, 404)

    def test_an_empty_sheet_keeps_what_was_typed_and_says_what_to_do(self):
        _, path = links_of(self.open()["learner"])[0]
        page = self.client.post(path, {"sat_viec": "9"})
        self.assertEqual(page.status_code, 422)
        page = self.client.post(path, {})
        self.assertContains(page, "chưa có câu trả lời nào", status_code=422)
        self.assertEqual(EvaluationAnswer.objects.count(), 0)

    def test_after_the_last_day_it_is_closed(self):
        one = self.open()["learner"]
        token, path = links_of(one)[0]
        EvaluationRound.objects.filter(pk=one.pk).update(closes_on=date(2026, 1, 1))
        self.assertContains(self.client.get(path), "Đã hết hạn trả lời")
        token.refresh_from_db()
        with self.assertRaises(Refused):
            answer(token, GOOD)

    def test_an_official_answers_from_the_own_list_and_nobody_else_s(self):
        one = self.open()["learner"]
        mine = one.tokens.get(enrolment__official=self.people[0])
        other = one.tokens.get(enrolment__official=self.people[1])
        self.client.force_login(self.account)
        self.assertContains(self.client.get(reverse("courses:evaluations_mine")), "Lớp văn thư")
        self.assertContains(self.client.get(reverse("todo")), "Đánh giá lớp Lớp văn thư")
        page = self.client.get(reverse("courses:evaluation_mine", args=[other.pk]))
        self.assertEqual(page.status_code, 404)
        address = reverse("courses:evaluation_mine", args=[mine.pk])
        self.assertContains(self.client.post(address, GOOD), "Đã nhận phiếu")
        self.assertEqual(self.client.get(address).status_code, 404)


class ShowingTests(EvaluationTestCase):
    def test_four_answers_show_nothing_five_show_their_mean(self):
        self.answered(4)
        page = self.tab()
        self.assertContains(page, "Còn thiếu 1 phiếu")
        self.assertNotContains(page, "Bài tập tình huống")
        self.client.logout()
        one = EvaluationRound.objects.get(questionnaire__audience="learner")
        _, path = links_of(one)[0]
        self.client.post(path, {"sat_viec": "1", "thuc_tien": "5"})
        page = self.tab()
        # (4 × 5 + 1) ÷ 5 and all ten points: (9 × 5 + 1) ÷ 10
        self.assertContains(page, "4,2")
        self.assertContains(page, "<strong>4,60</strong>")
        self.assertContains(page, "Bài tập tình huống")

    def test_scores_by_school_course_and_teacher(self):
        self.answered(5)
        self.client.force_login(self.staff)
        for by, name in (
            ("institution", "Trường Chính trị tỉnh"),
            ("course", "Văn thư"),
            ("teacher", "Ma Thị Giảng"),
        ):
            with self.subTest(by=by):
                page = self.client.get(reverse("courses:evaluations"), {"theo": by})
                self.assertContains(page, name)
                self.assertContains(page, "5,00")

    def test_a_unit_does_not_see_the_class_of_another(self):
        self.open()
        self.run_.open_to_all = False
        self.run_.save()
        other = make_account("clerk", unit=make_unit())
        self.assertEqual(self.tab(other).status_code, 404)

    def test_staff_mend_words_and_add_questions_but_keep_those_answered(self):
        self.answered(1)
        row = Questionnaire.objects.get(audience="learner")
        address = reverse("courses:questionnaire", args=[row.pk])
        self.client.force_login(self.staff)
        form = self.client.get(address).context
        told = {"title": "Phiếu mới", "after_months": "0", "is_active": "on"}
        lines = form["lines"]
        told |= {f"cau-{name}": lines.management_form[name].value()
                 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
        for place, question in enumerate(row.questions):
            told |= {f"cau-{place}-{key}": question[key] for key in question}
        new = len(row.questions)
        told |= {f"cau-{new}-text": "Câu thêm", f"cau-{new}-kind": "score",
                 f"cau-{new}-about": "effect"}  # fmt: skip
        told["cau-0-text"] = "Lời đã sửa"
        for place in (new + 1, new + 2):
            told |= {f"cau-{place}-kind": "score", f"cau-{place}-about": "effect"}
        self.assertRedirects(self.client.post(address, told), reverse("courses:questionnaires"))
        row.refresh_from_db()
        self.assertEqual((row.questions[0]["text"], len(row.questions)), ("Lời đã sửa", new + 1))
        told["cau-0-text"] = ""
        page = self.client.post(address, told)
        self.assertContains(page, "Đã có phiếu trả lời", status_code=422)

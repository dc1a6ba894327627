"""Việc cần làm: each role finds what waits for it, since when and due when."""

from datetime import timedelta

from courses.late import to_end, to_mark, to_start
from tests.factories import (
    make_account,
    make_class,
    make_enrolment,
    make_institution,
    make_session,
    make_unit,
)
from tests.needs.base import NeedsCase
from trainingplans.lib.dates import today
from trainingplans.plans.models import NeedRound, Plan, UnitNeed


class WaitingTests(NeedsCase):
    def items(self, account):
        """{title: (what the list says about its due date, from whom)} of the inbox."""
        page = self.see(account, "/viec-can-lam/")
        groups = page.context["groups"]
        return {row["title"]: (row["due"], row["source"]) for _, rows in groups for row in rows}

    def titles(self, account):
        return list(self.items(account))

    def set_state(self, state, answer=None, **more):
        UnitNeed.objects.filter(pk=(answer or self.answer).pk).update(state=state, **more)

    def test_needs_wait_for_the_clerk_then_the_leader_then_the_department(self):
        due = f"{self.round.due:%d/%m/%Y}"
        self.assertEqual(self.items(self.clerk)["Lập nhu cầu năm 2027"], (due, "Xã Bắc"))
        self.assertNotIn("Ký gửi nhu cầu năm 2027", self.titles(self.unit_leader))
        self.set_state("submitted")
        self.assertNotIn("Lập nhu cầu năm 2027", self.titles(self.clerk))
        self.assertIn("Ký gửi nhu cầu năm 2027", self.titles(self.unit_leader))
        self.set_state("signed")
        self.assertNotIn("Ký gửi nhu cầu năm 2027", self.titles(self.unit_leader))
        self.assertIn("Tiếp nhận nhu cầu năm 2027 của 1 đơn vị", self.titles(self.staff))

    def test_what_came_back_says_why(self):
        self.set_state("returned", reply="Nêu tên")
        found = self.items(self.clerk)
        self.assertEqual(found["Sửa nhu cầu năm 2027 bị trả lại"][1], "“Nêu tên”")

    def test_units_that_are_late_are_one_line_for_the_department(self):
        self.assertNotIn("Nhắc 2 đơn vị chưa gửi nhu cầu năm 2027", self.titles(self.staff))
        self.late(days=5)
        found = self.items(self.staff)["Nhắc 2 đơn vị chưa gửi nhu cầu năm 2027"]
        self.assertEqual(found, ("quá hạn 5 ngày", "Xã Bắc, Xã Nam"))
        self.assertEqual(self.items(self.clerk)["Lập nhu cầu năm 2027"][0], "quá hạn 5 ngày")

    def test_a_complete_round_waits_to_be_consolidated(self):
        UnitNeed.objects.update(state="accepted")
        self.assertIn("Tổng hợp và chốt: Nhu cầu năm 2027", self.titles(self.staff))
        NeedRound.objects.update(state="closed")
        self.assertNotIn("Tổng hợp và chốt: Nhu cầu năm 2027", self.titles(self.staff))

    def a_plan(self, state, **fields):
        fields.setdefault("starts_on", today())
        fields.setdefault("ends_on", today() + timedelta(days=300))
        return Plan.objects.create(title="Kế hoạch 2027", state=state, **fields)

    def test_a_plan_waits_for_whoever_makes_its_next_move(self):
        plan = self.a_plan("consolidated")
        for state, account, title in [
            ("consolidated", self.staff, "Trình phê duyệt Kế hoạch 2027"),
            ("submitted", self.leader, "Phê duyệt Kế hoạch 2027"),
            ("approved", self.staff, "Bắt đầu thực hiện Kế hoạch 2027"),
        ]:
            Plan.objects.filter(pk=plan.pk).update(state=state)
            for other in (self.staff, self.leader, self.high, self.clerk, self.unit_leader):
                self.assertEqual(title in self.titles(other), other == account, (state, other.role))

    def test_a_returned_plan_shows_the_reason(self):
        self.a_plan("consolidated", return_reason="tách rõ nguồn")
        found = self.items(self.staff)["Sửa kế hoạch bị trả lại: Kế hoạch 2027"]
        self.assertEqual(found[1], "Lãnh đạo: “tách rõ nguồn”")

    def test_a_running_plan_waits_to_be_closed_only_when_its_time_is_over(self):
        plan = self.a_plan("running")
        self.assertNotIn("Kết thúc Kế hoạch 2027", self.titles(self.staff))
        over = today() - timedelta(days=1)
        Plan.objects.filter(pk=plan.pk).update(starts_on=over, ends_on=over)
        self.assertEqual(self.items(self.staff)["Kết thúc Kế hoạch 2027"][0], "quá hạn 1 ngày")

    def test_a_units_own_plan_waits_for_its_clerk_not_for_another(self):
        self.a_plan("draft", unit=self.north)
        title = "Soạn tiếp dự thảo Kế hoạch 2027"
        self.assertIn(title, self.titles(self.clerk))
        self.assertNotIn(title, self.titles(self.other_clerk))

    def test_the_page_takes_the_same_queries_for_more_units_and_plans(self):
        self.late()

        def grow():
            for _ in range(4):
                unit = make_unit(under=self.top)
                self.round.answers.create(unit=unit, state="signed")
                self.round.answers.create(unit=make_unit(under=self.top))
                self.a_plan("consolidated")

        self.a_plan("consolidated")
        self.assert_same_queries(self.staff, "/viec-can-lam/", grow, 45)


class LateClassesTests(NeedsCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        office = make_unit(name="Trường Chính trị", kind="public_service")
        cls.teachers = make_account("school", unit=office)
        cls.place = make_institution(office)

    def a_class(self, state, starts, days=5, **fields):
        first = today() + timedelta(days=starts)
        return make_class(
            title="Tiếng Mông",
            state=state,
            starts=first,
            ends=first + timedelta(days=days),
            institution=self.place,
            **fields,
        )

    def titles(self, source, account):
        return [item.title for item in source(account, today())]

    def test_a_class_past_its_first_day_waits_for_department_and_school(self):
        self.a_class("decided", -2)
        self.a_class("decided", 30)
        self.a_class("cancelled", -2)
        for account in (self.staff, self.teachers):
            self.assertEqual(self.titles(to_start, account), ["Khai giảng: Tiếng Mông"])
        for account in (self.clerk, self.unit_leader, self.leader, self.official):
            self.assertEqual(self.titles(to_start, account), [])

    def test_a_class_past_its_last_day_asks_for_the_results_that_are_missing(self):
        late = self.a_class("running", -20)
        make_enrolment(self.an, late)
        make_enrolment(self.binh, late, outcome="passed")
        [item] = to_end(self.teachers, today())
        self.assertEqual(item.title, "Nhập kết quả để kết thúc lớp Tiếng Mông")
        self.assertEqual((item.source, item.due), ("còn thiếu kết quả của 1 người", late.ends_on))

    def test_half_days_without_a_mark_wait_for_who_runs_the_class(self):
        running = self.a_class("running", -3, days=9)
        for day in (-2, -1, 2):
            make_session(running, today() + timedelta(days=day))
        self.assertEqual(
            self.titles(to_mark, self.teachers), ["Điểm danh 2 buổi đã qua: Tiếng Mông"]
        )

    def test_an_official_is_told_of_the_own_class_that_begins_soon(self):
        soon = self.a_class("decided", 6)
        make_enrolment(self.an, soon)
        page = self.see(self.official, "/viec-can-lam/")
        self.assertContains(page, "Dự khai giảng: Tiếng Mông")

    def test_another_school_sees_nothing_of_it(self):
        self.a_class("decided", -2)
        self.assertEqual(self.titles(to_start, self.school), [])

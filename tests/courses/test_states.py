"""The states of a class: who may bring it from where to where, and what is checked before."""

from datetime import date

from cadres.roles import ROLES
from courses.actions.classes import move_class
from courses.models import ClassState, SeatQuota, TrainingClass
from courses.states import CHECKS, CLASS, Problem
from tests.courses.base import ClassCase
from tests.factories import make_class, make_enrolment, make_nomination, make_official
from trainingplans.lib.commands import Refused

STAFF, SCHOOL, LEADER = {"staff"}, {"staff", "school"}, {"leader"}
# The whole table, written out by hand: move → (from, to, roles).
TABLE = {
    "call": ({"planned"}, "calling", STAFF),
    "recall": ({"calling"}, "planned", STAFF),
    "decide": ({"calling"}, "decided", LEADER),
    "undecide": ({"decided"}, "calling", LEADER),
    "start": ({"decided"}, "running", SCHOOL),
    "unstart": ({"running"}, "decided", STAFF),
    "end": ({"running"}, "ended", SCHOOL),
    "reopen": ({"ended"}, "running", STAFF),
    "settle": ({"ended"}, "settled", STAFF),
    "unsettle": ({"settled"}, "ended", STAFF),
    "cancel": ({"planned", "calling", "decided", "running"}, "cancelled", STAFF),
    "revive": ({"cancelled"}, "planned", STAFF),
}


class MoveTests(ClassCase):
    def setUp(self):
        # What later parts check about results and money is tested with them.
        checks = {code: list(found) for code, found in CHECKS.items()}
        self.addCleanup(CHECKS.update, checks)
        for code in ("end", "settle"):
            CHECKS[code] = []

    def make(self, state, **fields):
        fields.setdefault("institution", self.school)
        return make_class(self.course, state=state, **fields)

    def tried(self, code, state, role):
        """Where the move brings a class in `state` when `role` makes it; None for a refusal."""
        row = TrainingClass(title="Lớp", state=state)
        try:
            return CLASS.check(row, code, by=self.accounts[role], reason="Đổi kế hoạch").target
        except Refused:
            return None

    def test_every_state_by_every_move_by_every_role(self):
        self.assertEqual(set(CLASS.moves), set(TABLE))
        for code, (sources, target, roles) in TABLE.items():
            for state in ClassState.values:
                for role in set(ROLES) - {"system"}:
                    allowed = state in sources and role in roles
                    with self.subTest(move=code, state=state, role=role):
                        got = self.tried(code, state, role)
                        self.assertEqual(got, target if allowed else None)

    def test_every_move_ends_in_the_state_of_the_table(self):
        for code, (sources, target, roles) in TABLE.items():
            row, by = self.make(min(sources)), self.accounts[min(roles)]
            with self.subTest(move=code):
                self.assertEqual(move_class(row, code, by=by, reason="Đổi").state, target)

    def test_a_move_is_recorded_once_with_its_reason(self):
        row = self.make("calling")
        self.log_in("staff")
        self.send("class_move", {"reason": "Trùng lịch họp tỉnh"}, row.pk, "cancel")
        row.refresh_from_db()
        self.assertEqual((row.state, row.cancel_reason), ("cancelled", "Trùng lịch họp tỉnh"))
        self.assertEqual(self.acts(), ["class.move"])
        self.assertContains(self.get("class", row.pk), "Lý do hủy: Trùng lịch họp tỉnh")

    def test_cancelling_without_a_reason_is_refused_and_asks_for_it(self):
        row = self.make("calling")
        self.log_in("staff")
        page = self.send("class_move", {"reason": "  "}, row.pk, "cancel", status=409)
        self.assertContains(page, "Ghi lý do để hủy lớp", status_code=409)
        row.refresh_from_db()
        self.assertEqual(row.state, "calling")

    def test_a_class_cannot_call_before_its_days_and_seats_are_known(self):
        row = self.make("planned", starts=None, ends=date(2026, 5, 9), open_to_all=False)
        self.log_in("staff")
        page = self.send("class_move", {}, row.pk, "call", status=409)
        self.assertContains(page, "Chưa ghi ngày khai giảng", status_code=409)
        self.assertContains(page, "Chưa đơn vị nào được đề cử", status_code=409)
        row.starts_on = date(2026, 5, 4)
        row.save()
        SeatQuota.objects.create(training_class=row, unit=self.home, seats=2)
        self.send("class_move", {}, row.pk, "call")
        row.refresh_from_db()
        self.assertEqual(row.state, "calling")

    def test_calling_stops_only_while_nobody_was_sent(self):
        row = self.make("calling")
        nomination = make_nomination(row, make_official(self.home), state="draft")
        self.log_in("staff")
        nomination.state = "submitted"
        nomination.save()
        page = self.send("class_move", {"reason": "Lùi lại"}, row.pk, "recall", status=409)
        self.assertContains(page, "Đã có 1 đề cử", status_code=409)
        nomination.state = "withdrawn"
        nomination.save()
        self.send("class_move", {"reason": "Lùi lại"}, row.pk, "recall")

    def test_a_class_with_learners_is_not_cancelled(self):
        row = self.make("running")
        make_enrolment(make_official(self.home), row)
        self.log_in("staff")
        page = self.send("class_move", {"reason": "Thiếu kinh phí"}, row.pk, "cancel", status=409)
        self.assertContains(page, "Còn 1 người trong lớp", status_code=409)
        row.enrolments.update(state="finished", completed=True)
        self.send("class_move", {"reason": "Thiếu kinh phí"}, row.pk, "cancel", status=409)

    def test_a_check_of_another_part_keeps_the_class_open_and_stands_on_its_page(self):
        row = self.make("running")
        CHECKS["end"] = [lambda training_class: [Problem("3 kết quả chưa ghi", url="/ket-qua/")]]
        self.log_in("school")
        self.assertContains(self.get("class", row.pk), "3 kết quả chưa ghi")
        self.send("class_move", {}, row.pk, "end", status=409)
        CHECKS["end"] = []
        self.send("class_move", {}, row.pk, "end")
        row.refresh_from_db()
        self.assertEqual(row.state, "ended")

    def test_a_school_ends_its_own_class_and_does_not_see_others(self):
        own, other = self.make("running"), self.make("running", institution=None)
        self.log_in("school")
        self.send("class_move", {}, own.pk, "end")
        self.send("class_move", {}, other.pk, "end", status=404)

    def test_the_second_of_two_equal_moves_is_told_the_new_state(self):
        row = self.make("decided")
        self.log_in("staff")
        self.send("class_move", {}, row.pk, "start")
        page = self.send("class_move", {}, row.pk, "start", status=409)
        self.assertContains(page, "đang ở trạng thái “Đang mở”", status_code=409)

    def test_no_button_stands_for_what_the_decision_does(self):
        row = self.make("calling")
        self.log_in("leader")
        self.assertNotContains(self.get("class", row.pk), "Ghi có quyết định")
        self.log_in("staff")
        self.get("class_move", row.pk, "decide", status=404)

    def test_the_steps_tell_the_day_of_each_state_reached(self):
        row = self.make("planned")
        move_class(row, "call", by=self.accounts["staff"])
        page = self.client.force_login(self.accounts["staff"]) or self.get("class", row.pk)
        states = [step["state"] for step in page.context["steps"]]
        self.assertEqual(states, ["done", "now", "", "", "", ""])

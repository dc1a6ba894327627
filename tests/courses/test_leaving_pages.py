"""Learners who leave, return or are replaced, through the pages of the class."""

from datetime import date

from courses.actions.learners import rejoin
from courses.actions.reviews import next_reserves
from courses.busy import seats_of
from courses.models import (
    Attendance,
    Decision,
    Enrolment,
    Nomination,
    NominationState,
    SeatQuota,
)
from tests.courses.results_base import ClassPagesTestCase
from tests.factories import (
    make_nomination,
    make_official,
)
from trainingplans.lib.commands import Refused


class LearnerTests(ClassPagesTestCase):
    def test_leaving_needs_a_reason_and_can_be_taken_back(self):
        row = self.rows[0]
        page = self.client.post(self.url("withdraw", row.pk), {"thoi-on": "05/03/2026"})
        self.assertContains(page, "Chưa ghi lý do", status_code=422)
        self.assertContains(page, "05/03/2026", status_code=422)
        data = {"thoi-on": "05/03/2026", "thoi-reason": "Ốm"}
        self.client.post(self.url("withdraw", row.pk), data)
        self.assertEqual((self.row(0).state, self.row(0).left_on), ("withdrawn", date(2026, 3, 5)))
        self.undo()
        self.assertEqual((self.row(0).state, self.row(0).left_on), ("enrolled", None))

    def test_a_substitute_comes_from_the_same_unit_with_the_own_snapshot(self):
        self.client.force_login(self.staff)
        new = make_official(self.commune, staff_kind="CB", position="Phó Chủ tịch")
        stranger = make_official(self.other)
        data = {"thay-on": "04/03/2026", "thay-reason": "Chuyển công tác"}
        wrong = self.client.post(
            self.url("replace", self.rows[0].pk), data | {"thay-official": stranger.pk}
        )
        self.assertContains(wrong, "không thuộc đơn vị", status_code=422)
        self.client.post(self.url("replace", self.rows[0].pk), data | {"thay-official": new.pk})
        came = Enrolment.objects.get(official=new)
        self.assertEqual((came.staff_kind, came.position), ("CB", "Phó Chủ tịch"))
        self.assertEqual((came.replaces_id, self.row(0).state), (self.rows[0].pk, "replaced"))
        self.undo()
        self.assertFalse(Enrolment.objects.filter(official=new).exists())
        self.assertEqual(self.row(0).state, "enrolled")

    def test_a_substitute_holds_the_seat_and_a_reserve_is_one_no_longer(self):
        """However people come and go, nobody more than the seats can be accepted."""
        self.client.force_login(self.staff)
        leaver, unit = self.rows[0], self.rows[0].unit
        SeatQuota.objects.create(training_class=self.the_class, unit=unit, seats=1)
        state = NominationState.ENROLLED
        seat = make_nomination(self.the_class, leaver.official, state=state)
        Enrolment.objects.filter(pk=leaver.pk).update(nomination=seat)
        reserve, other = (make_official(unit, full_name=name) for name in ("Dự Bị", "Người Khác"))
        waiting = make_nomination(self.the_class, reserve, state=NominationState.RESERVE)
        page = self.client.get(self.url("learner", leaver.pk))
        labels = [str(one[0]) for one in page.context["substitute"].fields["official"].choices]
        self.assertEqual(labels[1], "Dự bị của lớp")
        data = {"thay-on": "04/03/2026", "thay-reason": "Ốm", "thay-official": reserve.pk}
        self.client.post(self.url("replace", leaver.pk), data)
        waiting.refresh_from_db()
        self.assertEqual((waiting.state, waiting.enrolment.official), (state, reserve))
        self.assertIn("Đã hết 1 suất", seats_of(self.the_class).seat(unit))
        self.undo()
        waiting.refresh_from_db()
        self.assertEqual(waiting.state, NominationState.RESERVE)
        self.client.post(self.url("replace", leaver.pk), data | {"thay-official": other.pk})
        self.assertIn("Đã hết 1 suất", seats_of(self.the_class).seat(unit))
        self.undo()
        self.assertFalse(Nomination.objects.filter(official=other).exists())
        self.client.post(
            self.url("withdraw", leaver.pk), {"thoi-on": "04/03/2026", "thoi-reason": "Ốm"}
        )
        self.assertEqual(next_reserves(self.the_class, 1), [waiting])
        Nomination.objects.filter(pk=waiting.pk).update(state=NominationState.ACCEPTED)
        with self.assertRaisesMessage(Refused, "đã hết 1 suất"):
            rejoin(leaver, by=self.staff)

    def test_leaving_before_the_decision_or_before_a_session_attended_is_refused(self):
        row = self.rows[0]
        row.decision = Decision.objects.create(
            training_class=self.the_class, number="1/QĐ", date=date(2026, 3, 1)
        )
        row.save()
        for day, told in [("28/02/2026", "trước ngày quyết định"), ("01/03/2026", "có mặt ngày")]:
            session = self.the_class.sessions.order_by("-on").first()
            Attendance.objects.get_or_create(session=session, enrolment=row, mark="present")
            data = {"thoi-on": day, "thoi-reason": "Ốm"}
            page = self.client.post(self.url("withdraw", row.pk), data)
            self.assertContains(page, told, status_code=422)

    def test_the_school_chooses_no_substitutes(self):
        self.assertEqual(self.client.get(self.url("learner", self.rows[0].pk)).status_code, 200)
        answer = self.client.post(self.url("replace", self.rows[0].pk), {})
        self.assertEqual(answer.status_code, 403)

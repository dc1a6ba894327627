"""From the clerk's choice to people in the class, through the pages, one role after the other."""

from datetime import date
from io import BytesIO

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from cadres.models import Appraisal, AuditEvent, Notification
from courses.models import Decision, Enrolment, Nomination, NominationState, SeatQuota, Wish
from tests.courses.nominating import LAST_YEARS, OPENING, World
from tests.factories import (
    make_account,
    make_class,
    make_enrolment,
    make_group,
    make_nomination,
    make_official,
    make_unit,
)

S = NominationState
TODAY_DUE = date(2099, 1, 1)


class Flow(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = World()
        cls.lop, cls.unit = cls.world.training_class, cls.world.unit
        cls.lop.nominations_due = TODAY_DUE
        cls.lop.title = "Trung cấp LLCT khóa 31"
        cls.lop.save()
        SeatQuota.objects.create(training_class=cls.lop, unit=cls.unit, seats=2)
        cls.an = cls.person("Giàng A An", gender="nam", ethnic_group=make_group("Mông"))
        cls.my = cls.person("Sùng Thị Mỷ", gender="nu", position="Phó Trưởng phòng")
        cls.xom = cls.person("Lường Văn Xôm", gender="nam")
        cls.new = cls.person("Poòng Văn Tún", since=date(2026, 1, 1))
        cls.other_unit = make_unit(name="Xã Mường Toong")
        cls.stranger = make_official(cls.other_unit, full_name="Người Xã Khác")
        cls.clerk = make_account("clerk", unit=cls.unit)
        cls.head = make_account("unit_leader", unit=cls.unit)
        cls.staff = make_account("staff")
        cls.boss = make_account("leader")

    @classmethod
    def person(cls, name, **fields):
        person = cls.world.person(full_name=name, **fields)
        for year in LAST_YEARS:
            Appraisal.objects.create(official=person, year=year, grade="HTT")
        return person

    def post(self, account, name, *ids, **data):
        self.client.force_login(account)
        return self.client.post(reverse(f"courses:{name}", args=ids), data, follow=True)

    def get(self, account, name, *ids, status=200):
        self.client.force_login(account)
        response = self.client.get(reverse(f"courses:{name}", args=ids))
        self.assertEqual(response.status_code, status)
        return response

    def choose(self, *people, send="trinh", shown=()):
        return self.post(
            self.clerk,
            "class_nominations",
            self.lop.pk,
            chon=[person.pk for person in people],
            hien=[person.pk for person in shown],
            lam=send,
        )

    def states(self):
        rows = Nomination.objects.values_list("official__full_name", "state")
        return dict(rows)

    def ids(self, *people):
        return list(Nomination.objects.filter(official__in=people).values_list("pk", flat=True))

    def submit(self, *people):
        self.choose(*people)
        self.post(self.head, "class_sign_off", self.lop.pk, chon=self.ids(*people), lam="ky")

    def review(self, move, *people, reason=""):
        return self.post(
            self.staff, "class_review", self.lop.pk, chon=self.ids(*people), lam=move, ly_do=reason
        )

    def decide(self, *people):
        self.submit(*people)
        self.review("accept", *people)
        self.post(self.staff, "class_decision_draft", self.lop.pk)
        return Decision.objects.get()

    def fill(self, decision):
        self.post(
            self.staff,
            "decision_edit",
            decision.pk,
            version=decision.version,
            number="812/QĐ-SNV",
            date="05/02/2027",
            signer="Nguyễn Thị Hà",
            signer_title="Giám đốc",
            bases="Căn cứ Kế hoạch số 67/KH-UBND\nXét đề nghị của các xã",
        )
        decision.refresh_from_db()


class ChoosingTests(Flow):
    def test_the_page_names_the_eligible_with_points_and_the_others_with_the_reason(self):
        page = self.get(self.clerk, "class_nominations", self.lop.pk).content.decode()
        for words in ("Sùng Thị Mỷ", "Nữ <b>+15</b>", "Mới công tác 1 năm 2 tháng, chưa đủ 3 năm"):
            self.assertIn(words, page)
        self.assertIn("đã gửi 0, đang chọn 0, còn 2", page)
        self.assertNotIn("Người Xã Khác", page)

    def test_ticking_keeps_a_draft_and_clearing_takes_it_off_again(self):
        self.choose(self.an, self.my, send="luu")
        self.assertEqual(self.states(), {"Giàng A An": S.DRAFT, "Sùng Thị Mỷ": S.DRAFT})
        self.choose(self.my, send="luu", shown=[self.an, self.my])
        self.assertEqual(self.states(), {"Sùng Thị Mỷ": S.DRAFT})

    def test_a_second_sending_of_the_same_page_changes_nothing(self):
        for _ in range(2):
            self.choose(self.an, send="luu")
        self.assertEqual(Nomination.objects.count(), 1)
        self.assertEqual(AuditEvent.objects.filter(act="nomination.propose").count(), 1)

    def test_people_of_another_unit_cannot_be_chosen_and_nothing_is_written(self):
        response = self.choose(self.an, self.stranger)
        self.assertContains(response, "không thuộc đơn vị của bạn")
        self.assertEqual(self.states(), {})

    def test_who_is_not_eligible_needs_a_reason_and_a_document(self):
        self.assertContains(self.choose(self.new), "chưa đủ 3 năm")
        self.assertEqual(self.states(), {})
        ids = (self.lop.pk, self.new.pk)
        self.post(self.clerk, "class_exception", *ids, reason="Thay người nghỉ", document="")
        self.assertEqual(self.states(), {})
        self.post(self.clerk, "class_exception", *ids, reason="Thay người nghỉ", document="15/SNV")
        row = Nomination.objects.get()
        self.assertEqual(
            (row.override_reason, row.override_document), ("Thay người nghỉ", "15/SNV")
        )

    def test_after_the_deadline_units_are_told_who_can_move_it(self):
        self.lop.nominations_due = date(2020, 1, 1)
        self.lop.save()
        response = self.choose(self.an)
        self.assertContains(response, "Đã hết hạn đề cử 01/01/2020. Sở Nội vụ có thể lùi hạn")
        self.assertEqual(self.states(), {})

    def test_a_class_that_does_not_call_takes_no_nominations(self):
        self.lop.state = "running"
        self.lop.save()
        self.choose(self.an)
        self.assertEqual(self.states(), {})

    def test_a_wish_for_the_class_is_answered_by_the_list(self):
        Wish.objects.create(official=self.an, training_class=self.lop)
        self.assertContains(self.get(self.clerk, "class_nominations", self.lop.pk), "nguyện vọng")
        self.choose(self.an, send="luu")
        self.assertEqual(Wish.objects.get().state, Wish.State.TAKEN)

    def test_more_people_take_no_more_queries(self):
        url = reverse("courses:class_nominations", args=[self.lop.pk])
        self.get(self.clerk, "class_nominations", self.lop.pk)
        before = self.queries(url)
        for number in range(4):
            self.person(f"Thêm Người {number}")
        self.choose(self.an, self.my)
        self.assertEqual(self.queries(url), before)

    def queries(self, url):
        with CaptureQueriesContext(connection) as found:
            self.client.get(url)
        return len(found)


class SigningTests(Flow):
    def test_only_the_leaders_signature_sends_the_list_to_the_department(self):
        self.choose(self.an, self.my)
        self.assertEqual(set(self.states().values()), {S.PREPARED})
        self.assertEqual(self.post(self.clerk, "class_sign_off", self.lop.pk).status_code, 403)
        self.post(self.head, "class_sign_off", self.lop.pk, chon=self.ids(self.an), lam="ky")
        self.assertEqual(self.states(), {"Giàng A An": S.SUBMITTED, "Sùng Thị Mỷ": S.PREPARED})
        self.assertEqual(Nomination.objects.get(official=self.an).signed_by, self.head)

    def test_the_leader_sends_back_with_a_reason_and_the_clerk_sees_it(self):
        self.choose(self.my)
        ids = self.ids(self.my)
        refused = self.post(self.head, "class_sign_off", self.lop.pk, chon=ids, lam="tra")
        self.assertContains(refused, "Ghi lý do")
        self.post(self.head, "class_sign_off", self.lop.pk, chon=ids, lam="tra", ly_do="Bận việc")
        self.assertEqual(self.states(), {"Sùng Thị Mỷ": S.RETURNED})
        page = self.get(self.clerk, "class_nominations", self.lop.pk)
        self.assertContains(page, "Bị trả lại: Bận việc")
        self.choose(self.my)
        self.assertEqual(self.states(), {"Sùng Thị Mỷ": S.PREPARED})

    def test_a_leader_of_another_unit_cannot_sign(self):
        self.choose(self.my)
        other = make_account("unit_leader", unit=self.other_unit)
        self.post(other, "class_sign_off", self.lop.pk, chon=self.ids(self.my), lam="ky")
        self.assertEqual(self.states(), {"Sùng Thị Mỷ": S.PREPARED})


class ReviewTests(Flow):
    def test_acceptance_stops_at_the_seats_of_the_unit_and_names_who_is_left(self):
        SeatQuota.objects.update(seats=3)
        self.submit(self.an, self.my, self.xom)
        SeatQuota.objects.update(seats=2)
        response = self.review("accept", self.an, self.my, self.xom)
        self.assertContains(response, "Đã hết 2 suất của Xã Nà Bủng")
        self.assertEqual(sorted(self.states().values()), [S.ACCEPTED, S.ACCEPTED, S.SUBMITTED])

    def test_acceptance_stops_at_the_capacity_of_the_class(self):
        self.lop.capacity = 1
        self.lop.save()
        self.submit(self.an, self.my)
        self.assertContains(self.review("accept", self.an, self.my), "Lớp đã đủ 1 chỗ.")
        self.assertEqual(sorted(self.states().values()), [S.ACCEPTED, S.SUBMITTED])

    def test_the_clerk_is_told_what_became_of_the_list(self):
        self.submit(self.an, self.my)
        self.assertEqual(
            Notification.objects.get(account=self.head).text,
            "2 đề cử chờ ký trình: Trung cấp LLCT khóa 31.",
        )
        self.review("reserve", self.an, self.my)
        self.assertEqual(
            Notification.objects.get(account=self.clerk).text,
            "Sở Nội vụ xếp dự bị 2 đề cử: Trung cấp LLCT khóa 31.",
        )

    def test_returning_and_rejecting_need_a_reason(self):
        self.submit(self.an, self.my)
        self.assertContains(self.review("reject", self.an), "Ghi lý do để từ chối")
        self.review("reject", self.an, reason="Đã có lớp riêng")
        self.review("return", self.my, reason="Bổ sung văn bản")
        self.assertEqual(self.states(), {"Giàng A An": S.REJECTED, "Sùng Thị Mỷ": S.RETURNED})
        page = self.get(self.staff, "class_review", self.lop.pk)
        page = self.client.get(f"{page.request['PATH_INFO']}?phan=khac")
        self.assertContains(page, 'value="reconsider"')
        self.review("reconsider", self.an, self.my)  # who was sent back is the unit's
        self.assertEqual(self.states(), {"Giàng A An": S.SUBMITTED, "Sùng Thị Mỷ": S.RETURNED})

    def test_the_units_are_told_that_a_class_is_cancelled(self):
        self.submit(self.an, self.my)
        Notification.objects.all().delete()
        self.post(self.staff, "class_move", self.lop.pk, "cancel", reason="Thiếu kinh phí")
        told = Notification.objects.get(account=self.clerk).text
        self.assertEqual(told, f"Lớp {self.lop.title} đã hủy; đơn vị có 2 đề cử.")

    def test_an_act_is_undone_but_not_for_whom_something_was_done_since(self):
        self.submit(self.an, self.my)
        self.review("accept", self.an, self.my)
        event = AuditEvent.objects.filter(act="nomination.review").latest("pk")
        self.review("reserve", self.my)
        response = self.post(self.staff, "review_undo", self.lop.pk, event.pk)
        self.assertContains(response, "đã được xử lý tiếp sau đó")
        self.assertEqual(self.states(), {"Giàng A An": S.SUBMITTED, "Sùng Thị Mỷ": S.RESERVE})

    def test_nominations_of_another_class_are_not_touched(self):
        foreign = make_nomination(make_class(), self.stranger)
        self.submit(self.an)
        ids = [*self.ids(self.an), foreign.pk, "9" * 20, "²"]
        self.post(self.staff, "class_review", self.lop.pk, chon=ids, lam="accept")
        self.assertEqual(set(self.states().values()), {S.SUBMITTED})

    def test_a_reserve_of_the_same_unit_comes_up_first_when_somebody_withdraws(self):
        self.lop.capacity = 2
        self.lop.save()
        second = make_official(self.other_unit, full_name="Dự Bị Xã Khác")
        make_nomination(self.lop, second, state=S.RESERVE, rank=1)
        SeatQuota.objects.update(seats=3)
        self.submit(self.an, self.my, self.xom)
        self.review("accept", self.an, self.my)
        self.review("reserve", self.xom)
        [row] = self.ids(self.an)
        self.post(self.clerk, "nomination_withdraw", row, reason="Chuyển công tác")
        self.assertContains(self.get(self.staff, "class_review", self.lop.pk), "Lường Văn Xôm (")
        self.post(self.staff, "class_review", self.lop.pk, lam="dua-len")
        states = self.states()
        self.assertEqual(
            (states["Giàng A An"], states["Lường Văn Xôm"], states["Dự Bị Xã Khác"]),
            (S.WITHDRAWN, S.ACCEPTED, S.RESERVE),
        )


class DecisionTests(Flow):
    def test_the_word_file_is_a_draft_until_number_and_date_and_lists_everybody(self):
        decision = self.decide(self.an, self.my)
        self.assertIn("DỰ THẢO", self.word(decision)[0])
        self.fill(decision)
        text, table = self.word(decision)
        self.assertNotIn("DỰ THẢO", text)
        for words in ("812/QĐ-SNV", "Căn cứ Kế hoạch số 67/KH-UBND;", "Nguyễn Thị Hà"):
            self.assertIn(words, text)
        self.assertEqual([row[1] for row in table], ["Họ và tên", "Giàng A An", "Sùng Thị Mỷ"])
        self.assertEqual(table[2][3:], ["Nữ", "Phó Trưởng phòng", "Xã Nà Bủng"])

    def word(self, decision):
        """(all text, rows of the last table) of the Word file."""
        response = self.get(self.staff, "decision_word", decision.pk)
        document = Document(BytesIO(response.content))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        text = "\n".join([*(p.text for p in document.paragraphs), *cells])
        return text, [[c.text for c in row.cells] for row in document.tables[-1].rows]

    def test_a_decision_is_not_dated_after_its_class(self):
        decision = self.decide(self.an)
        sent = {"version": decision.version, "number": "1/QĐ", "date": "05/02/2077", "bases": "A"}
        self.client.force_login(self.staff)
        page = self.client.post(reverse("courses:decision_edit", args=[decision.pk]), sent)
        self.assertContains(page, "sau ngày bế giảng", status_code=422)

    def test_approval_without_number_is_refused_and_says_what_is_missing(self):
        decision = self.decide(self.an)
        response = self.post(self.boss, "decision_approve", decision.pk)
        self.assertContains(response, "Quyết định chưa ghi số, ngày ký, người ký")
        self.assertEqual(Enrolment.objects.count(), 0)

    def test_approval_enrols_everybody_with_what_was_true_at_the_opening(self):
        decision = self.decide(self.an, self.my)
        self.fill(decision)
        self.assertEqual(self.post(self.staff, "decision_approve", decision.pk).status_code, 403)
        self.post(self.boss, "decision_approve", decision.pk)
        self.lop.refresh_from_db()
        self.assertEqual(self.lop.state, "decided")
        self.assertEqual(set(self.states().values()), {S.ENROLLED})
        row = Enrolment.objects.get(official=self.my)
        self.assertEqual(
            (row.unit, row.position, row.staff_kind, row.gender, row.form, row.starts_on),
            (self.unit, "Phó Trưởng phòng", "CC", "nu", "dao_tao", OPENING),
        )
        self.assertEqual(Enrolment.objects.get(official=self.an).ethnic_group.name, "Mông")

    def test_who_came_into_the_class_meanwhile_is_named_and_nobody_enters_twice(self):
        decision = self.decide(self.an, self.my)
        self.fill(decision)
        make_enrolment(self.my, self.lop)
        told = self.post(self.boss, "decision_approve", decision.pk)
        self.assertContains(told, "Sùng Thị Mỷ đã có tên trong lớp")
        self.assertEqual(self.lop.enrolments.count(), 1)

    def test_approval_is_taken_back_before_the_class_starts_only(self):
        decision = self.decide(self.an)
        self.fill(decision)
        self.post(self.boss, "decision_approve", decision.pk)
        self.post(self.boss, "decision_unapprove", decision.pk, reason="Sai danh sách")
        self.lop.refresh_from_db()
        self.assertEqual((self.lop.state, Enrolment.objects.count()), ("calling", 0))
        self.assertEqual(set(self.states().values()), {S.DECIDED})
        self.post(self.boss, "decision_approve", decision.pk)
        type(self.lop).objects.update(state="running")
        response = self.post(self.boss, "decision_unapprove", decision.pk, reason="Muộn")
        self.assertContains(response, "Chỉ bỏ phê duyệt trước khi khai giảng")
        self.assertEqual(Enrolment.objects.count(), 1)

    def test_people_are_taken_out_of_a_draft_and_join_again(self):
        decision = self.decide(self.an, self.my)
        self.post(self.staff, "decision_take_out", decision.pk, chon=self.ids(self.my))
        self.assertEqual(self.states()["Sùng Thị Mỷ"], S.ACCEPTED)
        self.post(self.staff, "class_decision_draft", self.lop.pk)
        self.assertEqual(set(self.states().values()), {S.DECIDED})
        self.assertEqual(Decision.objects.get(), decision)

    def test_a_unit_reads_its_own_people_of_an_approved_decision_only(self):
        decision = self.decide(self.an)
        self.fill(decision)
        self.assertNotContains(self.get(self.clerk, "class_decision", self.lop.pk), "812/QĐ-SNV")
        self.post(self.boss, "decision_approve", decision.pk)
        self.assertContains(self.get(self.clerk, "class_decision", self.lop.pk), "Giàng A An")
        other = make_account("clerk", unit=self.other_unit)
        page = self.get(other, "class_decision", self.lop.pk)
        self.assertNotContains(page, "Giàng A An")
        self.get(self.clerk, "decision_word", decision.pk, status=404)

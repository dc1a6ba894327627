"""A round: opened for every unit of the day, followed, reminded, accepted, closed."""

from datetime import timedelta

from cadres.models import AuditEvent, Notification, OutboxMail
from tests.factories import make_account, make_unit
from tests.needs.base import NeedsCase
from trainingplans.lib.dates import today
from trainingplans.plans.models import NeedRound


class RoundTests(NeedsCase):
    def page(self, account=None, **asked):
        self.client.force_login(account or self.staff)
        return self.client.get(self.url("round", self.round.pk), asked)

    def bulk(self, act, *answers):
        chosen = [answer.pk for answer in answers]
        return self.send(self.staff, "round_bulk", self.round.pk, act=act, chon=chosen)

    def sign(self, answer, clerk, leader):
        self.save(account=clerk, answer=answer, theory=2, step="submit")
        self.move(leader, "sign", answer)

    def test_a_round_is_made_opened_and_every_unit_of_the_day_is_told(self):
        office = make_unit("SNV", name="Sở Nội vụ", kind="department", under=self.top)
        make_unit(name="Phòng Tổ chức", kind="department", under=office)
        make_unit(name="Xã Đã Nhập", under=self.top, valid_to=today())
        data = {"year": 2028, "title": "Nhu cầu 2028", "opens_on": "01/12/2026"}
        self.send(self.staff, "round_new", **data, due="20/12/2026")
        made = NeedRound.objects.get(year=2028)
        self.assertEqual((made.state, made.answers.count()), ("draft", 0))
        self.send(self.staff, "round_move", made.pk, move="open")
        names = made.answers.order_by("unit__name").values_list("unit__name", flat=True)
        self.assertEqual(list(names), ["Sở Nội vụ", "Xã Bắc", "Xã Nam"])
        told = Notification.objects.filter(account=self.clerk, act="round.open").first()
        self.assertIn("Nhu cầu 2028: đã mở để đơn vị gửi nhu cầu, hạn 20/12/2026", told.text)

    def test_a_deadline_before_the_opening_is_refused_in_words(self):
        data = {"year": 2028, "title": "A", "opens_on": "01/12/2026", "due": "20/11/2026"}
        page = self.send(self.staff, "round_new", **data, status=422)
        self.assertContains(page, "Hạn gửi 20/11/2026 trước ngày mở", status_code=422)
        self.assertContains(page, 'value="A"', status_code=422)

    def test_only_the_department_runs_rounds(self):
        for account in (self.clerk, self.unit_leader, self.leader):
            self.send(account, "round_new", status=403)
            self.send(account, "round_move", self.round.pk, move="close", status=403)
            self.send(account, "round_bulk", self.round.pk, act="remind_all", status=403)

    def test_units_do_not_see_a_round_before_it_is_opened(self):
        draft = NeedRound.objects.create(year=2030, title="Sau", opens_on=today(), due=today())
        self.see(self.clerk, self.url("round", draft.pk), 404)
        self.see(self.staff, self.url("round", draft.pk))

    def test_a_unit_that_opens_its_round_is_at_its_own_answer(self):
        page = self.page(self.clerk)
        self.assertRedirects(page, self.url("need", self.answer.pk))

    def test_coverage_tells_who_sent_who_is_late_and_by_how_much(self):
        self.sign(self.answer, self.clerk, self.unit_leader)
        self.late(days=5)
        page = self.page()
        told = {str(a.unit): (a.state, a.total, a.late_by) for a in page.context["lines"]}
        self.assertEqual(told, {"Xã Bắc": ("signed", 2, 0), "Xã Nam": ("writing", 0, 5)})
        self.assertEqual(list(told), ["Xã Nam", "Xã Bắc"])  # not sent yet first
        tiles = {tile["label"]: tile["figure"] for tile in page.context["tiles"]}
        self.assertEqual((tiles["Đơn vị"], tiles["Đã gửi"], tiles["Trễ hạn"]), (2, 1, 1))
        self.assertEqual(
            [str(a.unit) for a in self.page(trang_thai="tre").context["lines"]], ["Xã Nam"]
        )
        self.assertEqual([str(a.unit) for a in self.page(q="bac").context["lines"]], ["Xã Bắc"])

    def test_a_reminder_goes_once_a_day_to_whom_the_answer_waits_for(self):
        self.other_clerk.email = "nam@xa.vn"
        self.other_clerk.save()
        self.save(theory=1, step="submit")  # north waits for its leader
        self.late(days=3)
        Notification.objects.all().delete()
        self.bulk("remind_all")
        told = {n.account: n.text for n in Notification.objects.filter(act="need.remind")}
        self.assertEqual(set(told), {self.unit_leader, self.other_clerk})
        self.assertIn("đã quá hạn 3 ngày", told[self.other_clerk])
        self.assertEqual(OutboxMail.objects.filter(to="nam@xa.vn").count(), 1)
        page = self.client.get(self.url("round", self.round.pk))
        self.assertContains(page, "Đã nhắc 2 đơn vị")
        self.bulk("remind", self.answer)
        self.assertEqual(Notification.objects.filter(act="need.remind").count(), 2)

    def test_accepting_many_says_whom_it_left_out_and_is_taken_back(self):
        self.sign(self.answer, self.clerk, self.unit_leader)
        self.bulk("accept", self.answer, self.other)
        page = self.client.get(self.url("round", self.round.pk))
        self.assertContains(page, "Đã tiếp nhận nhu cầu của 1 đơn vị")
        self.assertContains(page, "Không tiếp nhận 1 đơn vị: Xã Nam (đang lập)")
        event = AuditEvent.objects.filter(act="need.accept_many").first()
        self.send(self.staff, "round_undo", self.round.pk, event.pk)
        self.assertEqual(self.state_of(), "signed")

    def test_taking_back_keeps_what_went_on_since(self):
        self.sign(self.answer, self.clerk, self.unit_leader)
        self.bulk("accept", self.answer)
        self.move(self.staff, "return", reason="xem lại")
        event = AuditEvent.objects.filter(act="need.accept_many").first()
        self.send(self.staff, "round_undo", self.round.pk, event.pk)
        self.assertEqual(self.state_of(), "returned")

    def test_a_unit_set_up_later_gets_an_answer_too(self):
        later = make_unit(name="Xã Mới", under=self.top)
        clerk = make_account("clerk", unit=later)
        self.bulk("units")
        self.assertEqual(self.round.answers.filter(unit=later).count(), 1)
        self.assertTrue(Notification.objects.filter(account=clerk).exists())
        self.bulk("units")
        self.assertEqual(self.round.answers.count(), 3)

    def test_a_closed_round_is_opened_again_not_twice(self):
        for code, state in [("close", "closed"), ("close", "closed"), ("reopen", "open")]:
            self.send(self.staff, "round_move", self.round.pk, move=code)
            self.round.refresh_from_db()
            self.assertEqual(self.round.state, state)
        self.assertEqual(self.acts().count("round.close"), 1)
        self.assertEqual(self.acts().count("plans.refused"), 1)

    def test_a_newer_version_of_the_round_is_shown_beside_the_own_one(self):
        due = today() + timedelta(days=9)
        data = {"year": 2027, "opens_on": f"{today():%d/%m/%Y}", "due": f"{due:%d/%m/%Y}"}
        version = self.round.version
        first = {**data, "title": "Một", "version": version}
        self.send(self.staff, "round_edit", self.round.pk, **first)
        second = {**data, "title": "Hai", "version": version}
        page = self.send(self.staff, "round_edit", self.round.pk, **second, status=409)
        self.assertContains(page, "Một", status_code=409)

    def test_the_page_takes_the_same_queries_for_more_units(self):
        def grow():
            for _ in range(6):
                make_unit(under=self.top)
            self.bulk("units")

        self.assert_same_queries(self.staff, self.url("round", self.round.pk), grow, 20)

    def test_the_list_of_rounds_and_of_own_answers(self):
        page = self.see(self.staff, self.url("rounds"))
        self.assertEqual([(r["sent"], r["all"]) for r in page.context["rows"]], [(0, 2)])
        page = self.see(self.clerk, self.url("rounds"))
        self.assertEqual([a.pk for a in page.context["page"]], [self.answer.pk])

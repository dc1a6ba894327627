"""The answer of a unit: written by its clerk, signed by its leader, sent, returned, accepted."""

from itertools import product

from cadres.models import AuditEvent, Notification
from courses.models import Wish
from tests.factories import make_enrolment, make_official
from tests.needs.base import NeedsCase
from trainingplans.plans.actions.needs import move_answer
from trainingplans.plans.models import NeedPerson, NeedRound, NeedState, UnitNeed
from trainingplans.plans.states import NEED


class GridTests(NeedsCase):
    def test_the_clerk_writes_numbers_and_the_grid_shows_them_again(self):
        self.save(theory=(2, "hai phó chủ tịch"), office=3)
        self.assertEqual(self.numbers(), {"DT.CT.TC": 2, "BD.VTVL": 3})
        page = self.see(self.clerk, self.url("need", self.answer.pk))
        self.assertContains(page, "hai phó chủ tịch")
        self.assertEqual(page.context["total"], 5)

    def test_zero_and_blank_take_a_content_out(self):
        self.save(theory=2, office=3)
        self.save(theory="", office=0)
        self.assertEqual(self.numbers(), {})

    def test_what_is_wrong_is_said_beside_it_the_rest_is_saved_and_nothing_typed_is_lost(self):
        page = self.save(status=422, theory="hai", office=3)
        self.assertEqual(self.numbers(), {"BD.VTVL": 3})
        self.assertContains(page, "“hai” không phải là số người", status_code=422)
        self.assertContains(page, 'value="hai"', status_code=422)

    def test_odd_numbers_are_told_not_swallowed(self):
        for typed in ("-1", "1.5", "99999", "٣", "1e2", "0x5"):
            self.save(status=422, theory=typed)
        self.assertEqual(self.numbers(), {})

    def test_a_row_that_somebody_else_changed_meanwhile_is_left_and_told_of(self):
        self.save(theory=2)
        shown = {n.category_id: n for n in self.answer.needs.all()}
        self.save(theory=7)
        page = self.save(status=409, was=shown, theory=4, office=1)
        self.assertContains(page, "người khác vừa ghi: số người là 7", status_code=409)
        self.assertEqual(self.numbers(), {"DT.CT.TC": 7, "BD.VTVL": 1})
        self.save(theory=4)
        self.assertEqual(self.numbers()["DT.CT.TC"], 4)

    def test_saving_twice_changes_nothing_and_leaves_one_act(self):
        self.save(theory=2)
        self.save(theory=2, was={})
        self.assertEqual(self.acts().count("need.save"), 1)

    def test_the_grid_tells_how_many_people_of_the_unit_miss_a_target(self):
        # North: Bình (sơ cấp) and Dũng (chưa qua) miss; Cường has nothing recorded.
        page = self.see(self.clerk, self.url("need", self.answer.pk))
        rows = [row for group in page.context["groups"] for row in group.rows]
        told = {row.category.code: row.missing for row in rows}
        self.assertEqual((told["DT.CT.TC"], told["BD.VTVL"]), (2, None))

    def test_only_the_unit_writes_and_only_its_own(self):
        self.save(status=403, account=self.staff, theory=1)
        self.save(status=403, account=self.unit_leader, theory=1)
        self.save(status=404, account=self.other_clerk, theory=1)

    def test_an_answer_that_was_sent_cannot_be_written(self):
        self.save(theory=2)
        self.move(self.clerk, "submit")
        page = self.save(status=409, theory=5)
        self.assertContains(page, "không sửa được", status_code=409)
        self.assertEqual(self.numbers(), {"DT.CT.TC": 2})

    def test_a_closed_round_takes_nothing_more(self):
        NeedRound.objects.update(state="closed")
        self.save(status=409, theory=5)
        self.assertEqual(self.numbers(), {})

    def test_the_page_takes_the_same_queries_for_more_needs_people_and_targets(self):
        self.save(theory=2)

        def grow():
            self.save(office=3)
            self.name(*[make_official(self.north) for _ in range(8)])

        self.assert_same_queries(self.clerk, self.url("need", self.answer.pk), grow, 20)


class NamesTests(NeedsCase):
    def page(self, **asked):
        self.client.force_login(self.clerk)
        return self.client.get(self.url("need_people", self.answer.pk, self.theory.pk), asked)

    def found(self, **asked):
        return [str(one.official) for one in self.page(**asked).context["found"]]

    def test_people_who_miss_the_target_are_offered(self):
        self.assertEqual(self.found(), ["Quàng Thị Bình", "Giàng A Dũng"])

    def test_people_are_found_by_name_without_marks_in_the_own_unit_only(self):
        self.assertEqual(self.found(tu="tim", q="lo van"), ["Lò Văn An"])
        self.assertEqual(self.found(tu="tim", q="em"), [])

    def test_a_wish_is_offered_and_marked_as_taken_when_named(self):
        wish = Wish.objects.create(official=self.an, category=self.theory, note="quy hoạch")
        Wish.objects.create(official=self.em, category=self.theory)  # another unit's
        self.assertEqual(self.found(tu="nguyen-vong"), ["Lò Văn An"])
        self.name(self.an, tu="nguyen-vong")
        wish.refresh_from_db()
        self.assertEqual(wish.state, Wish.State.TAKEN)
        self.assertEqual(NeedPerson.objects.get().origin, "wish")

    def test_earlier_training_and_planning_are_said_beside_the_name(self):
        make_enrolment(self.binh, category=self.theory, completed=True, ends_on=self.round.opens_on)
        one = self.page().context["found"][0]
        self.assertEqual([r["text"][:10] for r in one.reasons], ["đã học năm"])

    def test_names_fill_the_places_and_then_the_number_grows(self):
        self.save(theory=2)
        self.name(self.an)
        self.assertEqual(self.numbers(), {"DT.CT.TC": 2})
        self.name(self.binh, self.cuong)
        self.assertEqual(self.numbers(), {"DT.CT.TC": 3})

    def test_a_number_below_the_names_is_refused(self):
        self.name(self.an, self.binh)
        page = self.save(status=422, theory=1)
        self.assertContains(page, "đã chọn 2 người", status_code=422)

    def test_nobody_is_named_twice_and_nobody_of_another_unit(self):
        self.name(self.an, self.an, self.em)
        self.name(self.an)
        self.assertEqual([p.official for p in NeedPerson.objects.all()], [self.an])

    def test_naming_is_taken_back_by_one_button(self):
        self.name(self.an, self.binh)
        event = AuditEvent.objects.filter(act="need.name").first()
        self.send(self.clerk, "need_undo", self.answer.pk, self.theory.pk, event.pk)
        self.assertEqual((self.numbers(), NeedPerson.objects.count()), ({}, 0))

    def test_dropping_is_taken_back_with_origin_and_number(self):
        self.name(self.binh, tu="muc-tieu", muc_tieu=self.target.pk)
        self.save(theory=4)
        ids = (self.answer.pk, self.theory.pk)
        self.send(self.clerk, "need_drop", *ids, nguoi=[self.binh.pk])
        self.assertEqual(self.numbers(), {"DT.CT.TC": 4})  # the places stay
        event = AuditEvent.objects.filter(act="need.drop").first()
        self.send(self.clerk, "need_undo", *ids, event.pk)
        person = NeedPerson.objects.get()
        self.assertEqual((person.origin, person.target), ("target", self.target))

    def test_with_everybody_named_the_number_goes_with_them(self):
        self.name(self.an, self.binh)
        self.send(self.clerk, "need_drop", self.answer.pk, self.theory.pk, nguoi=[self.an.pk])
        self.assertEqual(self.numbers(), {"DT.CT.TC": 1})

    def test_somebody_elses_event_cannot_be_undone(self):
        self.name(self.an)
        event = AuditEvent.objects.filter(act="need.name").first()
        ids = (self.other.pk, self.theory.pk, event.pk)
        self.send(self.other_clerk, "need_undo", *ids, status=404)

    def test_the_page_takes_the_same_queries_for_more_people(self):
        def grow():
            for number in range(6):
                make_official(
                    self.north,
                    leadership=True,
                    full_name=f"Lò Văn {number}",
                    levels={"political_theory": "SC"},
                )
            self.name(self.an, self.binh)

        self.name(self.dung)
        address = self.url("need_people", self.answer.pk, self.theory.pk)
        self.assert_same_queries(self.clerk, address, grow, 18)


class MoveTests(NeedsCase):
    def test_the_way_of_an_answer_from_the_clerk_to_the_department(self):
        self.save(theory=2, step="submit")
        self.assertEqual(self.state_of(), "submitted")
        self.assertEqual(self.move(self.unit_leader, "sign"), "signed")
        self.answer.refresh_from_db()
        self.assertEqual(self.answer.signed_by, self.unit_leader)
        self.assertEqual(self.move(self.staff, "accept"), "accepted")
        self.assertEqual(self.acts()[-3:], ["need.submit", "need.sign", "need.accept"])

    def test_everybody_whom_it_waits_for_is_told(self):
        self.save(theory=2, step="submit")
        self.move(self.unit_leader, "sign")
        self.move(self.staff, "return", reason="thiếu tên")
        Notification.objects.filter(act="round.open").delete()
        told = Notification.objects.order_by("id").values_list("account__role", "act")
        self.assertEqual(
            list(told),
            [
                ("unit_leader", "need.submit"),
                ("staff", "need.sign"),
                ("clerk", "need.return"),
                ("unit_leader", "need.return"),
            ],
        )

    def test_a_return_needs_a_reason_and_shows_it_to_the_unit(self):
        self.save(theory=2, step="submit")
        self.move(self.unit_leader, "sign")
        self.assertEqual(self.move(self.staff, "return", reason=" "), "signed")
        self.move(self.staff, "return", reason="Nêu tên người học")
        page = self.see(self.clerk, self.url("need", self.answer.pk))
        self.assertContains(page, "Nêu tên người học")
        self.save(theory=3)  # it may be written again

    def test_an_empty_answer_says_that_nothing_is_needed(self):
        self.save(step="submit")
        self.assertEqual(self.state_of(), "writing")
        self.save(step="submit", note="Năm 2027 đơn vị không có nhu cầu.")
        self.assertEqual(self.state_of(), "submitted")

    def test_every_move_from_every_state_by_every_role(self):
        """The whole matrix against the table: what is not in it is refused, told and recorded."""
        self.save(theory=1)
        address = self.url("need_move", self.answer.pk)
        refused = AuditEvent.objects.filter(act="plans.refused")
        wrong = []
        for account in (self.staff, self.leader, self.high, self.clerk, self.unit_leader):
            self.client.force_login(account)
            for state, move in product(NeedState, NEED.moves.values()):
                UnitNeed.objects.filter(pk=self.answer.pk).update(state=state)
                before = refused.count()
                self.client.post(address, {"move": move.code, "reason": "vì thế"})
                allowed = state in move.sources and account.has_perm(move.permission)
                done = (self.state_of(), refused.count() - before)
                if done != ((move.target, 0) if allowed else (state, 1)):
                    wrong.append((state, move.code, account.role, done))
        self.assertEqual(wrong, [])

    def test_the_table_says_who_does_what(self):
        """Written out by hand, so that a change of the table is a change here too."""
        self.assertEqual(
            [
                (m.code, [str(s) for s in m.sources], str(m.target), m.permission[6:])
                for m in NEED.moves.values()
            ],
            [
                ("submit", ["writing", "returned"], "submitted", "change_need"),
                ("take_back", ["submitted"], "writing", "change_need"),
                ("sign", ["submitted"], "signed", "sign_need"),
                ("send_back", ["submitted"], "returned", "sign_need"),
                ("accept", ["signed"], "accepted", "run_round"),
                ("return", ["signed", "accepted"], "returned", "run_round"),
            ],
        )

    def test_the_page_offers_just_the_moves_of_the_table(self):
        self.save(theory=1, step="submit")
        for account, buttons in [
            (self.clerk, ["take_back"]),
            (self.unit_leader, ["sign", "send_back"]),
            (self.staff, []),
            (self.leader, []),
        ]:
            page = self.see(account, self.url("need", self.answer.pk))
            self.assertEqual([m.code for m in page.context["moves"]], buttons, account.role)

    def test_of_two_that_decide_at_once_the_second_is_told(self):
        self.save(theory=1, step="submit")
        stale = self.round.answers.get(pk=self.answer.pk)
        move_answer(stale, "sign", by=self.unit_leader)
        self.move(self.unit_leader, "send_back", reason="xem lại")
        self.assertEqual(self.state_of(), "signed")

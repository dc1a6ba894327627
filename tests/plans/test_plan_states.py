"""States of plans: the table decides, refusals say why and stay in the log, versions follow."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadres.models import AuditEvent, Notification
from courses.models import SeatQuota, TrainingClass
from tests.factories import make_account, make_class, make_course
from tests.plans.planning import PlanTestCase, document, entry
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show, today
from trainingplans.plans.actions.items import delete_items
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.actions.plans import Approval, move_plan, new_version
from trainingplans.plans.models import Plan, PlannedClass, PlanState
from trainingplans.plans.states import PLAN
from trainingplans.plans.waiting import plans as waiting_plans

ROLES = [
    "staff",
    "leader",
    "province_leader",
    "clerk",
    "unit_leader",
    "school",
    "official",
    "admin",
]


class StatesTestCase(PlanTestCase):
    def load(self, *items, **changes):
        return load_plan(document(*items, **changes), by=self.by).plan

    def move(self, plan, code, account, **data):
        """POST a move as an account; the answer."""
        self.client.force_login(account)
        if code == "approve":
            data = {"number": "9/QĐ-UBND", "on": show(today()), "signer": "Lò An"} | data
        return self.client.post(reverse("plans:plan_move", args=[plan.pk, code]), data)

    def approved(self, *items, **changes):
        plan = self.load(*items, **changes)
        move_plan(plan, "submit", by=self.staff)
        return move_plan(plan, "approve", by=self.leader, approval=Approval("9/QĐ", today(), "An"))


class MatrixTests(StatesTestCase):
    def setUp(self):
        self.plan = self.load(unit="XB")
        self.accounts = {role: make_account(role, unit=self.north) for role in ROLES}
        self.accounts |= {"staff": self.staff, "leader": self.leader}

    def fresh(self, state):
        """The plan in a state, as if nothing had happened to it."""
        Plan.objects.update(state=state, number="", approved_on=None)
        return Plan.objects.get(pk=self.plan.pk)

    def test_every_state_with_every_move_and_role_does_as_the_table_says(self):
        approval = Approval("9/QĐ", today(), "An")
        for role, account in self.accounts.items():
            for state in PlanState.values:
                for code, move in PLAN.moves.items():
                    plan = self.fresh(state)
                    allowed = state in move.sources and account.has_perm(move.permission)
                    try:
                        move_plan(plan, code, by=account, reason="Vì", approval=approval)
                    except Refused as refusal:
                        self.assertTrue(str(refusal))
                        self.assertFalse(allowed, (role, state, code))
                        self.assertEqual(Plan.objects.get(pk=plan.pk).state, state)
                    else:
                        self.assertTrue(allowed, (role, state, code))
                        self.assertEqual(Plan.objects.get(pk=plan.pk).state, move.target)

    def test_a_refusal_is_said_and_stays_in_the_log(self):
        for role, account in self.accounts.items():
            for code, move in PLAN.moves.items():
                plan = self.fresh("submitted")
                answer = self.move(plan, code, account, reason="Vì")
                allowed = "submitted" in move.sources and account.has_perm(move.permission)
                sees = account.has_perm("plans.view_plan")
                self.assertEqual(
                    answer.status_code, 302 if allowed else 409 if sees else 403, (role, code)
                )
        # Seven of ten moves do not start from "submitted" and three do: one of them is for staff
        # and clerk, two for the leaders; the role that reads is refused all ten.
        refused = AuditEvent.objects.filter(act="plan.refused").count()
        self.assertEqual(refused, 9 + 8 + 10 + 9 + 8)

    def test_the_buttons_are_those_of_the_table(self):
        plan = self.load()
        Plan.objects.update(state="submitted")
        shown = {
            account.role: [
                m["label"] for m in self.see(account, f"/ke-hoach/{plan.pk}/").context["moves"]
            ]
            for account in (self.staff, self.leader)
        }
        self.assertEqual(shown["staff"], ["Rút lại để sửa"])
        self.assertEqual(shown["leader"], ["Trả lại kế hoạch", "Phê duyệt kế hoạch"])

    def test_a_clerk_works_on_the_own_plans_only(self):
        province, own = self.load(), self.load(number="1/KH-XB", unit="XB")
        self.assertEqual(self.move(province, "submit", self.clerk).status_code, 404)
        self.assertEqual(self.move(own, "submit", self.clerk).status_code, 302)
        Plan.objects.filter(pk=province.pk).update(state="approved")
        self.assertEqual(self.move(province, "start", self.clerk).status_code, 409)
        self.assertEqual(Plan.objects.get(pk=province.pk).state, "approved")


class ApprovalTests(StatesTestCase):
    def test_number_date_signer_and_a_date_that_has_come_are_needed(self):
        plan = self.load()
        Plan.objects.update(number="")
        move_plan(plan, "submit", by=self.staff)
        for missing in ({"number": ""}, {"on": ""}, {"signer": ""}, {"on": "01/01/2999"}):
            self.assertEqual(self.move(plan, "approve", self.leader, **missing).status_code, 422)
        self.assertEqual(self.move(plan, "approve", self.leader).status_code, 302)
        plan.refresh_from_db()
        self.assertEqual((plan.state, plan.number, plan.signer), ("approved", "9/QĐ-UBND", "Lò An"))
        self.assertEqual((plan.approved_on, plan.approved_by), (today(), self.leader))

    def test_of_two_decisions_the_second_sees_whose_was_first_and_when(self):
        plan = self.load()
        move_plan(plan, "submit", by=self.staff)
        other = make_account("leader", full_name="Tòng Văn Hai")
        self.move(plan, "return", other, reason="Thiếu nguồn")
        answer = self.move(plan, "approve", self.leader)
        self.assertContains(answer, "Tòng Văn Hai vừa xử lý lúc", status_code=409)
        self.assertEqual(Plan.objects.get().return_reason, "Thiếu nguồn")
        self.assertContains(self.see(self.staff, f"/ke-hoach/{plan.pk}/"), "Thiếu nguồn")

    def test_a_plan_without_items_or_with_too_many_seats_is_not_submitted(self):
        empty = self.load(number="1/KH")
        empty.items.all().delete()
        self.assertContains(
            self.move(empty, "submit", self.staff), "chưa có nội dung", status_code=409
        )
        full = self.load(entry(quotas=[{"unit": "XB", "seats": 300}]), number="2/KH")
        full.items.update(reserve=1)
        answer = self.move(full, "submit", self.staff)
        self.assertContains(answer, "Mục 1: 301 suất, chỉ có 300.", status_code=409)

    def test_those_who_decide_and_those_who_wait_are_told(self):
        own = self.load(entry(quotas=[{"unit": "XN", "seats": 9}]), number="1/KH-XB", unit="XB")
        south = make_account("clerk", unit=self.south)
        self.move(own, "submit", self.clerk)
        self.move(own, "return", self.leader, reason="Thiếu nguồn")
        own.refresh_from_db()
        Plan.objects.update(state="submitted")
        self.move(own, "approve", self.leader)
        told = [(n.account, n.act) for n in Notification.objects.order_by("pk")]
        self.assertEqual(told[:2], [(self.leader, "plan.submit"), (self.clerk, "plan.return")])
        self.assertCountEqual(told[2:], [(self.clerk, "plan.approve"), (south, "plan.approve")])

    def test_the_leader_of_a_unit_decides_on_its_own_plans_alone(self):
        head = make_account("unit_leader", unit=self.north)
        own, other = self.load(number="1/KH-XB", unit="XB"), self.load(number="2/KH", unit="XN")
        for plan in (own, other, province := self.load(number="3/KH")):
            move_plan(plan, "submit", by=self.staff)
        told = Notification.objects.filter(account=head)
        self.assertEqual([one.act for one in told], ["plan.submit"])
        self.assertEqual(Notification.objects.filter(account=self.leader).count(), 2)
        waiting = {str(one.title) for one in waiting_plans(head, today())}
        self.assertEqual(waiting, {f"Phê duyệt {own}"})
        waiting = {str(one.title) for one in waiting_plans(self.leader, today())}
        self.assertEqual(waiting, {f"Phê duyệt {other}", f"Phê duyệt {province}"})
        for plan in (other, province):
            self.assertEqual(self.move(plan, "approve", head).status_code, 404)
        self.assertEqual(self.move(own, "approve", head).status_code, 302)
        self.assertEqual(Plan.objects.get(pk=own.pk).approved_by, head)

    def test_a_plan_is_closed_knowing_what_is_open_and_may_be_opened_again(self):
        plan = self.approved(entry(classes=3))
        item = plan.items.get()
        PlannedClass.objects.create(item=item, training_class=make_class(state="running"))
        move_plan(plan, "start", by=self.staff)
        page = self.see(self.staff, reverse("plans:plan_move", args=[plan.pk, "close"]))
        self.assertContains(page, "Còn 2 lớp chưa mở, 1 lớp chưa kết thúc.")
        self.move(plan, "close", self.staff)
        self.assertContains(
            self.move(plan, "resume", self.staff), "Chưa ghi lý do", status_code=422
        )
        self.move(plan, "resume", self.staff, reason="Kết thúc nhầm")
        self.assertEqual(Plan.objects.get(pk=plan.pk).state, "running")

    def test_only_who_may_edit_a_plan_is_led_to_where_its_bases_are_written(self):
        draft = self.load()
        address, edit = (
            reverse(f"plans:{name}", args=[draft.pk]) for name in ("plan_papers", "plan_edit")
        )
        self.assertContains(self.see(self.staff, address), f'href="{edit}"')
        page = self.see(self.leader, address)
        self.assertContains(page, "Chưa ghi căn cứ.")
        self.assertNotContains(page, f'href="{edit}"')

    def test_the_signed_paper_may_come_after_the_approval(self):
        plan = self.approved()
        address = reverse("plans:plan_papers", args=[plan.pk])
        for account, status in ((self.clerk, 404), (self.staff, 302)):
            self.client.force_login(account)
            paper = SimpleUploadedFile("kh.pdf", b"%PDF-1.4")
            self.assertEqual(self.client.post(address, {"file": paper}).status_code, status)
        self.assertEqual(AuditEvent.objects.filter(act="plan.file").count(), 1)
        page = self.see(self.leader, reverse("plans:plan_signed", args=[plan.pk]))
        self.assertEqual(page["Content-Type"], "application/pdf")
        other = SimpleUploadedFile("kh.pdf", b"MZ")
        self.assertEqual(self.client.post(address, {"file": other}).status_code, 422)

    def test_a_reason_is_needed_to_return(self):
        plan = self.load()
        move_plan(plan, "submit", by=self.staff)
        self.assertContains(
            self.move(plan, "return", self.leader, reason=""), "Chưa ghi lý do", status_code=422
        )


class VersionTests(StatesTestCase):
    def test_an_approved_plan_changes_by_a_version_that_shows_its_difference(self):
        old = self.approved(entry("1"), entry("2", title="Văn thư"))
        run = make_class(code="L1")
        PlannedClass.objects.create(item=old.items.get(code="1"), training_class=run)
        self.client.force_login(self.staff)
        answer = self.client.post(f"/ke-hoach/{old.pk}/dieu-chinh/", {"reason": "Thêm vốn"})
        new = Plan.objects.get(version_no=2)
        self.assertRedirects(answer, f"/ke-hoach/{new.pk}/")
        item = new.items.get(code="1")
        item.learners = 310
        item.save()
        item.costs.update(amount=2_500_000_000)
        new.items.filter(code="2").delete()
        new.items.create(code="3", title="Lớp mới", learners=20)
        page = self.see(self.leader, f"/ke-hoach/{new.pk}/thay-doi/")
        self.assertContains(page, "Bản này thêm 1 mục, bỏ 1 mục, sửa 1 mục.")
        told = page.context["difference"]
        self.assertEqual(
            [(s["old"], s["new"]) for s in told.sums[:2]], [("12", "7"), ("600", "330")]
        )
        self.assertEqual(told.sums[2]["change"], "\u22121,5\u00a0tỷ")
        [changed] = [one for one in told.items if one.act == "Sửa"]
        facts = {f["label"]: (f["old"], f["new"]) for f in changed.facts}
        self.assertEqual(facts["Người học"], ("300", "310"))
        self.assertEqual(Plan.objects.get(pk=old.pk).state, "approved")
        move_plan(new, "submit", by=self.staff)
        move_plan(new, "approve", by=self.leader, approval=Approval("10/QĐ", today(), "An"))
        self.assertEqual(Plan.objects.get(pk=old.pk).state, "replaced")
        self.assertEqual(PlannedClass.objects.get().item, item)

    def test_an_item_with_classes_is_not_dropped_by_a_version(self):
        old = self.approved(entry("1"), entry("2"))
        PlannedClass.objects.create(item=old.items.get(code="2"), training_class=make_class())
        new = new_version(old, by=self.staff, reason="Bớt")
        with self.assertRaisesMessage(Refused, "Mục 2 đã mở lớp"):
            delete_items(new, list(new.items.all()), by=self.staff)
        new.items.filter(code="2").update(classes=0)
        with self.assertRaisesMessage(Refused, "Mục 2: đã mở 1 lớp"):
            move_plan(new, "submit", by=self.staff)
        new.items.filter(code="2").delete()
        with self.assertRaisesMessage(Refused, "Mục 2: đã mở lớp"):
            move_plan(new, "submit", by=self.staff)
        TrainingClass.objects.update(state="cancelled")
        move_plan(new, "submit", by=self.staff)
        move_plan(new, "approve", by=self.leader, approval=Approval("10/QĐ", today(), "An"))
        self.assertEqual(PlannedClass.objects.get().item.plan, old)

    def test_a_plan_of_a_unit_counts_as_approved_until_its_new_version_is(self):
        province = self.load()
        own = document(entry(learners=20), number="9/KH", unit="XB")
        old = load_plan(own, by=self.by).plan
        move_plan(old, "submit", by=self.staff)
        move_plan(old, "approve", by=self.leader, approval=Approval("1/QĐ", today(), "An"))
        new = new_version(old, by=self.staff, reason="Thêm")
        new.items.update(learners=50)
        page = self.see(self.staff, f"/ke-hoach/{province.pk}/don-vi/")
        self.assertEqual([row.pk for row in page.context["rows"]], [old.pk])
        self.assertEqual([one["learners"] for one in page.context["sums"]], [20, 0])
        move_plan(new, "submit", by=self.staff)
        move_plan(new, "approve", by=self.leader, approval=Approval("2/QĐ", today(), "An"))
        page = self.see(self.staff, f"/ke-hoach/{province.pk}/don-vi/")
        self.assertEqual([one["learners"] for one in page.context["sums"]], [50, 0])

    def test_there_is_one_adjustment_at_a_time(self):
        old = self.approved()
        new_version(old, by=self.staff, reason="Một")
        with self.assertRaisesMessage(Refused, "đã có bản điều chỉnh"):
            new_version(old, by=self.staff, reason="Hai")


class OpeningTests(StatesTestCase):
    def open(self, item, account=None, **changes):
        self.client.force_login(account or self.staff)
        data = {"title": "Lớp Mông 1", "course": self.course.pk, "capacity": "40", "mode": "full"}
        data |= {"with_seats": "on", "starts_on": "02/03/2026", "ends_on": "20/03/2026"}
        address = reverse("plans:item_class", args=[item.plan_id, item.pk])
        return self.client.post(address, data | changes)

    def setUp(self):
        self.course = make_course()
        quotas = [{"unit": "XB", "seats": 50}, {"unit": "XN", "seats": 30}]
        self.item = self.approved(entry(classes=2, learners=80, quotas=quotas)).items.get()

    def test_classes_share_the_seats_of_the_item(self):
        self.open(self.item)
        self.open(self.item, title="Lớp Mông 2")
        seats = {
            run.title: dict(
                SeatQuota.objects.filter(training_class=run).values_list("unit__code", "seats")
            )
            for run in TrainingClass.objects.all()
        }
        self.assertEqual(
            seats, {"Lớp Mông 1": {"XB": 25, "XN": 15}, "Lớp Mông 2": {"XB": 25, "XN": 15}}
        )
        self.assertEqual(PlannedClass.objects.filter(item=self.item).count(), 2)
        self.assertContains(self.open(self.item), "đã mở đủ", status_code=422)

    def test_a_class_opened_like_one_of_an_item_is_the_items_too_while_it_has_room(self):
        self.open(self.item)
        first = TrainingClass.objects.get()
        address = reverse("courses:class_clone", args=[first.pk])
        form = self.client.get(address).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields if name != "token"}
        sent |= {"starts_on": "01/04/2026", "ends_on": "20/04/2026"}
        few = self.client.post(address, sent | {"capacity": "5"})
        self.assertContains(few, "Ghi ít nhất 40 chỗ", status_code=422)
        for title in ("Lớp hai", "Lớp ba"):
            self.client.post(address, sent | {"title": title})
        planned = self.item.planned_classes.values_list("training_class__title", flat=True)
        self.assertEqual(sorted(planned), ["Lớp Mông 1", "Lớp hai"])  # the item has two classes
        second = TrainingClass.objects.get(title="Lớp hai")
        page = self.client.get(reverse("courses:class", args=[second.pk]))
        self.assertContains(page, reverse("plans:item", args=[self.item.plan_id, self.item.pk]))

    def test_a_form_sent_twice_opens_one_class(self):
        for _ in range(2):
            self.open(self.item, token="5ee37a66-082a-4a35-bd68-a05953902e99")
        self.assertEqual(TrainingClass.objects.count(), 1)

    def test_the_days_of_a_class_are_checked_as_where_it_is_opened_alone(self):
        answer = self.open(self.item, nominations_due="03/03/2026", ends_on="01/03/2026")
        self.assertEqual(set(answer.context["form"].errors), {"nominations_due", "ends_on"})

    def test_a_draft_opens_no_class_and_a_clerk_neither(self):
        self.assertEqual(self.open(self.item, self.clerk).status_code, 403)
        Plan.objects.update(state="draft")
        self.assertContains(self.open(self.item), "đã phê duyệt", status_code=422)
        self.assertFalse(TrainingClass.objects.exists())

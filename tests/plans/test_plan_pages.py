"""Plans through their pages: entering, the grid, many rows at once, totals that add up."""

from datetime import date

from django.urls import reverse

from cadres.models import AuditEvent
from courses.models import Category, Institution
from tests.factories import make_category, make_institution, make_unit
from tests.plans.planning import LOCAL, PlanTestCase, document, entry
from tests.reports_pages.base import SameQueries
from trainingplans.lib.dates import show, today
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.models import CostNorm, FundingSource, Plan, PlanCost, PlanItem

MILLION = 10**6
HX = {"HX-Request": "true"}


class Pages(PlanTestCase):
    def setUp(self):
        self.client.force_login(self.staff)
        self.central = FundingSource.objects.get(code="NSTW")
        self.local = FundingSource.objects.get(code="NSDP")

    def load(self, *items, **changes):
        return load_plan(document(*items, **changes), by=self.by).plan

    def url(self, name, plan, *more):
        return reverse(f"plans:{name}", args=[plan.pk, *more])

    def cells(self, item, **changes):
        """What a browser sends of a row of the grid."""
        sent = {
            "code": item.code,
            "title": item.title,
            "category": item.category.code if item.category else "",
            "classes": item.classes,
            "learners": item.learners,
            "quarter": item.quarter or "",
            "institution_text": item.institution_text,
            "version": item.version,
        }
        for source in (self.central, self.local):
            total = sum(c.amount for c in item.costs.all() if c.source_id == source.pk)
            sent[f"m{source.pk}"] = f"{total / MILLION:g}".replace(".", ",") if total else ""
        return sent | changes


class GroupTests(Pages):
    """The grid under headings, each with the sums of its rows."""

    def groups(self, *items):
        groups = self.client.get(self.url("plan", self.load(*items))).context["groups"]
        return [(g.label, g.classes, g.learners, g.amount // MILLION) for g in groups]

    def test_the_first_part_of_the_codes_makes_groups_with_the_common_content(self):
        bd = Category.objects.create(code="BD", name="Bồi dưỡng", form="boi_duong")
        Category.objects.filter(code__startswith="BD.").update(parent=bd)
        found = self.groups(
            entry("1.1"),
            entry("1.2"),
            entry("2.1", category="BD.QLNN", classes=1, learners=40),
            entry("2.2", category="BD.CNTT", classes=2, learners=50),
        )
        names = "Nội dung BD.QLNN; Nội dung BD.CNTT"
        expected = [("1. Nội dung BD.TDT", 12, 600, 4000), (f"2. {names}", 3, 90, 4000)]
        self.assertEqual(found, expected)

    def test_without_parted_codes_training_of_both_forms_stands_apart(self):
        make_category("DT.CT", form="dao_tao")
        found = self.groups(entry("1"), entry("2", category="DT.CT"), entry("3.1"))
        self.assertEqual([one[:2] for one in found], [("Bồi dưỡng", 12), ("Đào tạo", 6)])

    def test_saving_a_row_brings_the_new_sums_of_its_group(self):
        make_category("DT.CT", form="dao_tao")
        plan = self.load(entry("1"), entry("2", category="DT.CT"), entry("3"))
        item = plan.items.get(code="1")
        sent = self.cells(item, classes=9)
        page = self.client.post(self.url("item_cells", plan, item.pk), sent, headers=HX)
        self.assertContains(page, f'id="phan-{item.pk}"')
        self.assertContains(page, '<td class="num fixed strong">15</td>')  # 9 and 6


class EnteringTests(Pages):
    def make(self, **changes):
        data = {
            "title": "Kế hoạch năm 2027",
            "number": "",
            "starts_on": "01/01/2027",
            "ends_on": "31/12/2027",
            "bases": "Căn cứ một\n\n Căn cứ  hai",
            "purpose": "",
        }
        return self.client.post(reverse("plans:plan_new"), data | changes)

    def test_a_plan_is_made_with_its_lines_of_bases(self):
        self.assertEqual(self.make().status_code, 302)
        plan = Plan.objects.get()
        self.assertEqual(plan.bases, "Căn cứ một\nCăn cứ hai")
        self.assertEqual((plan.state, plan.unit), ("draft", None))
        self.assertTrue(AuditEvent.objects.filter(act="plan.add", by=self.staff).exists())

    def test_dates_the_wrong_way_round_are_said_and_nothing_is_lost(self):
        page = self.make(ends_on="31/12/2026")
        self.assertContains(page, "Chọn ngày từ 01/01/2027.", status_code=422)
        self.assertContains(page, "Kế hoạch năm 2027", status_code=422)
        self.assertFalse(Plan.objects.exists())

    def test_a_clerk_makes_the_plan_of_the_own_unit(self):
        self.client.force_login(self.clerk)
        self.make(unit=self.south.pk)
        self.assertFalse(Plan.objects.exists())
        self.make(unit=self.north.pk)
        self.assertEqual(Plan.objects.get().unit, self.north)

    def test_an_item_with_costs_of_several_units(self):
        plan = self.load(entry("1"))
        sent = {
            "code": "2",
            "title": "Lớp  mới",
            "category": "BD.QPAN",
            "classes": "2",
            "learners": "60",
            "quarter": "2",
            "institution_text": "Trường lạ",
            "lead_unit": "xã bắc",
            "costs-source": [self.local.pk, self.local.pk, self.central.pk],
            "costs-unit": ["Xã Bắc", "XN", ""],
            "costs-amount": ["1,5 tỷ", "500", ""],
        }
        self.assertEqual(self.client.post(self.url("item_new", plan), sent).status_code, 302)
        item = plan.items.get(code="2")
        self.assertEqual((item.title, item.institution_text), ("Lớp mới", "Trường lạ"))
        self.assertEqual(item.lead_unit, self.north)
        costs = list(item.costs.values_list("source__name", "unit__name", "amount"))
        self.assertEqual(
            costs, [(LOCAL, "Xã Bắc", 1_500 * MILLION), (LOCAL, "Xã Nam", 500 * MILLION)]
        )
        sent["costs-unit"], sent["code"] = ["Xã Lạ", "XN", ""], "3"
        page = self.client.post(self.url("item_new", plan), sent)
        self.assertContains(page, "Dòng kinh phí 1", status_code=422)
        self.assertContains(page, "Xã Lạ", status_code=422)

    def test_numbers_and_quarters_are_read_as_offices_write_them(self):
        plan = self.load(entry("1"))
        sent = {
            "code": "2",
            "title": "A",
            "classes": "2",
            "learners": "1.200",
            "quarter": "Quý III",
        }
        self.client.post(self.url("item_new", plan), sent)
        item = plan.items.get(code="2")
        self.assertEqual((item.learners, item.quarter), (1200, 3))
        sent |= {"code": "3", "classes": "99999999999", "learners": "1,5", "quarter": "5"}
        page = self.client.post(self.url("item_new", plan), sent)
        self.assertEqual(set(page.context["form"].errors), {"classes", "learners", "quarter"})

    def test_a_unit_that_has_ended_is_not_offered(self):
        make_unit("CU", name="Xã Cũ", under=self.top, valid_to=date(2020, 1, 1))
        self.assertNotContains(self.client.get(reverse("plans:plan_new")), "Xã Cũ")
        self.assertNotContains(self.client.get(reverse("plans:target_new")), "Xã Cũ</option>")
        plan = self.load(entry("1"))
        self.assertNotContains(self.client.get(self.url("item_new", plan)), 'value="Xã Cũ"')

    def test_an_item_page_saves_and_tells_of_a_newer_version(self):
        plan = self.load(entry("1"))
        item = plan.items.get()
        sent = {
            "code": "1",
            "title": "Đổi tên",
            "category": "BD.TDT",
            "classes": "6",
            "learners": "300",
            "version": item.version,
            "costs-source": [self.central.pk],
            "costs-unit": ["Sở Nội vụ"],
            "costs-amount": ["2.000"],
        }
        self.assertEqual(self.client.post(self.url("item", plan, item.pk), sent).status_code, 302)
        page = self.client.post(self.url("item", plan, item.pk), sent | {"title": "Tên khác"})
        self.assertContains(page, "Đổi tên", status_code=409)
        self.assertContains(page, "Tên khác", status_code=409)
        self.assertEqual(plan.items.get().title, "Đổi tên")


class GridTests(SameQueries, Pages):
    def setUp(self):
        super().setUp()
        self.plan = self.load(entry("1"), entry("2", title="Văn thư"))
        self.item = self.plan.items.get(code="1")

    def send(self, headers=None, **changes):
        address = self.url("item_cells", self.plan, self.item.pk)
        return self.client.post(address, self.cells(self.item, **changes), headers=headers)

    def test_without_script_a_row_saves_and_the_page_comes_back_at_the_row(self):
        answer = self.send(title="Tiếng Thái", learners="240", **{f"m{self.local.pk}": "612,5"})
        self.assertRedirects(answer, f"{self.url('plan', self.plan)}#dong-{self.item.pk}")
        item = PlanItem.objects.get(pk=self.item.pk)
        self.assertEqual((item.title, item.learners, item.version), ("Tiếng Thái", 240, 2))
        self.assertEqual(item.costs.get(source=self.local).amount, 612_500_000)
        self.assertEqual(item.costs.get(source=self.central).amount, 2_000 * MILLION)

    def test_with_script_only_the_foot_of_the_row_and_the_sums_come(self):
        answer = self.send(HX, **{f"m{self.central.pk}": "1.000"})
        self.assertContains(answer, "Đã lưu")
        self.assertContains(answer, 'name="version" value="2"')
        self.assertContains(answer, "3.000")  # 1.000 and 2.000 of the other row
        self.assertNotContains(answer, "<h1>")
        self.assertLess(len(answer.content), 6_000)

    def test_a_faulty_cell_is_marked_and_keeps_what_was_typed(self):
        page = self.send(learners="nhiều", title="Tên mới")
        self.assertContains(page, 'value="nhiều"', status_code=422)
        self.assertContains(page, ">Tên mới</textarea>", status_code=422)
        self.assertContains(self.send(HX, learners="-1"), "Không được âm.")
        self.assertContains(self.send(HX, category="BD.X"), "Không có nội dung")
        self.assertContains(self.send(HX, code="2"), "Mã 2 đã có trong kế hoạch")
        self.assertEqual(PlanItem.objects.get(pk=self.item.pk).version, 1)

    def test_two_editors_of_a_row_lose_nothing(self):
        self.send(title="Của người thứ nhất")
        page = self.send(title="Của người thứ hai")
        self.assertContains(page, "Của người thứ nhất", status_code=409)
        self.assertContains(page, "Của người thứ hai", status_code=409)
        part = self.send(HX, title="Của người thứ hai")
        self.assertContains(part, "Của người thứ nhất")
        self.assertContains(part, 'name="version" value="2"')
        self.assertEqual(PlanItem.objects.get(pk=self.item.pk).title, "Của người thứ nhất")

    def test_learners_may_not_fall_below_the_seats_given(self):
        self.item.quotas.create(unit=self.north, seats=200)
        self.assertContains(self.send(HX, learners="199"), "Đã phân 200 suất")
        self.assertContains(self.send(HX, learners="200"), "Đã lưu")

    def test_an_amount_of_several_units_is_not_changed_in_the_grid(self):
        PlanCost.objects.create(item=self.item, source=self.central, unit=self.north, amount=5)
        self.send(**{f"m{self.central.pk}": "9", "title": "Khác"})
        amounts = sorted(self.item.costs.values_list("amount", flat=True))
        self.assertEqual(amounts, [5, 2_000 * MILLION])

    def test_a_known_place_becomes_the_institution(self):
        school = make_institution(name="Trường Chính trị tỉnh")
        self.send(institution_text="trường chính trị tỉnh")
        self.assertEqual(PlanItem.objects.get(pk=self.item.pk).institution, school)
        self.assertEqual(Institution.objects.count(), 1)

    def test_a_submitted_plan_takes_no_more_changes(self):
        Plan.objects.filter(pk=self.plan.pk).update(state="submitted")
        self.assertContains(self.send(HX, title="Muộn"), "không sửa được nữa")
        self.assertNotContains(self.client.get(self.url("plan", self.plan)), 'name="title"')

    def test_what_was_typed_while_the_plan_was_submitted_is_refused_and_stays(self):
        Plan.objects.update(state="submitted")
        sent = self.cells(self.item, title="Gõ dở")
        page = self.client.post(self.url("item", self.plan, self.item.pk), sent)
        self.assertContains(page, "đã trình, không sửa được nữa", status_code=422)
        self.assertContains(page, "Gõ dở", status_code=422)
        for name in ("item_new", "plan_copy"):
            answer = self.client.get(self.url(name, self.plan))
            self.assertRedirects(answer, self.url("plan", self.plan))

    def test_rows_are_taken_out_and_brought_back_whole(self):
        self.item.quotas.create(unit=self.north, seats=7)
        self.client.post(self.url("items_delete", self.plan), {"muc": [self.item.pk]})
        self.assertEqual([i.code for i in self.plan.items.all()], ["2"])
        undo = self.client.get(self.url("plan", self.plan)).context["undo"]
        self.client.post(undo["url"])
        item = self.plan.items.get(code="1")
        self.assertEqual([q.seats for q in item.quotas.all()], [7])
        self.assertEqual(item.costs.get().amount, 2_000 * MILLION)

    def test_the_page_takes_no_more_queries_for_more_rows(self):
        def grow():
            for number in range(10, 25):
                self.plan.items.create(code=str(number), title="Thêm")

        self.assert_same_queries(self.staff, self.url("plan", self.plan), grow, at_most=34)

    def test_money_is_shown_in_the_chosen_unit(self):
        page = self.client.get(self.url("plan", self.plan) + "?tien=ty")
        self.assertContains(page, 'placeholder="0" value="2"')
        page = self.client.get(self.url("plan", self.plan) + "?tien=dong")
        self.assertContains(page, 'value="2.000.000.000"')

    def test_what_exceeds_the_norm_of_its_day_is_warned_of(self):
        make_category("BD.TDT")
        CostNorm.objects.create(amount=10 * MILLION, legal_basis="NQ 1")
        CostNorm.objects.create(
            category=self.item.category, amount=6 * MILLION, valid_to="2026-01-01"
        )
        page = self.client.get(self.url("plan", self.plan))
        self.assertNotContains(page, "vượt định mức")  # 6,7 triệu: the stricter norm has ended
        CostNorm.objects.create(category=self.item.category, amount=6 * MILLION)
        page = self.client.get(self.url("plan", self.plan))
        self.assertContains(page, "2 mục vượt định mức.")
        self.assertContains(page, "Mục 1: 6,7\u00a0triệu cho một người học")


class ManyRowsTests(Pages):
    def test_good_rows_are_kept_and_faulty_ones_come_back(self):
        plan = self.load(entry("1"))
        lines = ["STT\tNội dung\tSố lớp\tSố học viên\tTrung ương"]
        lines += [f"{n}\tLớp {n}\t1\t{'x' if n % 10 == 0 else 30}\t1,5" for n in range(2, 102)]
        address, text = self.url("plan_paste", plan), "\n".join(lines)
        page = self.client.post(address, {"rows": text, "look": "1"})
        self.assertContains(page, "Thêm 90 dòng")
        self.assertContains(page, "cell-bad", count=10)
        self.assertEqual(plan.items.count(), 1)
        page = self.client.post(address, {"rows": text, "apply": "1"})
        self.assertEqual(plan.items.count(), 91)
        self.assertContains(page, "10 dòng chưa thêm được")
        left = page.context["form"].initial["rows"].splitlines()
        self.assertEqual(len(left), 11)
        self.assertIn("100\tLớp 100\t1\tx\t1,5", left)
        mended = "\n".join(left).replace("\tx\t", "\t30\t")
        self.client.post(address, {"rows": mended, "apply": "1"})
        self.assertEqual(plan.items.count(), 101)
        money = sum(PlanCost.objects.exclude(item__code="1").values_list("amount", flat=True))
        self.assertEqual(money, 150 * MILLION)

    def test_rows_sent_twice_are_added_once(self):
        plan = self.load(entry("1"))
        token = self.client.get(self.url("plan_paste", plan)).context["form"]["token"].value()
        for _ in range(2):
            sent = {"rows": "2\tLớp hai\t1\t30", "apply": "1", "token": token}
            self.client.post(self.url("plan_paste", plan), sent)
        self.assertEqual(plan.items.count(), 2)

    def test_rows_of_another_plan_are_copied_without_seats(self):
        quotas = [{"unit": "XB", "seats": 9}]
        old = self.load(entry("1", quotas=quotas), entry("2"), number="1/KH")
        new = self.load(entry("2", title="Đã có"), number="2/KH")
        self.client.post(self.url("plan_copy", new), {"tu": old.pk, "muc": ["1", "2"]})
        self.assertEqual([i.title for i in new.items.all()], ["Đã có", "Tiếng Mông cho cán bộ xã"])
        item = new.items.get(code="1")
        self.assertEqual((item.costs.get().amount, item.quotas.count()), (2_000 * MILLION, 0))


class NormTests(Pages):
    def send(self, **changes):
        data = {"category": "", "per": "learner", "amount": "1,6 triệu", "legal_basis": "NQ 5"}
        return self.client.post(reverse("plans:norm_new"), data | changes)

    def test_a_new_norm_ends_the_one_before_on_its_first_day(self):
        self.send(valid_from="01/01/2025")
        self.send(valid_from="01/01/2026", amount="2.000.000")
        told = [(n.amount, show(n.valid_from), show(n.valid_to)) for n in CostNorm.objects.all()]
        self.assertEqual(
            told,
            [(1_600_000, "01/01/2025", "01/01/2026"), (2_000_000, "01/01/2026", "31/12/9999")],
        )

    def test_a_norm_without_an_amount_or_with_days_reversed_is_no_norm(self):
        for bad in ({"amount": ""}, {"valid_from": "02/01/2026", "valid_to": "01/01/2026"}):
            self.assertEqual(self.send(**bad).status_code, 422)
        self.assertFalse(CostNorm.objects.exists())

    def test_a_norm_ends_today_and_stays_for_the_days_before(self):
        self.send(valid_from="01/01/2025")
        norm = CostNorm.objects.get()
        self.client.post(reverse("plans:norm_end", args=[norm.pk]))
        norm.refresh_from_db()
        self.assertEqual(norm.valid_to, today())
        self.client.force_login(self.clerk)
        self.assertEqual(self.client.get(reverse("plans:norms")).status_code, 200)
        self.assertEqual(self.send().status_code, 403)

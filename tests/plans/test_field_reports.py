"""Reports B, C and E of the field, whole, through the pages and in the hands of the roles."""

from django.urls import reverse

from courses.models import TrainingClass
from tests.factories import make_account, make_course, make_official
from tests.plans.planning import CENTRAL, LOCAL, PlanTestCase
from trainingplans.lib.dates import show, today
from trainingplans.plans.models import FundingSource, Plan, Programme

MILLION = 10**6


class Journey(PlanTestCase):
    def make_plan(self, account, *, year=(2026, 2026), **fields):
        """A plan from the form; its row."""
        self.client.force_login(account)
        data = {"starts_on": f"01/01/{year[0]}", "ends_on": f"31/12/{year[1]}"} | fields
        answer = self.client.post(reverse("plans:plan_new"), data)
        self.assertEqual(answer.status_code, 302, getattr(answer, "context", None))
        return Plan.objects.latest("pk")

    def paste(self, plan, *rows):
        """Rows pasted into a plan; all of them are taken."""
        address = reverse("plans:plan_paste", args=[plan.pk])
        self.client.post(address, {"rows": "\n".join(rows), "apply": "1"})

    def move(self, plan, account, code, **data):
        self.client.force_login(account)
        answer = self.client.post(reverse("plans:plan_move", args=[plan.pk, code]), data)
        self.assertEqual(answer.status_code, 302)

    def approve(self, plan, keeper):
        self.move(plan, keeper, "submit")
        signed = {"number": f"{plan.pk}/KH-UBND", "on": show(today()), "signer": "Lò Văn An"}
        self.move(plan, self.leader, "approve", **signed)
        plan.refresh_from_db()
        self.assertEqual(plan.state, "approved")


class ReportETests(Journey):
    def test_money_to_the_department_and_to_six_units_adds_up(self):
        plan = self.make_plan(self.staff, title="Kế hoạch theo Quyết định 124")
        self.paste(
            plan,
            "STT\tNội dung\tSố lớp\tSố học viên\tĐơn vị chủ trì\tĐịa phương",
            "1\tQuản lý nhà nước\t10\t500\tSở Nội vụ\t1.700",
            "2\tQuốc phòng\t8\t450\tSở Nội vụ\t1.300",
            "3\tTin học\t7\t350\tSở Nội vụ\t1.400",
        )
        central = FundingSource.objects.get(code="NSTW").pk
        shares = ["334", "334", "333", "333", "333", "333"]
        languages = {
            "code": "4",
            "title": "Tiếng dân tộc thiểu số",
            "category": "BD.TDT",
            "classes": "6",
            "learners": "297",
            "costs-source": [central] * 6,
            "costs-unit": [f"Huyện {n}" for n in range(1, 7)],
            "costs-amount": shares,
        }
        self.client.post(reverse("plans:item_new", args=[plan.pk]), languages)
        page = self.client.get(reverse("plans:plan", args=[plan.pk]))
        tiles = {tile["label"]: tile["figure"] for tile in page.context["tiles"]}
        self.assertEqual((tiles["Lớp"], tiles["Người học"]), ("31", "1.597"))
        self.assertEqual(tiles["Kinh phí"], "6,4\u00a0tỷ")
        self.assertEqual(tiles["Mỗi người học"], "4\u00a0triệu")  # 4.007.514 đồng
        self.assertEqual(page.context["totals"].per_learner, 4_007_514)
        sources = {row["name"]: row["amount"] for row in page.context["by_source"]}
        self.assertEqual(sources, {CENTRAL: 2_000 * MILLION, LOCAL: 4_400 * MILLION})
        units = {row["name"]: row for row in page.context["by_unit"]}
        self.assertEqual(units["Sở Nội vụ"]["amount"], 4_400 * MILLION)
        self.assertEqual(units["Sở Nội vụ"]["learners"], 1_300)
        districts = [units[f"Huyện {n}"]["amount"] for n in range(1, 7)]
        self.assertEqual((sum(districts), min(districts)), (2_000 * MILLION, 333 * MILLION))
        self.approve(plan, self.staff)


class ReportBTests(Journey):
    def test_unit_plans_stand_under_the_resolution_and_roll_up(self):
        resolution = Programme.objects.create(
            kind="resolution",
            number="15-NQ/HU",
            title="Đào tạo, bồi dưỡng 2021 – 2025",
            starts_on="2021-01-01",
            ends_on="2025-12-31",
        )
        period = self.make_plan(
            self.staff, year=(2021, 2025), title="Kế hoạch 2021–2025", programmes=[resolution.pk]
        )
        self.paste(period, "1\tLý luận chính trị\t2\t56", "2\tQuản lý nhà nước\t3\t89")
        south = make_account("clerk", unit=self.south)
        for clerk, learners in ((self.clerk, 12), (south, 8)):
            own = self.make_plan(
                clerk,
                year=(2023, 2023),
                title=f"Kế hoạch của {clerk.unit}",
                unit=clerk.unit.pk,
                programmes=[resolution.pk],
            )
            self.paste(
                own,
                "STT\tNội dung\tSố lớp\tSố học viên\tĐối tượng\tĐịa phương",
                f"1\tKỹ năng theo vị trí việc làm\t1\t{learners}\tNữ, người dân tộc, quy hoạch\t5",
            )
            self.assertEqual(own.items.get().lead_unit, clerk.unit)
        self.approve(Plan.objects.get(unit=self.north), self.clerk)
        page = self.see(self.staff, reverse("plans:plan_units", args=[period.pk]))
        told = [(one["count"], one["amount"]) for one in page.context["sums"]]
        self.assertEqual(told, [(1, 5 * MILLION), (1, 5 * MILLION)])  # approved, not approved
        self.assertEqual(sum(one["learners"] for one in page.context["sums"]), 20)
        item = Plan.objects.get(unit=self.south).items.get()
        self.assertEqual(item.audience_text, "Nữ, người dân tộc, quy hoạch")
        page = self.see(self.staff, reverse("plans:programme", args=[resolution.pk]))
        self.assertEqual(len(page.context["plans"]), 3)
        page = self.see(
            self.clerk, reverse("plans:plan_units", args=[Plan.objects.get(unit=self.north).pk])
        )
        self.assertEqual(list(page.context["rows"]), [])
        self.see(
            self.clerk, reverse("plans:plan", args=[Plan.objects.get(unit=self.south).pk]), 404
        )


class ReportCTests(Journey):
    def test_from_the_yearly_plan_to_the_seats_that_open_nominations(self):
        for unit, people in ((self.north, 3), (self.south, 1)):
            for _ in range(people):
                make_official(unit)
        plan = self.make_plan(self.staff, title="Kế hoạch năm 2026")
        self.paste(plan, "STT\tNội dung\tNhóm\tSố lớp\tSố học viên", "1\tTin học\tBD.CNTT\t1\t4")
        item = plan.items.get()
        self.client.post(reverse("plans:quotas", args=[plan.pk, item.pk]), {"propose": "1"})
        self.approve(plan, self.staff)
        page = self.see(self.clerk, reverse("plans:plan_quotas", args=[plan.pk]))
        self.assertEqual(
            [(r["unit"], r["sum"]) for r in page.context["sheet"]["rows"]], [(self.north, 3)]
        )
        self.client.force_login(self.staff)
        course = make_course(item.category, name="Tin học cơ bản")
        data = {"title": "Tin học, lớp 1", "course": course.pk, "capacity": "4", "mode": "full"}
        data |= {"with_seats": "on", "starts_on": "02/11/2026", "ends_on": "06/11/2026"}
        self.client.post(reverse("plans:item_class", args=[plan.pk, item.pk]), data)
        run = TrainingClass.objects.get()
        seats = dict(run.seats.values_list("unit__code", "seats"))
        self.assertEqual(seats, {"XB": 3, "XN": 1})
        self.assertFalse(TrainingClass.objects.visible_to(self.clerk).exists())
        TrainingClass.objects.update(state="calling")
        self.assertTrue(TrainingClass.objects.visible_to(self.clerk).exists())
        self.see(self.clerk, reverse("courses:class", args=[run.pk]))

"""The slower parts of the dashboard: forecasts with a trend, the year in turns and money."""

from datetime import date

from courses.models import Form
from tests.factories import make_category, make_class, make_course, make_enrolment, make_level
from tests.reports_pages.base import Province, SameQueries, make_leader, make_target
from trainingplans.plans.models import ClassCost, FundingSource, Plan, PlanCost, PlannedClass

HTMX = {"HX-Request": "true"}
DAY = "ngay=22/11/2026"


class OutlookTests(SameQueries, Province):
    def page(self, account, address="/tong-quan/du-bao/", **headers):
        return self.see(account, f"{address}?{DAY}", **headers)

    def test_rows_carry_the_forecast_of_the_page_of_the_target(self):
        course = make_course(grants_level=make_level("political_theory", "TC"))
        make_enrolment(self.binh, make_class(course, starts=date(2026, 11, 2), state="running"))
        page = self.page(self.leader)
        [row] = page.context["rows"]
        self.assertEqual(round(float(row["forecast"]), 1), 57.1)  # 4 of 7
        self.assertEqual(page.context["worst"].target, self.target)
        self.assertContains(page, "còn thiếu 2 người")  # 6 of 7 are wanted
        self.assertContains(page, "31/12/2027 (dự báo)")

    def test_the_part_and_the_page_say_the_same(self):
        part = self.page(self.leader, **HTMX)
        self.assertNotContains(part, "<html")
        self.assertContains(self.page(self.leader), "<html")

    def test_without_targets_it_is_quiet(self):
        self.target.delete()
        self.assertEqual(self.page(self.leader).context["rows"], [])

    def test_more_people_take_no_more_queries(self):
        self.assert_same_queries(
            self.leader, "/tong-quan/du-bao/", lambda: make_leader(self.south, "SC"), at_most=44
        )

    def test_more_targets_days_and_courses_take_no_more_queries(self):
        """Each target has a deadline and a course of its own, with somebody learning there."""
        numbers = iter(range(1, 9))

        def grow():
            for _ in range(3):
                number = next(numbers)
                level = make_level("political_theory", f"L{number}", 10 + number)
                course = make_course(grants_level=level)
                rule = {"level_at_least": {"ladder": "political_theory", "level": level.code}}
                due = date(2027, number, 28)
                make_target(f"them{number}", attained=rule, due=due, threshold=10)
                days = {"starts": date(2026, 11, 2), "ends": date(2026, 12, number)}
                make_enrolment(self.binh, make_class(course, state="running", **days))

        grow()
        address = f"/tong-quan/du-bao/?{DAY}"
        self.assert_same_queries(self.leader, address, grow, at_most=44)
        rows = {row["name"]: row for row in self.page(self.leader).context["rows"]}
        self.assertEqual(len(rows), 7)
        # Of seven leaders An, Em and Giang hold less than these levels; Bình will hold them.
        self.assertEqual(round(float(rows["Mục tiêu them1"]["forecast"]), 1), 14.3)


class YearTests(Province):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        category = make_category("BD.QLNN", name="Quản lý nhà nước")
        source = FundingSource.objects.create(code="NSDP", name="Ngân sách địa phương")
        plan = Plan.objects.create(
            title="Kế hoạch 2026",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            state="running",
        )
        item = plan.items.create(code="1", title="Lớp A", category=category, learners=4)
        PlanCost.objects.create(item=item, source=source, amount=40_000_000)
        held = make_class(make_course(category), starts=date(2026, 3, 2), state="ended")
        PlannedClass.objects.create(item=item, training_class=held)
        ClassCost.objects.create(training_class=held, source=source, what="Giảng", spent=10_000_000)
        for person in (cls.an, cls.em):
            make_enrolment(person, held, state="finished", outcome="passed", completed=True)
        make_enrolment(cls.hoa, held)

    def page(self, account, query=DAY):
        return self.see(account, f"/tong-quan/nam-nay/?{query}")

    def test_turns_against_seats_and_money_against_result(self):
        page = self.page(self.leader)
        [row] = page.context["rows"]
        self.assertEqual((row.label, row.passed, row.planned), ("Quản lý nhà nước", 2, 4))
        self.assertEqual((row.learnt, row.paid, row.each), (50, 25, 5))
        self.assertEqual(page.context["learning"], 1)
        figures = [tile["figure"] for tile in page.context["tiles"]]
        self.assertEqual(figures, ["2", "2", "0", "2"])
        self.assertEqual(len(Form.choices), 2)
        self.assertContains(page, "theo kế hoạch: 2 trên 4 suất")

    def test_a_past_day_tells_who_was_learning_then(self):
        """The class of 02–11/03: five days before nobody, in its days three, afterwards one."""
        days = ("25/02/2026", "05/03/2026", "01/06/2026")
        pages = [self.page(self.leader, f"ngay={day}") for day in days]
        self.assertEqual([page.context["learning"] for page in pages], [0, 3, 1])
        self.assertContains(pages[1], "Năm 2026 đến 05/03/2026")

    def test_a_unit_sees_its_own_plan_not_that_of_the_province_under_its_name(self):
        page = self.page(self.clerk)
        self.assertEqual(page.context["rows"], [])
        self.assertContains(page, "Chưa có kế hoạch năm 2026 được phê duyệt của Xã Bắc")
        Plan.objects.update(unit=self.north)
        self.assertEqual([row.planned for row in self.page(self.clerk).context["rows"]], [4])

    def test_a_unit_counts_its_own_turns(self):
        self.assertEqual(self.page(self.clerk).context["tiles"][0]["figure"], "1")
        self.assertEqual(self.page(self.leader, f"{DAY}&don_vi=XN").context["learning"], 1)

    def test_a_year_without_a_plan_says_so(self):
        self.assertContains(self.page(self.leader, "ngay=01/06/2025"), "Chưa có kế hoạch năm 2025")

"""Why a target moved, and what it will be: the same numbers as the commands, with names."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from cadres.models import AuditEvent
from tests.factories import make_class, make_course, make_enrolment, make_level
from tests.reports_pages.base import Province, SameQueries, attain_later, make_leader

DAYS = "tu=01/01/2026&den=01/06/2026"


class BridgePageTests(SameQueries, Province):
    def setUp(self):
        attain_later(self.binh, date(2026, 3, 1))
        make_leader(self.south, "TC", "Ly Mới Đến", since=date(2026, 4, 1))

    def page(self, account, query=DAYS, status=200):
        return self.see(account, f"/muc-tieu/llct/vi-sao/?{query}", status)

    def test_each_step_opens_to_as_many_people_as_it_says(self):
        page = self.page(self.staff)
        found = page.context["bridge"]
        self.assertEqual((found.start.attained, found.end.attained), (3, 5))
        self.assertEqual([(s.why, s.attained) for s in found.steps], [
            ("newly_qualified", 1), ("joined", 1),
        ])  # fmt: skip
        for step in found.steps:
            people = self.page(self.staff, f"{DAYS}&buoc={step.why}").context["people"]
            self.assertEqual(people.paginator.count, len(step.people))
        self.assertContains(page, "Quàng Thị Bình")

    def test_a_clerk_sees_the_own_unit_only(self):
        page = self.page(self.clerk)
        self.assertEqual([step.why for step in page.context["bridge"].steps], ["newly_qualified"])
        self.assertNotContains(page, "Ly Mới Đến")

    def test_wrong_days_and_steps(self):
        page = self.page(self.staff, "tu=01/06/2026&den=01/01/2026")
        self.assertContains(page, "Đổi chỗ hai ngày")
        self.page(self.staff, f"{DAYS}&buoc=gi-do", 404)

    def test_without_change_it_says_so(self):
        page = self.page(self.staff, "tu=01/01/2024&den=01/06/2024")
        self.assertContains(page, "không ai vào, ra hay đổi kết quả")

    def test_the_names_export_with_their_reason(self):
        answer = self.page(self.staff, f"{DAYS}&export=xlsx")
        rows = list(load_workbook(BytesIO(answer.content)).active.values)
        self.assertEqual([row[3] for row in rows[1:]], ["Mới đạt", "Mới vào"])
        self.assertEqual(AuditEvent.objects.last().act, "report.export")
        self.page(self.unit_leader, f"{DAYS}&export=xlsx", 403)

    def test_more_people_take_no_more_queries(self):
        def grow():
            for number in range(3):
                make_leader(self.south, "TC", f"Ly Thêm {number}", since=date(2026, 4, 1))

        self.assert_same_queries(self.staff, f"/muc-tieu/llct/vi-sao/?{DAYS}", grow, at_most=24)


class ForecastPageTests(SameQueries, Province):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.course = make_course(
            name="Trung cấp lý luận", grants_level=make_level("political_theory", "TC")
        )
        cls.running = make_class(cls.course, starts=date(2026, 11, 2), state="running")
        make_enrolment(cls.binh, cls.running)

    def page(self, account, query="ngay=22/11/2026", status=200):
        return self.see(account, f"/muc-tieu/llct/du-bao/?{query}", status)

    def test_the_parts_come_to_the_figure_at_the_deadline(self):
        page = self.page(self.staff)
        found = page.context["found"]
        self.assertEqual((found.now.attained, found.at_due.attained), (3, 4))
        self.assertContains(page, "Trung cấp lý luận")
        self.assertContains(page, "chưa có lịch sử, lấy 100 %")

    def test_a_few_seats_are_told_as_part_of_a_class(self):
        # Two of seven more are needed, one is in class: two seats of a class of thirty.
        self.assertContains(self.page(self.staff), "chưa đầy một lớp 30 người")
        self.running.capacity = 1
        self.running.save()
        self.assertContains(self.page(self.staff), "khoảng 2 lớp 1 người")

    def test_supposing_a_class_changes_the_answer_and_nothing_else(self):
        page = self.page(self.staff, "ngay=22/11/2026&suat=2&ti_le=50")
        self.assertEqual(page.context["supposed"]["attained"], 1)
        self.assertContains(page, "Thêm 2 suất")
        alone = self.page(self.staff, "don_vi=T&rieng=1&suat=2")
        self.assertContains(alone, '<input type="hidden" name="rieng" value="1">', count=2)
        again = self.page(self.staff, f"ngay=22/11/2026&suat=30&khoa={self.course.pk}")
        self.assertEqual(again.context["supposed"]["room"], 3)
        self.assertEqual(self.course.classes.count(), 1)

    def test_two_courses_of_one_name_are_told_apart_by_code(self):
        make_course(
            name=self.course.name, code="TC-B", grants_level=make_level("political_theory", "TC")
        )
        page = self.page(self.staff)
        self.assertContains(page, "Trung cấp lý luận (TC-B)", count=2)  # to choose, and its rate

    def test_what_is_typed_wrongly_is_said_beside_the_field(self):
        for typed in ("-4", "0", ""):
            page = self.page(self.staff, f"suat={typed}")
            self.assertIsNone(page.context["supposed"])
            self.assertTrue(page.context["form"].errors["suat"])

    def test_a_clerk_forecasts_the_own_unit(self):
        page = self.page(self.clerk)
        self.assertEqual(page.context["found"].at_due.population, 4)
        self.assertNotContains(page, "Xã Nam")

    def test_units_export(self):
        answer = self.page(self.staff, "ngay=22/11/2026&export=xlsx")
        rows = list(load_workbook(BytesIO(answer.content)).active.values)
        expected = [("XB", "Xã Bắc", 2, 4), ("XN", "Xã Nam", 2, 3)]
        self.assertEqual([row[:4] for row in rows[1:]], expected)
        self.page(self.staff, "export=csv", 404)

    def test_the_page_of_the_target_says_the_same(self):
        page = self.see(self.staff, "/muc-tieu/llct/?ngay=22/11/2026")
        self.assertContains(page, "Dự báo đến hạn")
        [tile] = [t for t in page.context["tiles"] if t["label"] == "Dự báo đến hạn"]
        self.assertEqual(tile["figure"], "57,1")  # 4 of 7

    def test_more_people_take_no_more_queries(self):
        def grow():
            for number in range(3):
                make_enrolment(make_leader(self.south, None, f"Ly {number}"), self.running)

        url = "/muc-tieu/llct/du-bao/?ngay=22/11/2026"
        self.assert_same_queries(self.staff, url, grow, at_most=100)

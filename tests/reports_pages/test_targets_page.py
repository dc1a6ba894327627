"""All targets on one page: figures as the engine counts them, worst first, in scope, by day."""

from datetime import date
from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook

from cadres.models import AuditEvent
from tests.factories import make_unit
from tests.reports_pages.base import (
    DEGREE,
    EVERYBODY,
    Province,
    SameQueries,
    make_leader,
    make_target,
)
from trainingplans.plans.models import Programme

URL = "/muc-tieu/"


class TargetsPageTests(SameQueries, Province):
    def lines(self, account, query=""):
        return self.see(account, URL + query).context["board"].lines

    def figures(self, account, query=""):
        line = self.lines(account, query)[0]
        return (line.population, line.attained, line.unknown, line.missing, line.short_by)

    def test_shows_the_whole_province_to_the_department(self):
        # Seven leaders, three attained, one unknown; 85 % of seven is six people.
        for account in (self.staff, self.leader, self.high):
            self.assertEqual(self.figures(account), (7, 3, 1, 3, 3))

    def test_shows_a_unit_its_own_people_only(self):
        for account in (self.clerk, self.unit_leader):
            self.assertEqual(self.figures(account), (4, 1, 1, 2, 3))

    def test_narrows_to_a_unit_of_the_branch(self):
        self.assertEqual(self.figures(self.staff, "?don_vi=XN"), (3, 2, 0, 1, 1))

    def test_a_unit_outside_the_branch_is_not_found(self):
        self.see(self.clerk, URL + "?don_vi=XN", status=404)
        self.see(self.clerk, URL + "?don_vi=T", status=404)

    def test_roles_without_figures_are_refused(self):
        for account in (self.admin, self.school, self.official):
            self.see(account, URL, status=403)

    def test_answers_for_any_day(self):
        self.assertEqual(self.figures(self.staff, "?ngay=31/12/2019"), (0, 0, 0, 0, 0))
        self.assertEqual(self.figures(self.staff, "?ngay=01/01/2030"), (7, 3, 1, 3, 3))

    def test_a_nonsense_day_is_named_and_today_is_shown(self):
        page = self.see(self.staff, URL + "?ngay=31/02/2026")
        self.assertContains(page, "Ngày 31/02/2026 không có trong lịch")
        self.assertContains(page, "Đang hiện số liệu hôm nay")
        self.assertEqual(page.context["board"].lines[0].population, 7)

    def test_most_people_short_come_first_and_nobody_last(self):
        make_target("du", population=EVERYBODY, attained=EVERYBODY)
        nobody = {"all": [{"in_unit": ["T"]}, {"unit_kind": ["province"]}]}
        make_target("rong", population=nobody, threshold=50)
        make_target("xa", population=EVERYBODY, attained=DEGREE)
        codes = [line.target.code for line in self.lines(self.staff)]
        self.assertEqual(codes, ["xa", "llct", "du", "rong"])

    def test_an_unmet_threshold_is_never_rounded_up_to(self):
        unit = make_unit("XL", under=self.top)
        for level in ("TC", "TC", "SC"):
            make_leader(unit, level)
        self.target.threshold = "66.667"
        self.target.save()
        page = self.see(self.staff, URL + "?don_vi=XL")
        self.assertContains(page, "66,6")
        self.assertContains(page, "Thiếu 1 người")

    def test_nobody_to_count_is_a_dash(self):
        page = self.see(self.staff, URL + "?don_vi=T&rieng=1")
        self.assertContains(page, "Không tính tỉ lệ")
        self.assertIsNone(page.context["board"].lines[0].percent)

    def test_opens_with_a_sentence(self):
        make_target("du", population=EVERYBODY, attained=EVERYBODY)
        page = self.see(self.staff, URL)
        self.assertContains(page, "Một trong hai mục tiêu đã đạt.")
        self.assertContains(page, "còn thiếu 3 người, hạn 31/12/2027")

    def test_a_programme_narrows_to_its_targets_and_those_below(self):
        above = Programme.objects.create(title="Chương trình")
        below = Programme.objects.create(title="Dự án", parent=above)
        make_target("khac")
        self.target.programme = below
        self.target.save()
        lines = self.lines(self.staff, f"?chuong_trinh={above.pk}")
        self.assertEqual([line.target.code for line in lines], ["llct"])
        self.see(self.staff, URL + "?chuong_trinh=999", status=404)
        self.see(self.staff, URL + "?chuong_trinh=x", status=404)

    def test_a_target_of_another_unit_is_not_shown(self):
        make_target("rieng_nam", unit=self.south)
        codes = {line.target.code for line in self.lines(self.clerk)}
        self.assertEqual(codes, {"llct"})
        line = next(x for x in self.lines(self.staff) if x.target.code == "rieng_nam")
        self.assertEqual((line.population, line.attained), (3, 2))

    def test_a_rule_that_cannot_be_read_says_so_and_leaves_the_others(self):
        make_target("hong", population={"in_unit": ["KHONG-CO"]})
        page = self.see(self.staff, URL)
        self.assertContains(page, "Chưa tính được mục tiêu “Mục tiêu hong”")
        self.assertEqual([line.target.code for line in page.context["board"].lines], ["llct"])

    def test_takes_no_more_queries_for_more_targets_units_and_people(self):
        def grow():
            for number in range(4):
                unit = make_unit(f"M{number}", under=self.top)
                make_leader(unit, "TC")
                make_target(f"them{number}")

        self.assert_same_queries(self.staff, URL, grow, at_most=16)
        self.assert_same_queries(self.clerk, URL, lambda: make_target("nua"), at_most=16)

    def test_exports_what_it_shows_and_leaves_a_trace(self):
        answer = self.see(self.staff, URL + "?export=xlsx")
        rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
        self.assertEqual(rows[1][0], "Lý luận chính trị từ trung cấp")
        self.assertEqual(rows[1][2:9], (3, 7, 42.86, 85, 3, 3, 1))
        event = AuditEvent.objects.latest("id")
        self.assertEqual(
            (event.act, event.by, event.label), ("report.export", self.staff, "muc-tieu")
        )

    def test_hostile_parameters_never_break_the_page(self):
        for query in HOSTILE:
            with self.subTest(query=query):
                self.client.force_login(self.staff)
                status = self.client.get(URL + "?" + query).status_code
                self.assertIn(status, (200, 400, 404))

    def test_the_late_date_is_told(self):
        self.target.due = date(2025, 1, 1)
        self.target.save()
        self.assertContains(self.see(self.staff, reverse("reports:targets")), "đã quá")


HOSTILE = [
    "ngay=00/00/0000",
    "ngay=31/12/9999",
    "ngay=01/01/0001",
    "ngay=%F0%9F%98%80",
    "don_vi=%00",
    "don_vi=" + "x" * 500,
    "don_vi=' OR 1=1",
    "rieng=1",
    "chuong_trinh=99999999999999999999999999",
    "chuong_trinh=%D9%A3",
    "export=pdf",
    "ngay=1/1/2026&ngay=2/2/2026",
    "nhom=__class__",
]

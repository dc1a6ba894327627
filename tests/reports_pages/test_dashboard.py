"""The dashboard: sentences, rows, the heat table, what changed; small and constant."""

import gzip
from datetime import date

from django.urls import reverse

from cadres.standings import refresh
from reports.dashboard import end_of_last_month
from tests.factories import make_unit
from tests.reports_pages.base import (
    EVERYBODY,
    Province,
    SameQueries,
    attain_later,
    make_leader,
    make_target,
)

URL = "/tong-quan/"
HEAT = "/tong-quan/don-vi/"
FIRST_VIEW_AT_MOST = 15_000


class DashboardTests(SameQueries, Province):
    def told(self, query):
        changes = self.see(self.leader, URL + query).context["changes"]
        return [(c["sign"], "".join(part["text"] for part in c["parts"])) for c in changes]

    def test_opens_for_those_who_read_figures(self):
        for account in (self.staff, self.leader, self.high, self.clerk, self.unit_leader):
            self.assertContains(self.see(account, URL), "Mục tiêu duy nhất chưa đạt.")
        for account in (self.admin, self.school, self.official):
            self.see(account, URL, 403)
            self.see(account, HEAT, 403)

    def test_says_who_attained_since_the_end_of_last_month(self):
        attain_later(self.binh, date(2025, 6, 10))
        [(sign, words)] = self.told("?ngay=20/06/2025")
        self.assertEqual(sign, "up")
        self.assertEqual(
            words,
            "Lý luận chính trị từ trung cấp: thêm 1 người đạt, từ 42,9\u00a0% nay là 57,1\u00a0%.",
        )

    def test_says_which_target_passed_its_threshold(self):
        self.target.threshold = 57
        self.target.save()
        attain_later(self.binh, date(2025, 6, 10))
        [(sign, words)] = self.told("?ngay=20/06/2025")
        self.assertEqual(sign, "up")
        self.assertIn("vượt ngưỡng: từ 42,9", words)

    def test_says_which_unit_lost_people(self):
        self.em.postings.update(valid_to=date(2025, 6, 5))
        refresh([self.em.pk])
        signs = self.told("?ngay=20/06/2025")
        self.assertEqual(signs[0][0], "down")
        self.assertEqual(
            signs[0][1],
            "Xã Nam bớt 1 người đạt “Lý luận chính trị từ trung cấp”; nay thiếu 1 người.",
        )

    def test_says_nothing_where_nothing_changed(self):
        self.assertContains(
            self.see(self.leader, URL + "?ngay=20/06/2025"), "Không mục tiêu nào thay đổi."
        )

    def test_last_month_ends_before_this_one(self):
        self.assertEqual(end_of_last_month(date(2026, 3, 31)), date(2026, 2, 28))
        self.assertEqual(end_of_last_month(date(2026, 1, 1)), date(2025, 12, 31))

    def test_first_view_is_small_and_leaves_the_heat_table_for_later(self):
        for number in range(10):
            make_target(f"t{number}", population=EVERYBODY)
        for number in range(40):
            make_leader(make_unit(f"H{number}", under=self.top), "SC")
        page = self.see(self.leader, URL)
        self.assertLess(len(gzip.compress(page.content)), FIRST_VIEW_AT_MOST)
        self.assertNotContains(page, "<table")
        self.assertContains(page, f'<a href="{HEAT}')

    def test_the_heat_part_shows_ten_units_and_the_page_all(self):
        for number in range(12):
            make_leader(make_unit(f"H{number}", under=self.top), "SC")
        part = self.see(self.leader, HEAT, **{"HX-Request": "true"})
        self.assertNotContains(part, "<html")
        self.assertEqual(len(part.context["heat"]["rows"]), 11)
        self.assertContains(part, "10 trong 14 đơn vị")
        self.assertEqual(len(self.see(self.leader, HEAT).context["heat"]["rows"]), 15)

    def test_heat_cells_say_the_figures_of_their_unit_worst_first(self):
        make_target("tat_ca", population=EVERYBODY, attained=EVERYBODY)
        rows = self.see(self.leader, HEAT).context["heat"]["rows"]
        self.assertEqual([row["label"] for row in rows], ["Toàn tỉnh", "Xã Bắc", "Xã Nam"])
        self.assertEqual([row["missing"] for row in rows], [3, 3, 1])
        north = next(c for c in rows[1]["cells"] if c["missing"])
        self.assertEqual(float(north["percent"]), 25.0)
        people = self.see(self.leader, north["url"].split("#")[0]).context["people"]
        self.assertEqual(people.paginator.count, 2)

    def test_a_clerk_sees_the_own_units_only(self):
        rows = self.see(self.clerk, HEAT).context["heat"]["rows"]
        self.assertEqual([row["label"] for row in rows], ["Xã Bắc"])
        self.assertNotContains(self.see(self.clerk, URL), "Xã Nam")

    def test_takes_no_more_queries_for_more_targets_units_and_people(self):
        numbers = iter(range(1000))

        def grow():
            for _ in range(4):
                number = next(numbers)
                make_leader(make_unit(f"G{number}", under=self.top), "SC")
                make_target(f"g{number}")

        for account in (self.leader, self.clerk):
            for address in (URL, HEAT):
                with self.subTest(account=account.username, address=address):
                    self.assert_same_queries(account, address, grow, at_most=26)

    def test_without_targets_it_says_what_is_to_come(self):
        self.target.delete()
        self.assertContains(self.see(self.leader, URL), "Chưa có mục tiêu nào")
        self.see(self.leader, HEAT)

    def test_a_broken_target_does_not_take_the_others_down(self):
        make_target("hong", population={"in_unit": ["KHONG-CO"]})
        self.assertContains(self.see(self.leader, URL), "Chưa tính được mục tiêu")
        self.see(self.leader, HEAT)

    def test_rows_are_links_to_their_target(self):
        url = reverse("reports:target", args=[self.target.pk])
        self.assertContains(self.see(self.leader, URL), f'href="{url}"')

    def test_hostile_parameters_never_break_the_page(self):
        self.client.force_login(self.leader)
        for query in (
            "ngay=01/01/1900",
            "ngay=31/12/2100",
            "ngay=x",
            "don_vi=zz",
            "don_vi=XB&rieng=",
        ):
            for address in (URL, HEAT):
                with self.subTest(query=query, address=address):
                    status = self.client.get(f"{address}?{query}").status_code
                    self.assertIn(status, (200, 404))

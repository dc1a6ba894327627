"""One target: its figures, its units, the names behind each number, its exports."""

from datetime import date
from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook

from cadres.models import AuditEvent
from tests.factories import make_account, make_official, make_posting, make_unit
from tests.reports_pages.base import Province, SameQueries, attain_later, make_leader, make_target


class TargetPageTests(SameQueries, Province):
    def page(self, account, query="", status=200):
        return self.see(account, f"/muc-tieu/llct/{query}", status)

    def names(self, account, query):
        page = self.page(account, query)
        return [person.official.full_name for person in page.context["people"]]

    def test_opens_by_code_and_by_number(self):
        self.page(self.staff)
        self.see(self.staff, reverse("reports:target", args=[self.target.pk]))
        self.see(self.staff, "/muc-tieu/khong-co/", 404)
        self.see(self.staff, "/muc-tieu/999999/", 404)

    def test_each_list_is_as_long_as_its_figure(self):
        for account, query in [(self.staff, ""), (self.clerk, ""), (self.staff, "don_vi=XN")]:
            line = self.page(account, f"?{query}").context["line"]
            for group in ("missing", "attained", "unknown", "population"):
                with self.subTest(account=account.username, query=query, group=group):
                    page = self.page(account, f"?{query}&nhom={group}")
                    count = page.context["people"].paginator.count
                    self.assertEqual(count, getattr(line, group))

    def test_more_people_needed_than_are_missing_are_sought_among_the_unknown_too(self):
        self.target.threshold = 100  # 3 of 7 have it, 3 have not, of 1 nothing is known
        self.target.save()
        page = self.page(self.staff)
        self.assertContains(page, "mới đạt ngưỡng, trong số 1 người chưa rõ và")
        self.assertContains(page, "3 người chưa đạt</a>")

    def test_names_follow_the_vietnamese_order_of_given_names(self):
        names = self.names(self.staff, "?nhom=population")
        self.assertEqual(
            names,
            [
                "Lò Văn An",
                "Quàng Thị Bình",
                "Vàng A Cường",
                "Giàng A Dũng",
                "Lò Thị Ém",
                "Tẩn Mẩy Giang",
                "Sùng Thị Hoa",
            ],
        )

    def test_groups_hold_the_right_people(self):
        self.assertEqual(
            self.names(self.staff, "?nhom=missing"),
            ["Quàng Thị Bình", "Giàng A Dũng", "Sùng Thị Hoa"],
        )
        self.assertEqual(self.names(self.staff, "?nhom=unknown"), ["Vàng A Cường"])

    def test_not_trained_and_not_recorded_are_told_apart(self):
        page = self.page(self.staff, "?nhom=population")
        held = {p.official.full_name: p.held for p in page.context["people"]}
        self.assertEqual(held["Giàng A Dũng"], "CDT")
        self.assertEqual(held["Vàng A Cường"], "chưa rõ")
        self.assertEqual(held["Lò Văn An"], "TC")

    def test_each_name_leads_to_the_record(self):
        page = self.page(self.clerk, "?nhom=attained")
        self.assertContains(page, reverse("cadres:official", args=[self.an.pk]))

    def test_a_clerk_never_meets_another_unit(self):
        page = self.page(self.clerk, "?nhom=population")
        for name in ("Lò Thị Ém", "Tẩn Mẩy Giang", "Xã Nam"):
            self.assertNotContains(page, name)
        self.page(self.clerk, "?don_vi=XN", 404)

    def test_who_left_the_branch_is_counted_then_but_not_opened_now(self):
        mover = make_leader(self.north, "SC", "Lý Đi Xa", until=date(2024, 1, 1))
        make_posting(mover, self.south, since=date(2024, 1, 1))
        page = self.page(self.clerk, "?ngay=01/06/2023&nhom=missing")
        self.assertContains(page, "Lý Đi Xa")
        self.assertNotContains(page, reverse("cadres:official", args=[mover.pk]))

    def test_units_are_shown_worst_first_with_links_to_their_people(self):
        units = self.page(self.staff).context["units"]
        self.assertEqual([u.unit.code for u in units], ["XB", "XN"])
        for unit in units:
            for group, url in unit.people_urls.items():
                people = self.see(self.staff, url.split("#")[0]).context["people"]
                self.assertEqual(people.paginator.count, getattr(unit, group), (unit, group))

    def test_a_unit_with_others_below_counts_its_own_people_in_its_row(self):
        office = make_unit("VP", name="Văn phòng xã", under=self.north)
        make_leader(office, "SC")
        units = {u.unit.code: u for u in self.page(self.staff).context["units"]}
        self.assertEqual(units["XB"].population, 4)
        url = units["XB"].people_urls["population"].split("#")[0]
        self.assertEqual(self.see(self.staff, url).context["people"].paginator.count, 4)

    def test_another_day_gives_that_day(self):
        attain_later(self.binh, date(2025, 6, 1))
        for day, attained in (("31/05/2025", 3), ("01/06/2025", 4)):
            self.assertEqual(
                self.page(self.staff, f"?ngay={day}").context["line"].attained, attained
            )

    def test_numbers_carry_the_day_and_unit_to_the_names(self):
        page = self.page(self.staff, "?ngay=01/06/2025&don_vi=XB")
        self.assertContains(page, "ngay=01%2F06%2F2025&amp;don_vi=XB&amp;nhom=missing#nguoi")

    def test_the_definition_is_told_in_words(self):
        page = self.page(self.staff)
        self.assertContains(page, "Giữ chức vụ lãnh đạo, quản lý; ở xã, phường")
        self.assertContains(page, "KH 01")
        self.assertContains(page, "31/12/2027")

    def test_exports_the_names_behind_a_number(self):
        answer = self.page(self.staff, "?nhom=missing&export=xlsx")
        rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
        self.assertEqual([row[1] for row in rows[1:]], self.names(self.staff, "?nhom=missing"))
        event = AuditEvent.objects.latest("id")
        self.assertEqual(
            (event.act, event.detail["group"], event.detail["rows"]),
            ("report.export", "missing", 3),
        )

    def test_exports_figures_by_unit(self):
        answer = self.page(self.high, "?gi=don-vi&export=xlsx")
        rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
        self.assertEqual(
            [row[:4] for row in rows[1:]], [("XB", "Xã Bắc", 1, 4), ("XN", "Xã Nam", 2, 3)]
        )

    def test_names_are_exported_only_by_who_may_export_officials(self):
        self.page(self.leader, "?nhom=missing&export=xlsx")
        self.page(self.high, "?nhom=missing&export=xlsx", 403)
        self.page(self.unit_leader, "?nhom=missing&export=xlsx", 403)

    def test_roles_without_figures_are_refused(self):
        for account in (self.admin, self.school, self.official):
            self.page(account, "", 403)
            self.see(account, "/muc-tieu/llct/don-vi/", 403)

    def test_a_target_of_another_unit_is_not_found(self):
        make_target("nam", unit=self.south)
        self.see(self.clerk, "/muc-tieu/nam/", 404)
        self.see(make_account("clerk", unit=self.south), "/muc-tieu/nam/")

    def test_a_rule_that_cannot_be_read_is_named(self):
        make_target("hong", population={"in_unit": ["KHONG-CO"]})
        self.assertContains(self.see(self.staff, "/muc-tieu/hong/"), "KHONG-CO")
        self.see(self.staff, "/muc-tieu/hong/don-vi/", 404)

    def test_takes_no_more_queries_for_more_units_and_people(self):
        url = reverse("reports:target", args=[self.target.pk])
        for account in (self.staff, self.clerk):
            with self.subTest(account=account.username):

                def grow(name=account.username):
                    for number in range(5):
                        make_leader(self.north, "SC")
                        unit = make_unit(f"{name}{number}", under=self.top)
                        make_leader(unit, "SC")

                self.assert_same_queries(account, url, grow, at_most=55)

    def test_hostile_parameters_never_break_the_page(self):
        self.client.force_login(self.staff)
        hostile = [
            "page=-1",
            "page=x",
            "page=999999999999",
            "nhom=;drop",
            "export=xlsx&gi=zz",
            "export=csv",
            "ngay=99/99/9999",
            "don_vi=%EF%BF%BF",
            "rieng=1&don_vi=",
        ]
        for query in hostile:
            with self.subTest(query=query):
                status = self.client.get(f"/muc-tieu/llct/?{query}").status_code
                self.assertIn(status, (200, 404))

    def test_people_without_a_target_on_a_ladder_have_no_levels_shown(self):
        make_official(self.south, full_name="Người Thường", gender="nu")
        make_target("nu", population={"all": []}, attained={"gender": "nu"})
        page = self.see(self.staff, "/muc-tieu/nu/?nhom=attained")
        self.assertEqual([p.held for p in page.context["people"]], [""])

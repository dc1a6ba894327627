"""The pivots of people and of lượt: cells sum, open to as many rows as they say, and export."""

from datetime import date
from io import BytesIO

from hypothesis import given, settings
from hypothesis.extra.django import SimpleTestCase
from hypothesis.strategies import integers, lists
from openpyxl import load_workbook

from cadres.models import Official
from cadres.standings import refresh
from reports.hiding import hidden_cells
from tests.factories import make_category, make_enrolment, make_group, make_unit
from tests.reports_pages.base import Province, SameQueries, make_leader

DAYS = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 11), "completed": True}


def sheet(answer):
    """The rows of the first sheet of a download."""
    return list(load_workbook(BytesIO(answer.content)).worksheets[0].values)


class HidingTests(SimpleTestCase):
    """What is hidden of any table."""

    @given(lists(lists(integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=4))
    @settings(max_examples=40, deadline=None)
    def test_each_sum_has_two_unknowns_or_none(self, cells):
        rows, columns = range(len(cells)), range(3)

        def number(row, column):
            chosen = cells if row is None else [cells[row]]
            return sum(sum(line) if column is None else line[column] for line in chosen)

        hidden = hidden_cells(list(rows), list(columns), number, 5)
        for row in [*rows, None]:
            for column in [*columns, None]:
                if 0 < number(row, column) < 5:
                    self.assertIn((row, column), hidden)
        across = [([(row, c) for c in columns], (row, None)) for row in [*rows, None]]
        down = [([(r, column) for r in rows], (None, column)) for column in [*columns, None]]
        for parts, total in across + down:
            unseen = [cell for cell in parts if cell in hidden]
            if total in hidden:
                self.assertTrue(unseen)
            elif unseen:
                self.assertGreater(len(unseen), 1)
                self.assertGreaterEqual(sum(number(*cell) for cell in unseen), 5)


class StructurePageTests(SameQueries, Province):
    def page(self, account, query="", status=200):
        return self.see(account, f"/co-cau/?{query}", status)

    def table(self, account, query=""):
        """{row: [cells]} of the pivot."""
        rows = self.page(account, query).context["rows"]
        return {row["label"]: [cell["text"] for cell in row["cells"]] for row in rows}

    def test_rows_by_columns_with_both_sums_and_the_unknown(self):
        table = self.table(self.staff, "hang=political_theory&cot=unit")
        self.assertEqual(
            table,
            {
                "CC": ["0", "1", "1"],
                "TC": ["1", "1", "2"],
                "SC": ["1", "2", "3"],
                "CDT": ["1", "0", "1"],
                "chưa rõ": ["1", "0", "1"],
                "Cộng": ["4", "4", "8"],
            },
        )

    def test_each_cell_opens_to_as_many_people(self):
        for row in self.page(self.staff, "hang=political_theory&cot=unit").context["rows"]:
            for cell in row["cells"]:
                if cell["url"]:
                    people = self.see(self.staff, cell["url"]).context["people"]
                    self.assertEqual(people.paginator.count, cell["number"], cell["url"])

    def test_tiles_and_breakdowns_open_to_as_many_people(self):
        self.an.gender = "nu"
        self.an.save()
        refresh([self.an.pk])
        page = self.page(self.staff, "don_vi=XB")
        told = [(tile["figure"], tile["url"]) for tile in page.context["tiles"] if "url" in tile]
        for part in page.context["breakdowns"]:
            told += [(str(row["number"]), row["url"]) for row in part["rows"] if row["url"]]
        self.assertEqual(len(told), 10)  # a tile; theory 4; kind, age, group, degree, state 1 each
        for number, url in told:
            people = self.see(self.staff, url).context["people"]
            self.assertEqual(str(people.paginator.count), number, url)

    def test_shares_of_the_row_and_of_all(self):
        row = self.table(self.staff, "hang=unit&cot=leadership&so_do=theo-hang")["Xã Nam"]
        self.assertEqual(row, ["75,0\xa0%", "25,0\xa0%", "100,0\xa0%"])
        whole = self.table(self.staff, "hang=unit&so_do=theo-tong")["Xã Nam"]
        self.assertEqual(whole, ["50,0\xa0%"])

    def test_filters_and_days_narrow(self):
        self.assertEqual(self.table(self.staff, "hang=unit&loai=CB")["Cộng"], ["0"])
        self.assertEqual(self.table(self.staff, "hang=unit&don_vi=XB")["Cộng"], ["4"])
        self.assertEqual(self.table(self.staff, "hang=unit&ngay=31/12/2019")["Cộng"], ["0"])
        self.page(self.staff, "hang=gi-do", 404)

    def test_a_column_that_the_table_does_not_have_is_no_page(self):
        self.see(self.staff, "/co-cau/nguoi/?hang=gender&cot=&o_cot=nu", 404)

    def test_a_clerk_sees_the_own_unit_and_no_small_groups(self):
        self.an.ethnic_group = make_group("Thái")
        self.an.save()
        refresh([self.an.pk])
        page = self.page(self.clerk, "hang=ethnic_group&cot=")
        cells = [row["cells"][0] for row in page.context["rows"]]
        self.assertEqual([(c["text"], c["url"]) for c in cells], [("dưới 5", "")] * 3)
        self.assertNotContains(page, "Xã Nam")
        self.assertEqual(self.table(self.staff, "hang=ethnic_group&cot=")["Thái"], ["1"])

    def test_what_is_hidden_cannot_be_worked_out_from_the_sums(self):
        """Six Kinh and two Thái: with both sums shown, hiding the two alone would tell them."""
        kinh, thai = make_group("Kinh"), make_group("Thái")
        for number, person in enumerate(Official.objects.order_by("pk")):
            person.ethnic_group = thai if number < 2 else kinh
            person.save()
        refresh(Official.objects.values_list("pk", flat=True))
        table = self.table(self.high, "hang=ethnic_group&cot=")
        self.assertEqual(table, {"Kinh": ["không hiện"], "Thái": ["dưới 5"], "Cộng": ["8"]})
        self.assertEqual(self.table(self.staff, "hang=ethnic_group&cot=")["Thái"], ["2"])
        shares = self.table(self.high, "hang=ethnic_group&cot=gender&so_do=theo-hang")
        self.assertEqual(shares["Kinh"], ["không hiện", "không hiện"])

    def test_the_export_is_the_table(self):
        answer = self.page(self.staff, "hang=political_theory&cot=unit&export=xlsx")
        self.assertEqual(sheet(answer)[0], ("Lý luận chính trị", "Xã Bắc", "Xã Nam", "Cộng"))
        self.assertEqual(sheet(answer)[-1], ("Cộng", 4, 4, 8))
        query = "hang=unit&cot=&o_hang=Xã Bắc&export=xlsx"
        names = self.see(self.staff, f"/co-cau/nguoi/?{query}")
        self.assertEqual(len(sheet(names)), 5)
        self.see(self.high, f"/co-cau/nguoi/?{query}", 403)

    def test_more_people_take_no_more_queries(self):
        def grow():
            make_leader(self.south, "SC")

        self.assert_same_queries(self.staff, "/co-cau/?hang=unit", grow, at_most=28)


class TurnsPageTests(SameQueries, Province):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.theory = make_category("DT.LLCT", form="dao_tao", name="Lý luận")
        cls.skills = make_category("BD.KN", name="Kỹ năng")
        for person in (cls.an, cls.binh, cls.em):
            make_enrolment(person, category=cls.skills, **DAYS)
        make_enrolment(cls.an, category=cls.theory, **DAYS | {"ends_on": date(2026, 5, 4)})
        make_enrolment(cls.an, **DAYS)  # nobody told the content
        make_enrolment(cls.hoa, category=cls.skills, **DAYS | {"completed": False})

    def page(self, account, query="", status=200):
        days = "tu=01/01/2026&den=30/06/2026"
        return self.see(account, f"/luot-nguoi/?{days}&{query}", status)

    def table(self, account, query=""):
        rows = self.page(account, query).context["rows"]
        return {r["label"]: [(c["turns"], c["people"]) for c in r["cells"]] for r in rows}

    def test_turns_and_people_by_content_and_form(self):
        self.assertEqual(
            self.table(self.staff),
            {
                "Kỹ năng": [(0, 0), (3, 3), (0, 0), (3, 3)],
                "Lý luận": [(1, 1), (0, 0), (0, 0), (1, 1)],
                "Chưa rõ": [(0, 0), (0, 0), (1, 1), (1, 1)],
                "Cộng": [(1, 1), (3, 3), (1, 1), (5, 3)],
            },
        )
        self.assertContains(self.page(self.staff), "mỗi người chỉ tính một lần")

    def test_quarters_sum_to_the_period(self):
        table = self.table(self.staff, "hang=unit&cot=quy")
        self.assertEqual(table["Xã Bắc"], [(3, 2), (1, 1), (4, 2)])
        self.assertEqual(table["Cộng"], [(4, 3), (1, 1), (5, 3)])

    def test_each_cell_opens_to_as_many_turns_and_people(self):
        long = "hang=unit&cot=quy&tu=01/01/2010&den=31/12/2026"
        self.assertIn("Năm 2010–2015", self.page(self.staff, long).context["columns"])
        self.assertEqual(len(self.page(self.staff, long).context["columns"]), 12)
        for query in ("", "hang=unit&cot=quy", long, "hang=staff_kind&cot="):
            for row in self.page(self.staff, query).context["rows"]:
                for cell in row["cells"]:
                    if cell["url"]:
                        page = self.see(self.staff, cell["url"])
                        found = page.context["lessons"].paginator.count, page.context["people"]
                        self.assertEqual(found, (cell["turns"], cell["people"]), cell["url"])

    def test_a_clerk_counts_the_own_people(self):
        self.assertEqual(self.table(self.clerk)["Cộng"][-1], (4, 2))

    def test_a_unit_alone_counts_what_the_year_counts(self):
        office = make_unit("XB1", name="Tổ Một", under=self.north)
        make_enrolment(make_leader(office), category=self.skills, **DAYS)
        counted = {}
        for query in ("don_vi=XB", "don_vi=XB&rieng=1"):
            year = self.see(self.staff, f"/tong-quan/nam-nay/?ngay=30/06/2026&{query}")
            [shown] = [tile["figure"] for tile in year.context["tiles"][:1]]
            linked = self.see(self.staff, year.context["turns_url"])
            told = linked.context["tiles"][0]["figure"]
            self.assertEqual(shown, told)
            counted[query] = told
        self.assertEqual(counted, {"don_vi=XB": "5", "don_vi=XB&rieng=1": "4"})
        form = self.see(self.staff, "/bieu-mau/bm02/?don_vi=XB&rieng=1")
        self.assertNotContains(form, "không tính đơn vị bên dưới")

    def test_an_official_is_told_that_the_turns_are_the_own_ones(self):
        page = self.page(self.official)
        self.assertContains(page, "Lò Văn An, từ 01/01/2026")
        self.assertNotContains(page, "Xã Bắc, từ")

    def test_exports_and_wrong_questions(self):
        rows = sheet(self.page(self.staff, "export=xlsx"))
        self.assertEqual(rows[-1], ("Cộng", 1, 1, 3, 3, 1, 1, 5, 3))
        listed = self.see(self.staff, "/luot-nguoi/tung-luot/?tu=01/01/2026&export=xlsx")
        self.assertEqual(len(sheet(listed)), 6)
        self.page(self.staff, "hang=gi-do", 404)
        self.see(self.staff, "/luot-nguoi/tung-luot/?o_cot=gi-do", 404)

    def test_a_content_tells_what_it_belongs_to(self):
        defence = make_category("BD.QP", name="Quốc phòng", parent=make_category("BD"))
        fourth = make_category("BD.QP.4", name="Đối tượng 4", parent=defence)
        make_enrolment(self.em, category=fourth, **DAYS)
        self.assertContains(self.page(self.staff), "Quốc phòng</span>")
        rows = sheet(self.page(self.staff, "export=xlsx"))
        self.assertIn("Đối tượng 4 (Quốc phòng)", [row[0] for row in rows])

    def test_more_turns_take_no_more_queries(self):
        def grow():
            make_enrolment(self.giang, category=self.skills, **DAYS)

        url = "/luot-nguoi/?tu=01/01/2026&den=30/06/2026"
        self.assert_same_queries(self.staff, url, grow, at_most=24)

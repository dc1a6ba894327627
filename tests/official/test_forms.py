"""Official forms: the original header grid, exact numbers, each opens to what it counts."""

from datetime import date
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import SimpleTestCase, TestCase
from openpyxl import load_workbook

from courses.models import Category
from reports.frozen import verified
from reports.models import FormMapping, Snapshot
from reports.official.grid import depth
from reports.official.mapping import columns_by_category
from reports.official.registry import FORMS
from tests.factories import (
    make_account,
    make_class,
    make_course,
    make_enrolment,
    make_official,
    make_unit,
)

ON = date(2026, 6, 30)
PERIOD = "tu=01/01/2026&den=30/06/2026"
MARCH = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 11), "completed": True}


class FormTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_catalogues", verbosity=0)
        cls.top = make_unit("T", name="UBND tỉnh", kind="province")
        cls.office = make_unit("S", name="Sở Một", kind="department", under=cls.top)
        cls.commune = make_unit("X", name="Xã Một", under=cls.top)
        cls.staff = make_account("staff")

    def category(self, code):
        return Category.objects.get(code=code)

    def see(self, address, status=200, account=None):
        self.client.force_login(account or self.staff)
        answer = self.client.get(address)
        self.assertEqual(answer.status_code, status, address)
        return answer

    def numbers(self, code, query=PERIOD):
        """{first texts of a line: {place of the column: text}} of what is not 0."""
        lines = self.see(f"/bieu-mau/{code}/?{query}").context["lines"]
        return {
            " ".join(filter(None, line["lead"])): {
                place: cell["text"]
                for place, cell in enumerate(line["cells"])
                if cell["text"] not in ("", "0")
            }
            for line in lines
        }

    def opens(self, code, query=PERIOD):
        """Each number leads to as many lines as it says."""
        number = 0
        for line in self.see(f"/bieu-mau/{code}/?{query}").context["lines"]:
            for cell in line["cells"]:
                if cell["url"]:
                    found = self.see(cell["url"]).context["facts"].paginator.count
                    self.assertEqual(str(found), cell["text"], cell["url"])
                    number += 1
        self.assertGreater(number, 5)


class FormOneTests(FormTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        theory, skills = (Category.objects.get(code=c) for c in ("DT.CT.TC", "BD.VTVL.VTLT"))
        head = make_official(cls.office, staff_kind="CC", leadership=True)
        clerk = make_official(cls.commune, staff_kind="CC", gender="nu")
        chair = make_official(cls.commune, staff_kind="CB", leadership=True)
        make_enrolment(head, category=theory, leadership=True, rank_code="01.002", **MARCH)
        make_enrolment(clerk, category=skills, **MARCH)
        make_enrolment(clerk, category=theory, **MARCH)
        make_enrolment(chair, **MARCH | {"starts_on": date(2026, 1, 5)})  # content not told
        make_enrolment(chair, category=skills, **MARCH | {"starts_on": date(2025, 12, 1)})

    def test_lines_columns_and_sums(self):
        # Columns: D E F(2: trung cấp) … R(14) … U(17: khác) … Y(21: tổng) Z AA(23: nữ)
        found = self.numbers("mau-1")
        self.assertEqual(found["Cấp sở & tương đương"], {2: "1", 21: "1"})
        self.assertEqual(found["Chuyên viên chính"], {2: "1", 21: "1"})
        self.assertEqual(found["Công chức cấp xã"], {2: "1", 14: "1", 21: "2", 23: "2"})
        cadres = next(text for lead, text in found.items() if "Cán bộ chuyên trách" in lead)
        self.assertEqual(cadres, {17: "1", 21: "1"})
        # what began before the period is not counted
        self.assertEqual(found["Cộng"], {2: "2", 14: "1", 17: "1", 21: "4", 23: "2"})

    def test_each_number_opens(self):
        self.opens("mau-1")

    def test_the_workbook_has_the_original_grid_and_the_numbers_of_the_screen(self):
        answer = self.see(f"/bieu-mau/mau-1/?{PERIOD}&export=xlsx")
        sheet = load_workbook(BytesIO(answer.content)).active
        merged = {str(area) for area in sheet.merged_cells.ranges}
        self.assertLessEqual({"A6:A7", "B6:C7", "D6:G6", "R6:U6", "Z6:AA6"}, merged)
        self.assertEqual((sheet["D7"].value, sheet["AA7"].value), ("Cử nhân", "Nữ"))
        last = [cell.value for cell in sheet[24]]
        self.assertEqual((last[1], last[5], last[24], last[26]), ("Cộng", 2, 4, 2))
        self.assertEqual(sheet["A5"].value[:40], "Từ ngày 01/01/2026 đến ngày 30/06/2026; ")

    def test_which_content_counts_where_is_data_with_dates(self):
        skills = self.category("BD.VTVL")
        FormMapping.objects.filter(form="mau-1", category=skills).update(valid_to=date(2026, 1, 1))
        FormMapping.objects.create(
            form="mau-1", column="S", category=skills, valid_from=date(2026, 1, 1)
        )
        self.assertEqual(self.numbers("mau-1")["Cộng"][15], "1")
        before, now = (columns_by_category("mau-1", on) for on in (date(2025, 6, 1), ON))
        inner = self.category("BD.VTVL.VTLT").pk
        self.assertEqual((before[inner], now[inner]), ("R", "S"))

    def test_loading_again_keeps_what_staff_changed(self):
        FormMapping.objects.filter(form="mau-1", column="X").delete()
        call_command("load_catalogues", verbosity=0)
        self.assertFalse(FormMapping.objects.filter(form="mau-1", column="X").exists())


class MappingTests(FormTestCase):
    """What the administrator puts under columns: a wrong place would lose the lượt."""

    def problems(self, **fields):
        row = FormMapping(**{"form": "mau-1", "column": "S", "valid_from": ON, **fields})
        with self.assertRaises(ValidationError) as caught:
            row.full_clean()
        return caught.exception.message_dict

    def test_a_place_that_the_form_does_not_have_is_refused(self):
        skills = self.category("BD.VTVL")
        self.assertIn("Các biểu", self.problems(form="bm02", category=skills)["form"][0])
        for form, column in (("mau-1", "Y"), ("mau-1", "ZZ"), ("bieu-10", "S")):
            told = self.problems(form=form, column=column, category=skills)
            self.assertIn("không có cột", told["column"][0])

    def test_a_content_has_one_place_on_a_day(self):
        skills = self.category("BD.VTVL")
        self.assertIn("đã ở cột R", self.problems(category=skills)["category"][0])
        FormMapping.objects.filter(form="mau-1", category=skills).update(valid_to=ON)
        FormMapping(form="mau-1", column="S", category=skills, valid_from=ON).full_clean()

    def test_all_defaults_are_such_places(self):
        for row in FormMapping.objects.all():
            row.full_clean()


class FormTenTests(FormTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        theory = Category.objects.get(code="DT.CT.TC")
        held = make_class(make_course(theory), organiser=cls.office, mode="part", state="ended")
        done = {"state": "finished", "outcome": "passed", "completed": True}
        for unit, leads in ((cls.office, True), (cls.office, False), (cls.commune, True)):
            person = make_official(unit)
            make_enrolment(person, held, leadership=leads, **done)
        make_enrolment(person, category=Category.objects.get(code="BD.QPAN.3"), **MARCH)
        make_enrolment(person, category=Category.objects.get(code="BD.QPAN.4"), **MARCH)

    def test_people_by_level_and_classes(self):
        found = self.numbers("bieu-10")
        whole = {0: "3", 1: "2", 2: "1", 5: "1", 6: "1", 7: "1"}
        for line in ("I Đào tạo", "2 Đào tạo chính trị", "- Trung cấp LLCT"):
            self.assertEqual(found[line], whole, line)
        self.assertEqual(found["8 Quốc phòng - An ninh"], {0: "1", 5: "1"})  # one person, two turns
        self.assertEqual(found["- Đối tượng 3"], {0: "1", 5: "1"})
        self.assertEqual(found["1 Đào tạo chuyên môn"], {})

    def test_each_number_opens_and_three_is_four_six_and_eight(self):
        self.opens("bieu-10")
        for cells in self.numbers("bieu-10").values():
            parts = [int(cells.get(place, 0)) for place in (1, 3, 5)]
            self.assertEqual(int(cells.get(0, 0)), sum(parts))

    def test_the_header_has_the_four_rows_of_the_original(self):
        cells = FORMS["bieu-10"].header()
        self.assertEqual(depth(cells), 4)
        places = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in cells}
        self.assertEqual(places["Cấp tỉnh"], (1, 3, 1, 2))
        self.assertEqual(places["Cấp xã"], (1, 7, 2, 1))
        self.assertEqual(places["3=4+6+8"], (3, 2, 1, 1))


class QualityFormTests(FormTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_official(
            cls.commune,
            staff_kind="CB",
            gender="nu",
            party_member=True,
            birth_date=date(1973, 5, 5),  # 53
            levels={"professional": "DH", "political_theory": "TC"},
        )
        make_official(cls.commune, staff_kind="CC", birth_date=date(1996, 6, 30))  # 30
        make_official(cls.commune, staff_kind="KCTX")
        make_official(cls.office, staff_kind="CC", levels={"state_management": "CV"})

    def test_communes_and_those_above_stand_in_their_own_form(self):
        # place n-1 is column n of the form
        whole = {1: "2", 2: "1", 3: "1", 13: "1", 19: "1", 31: "1", 34: "1", 35: "1"}
        self.assertEqual(self.numbers("bm02"), {"Xã Một": whole, "Cộng": whole})
        above = {1: "1", 30: "1"}
        self.assertEqual(self.numbers("bm01"), {"Sở Một": above, "Cộng": above})

    def test_each_number_opens(self):
        self.opens("bm02")

    def test_the_names_behind_a_number_export_with_the_day_of_the_form(self):
        query = "den=31/03/2026&o_dong=cong&o_cot=2&export=xlsx"
        answer = self.see(f"/bieu-mau/bm02/danh-sach/?{query}")
        book = load_workbook(BytesIO(answer.content))
        self.assertIn("đến 31/03/2026", book["Giải thích"]["A2"].value)

    def test_what_is_not_recorded_stays_blank(self):
        line = self.see(f"/bieu-mau/bm02/?{PERIOD}").context["lines"][0]
        self.assertEqual([line["cells"][n]["text"] for n in (0, 5, 23)], ["", "", ""])

    def test_a_clerk_fills_the_own_unit_and_schools_nothing(self):
        clerk = make_account("clerk", unit=self.office)
        page = self.see("/bieu-mau/bm02/", account=clerk)
        self.assertNotContains(page, "Xã Một")
        self.see("/bieu-mau/", 403, account=make_account("school"))
        self.see("/bieu-mau/gi-do/", 404)
        self.see("/bieu-mau/bm02/danh-sach/?o_dong=cong&o_cot=1", 404)

    def test_a_form_for_others_says_that_nothing_belongs_to_it(self):
        clerk = make_account("clerk", unit=self.commune)
        told = "không có gì thuộc biểu này"
        self.assertContains(self.see("/bieu-mau/bm01/", account=clerk), told)
        self.assertNotContains(self.see("/bieu-mau/bm02/", account=clerk), told)

    def test_the_workbook_opens(self):
        answer = self.see(f"/bieu-mau/bm02/?{PERIOD}&export=xlsx")
        sheet = load_workbook(BytesIO(answer.content)).active
        self.assertEqual(sheet["A10"].value, "Xã Một")
        self.assertEqual(sheet["C10"].value, 2)
        self.assertIsNone(sheet["B10"].value)

    def test_who_is_in_no_column_of_ages_is_told(self):
        """On 30/06/2026 he is 61 and goes at 61 and a half: the form has no column for him."""
        make_official(
            self.commune, full_name="Lò Văn Cao", gender="nam", birth_date=date(1965, 3, 1)
        )
        told = [n for n in self.see(f"/bieu-mau/bm02/?{PERIOD}").context["notes"] if "60" in n]
        self.assertEqual([note.partition(" ")[0] for note in told], ["1"])
        self.assertEqual(self.numbers("bm02")["Cộng"][1], "3")


class HeaderTests(SimpleTestCase):
    def test_bm02_has_the_four_rows_of_the_original(self):
        cells = FORMS["bm02"].header()
        self.assertEqual(depth(cells), 4)
        english = next(cell for cell in cells if cell.text == "Tiếng Anh")
        self.assertEqual((english.row, english.column, english.columns), (1, 24, 2))
        below = [cell.text for cell in cells if cell.row == 2 and cell.column in (24, 25)]
        self.assertEqual(below, ["Đại học trở lên", "Chứng chỉ (A,B,C)"])
        covered = [
            (cell.row + r, cell.column + c)
            for cell in cells
            for r in range(cell.rows)
            for c in range(cell.columns)
        ]
        self.assertEqual(len(covered), len(set(covered)))  # no cell twice, none left out
        self.assertEqual(len(covered), 4 * 39)


class SentFormTests(FormTestCase):
    """A form that was sent stays as it was, with its rows, and says what has been restated."""

    def setUp(self):
        make_official(self.commune, full_name="Lò Văn An", staff_kind="CC", gender="nu")
        call_command("freeze_report", "bm02", "--on", "2026-06-30", "--title", "BM02 quý II")
        self.sent = Snapshot.objects.get()

    def verify(self):
        return verified(Snapshot.objects.get())

    def test_its_numbers_and_rows_are_those_of_the_page(self):
        page = self.see(f"/bieu-mau/bm02/?{PERIOD}").context["lines"]
        grid = self.see(f"/bao-cao-da-gui/{self.sent.pk}/").context["grid"]["lines"]
        texts = [[cell["text"] for cell in line["cells"]] for line in page]
        self.assertEqual([[cell["text"] for cell in line["cells"]] for line in grid], texts)
        [row] = self.sent.rows
        self.assertEqual(row[1:3], ["Lò Văn An", "Xã Một"])
        self.assertIn(["cong", "3"], row[3]["cells"])  # women, all units
        found = self.verify()
        self.assertEqual((found["intact"], found["same"], found["people"]), (True, True, []))

    def test_what_is_entered_later_is_a_restatement_of_named_cells(self):
        make_official(self.commune, full_name="Vi Thị Bình", staff_kind="CB")
        found = self.verify()
        self.assertEqual((found["intact"], found["same"]), (True, False))
        changed = {item["what"]: (item["frozen"], item["now"]) for item in found["restated"]}
        self.assertEqual(changed["lines.cong.numbers.2"], (1, 2))
        self.assertEqual([person["name"] for person in found["people"]], ["Vi Thị Bình"])
        page = self.see(f"/bao-cao-da-gui/{self.sent.pk}/")
        self.assertContains(page, "Cộng, cột 2")
        self.assertContains(page, "BM02 quý II")

    def test_the_sent_form_is_written_as_it_was(self):
        make_official(self.commune, staff_kind="CC")
        answer = self.see(f"/bao-cao-da-gui/{self.sent.pk}/?export=bieu")
        sheet = load_workbook(BytesIO(answer.content)).active
        [total] = [row for row in sheet.values if row[0] == "Cộng"]
        self.assertEqual((total[2], total[3]), (1, 1))

    def test_forms_of_a_period_keep_their_days_classes_and_mapping(self):
        course = make_course(self.category("BD.QLNN.CV"))
        person = make_official(self.commune)
        make_enrolment(person, make_class(course, state="ended"), **MARCH)
        for code in ("mau-1", "bieu-10"):
            call_command("freeze_report", code, "--from", "2026-01-01", "--to", "2026-06-30")
            found = self.verify_newest()
            self.assertTrue(found["intact"] and found["same"], code)
            FormMapping.objects.filter(form=code).delete()
            told = [item["what"] for item in self.verify_newest()["definitions"]]
            self.assertEqual(told, ["đã xếp lại nội dung vào cột của biểu"])

    def verify_newest(self):
        return verified(Snapshot.objects.order_by("-pk").first())

    def test_the_page_of_a_form_leads_to_freezing_it(self):
        page = self.see(f"/bieu-mau/bieu-10/?{PERIOD}&don_vi=X")
        form = self.see(page.context["freeze_url"]).context["form"]
        self.assertEqual(form.initial["kind"], "bieu-10")
        self.client.post("/bao-cao-da-gui/chot/", {**form.initial, "unit": self.commune.pk})
        sent = Snapshot.objects.order_by("-pk").first()
        self.assertEqual((sent.kind, sent.unit, sent.on), ("bieu-10", self.commune, ON))
        self.assertEqual(sent.definition["from"], "2026-01-01")

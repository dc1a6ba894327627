"""Several tables on one sheet: each understood, shown and corrected with its own columns."""

from openpyxl import load_workbook

from cadres.intake.issues import MESSAGES_HEADING
from cadres.models import ImportBatch, ImportRow, Official, SenderMapping
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, as_file, row, workbook
from tests.intake.build import delimited

FIRST = [
    ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Mục lạ"],
    [1, "Lò Văn Một", "1985", "Kế toán", "Tổ 1"],
]
OTHER = [
    ["STT", "Họ tên", "Giới tính", "Năm sinh", "Mục lạ", "Số lạ"],
    [1, "Lò Thị Hai", "Nữ", "1990", "Văn thư", "Trạm 9"],
]
BETWEEN = [[], ["II. DANH SÁCH CÔNG CHỨC"]]  # the second heading stands in row 5


class TablesUnderEachOtherTests(PageTestCase):
    def setUp(self):
        super().setUp()
        self.home = make_unit(name="Xã Một")

    def look(self, *rows):
        self.send(("ds.xlsx", workbook(rows[1:], headings=rows[0])), unit=self.home.pk)
        return ImportBatch.objects.latest("pk")

    def values(self, batch):
        return {one.row: one.values for one in ImportRow.objects.filter(batch=batch)}

    def test_each_table_shows_what_its_own_columns_are(self):
        page = self.get("batch", self.look(*FIRST, *BETWEEN, *OTHER))
        for name in ("cot-0-C1", "cot-0-D1", "cot-0-C5", "cot-0-D5"):
            self.assertContains(page, f'name="{name}"', count=1)
        self.assertContains(page, "Cột C của bảng ở dòng 5 hiểu là", count=1)
        self.assertNotContains(page, 'name="cot-0-C"')
        self.assertContains(page, "đọc lại theo cột đã chọn")

    def test_tables_alike_are_asked_once(self):
        page = self.get("batch", self.look(*FIRST, *BETWEEN, *FIRST))
        self.assertContains(page, 'name="cot-0-D"', count=1)
        self.assertNotContains(page, 'name="cot-0-D5"')

    def test_a_column_of_one_table_is_corrected_alone_and_remembered_with_its_headings(self):
        batch = self.look(*FIRST, *BETWEEN, *OTHER)
        page = self.post("choose", batch, **{"cot-0-E5": "position", "luu": "cot"})
        self.assertContains(page, "Đã lưu cách hiểu 1 cột và đọc lại tệp.")
        values = self.values(batch)
        self.assertEqual((values[2]["position"], values[6]["position"]), ("Kế toán", "Văn thư"))
        self.assertEqual(SenderMapping.objects.get().mapping, {"E": "position"})
        # The same tables the other way round, in other rows: by its headings, not by its place.
        again = self.values(self.look(*OTHER, *BETWEEN, *FIRST))
        self.assertEqual((again[2]["position"], again[6]["position"]), ("Văn thư", "Kế toán"))

    def test_a_correction_holds_for_the_tables_with_the_same_headings(self):
        batch = self.look(*OTHER, [], *FIRST, [], *OTHER)
        self.post("choose", batch, **{"cot-0-E1": "position", "luu": "cot"})
        batch.refresh_from_db()
        self.assertEqual(batch.mapping, {"Sheet": {"E1": "position", "E7": "position"}})

    def test_headings_moved_by_a_column_are_another_layout(self):
        batch = self.look(*OTHER)
        self.post("choose", batch, **{"cot-0-E": "position", "luu": "cot"})
        moved = self.values(self.look(*([None, *line] for line in OTHER)))
        self.assertEqual((moved[2]["full_name"], moved[2].get("position")), ("Lò Thị Hai", None))


HEAD = ["TT", "Họ và tên", "Ngày sinh", "Chức vụ"]


class TablesBesideEachOtherTests(PageTestCase):
    """One sheet: "Đơn vị: Xã Một" over a list in A–D, "Đơn vị: Xã Hai" over another in F–I."""

    def setUp(self):
        super().setUp()
        for name in ("Xã Một", "Xã Hai"):
            make_unit(name=name)

    def sheet(self, second="01/02/1982"):
        return workbook(
            [
                [*HEAD, None, *HEAD],
                [1, "Lò Văn An", "30/02/1980", "Kế toán", None, 1, "Vàng A Chi", second, "Văn thư"],
                [2, "Lò Văn Bình", "1981", "Tư pháp", None, 2, "Vàng Thị Dua", "1983", "Địa chính"],
            ],
            headings=["Đơn vị: Xã Một", *[None] * 4, "Đơn vị: Xã Hai"],
        )

    def look(self, **options):
        self.send(("ds.xlsx", self.sheet(**options)))
        return ImportBatch.objects.latest("pk")

    def people(self):
        return {
            one.full_name: (one.postings.get().unit.name, one.postings.get().position)
            for one in Official.objects.all()
        }

    def test_each_table_is_a_page_with_its_own_columns_and_both_are_written(self):
        batch = self.look()
        page = self.get("batch", batch)
        self.assertContains(page, "ds.xlsx, 1 trang tính")
        self.assertContains(page, "Sheet (bảng 2)")
        self.assertContains(page, 'name="cot-0-B"')
        self.assertNotContains(page, "Vàng A Chi")
        second = self.get("batch", batch, **{"trang-tinh": 1})
        self.assertContains(second, 'name="cot-1-G"')
        self.assertNotContains(second, 'name="cot-1-A"')
        self.assertContains(second, "Vàng A Chi")
        self.post("apply", batch)
        self.assertEqual(
            self.people(),
            {
                "Lò Văn An": ("Xã Một", "Kế toán"),
                "Lò Văn Bình": ("Xã Một", "Tư pháp"),
                "Vàng A Chi": ("Xã Hai", "Văn thư"),
                "Vàng Thị Dua": ("Xã Hai", "Địa chính"),
            },
        )
        again = self.look()
        self.assertEqual((again.counts["unchanged"], again.counts["data_rows"]), (4, 4))

    def test_a_cell_and_a_column_of_the_second_table_are_corrected_on_its_page(self):
        batch = self.look(second="31/02/1982")
        page = self.get("batch", batch, **{"trang-tinh": 1})
        self.assertContains(page, 'name="sua-1-3-H"')
        self.post("choose", batch, **{"sua-1-3-H": "28/02/1982", "cot-1-I": "note"})
        rows = {(one.sheet, one.row): one.values for one in ImportRow.objects.filter(batch=batch)}
        told = rows["Sheet (bảng 2)", 3]
        batch.refresh_from_db()
        self.assertEqual(batch.edits, [["Sheet", 3, "H", "28/02/1982"]])
        self.assertEqual((told["birth_date"], told["note"]), ("1982-02-28", "Văn thư"))
        self.assertEqual(rows["Sheet", 3]["position"], "Kế toán")
        self.post("choose", batch, **{"bo-sua": "sua-0-3-H"})
        told = ImportRow.objects.get(batch=batch, sheet="Sheet (bảng 2)", row=3).values
        self.assertNotIn("birth_date", told)
        # Only a table in those columns is taken so the next time.
        self.assertEqual(SenderMapping.objects.get().mapping, {"I": "note"})
        self.assertEqual(self.look().mapping, {"Sheet (bảng 2)": {"I": "note"}})

    def test_the_marked_file_is_the_own_sheet_with_one_column_of_messages(self):
        batch = self.look(second="31/02/1982")
        self.post("choose", batch, **{"sua-1-4-I": "Thủ quỹ"})
        marked = self.get("marked", batch)
        book = load_workbook(as_file(b"".join(marked.streaming_content)))
        self.assertEqual(book.sheetnames, ["Sheet"])
        page = book["Sheet"]
        self.assertEqual([page["G3"].value, page["I4"].value], ["Vàng A Chi", "Thủ quỹ"])
        self.assertEqual([bool(page[place].comment) for place in ("C3", "H3", "C4")], [1, 1, 0])
        self.assertEqual(page["J2"].value, MESSAGES_HEADING)
        self.assertIn("Ô C3", page["J3"].value)
        self.assertIn("Ô H3 trang “Sheet (bảng 2)”", page["J3"].value)

    def test_a_table_left_out_is_told_and_offers_nothing_to_type(self):
        again = ["STT", "Họ tên", "Trình độ"]
        rows = [
            [1, "Lò Văn An", 1980, None, 1, "Lò Văn Bình", "ĐH"],
            [2, "Lò Văn Bình", 1981, None, 2, "Lò Văn An", "CĐ"],
        ]
        self.send(("a.xlsx", workbook(rows, headings=["TT", "Họ tên", "Năm sinh", None, *again])))
        page = self.get("batch", ImportBatch.objects.latest("pk"))
        self.assertContains(page, "Hai bảng đặt cạnh nhau")
        self.assertNotContains(page, 'name="sua-0-1-F"')

    def test_the_tables_of_a_csv_have_names_too(self):
        rows = [[*HEAD, None, *HEAD], [1, "Lò Văn An", 1980, "A", None, 1, "Vàng A Chi", 1982, "B"]]
        self.send(("a.csv", delimited(rows)))
        page = self.get("batch", ImportBatch.objects.latest("pk"))
        self.assertContains(page, ">Bảng 1 ")
        self.assertContains(page, ">Bảng 2 ")


class LongTextTests(PageTestCase):
    def test_a_very_long_text_is_cut_short_on_the_page_and_whole_where_it_is_edited(self):
        make_unit(name="Xã Một")
        name = "Lò " + "Văn " * 200 + "Một"
        batch = self.send_rows(row(1, name, unit="Xã Một"), row(2, "Lò Thị Hai", unit="Xã Một"))
        page = self.get("batch", batch)
        self.assertContains(page, f"<span>{name[:160]}…</span>")
        self.assertContains(page, f'value="{name}"')

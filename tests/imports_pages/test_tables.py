"""Several tables on one sheet: each understood, shown and corrected with its own columns."""

from cadres.models import ImportBatch, ImportRow, SenderMapping
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, workbook

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


class TablesBesideEachOtherTests(PageTestCase):
    def look(self, *rows):
        self.send(("ds.xlsx", workbook(rows[1:], headings=rows[0])))
        return self.get("batch", ImportBatch.objects.latest("pk"))

    def test_a_heading_that_only_says_something_offers_nothing_to_type(self):
        head = ["TT", "Họ và tên", "Năm sinh", None, "STT", "Họ tên", "Trình độ"]
        page = self.look(head, [1, "Lò Văn A", 1980, None, 1, "Lò Văn C", "ĐH"])
        self.assertContains(page, "Hai bảng đặt cạnh nhau")
        self.assertNotContains(page, 'name="sua-0-1-F"')

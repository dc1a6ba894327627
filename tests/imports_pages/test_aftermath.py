"""What is said after cells or columns were corrected: whether it did what it was meant for."""

from cadres.models import ImportBatch
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, row, workbook


class CellsStillWrongTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")
        self.batch = self.send_rows(
            row(1, "Lò Văn Một", "30/02/1980", "Xã Một"), row(2, "Lò Văn Hai", "hồi bé", "Xã Một")
        )

    def test_a_cell_that_is_still_wrong_is_told_and_stays_open(self):
        page = self.post("choose", self.batch, **{"sua-0-3-C": "31/02/1981", "fix": "sua-0-3-C"})
        self.assertContains(page, "Vẫn cần xem: Ô C3")
        self.assertContains(page, "<details open>", count=2)  # the first note, and this one

    def test_a_cell_that_is_right_now_needs_no_word(self):
        page = self.post("choose", self.batch, **{"sua-0-3-C": "1981", "fix": "sua-0-3-C"})
        self.assertContains(page, "Đã lưu 1 ô đã sửa")
        self.assertNotContains(page, "Vẫn cần xem")

    def test_it_is_told_also_where_apply_was_pressed_right_away(self):
        page = self.post("apply", self.batch, **{"sua-0-3-C": "31/02/1981"})
        self.assertContains(page, "Vẫn cần xem: Ô C3")
        self.assertContains(page, "Xem lại số dòng sẽ ghi")


class OneColumnOnlyTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")
        headings = ["Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ", "Việc", "Ghi thêm"]
        rows = [["Lò Văn Một", "1985", "Xã Một", "Kế toán", "Văn thư", "Thủ quỹ"]]
        self.send(("ds.xlsx", workbook(rows, headings=headings)))
        self.batch = ImportBatch.objects.get()

    def test_a_column_that_another_one_replaces_is_named(self):
        page = self.post("choose", self.batch, **{"cot-0-F": "position"})
        self.assertContains(
            page,
            "Chức vụ chỉ lấy từ một cột: nay lấy cột F (Ghi thêm), không nhập cột D (Chức vụ).",
        )

    def test_of_two_columns_chosen_for_one_field_the_one_left_out_is_named(self):
        page = self.post("choose", self.batch, **{"cot-0-E": "position", "cot-0-F": "position"})
        self.assertContains(page, "Chức vụ chỉ lấy từ một cột")

    def test_a_column_chosen_instead_of_another_needs_no_word(self):
        page = self.post("choose", self.batch, **{"cot-0-F": "position", "cot-0-D": "note"})
        self.assertNotContains(page, "chỉ lấy từ một cột")


class ResultTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")

    def test_rows_written_without_a_value_that_could_not_be_used_are_named_afterwards(self):
        batch = self.send_rows(
            row(1, "Lò Văn Một", "30/02/1980", "Xã Một"),
            row(2, "Lò Văn Hai", "1981", "Xã Một"),
            row(3, "Lò Văn Ba", "30/02/1982", "Xã Lạ"),
        )
        page = self.post("apply", batch)
        self.assertContains(page, "1 dòng còn ô cần xem")
        self.assertContains(page, "Ngày “30/02/1980” không có thật")
        # That row is among the refused ones, with all that is to be mended in it.
        self.assertContains(page, "“30/02/1982” không có thật", count=1)
        self.assertNotContains(page, "2 dòng còn ô cần xem")
        official = batch.rows.get(row=2).official_id
        self.assertContains(page, f'<a href="/can-bo/{official}/">Lò Văn Một</a>')

    def test_where_all_could_be_used_nothing_is_said(self):
        page = self.post("apply", self.send_rows(row(1, "Lò Văn Một", unit="Xã Một")))
        self.assertNotContains(page, "còn ô cần xem")

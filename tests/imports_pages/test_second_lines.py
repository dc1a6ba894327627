"""Lists with two lines for each person: the columns of the second line are corrected by name."""

from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, workbook

HEAD = ["TT", "Họ và tên", "Chức vụ", "Trình độ"]
LINES = [
    [None, "Ngày sinh", "Ngạch", "Chuyên ngành"],
    [1, "Bàn Tòn Khé", "Bí thư", "Đại học"],
    [None, "12/3/1980", "01.003", "Luật"],
    [2, "Triệu Mùi Pham", "Kế toán", "Trung cấp"],
    [None, "1985", "06.032", "Kế toán"],
]


class SecondLineTests(PageTestCase):
    def setUp(self):
        super().setUp()
        unit = make_unit(name="Xã Một")
        self.send(("ds.xlsx", workbook(LINES, headings=HEAD)), unit=unit.pk)
        self.batch = self.account.imports.latest("pk")

    def test_the_page_says_how_a_column_of_the_second_line_is_corrected(self):
        page = self.get("batch", self.batch)
        self.assertContains(page, "theo tên cột ở dòng 2")
        self.assertContains(page, "Đổi tên cột và đọc lại", 3)
        self.assertEqual(self.batch.rows.first().values["professional_major"], "Luật")

    def test_another_name_of_the_column_gives_it_another_meaning(self):
        self.post("choose", self.batch, **{"sua-0-2-D": "Ghi chú", "fix": "sua-0-2-D"})
        values = self.batch.rows.first().values
        self.assertEqual((values["note"], values.get("professional_major")), ("Luật", None))

    def test_what_nobody_touched_changes_nothing(self):
        self.post("choose", self.batch, **{"sua-0-2-D": "Chuyên ngành"})
        self.batch.refresh_from_db()
        self.assertEqual(self.batch.edits, [])

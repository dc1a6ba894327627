"""The office's own table: headings in one or two rows, groups, sums, faults in their cells."""

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.models import Category
from trainingplans.plans.models import FundingSource
from trainingplans.plans.plantables import (
    check_sums,
    mark_taken_codes,
    quarter_of,
    quarters_of,
    rows_of_text,
    text_of_rows,
    understand,
)

MILLION = 10**6


class Lists:
    """Look-ups without a database."""

    categories = [Category(pk=1, code="BD.TDT", name="Tiếng dân tộc thiểu số")]
    sources = [FundingSource(pk=1, code="NSTW", name="Ngân sách trung ương")]

    def category(self, text):
        if text and text != "BD.TDT":
            raise ValueError(f"Không có nội dung “{text}”.")
        return self.categories[0] if text else None

    def unit(self, text):
        raise ValueError("không có")

    def institution(self, text):
        return None


def table_of(*lines, **options):
    return understand(rows_of_text("\n".join(lines)), Lists(), **options)


class TableTests(SimpleTestCase):
    def test_two_rows_of_headings_with_sources_below(self):
        table = table_of(
            "PHỤ LỤC KẾ HOẠCH",
            "Đơn vị tính: triệu đồng",
            "STT\tNội dung\tSố lớp\tSố học viên\tThời gian\tNơi đào tạo\tKinh phí\t\tGhi chú",
            "\t\t\t\t\t\tTrung ương\tĐịa phương\t",
            "I\tDân tộc",
            "1\tTiếng Mông\t6\t1.300\tQuý III\tTrung tâm GDNN\t640\t40,5\tưu tiên",
            "\tTổng cộng\t6\t1.300",
        )
        [line] = table.of_kind("data")
        self.assertTrue(line.good)
        self.assertEqual(line.number, 6)
        self.assertEqual(line.values["code"], "I.1")
        self.assertEqual((line.values["classes"], line.values["learners"]), (6, 1300))
        self.assertEqual((line.values["quarter"], line.values["note"]), (3, "ưu tiên"))
        self.assertEqual(line.costs, {"NSTW": 640 * MILLION, "NSDP": 40_500_000})
        self.assertEqual([one.kind for one in table.lines], ["group", "data", "sum"])
        self.assertEqual(check_sums(table), [])

    def test_without_headings_the_usual_order_is_taken(self):
        [line] = table_of("1\tVăn thư\t3\t279\tQuý 2\tSở Nội vụ\tTrường Chính trị\t0\t150").lines
        self.assertEqual((line.values["title"], line.values["learners"]), ("Văn thư", 279))
        self.assertEqual(line.costs["NSDP"], 150 * MILLION)

    def test_each_faulty_cell_is_marked_and_the_row_is_not_good(self):
        heading = "STT\tNội dung\tNhóm\tSố lớp\tSố học viên\tKinh phí (đồng)"
        table = table_of(heading, "1\tA\tBD.X\tba\t-5\tnhiều", "2\t\t\t1\t1\t", "3\tB\t\t1\t9\t500")
        bad, nameless, good = table.lines
        self.assertEqual(sorted(bad.faults), [2, 3, 4, 5])
        self.assertEqual(sorted(nameless.faults), [1])
        self.assertTrue(good.good)
        self.assertEqual(good.costs, {"NSDP": 500})

    def test_thousands_of_dong_in_the_heading(self):
        table = table_of("STT\tNội dung\tSố lớp\tKinh phí (nghìn đồng)", "1\tA\t1\t1.500")
        self.assertEqual(table.lines[0].costs, {"NSDP": 1_500_000})

    def test_a_sum_that_differs_is_said(self):
        table = table_of("STT\tNội dung\tSố lớp\tSố học viên", "1\tA\t2\t30", "\tTổng\t3\t30")
        self.assertEqual(check_sums(table), ["Dòng 3 ghi tổng 3 lớp, các dòng cộng lại là 2."])

    def test_money_of_a_row_is_never_lost_unseen(self):
        heading = "Nội dung\tSố lớp\tSố học viên\tTổng kinh phí"
        [line] = table_of(heading, "Tiếng Mông\t1\t30\t500").of_kind("data")
        self.assertEqual(line.costs, {"NSDP": 500 * MILLION})
        heads = ("Nội dung\tSố lớp\tSố học viên\tKinh phí\t\t", "\t\t\tTổng\tNSTW\tNSĐP")
        rows = ["Lớp một\t1\t30\t5\t2\t3", "Lớp hai\t1\t30\t5\t\t", "Cộng\t2\t60\t10\t2\t4"]
        table = table_of(*heads, *rows)
        self.assertEqual([line.good for line in table.of_kind("data")], [True, False])
        self.assertIn("5.000.000", table.lines[1].faults[3])
        told = " ".join(check_sums(table))
        self.assertIn("4.000.000 đồng ở cột NSĐP, các dòng cộng lại là 3.000.000", told)

    def test_a_number_too_large_and_a_text_too_long_are_marked(self):
        [line] = table_of(f"1\t{'x' * 301}\t1\t99999999999").of_kind("data")
        self.assertEqual(set(line.faults), {1, 3})

    def test_what_was_made_of_an_unclear_cell_is_said(self):
        heading = "STT\tNội dung\tSố lớp\tSố học viên\tThời gian"
        rows = ["1\tMột\t\t30\tQuý III-IV", "1\tHai\t2\t40\tQuý 2", "3\tBa\t1"]
        table = table_of(heading, *rows)
        mark_taken_codes(table, {"3"})
        first, second, third = table.lines
        self.assertTrue(all(line.good for line in table.lines))
        empty, span = "Trống: tính là 0, sửa sau ở bảng.", "Lấy quý 3; giữ nguyên chữ ở ghi chú."
        self.assertEqual(first.notes, {2: empty, 4: span})
        self.assertEqual((first.values["quarter"], first.values["when"]), (3, "Quý III-IV"))
        self.assertEqual(second.notes, {0: "Mã 1 đã có; dòng này nhận mã mới."})
        self.assertEqual(third.notes, {0: "Mã 3 đã có; dòng này nhận mã mới.", 3: empty})

    def test_a_text_may_name_several_quarters(self):
        cases = {"Quý I, II": [1, 2], "III-IV": [3, 4], "tháng 2 - 5/2027": [1, 2], "T5–T6": [2]}
        cases |= {"Quý I và quý II/2027": [1, 2], "Quý 3/2026": [3], "ngày 3 tháng 5": [2]}
        for text, quarters in cases.items():
            with self.subTest(text):
                self.assertEqual(quarters_of(text), quarters)

    def test_quarters_as_written(self):
        cases = {"Quý III": 3, "quý 1/2026": 1, "IV": 4, "2": 2, "Tháng 5": 2, "T11-T12/2026": 4}
        for text, quarter in (cases | {"": None, "cả năm": None, "2026": None}).items():
            with self.subTest(text=text):
                self.assertEqual(quarter_of(text), quarter)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=10), max_size=12))
    def test_nothing_breaks_it_and_no_row_is_lost(self, rows):
        text = text_of_rows(rows)
        table = understand(rows_of_text(text), Lists())
        filled = [row for row in rows_of_text(text) if any(row)]
        self.assertLessEqual(len(table.lines), len(filled))
        self.assertEqual(text_of_rows(rows_of_text(text)), text_of_rows(rows_of_text(text)))

"""Units told on a sheet of a workbook of people."""

from cadres.loading_units import load_unit_rows
from cadres.models import Account, Unit
from cadres.unit_rows import recognise_unit_sheet
from tests.factories import make_unit
from tests.loading.base import UnitsCase


class UnitSheetTests(UnitsCase):
    SHEET = [
        ["DANH MỤC ĐƠN VỊ HÀNH CHÍNH CẤP XÃ", "", "", "", ""],
        ["TT", "Xã, thị trấn", "Huyện", "Vùng DTTS (x)", "Tiếng DTTS\ntại địa bàn"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["1", "Xã Một", "Huyện Cao", "x", "M'Nông"],
        ["2", "Xã Hai", "Huyện Cao", "", ""],
        ["", "Tổng cộng", "", "1", ""],
    ]

    def test_a_sheet_of_units_is_known_by_its_headings(self):
        rows = recognise_unit_sheet(self.SHEET)
        self.assertEqual([row.name for row in rows], ["Huyện Cao", "Xã Một", "Xã Hai"])
        self.assertEqual([row.minority_area for row in rows], [None, True, False])
        self.assertEqual([row.languages for row in rows], [None, ["M'Nông"], None])
        self.assertEqual([row.line for row in rows[1:]], [4, 5])

    def test_other_wordings_of_the_headings_are_known_too(self):
        heading = ["STT", "Mã đơn vị", "Tên đơn vị", "Thuộc vùng dân tộc thiểu số", "Ngôn ngữ"]
        row = recognise_unit_sheet([heading, ["1", "05503", "Xã Tân Cương", "X", "Tày, Nùng"]])[0]
        self.assertEqual((row.code, row.name, row.minority_area), ("05503", "Xã Tân Cương", True))
        self.assertEqual(row.languages, ["Tày", "Nùng"])

    def test_a_sheet_of_people_and_other_tables_are_not(self):
        people = [["TT", "Họ và tên", "Xã", "Vùng DTTS", "Tiếng dân tộc"], ["1", "A", "B", "x", ""]]
        self.assertIsNone(recognise_unit_sheet(people))
        self.assertIsNone(recognise_unit_sheet([["Xã", "Số người"], ["Xã Một", "3"]]))
        self.assertIsNone(recognise_unit_sheet([]))

    def test_known_units_take_areas_and_languages_and_stay_where_they_are(self):
        one = make_unit(name="Xã Một", under=make_unit(name="Tỉnh Mẫu", kind="province"))
        make_unit(name="Xã Hai")
        rows = recognise_unit_sheet(self.SHEET)
        system = Account.objects.system()
        outcome = load_unit_rows(rows, by=system, label="Đơn vị", move_existing=False)
        one.refresh_from_db()
        self.assertEqual(one.parent.name, "Tỉnh Mẫu")
        self.assertEqual(self.languages("Xã Một"), ["Mnông"])
        self.assertFalse(Unit.objects.filter(name="Huyện Cao").exists())
        self.assertEqual(outcome.counts["reject"], 0)

    def test_new_units_come_with_their_superiors(self):
        rows = recognise_unit_sheet(self.SHEET)
        load_unit_rows(rows, by=Account.objects.system(), label="Đơn vị", move_existing=False)
        self.assertEqual(self.unit("Xã Hai").parent.name, "Huyện Cao")
        self.assertEqual(self.unit("Huyện Cao").kind, "district")

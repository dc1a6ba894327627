"""A unit that the tree does not know by the name in the file is told once, for all its rows."""

import io

from openpyxl import Workbook

from cadres.models import ImportBatch, Official
from tests.factories import make_account, make_unit
from tests.imports_pages.base import PageTestCase, row


class UnknownUnitTests(PageTestCase):
    def setUp(self):
        super().setUp()
        self.unit = make_unit("MOI", name="Xã Mới")
        self.batch = self.send_rows(
            row(1, "Lò Văn Một", unit="Xã Cũ"), row(2, "Lò Văn Hai", unit="Xã Cũ")
        )

    def counts(self):
        self.batch.refresh_from_db()
        return self.batch.counts["create"], self.batch.counts["reject"]

    def test_one_answer_holds_for_all_rows_of_the_name(self):
        page = self.get("batch", self.batch)
        self.assertContains(page, "1 tên đơn vị chưa có trong cây đơn vị")
        self.assertContains(page, 'name="don-vi-Xã Cũ"')
        self.assertNotContains(page, "loi-don-vi-1")  # nothing was answered yet
        self.assertEqual(self.counts(), (0, 2))
        self.post("choose", self.batch, **{"don-vi-Xã Cũ": "xã mới"})
        self.assertEqual(self.counts(), (2, 0))
        self.post("apply", self.batch)
        units = Official.objects.values_list("postings__unit__name", flat=True)
        self.assertEqual(list(units), ["Xã Mới", "Xã Mới"])

    def test_the_code_is_an_answer_too_and_an_empty_one_takes_it_back(self):
        self.post("choose", self.batch, **{"don-vi-Xã Cũ": "moi"})
        self.assertEqual(self.counts(), (2, 0))
        self.assertContains(self.get("batch", self.batch), 'value="moi"')
        self.post("choose", self.batch, **{"don-vi-Xã Cũ": ""})
        self.assertEqual(self.counts(), (0, 2))
        self.assertEqual(self.batch.choices, {})

    def test_an_answer_that_is_no_unit_is_told_and_kept(self):
        page = self.post("choose", self.batch, **{"don-vi-Xã Cũ": "Xã Nhầm"})
        self.assertContains(page, "Không có đơn vị “Xã Nhầm” (chỉ cho “Xã Cũ”)")
        self.assertContains(page, 'aria-invalid="true" aria-describedby="loi-don-vi-1"')
        self.assertContains(page, 'value="Xã Nhầm"')
        self.assertEqual(self.counts(), (0, 2))

    def test_a_clerk_cannot_point_at_a_foreign_unit(self):
        own = make_unit(name="Xã Nhà")
        self.client.force_login(make_account("clerk", unit=own))
        self.batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Cũ"))
        self.assertNotContains(self.get("batch", self.batch), '<option value="Xã Mới">')
        page = self.post("choose", self.batch, **{"don-vi-Xã Cũ": "Xã Mới"})
        self.assertContains(page, "không thuộc đơn vị của tài khoản này")
        self.assertEqual(self.counts(), (0, 1))
        self.post("choose", self.batch, **{"don-vi-Xã Cũ": "Xã Nhà"})
        self.assertEqual(self.counts(), (1, 0))

    def test_an_answer_that_was_applied_holds_for_the_senders_next_file(self):
        self.post("choose", self.batch, **{"don-vi-Xã Cũ": "Xã Mới"})
        self.post("apply", self.batch)
        self.batch = self.send_rows(row(1, "Lò Văn Ba", unit="Xã Cũ"), name="sau.xlsx")
        self.assertEqual(self.counts(), (1, 0))
        self.assertEqual(self.batch.choices["units"], {"Xã Cũ": "Xã Mới"})
        self.assertContains(self.get("batch", self.batch), 'value="Xã Mới"')
        self.post("choose", self.batch, **{"don-vi-Xã Cũ": ""})
        self.assertEqual(self.counts(), (0, 1))
        self.client.force_login(make_account("staff"))
        self.batch = self.send_rows(row(1, "Lò Văn Tư", unit="Xã Cũ"), name="khac.xlsx")
        self.assertEqual(self.counts(), (0, 1))


class UnitsOfSheetsTests(PageTestCase):
    """Units told by the names of sheets, which have no cell to be mended in."""

    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")
        book = Workbook()
        for name in ("Xã Một", "Xã Lạ"):
            sheet = book.create_sheet(name)
            sheet.append(["TT", "Họ và tên", "Ngày sinh", "Chức vụ"])
            sheet.append([1, f"Lò Văn {name[-2:]}", "1985", "Kế toán"])
            sheet.append([2, f"Vàng A {name[-2:]}", "1986", "Kế toán"])
        del book["Sheet"]
        stream = io.BytesIO()
        book.save(stream)
        self.send(("ds.xlsx", stream.getvalue()))
        self.batch = ImportBatch.objects.get()

    def test_the_figure_of_refused_rows_leads_to_the_sheet_that_has_them(self):
        page = self.get("batch", self.batch)
        self.assertContains(
            page, '<a href="?trang-tinh=1&amp;xem=reject#trang-tinh">dòng 2, 3 ở Xã Lạ</a>'
        )
        self.assertContains(
            page, '<a href="?trang-tinh=0&amp;xem=create#trang-tinh">chỉ xem 2 dòng ở Xã Một</a>'
        )

    def test_their_rows_lead_to_where_the_unit_is_asked_for(self):
        page = self.client.get(f"/nhap-danh-sach/{self.batch.pk}/", {"trang-tinh": 1})
        self.assertContains(page, '<a href="#ten-don-vi">Chỉ rõ đơn vị ở trên</a>', count=2)

    def test_where_nothing_can_be_written_yet_the_last_line_says_where_to_begin(self):
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Lạ"), name="la.xlsx")
        self.assertContains(self.get("batch", batch), ": chỉ rõ tên đơn vị ở đầu trang, hoặc sửa")

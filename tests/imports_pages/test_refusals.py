"""Files that cannot be read: each is refused with its cause, and the server goes on."""

import io
import zipfile

from django.test import override_settings

from cadres.models import ImportBatch, Official
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, row, workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def bomb():
    """A zip that unpacks to 400 MB of blanks, named like a workbook's sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 400_000_000)
    return stream.getvalue()


class RefusalTests(PageTestCase):
    def refused(self, name, data, words):
        page = self.send((name, data))
        self.assertContains(page, words)
        self.assertContains(page, "Không đọc được")
        batch = ImportBatch.objects.get()
        self.assertEqual((batch.state, batch.file_name), ("refused", name))
        self.assertContains(self.get("batch", batch), words)
        self.assertEqual(self.client.get("/nhap-danh-sach/").status_code, 200)

    def test_an_empty_file(self):
        self.refused("rong.xlsx", b"", "Tệp rỗng")

    def test_a_web_page_in_disguise(self):
        self.refused("gia.xls", b"<html><body><table><tr><td>1</td></tr></table>", "Tệp là HTML")

    def test_a_picture(self):
        self.refused("anh.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "không phải bảng tính")

    def test_a_cut_off_workbook(self):
        whole = workbook([row(1, "Lò Văn Một")], headings=["TT", "Họ và tên"])
        self.refused("cut.xlsx", whole[: len(whole) // 2], "hỏng hoặc bị cắt cụt")

    def test_a_zip_bomb(self):
        self.refused("bom.xlsx", bomb(), "giải nén ra quá lớn")

    def test_a_sheet_without_people(self):
        data = workbook([["Ngô", 12], ["Lúa", 30]], headings=["Cây", "Tấn"])
        self.refused("cay.xlsx", data, "Không tìm thấy người nào trong tệp")

    @override_settings(UPLOAD_LIMIT=1024 * 1024)
    def test_a_file_over_the_limit_says_its_size_and_is_listed(self):
        self.refused("to.xlsx", b"PK" + b"\0" * 2 * 1024 * 1024, "Tệp lớn 2,0 MB, hơn mức 1 MB")

    def test_the_page_opens_on_top_with_the_reason_and_what_was_chosen(self):
        unit = make_unit(name="Xã Một")
        page = self.send(("rong.xlsx", b""), on="15/03/2026", absent="end", unit=unit.pk)
        self.assertNotIn("#", page.redirect_chain[-1][0])
        self.assertContains(page, 'value="15/03/2026"')
        self.assertContains(page, f'<option value="{unit.pk}" selected>')
        self.assertRegex(page.content.decode(), r'value="end"[^>]* checked')

    def test_a_strange_address_is_only_a_strange_first_value(self):
        page = self.client.get("/nhap-danh-sach/?ngay=<b>&vang-mat=x&don-vi=y")
        self.assertContains(page, "&lt;b&gt;")

    def test_a_refused_file_does_not_hold_up_the_others(self):
        make_unit(name="Xã Một")
        good = workbook([[1, "Lò Văn Một", "Xã Một"]], headings=["TT", "Họ và tên", "Đơn vị"])
        page = self.send(("rong.xlsx", b""), ("tot.xlsx", good))
        self.assertContains(page, "rong.xlsx: Tệp rỗng")
        self.assertContains(page, "Đã nhận 1 tệp")
        states = dict(ImportBatch.objects.values_list("file_name", "state"))
        self.assertEqual(states, {"rong.xlsx": "refused", "tot.xlsx": "preview"})

    def test_no_file_and_a_day_to_come_are_said_beside_the_fields(self):
        page = self.client.post("/nhap-danh-sach/", {"on": "01/01/2099", "absent": "keep"})
        self.assertContains(page, "Chưa có tệp nào", status_code=422)
        self.assertContains(page, "ở sau hôm nay", status_code=422)
        self.assertEqual((ImportBatch.objects.count(), Official.objects.count()), (0, 0))

    def test_too_many_files_are_not_begun(self):
        page = self.send(*[(f"{n}.xlsx", b"") for n in range(21)])
        self.assertContains(page, "nhiều nhất 20 tệp", status_code=422)
        self.assertEqual(ImportBatch.objects.count(), 0)


class HostileNamesTests(PageTestCase):
    SCRIPT = '"><script>alert(1)</script>'

    def test_names_of_files_and_sheets_headings_and_cells_are_shown_as_text(self):
        make_unit(name="Xã Một")
        from openpyxl import Workbook

        book = Workbook()
        book.active.title = "<img src=x onerror=1>"
        book.active.append(["TT", "Họ và tên", "Đơn vị", self.SCRIPT, "Ngày sinh"])
        book.active.append([1, self.SCRIPT, "Xã Một", self.SCRIPT, self.SCRIPT])
        stream = io.BytesIO()
        book.save(stream)
        name = "<b onload=1>“ds'.xlsx"
        self.send((name, stream.getvalue()))
        batch = ImportBatch.objects.get()
        pages = [self.get("batch", batch), self.client.get("/nhap-danh-sach/")]
        self.post("apply", batch)
        pages += [self.get("batch", batch), self.get("undo", batch)]
        for page in pages:
            for hostile in ("<script>alert", "<b onload", "<img src=x"):
                self.assertNotContains(page, hostile)
        self.assertContains(pages[0], "&lt;script&gt;alert(1)&lt;/script&gt;")

    def test_a_path_in_a_file_name_goes_nowhere(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"), name="../../etc/passwd.xlsx")
        self.assertEqual(batch.file_name, "passwd.xlsx")
        self.assertRegex(batch.file.name, r"^imports/\d{4}/\d{2}/[A-Za-z0-9]+\.bin$")

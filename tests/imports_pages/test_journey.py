"""Upload, preview, apply, take back: through the pages."""

from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from cadres.audit_words import ACTS
from cadres.importing import result_page
from cadres.intake.issues import MESSAGES_HEADING
from cadres.models import AuditEvent, ImportBatch, ImportRow, Official, Unit, UnitTrait
from tests.factories import make_official, make_unit
from tests.imports_pages.base import HEADINGS, PageTestCase, row, units_of, workbook


class JourneyTests(PageTestCase):
    def test_a_sample_is_previewed_applied_and_taken_back(self):
        units_of("03_danh_sach_nhap_tay.xlsx")
        batch = self.send_sample("03_danh_sach_nhap_tay.xlsx")
        page = self.get("batch", batch)
        self.assertContains(page, "Áp dụng 73 dòng")
        self.assertContains(page, "3 dòng từ chối ở lại tệp đánh dấu lỗi")
        self.assertEqual(Official.objects.count(), 0)
        self.assertContains(self.post("apply", batch), "Đã áp dụng 73 dòng")
        self.assertEqual(Official.objects.count(), 73)
        self.assertEqual(ImportRow.objects.filter(batch=batch).count(), 77)
        self.assertContains(self.post("undo", batch), "Đã đưa 73 người về như trước")
        self.assertEqual(Official.objects.count(), 0)

    def test_the_result_leads_to_exactly_the_people_written(self):
        unit = make_unit(name="Xã Một")
        make_official(unit, full_name="Người Có Trước")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.post("apply", batch)
        result = self.get("batch", batch)
        people = self.client.get(result.context["people_url"])
        self.assertContains(people, "Lò Văn Một")
        self.assertNotContains(people, "Người Có Trước")

    def test_applying_twice_writes_once_and_says_so(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.post("apply", batch)
        self.assertContains(self.post("apply", batch), "đã được áp dụng rồi; không ghi thêm")
        self.assertEqual(Official.objects.count(), 1)
        self.assertEqual(AuditEvent.objects.filter(act="roster.apply").count(), 1)

    def test_undoing_twice_undoes_once_and_says_so(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.post("apply", batch)
        self.post("undo", batch)
        self.assertContains(self.post("undo", batch), "đã được hoàn tác rồi")
        self.assertEqual(AuditEvent.objects.filter(act="roster.undo").count(), 1)

    def test_long_lists_of_rows_and_people_say_how_many_more_there_are(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(
            *(row(n, f"Lò Văn {n}x", unit="Xã Một") for n in range(3)),
            *(row(n, f"Vàng A {n}x", unit="Xã Lạ") for n in range(3)),
        )
        with patch.object(result_page, "NAMES_SHOWN", 2):
            self.assertContains(self.post("apply", batch), "Còn 1 dòng nữa")
            Official.objects.update(phone="0912345678")
            self.assertContains(self.post("undo", batch), "và 1 người nữa")

    def test_who_was_edited_after_the_import_is_kept_and_named(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(
            row(1, "Lò Văn Một", unit="Xã Một"), row(2, "Lò Văn Hai", unit="Xã Một")
        )
        self.post("apply", batch)
        Official.objects.filter(full_name="Lò Văn Một").update(phone="0912345678")
        page = self.post("undo", batch)
        self.assertContains(page, "Đã đưa 1 người về như trước")
        self.assertContains(page, "<strong>Lò Văn Một</strong>: Đã sửa sau lần nhập: điện thoại.")

    def test_nothing_to_write_disables_the_button_and_says_why(self):
        make_unit(name="Xã Một")
        self.post("apply", self.send_rows(row(1, "Lò Văn Một", unit="Xã Một")))
        page = self.get("batch", self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"), name="2.xlsx"))
        self.assertContains(page, "Không có gì để ghi")
        self.assertContains(page, "disabled>Áp dụng 0 dòng")

    def test_the_same_file_again_is_recognised(self):
        make_unit(name="Xã Một")
        rows = [row(1, "Lò Văn Một", unit="Xã Một")]
        data = workbook(rows, headings=["TT", "Họ và tên", "Ngày sinh", "x", "y", "z", "Đơn vị"])
        self.send(("ds.xlsx", data))
        self.post("apply", ImportBatch.objects.get())
        self.assertContains(self.send(("ds.xlsx", data)), "Tệp này đã được nhập ngày")

    def test_a_dropped_file_writes_nothing_and_stays_in_the_history(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"), name="bo-di.xlsx")
        self.assertContains(self.post("drop", batch), "Đã bỏ tệp bo-di.xlsx")
        self.assertContains(self.client.get("/nhap-danh-sach/"), "bo-di.xlsx")
        self.assertContains(self.post("apply", batch), "Đã bỏ")
        self.assertEqual(Official.objects.count(), 0)
        self.assertEqual(self.get("file", batch).status_code, 200)

    def test_a_dropped_file_is_taken_up_again_with_all_that_was_typed(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", "30/02/1985", unit="Xã Một"))
        self.post("choose", batch, **{"sua-0-2-C": "1985", "fix": "sua-0-2-C"})
        self.post("drop", batch)
        self.assertContains(self.get("batch", batch), "Mở lại để làm tiếp")
        page = self.post("take_up", batch)
        self.assertContains(page, "1 ô đã sửa trên trang này")
        self.assertContains(page, "Áp dụng 1 dòng")
        self.assertContains(self.post("take_up", batch), "không mở lại được")
        acts = AuditEvent.objects.filter(subject_id=batch.pk).values_list("act", flat=True)
        self.assertLessEqual({"roster.drop", "roster.take_up"}, set(acts))
        self.assertLessEqual(set(acts), set(ACTS))  # each has words in the log

    def test_a_dropped_file_that_is_gone_is_not_offered(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.post("drop", batch)
        batch.file.storage.delete(batch.file.name)
        self.assertNotContains(self.get("batch", batch), "Mở lại")
        self.assertContains(self.post("take_up", batch), "không còn được lưu")
        self.assertEqual(self.get("file", batch).status_code, 404)

    def test_several_files_are_taken_at_once(self):
        make_unit(name="Xã Một")
        headings = ["TT", "Họ và tên", "Ngày sinh", "Đơn vị"]
        files = [
            (f"{name}.xlsx", workbook([[1, name, "1985", "Xã Một"]], headings=headings))
            for name in ("Lò Văn Một", "Lò Văn Hai")
        ]
        page = self.send(*files)
        self.assertContains(page, "Đã nhận 2 tệp")
        self.assertEqual(ImportBatch.objects.filter(state="preview").count(), 2)


class MarkedFileTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")
        self.batch = self.send_rows(
            row(1, "Lò Văn Một", unit="Xã Một"),
            row(2, "", unit="Xã Một"),
            name="ds.xlsx",
        )

    def test_the_marked_file_is_the_senders_own_with_messages(self):
        answer = self.get("marked", self.batch)
        self.assertIn("ds_danh-dau.xlsx", answer["Content-Disposition"])
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        texts = [cell.value for cell in sheet[1]]
        self.assertEqual(texts[-1], MESSAGES_HEADING)
        self.assertIn("thiếu họ và tên", sheet.cell(3, len(texts)).value)

    def test_remarks_formats_and_formulas_of_the_sender_stay_in_the_marked_file(self):
        book = load_workbook(BytesIO(workbook([row(1, "", "30/02/1985")], headings=HEADINGS)))
        page = book.active
        page["C2"].comment = Comment("Hỏi lại", "Sen")
        page["D2"] = CellRichText("Na", TextBlock(InlineFont(rFont=".VnTime"), "m"))
        page["J2"], page["K2"] = "=1+1", '=HYPERLINK("http://x")'
        for round_name in ("dau.xlsx", "lai.xlsx"):  # the second round starts from the first
            stream = BytesIO()
            book.save(stream)
            self.send((round_name, stream.getvalue()))
            answer = self.get("marked", ImportBatch.objects.latest("pk"))
            book = load_workbook(BytesIO(b"".join(answer.streaming_content)), rich_text=True)
            page = book.active
            own, _, told = page["C2"].comment.text.partition("\n\nCổng đào tạo: ")
            self.assertEqual((own, page["C2"].comment.author), ("Hỏi lại", "Sen"))
            self.assertEqual(told.count("không có thật"), 1)
            self.assertEqual(page["D2"].value[1].font.rFont, ".VnTime")
            self.assertEqual((page["J2"].value, page["J2"].data_type), ("=1+1", "f"))
            self.assertEqual(page["K2"].data_type, "s")

    def test_a_marked_csv_is_a_workbook_whose_columns_can_be_read(self):
        text = "TT;Họ và tên;Ngày sinh;Đơn vị\n1;Lò Văn Một;1985;Xã Một có tên dài hơn cột"
        self.send(("ds.csv", text.encode()))
        answer = self.get("marked", ImportBatch.objects.latest("pk"))
        self.assertIn("ds_danh-dau.xlsx", answer["Content-Disposition"])
        page = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        self.assertEqual((page["A1"].value, page["E1"].value), ("TT", MESSAGES_HEADING))
        self.assertEqual(page.column_dimensions["D"].width, 25 + 2)

    def test_the_marked_file_has_what_was_mended_on_the_page(self):
        self.post("choose", self.batch, **{"sua-0-3-B": "Lò Văn Hai", "fix": "sua-0-3-B"})
        data = b"".join(self.get("marked", self.batch).streaming_content)
        self.assertEqual(load_workbook(BytesIO(data)).active["B3"].value, "Lò Văn Hai")

    def test_the_corrected_file_continues_the_import(self):
        data = b"".join(self.get("marked", self.batch).streaming_content)
        self.post("apply", self.batch)
        book = load_workbook(BytesIO(data))
        book.active["B3"] = "Lò Văn Hai"
        stream = BytesIO()
        book.save(stream)
        page = self.send(("ds_danh-dau.xlsx", stream.getvalue()), on="02/06/2026")
        self.assertContains(page, "Tệp này sửa tiếp")
        self.assertContains(page, "Lần nhập mà tệp này sửa tiếp tính đến 01/06/2026")
        self.assertContains(page, "Áp dụng 1 dòng")
        self.assertContains(self.get("batch", self.batch), "Đã có tệp sửa tiếp")
        answer = self.get("marked", ImportBatch.objects.latest("pk"))
        self.assertIn('"ds_danh-dau.xlsx"', answer["Content-Disposition"])
        cell = load_workbook(BytesIO(b"".join(answer.streaming_content))).active["B3"]
        self.assertEqual((cell.comment, cell.fill.fill_type), (None, None))  # it is mended


class UnitSheetTests(PageTestCase):
    def test_areas_and_languages_are_taken_from_the_files_unit_sheet(self):
        batch = self.send_sample("11_dak_nong_can_bo_cong_chuc_cap_xa.xlsx", on="31/12/2020")
        page = self.get("batch", batch)
        self.assertContains(page, "Tệp có trang “Đơn vị”")
        self.assertContains(page, "700 dòng từ chối")
        page = self.post("unit_sheet", batch)
        self.assertContains(page, "Đã lấy đặc điểm từ trang “Đơn vị”")
        self.assertContains(page, "Áp dụng 700 dòng")
        self.assertNotContains(page, "Tệp có trang “Đơn vị”")
        self.assertTrue(UnitTrait.objects.filter(unit__name="Xã Quảng Trực").exists())
        self.assertTrue(Unit.objects.filter(name="Xã Quảng Trực").exists())

"""The list as a workbook, and the blank one."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl

from cadres.catalogues import load_people_catalogues
from cadres.exporting import COLUMNS
from cadres.intake import batches
from cadres.models import AuditEvent, Official
from tests.cadres.base import PeopleCase
from tests.factories import make_official, make_qualification
from trainingplans.lib.dates import today
from trainingplans.lib.sheets import looks_like_formula

HEADINGS = [
    "STT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD",
    "Đơn vị công tác", "Loại", "Chức vụ", "Mã ngạch", "Đảng viên", "Ngày vào Đảng",
    "Trình độ văn hóa", "Trình độ chuyên môn", "Chuyên ngành đào tạo", "Lý luận chính trị",
    "Quản lý nhà nước", "Tin học", "Ngoại ngữ", "Tiếng dân tộc", "Quốc phòng - An ninh",
    "Quy hoạch", "Điện thoại", "Email", "Ghi chú",
]  # fmt: skip


class ExportTests(PeopleCase):
    def workbook(self, **data):
        page = self.get("officials", data={"xuat": "xlsx", **data})
        self.assertIn("attachment", page["Content-Disposition"])
        self.content = page.content
        return openpyxl.load_workbook(BytesIO(page.content))

    def rows(self, **data):
        sheet = self.workbook(**data)["Danh sách"]
        headings, *rows = sheet.iter_rows(values_only=True)
        self.assertEqual(list(headings), HEADINGS)
        return [dict(zip(headings, row, strict=True)) for row in rows]

    def test_the_headings_are_those_the_import_knows(self):
        self.assertEqual([column.heading for column in COLUMNS], HEADINGS)

    def test_a_row_tells_what_the_record_tells(self):
        self.log_in("clerk")
        make_qualification(self.person, "ethnic_language", "CO", detail="Thái")
        make_qualification(self.person, "ethnic_language", "CO", detail="Mông")
        make_qualification(self.person, "informatics", detail="MOS Excel")
        [row] = self.rows()
        self.assertEqual(row["Họ và tên"], "Đặng Văn Ý")
        self.assertEqual(row["Ngày sinh"].date(), date(1991, 3, 14))
        self.assertEqual(row["Số CCCD"], "011091000123")
        self.assertEqual(row["Đơn vị công tác"], "Xã Nhà")
        self.assertEqual((row["Loại"], row["Giới tính"]), ("Cán bộ", "Nam"))
        self.assertEqual((row["Đảng viên"], row["Quy hoạch"]), ("Có", "Có"))
        self.assertEqual(row["Ngày vào Đảng"].date(), date(2017, 2, 3))
        self.assertEqual((row["Trình độ chuyên môn"], row["Chuyên ngành đào tạo"]), ("DH", "Luật"))
        self.assertEqual((row["Tiếng dân tộc"], row["Tin học"]), ("Mông, Thái", "MOS Excel"))
        self.assertIsNone(row["Lý luận chính trị"])

    def test_partial_dates_and_unknown_values_stay_what_they_are(self):
        self.log_in("clerk")
        make_official(
            self.home, full_name="A Năm", birth_date=date(1990, 1, 1), birth_precision="year"
        )
        row = self.rows(q="A Năm")[0]
        self.assertEqual((row["Ngày sinh"], row["Đảng viên"]), ("1990", "Chưa rõ"))

    def test_a_clerk_exports_the_own_unit_only(self):
        self.log_in("clerk")
        self.rows(tinh_trang="tat-ca")
        text = b"".join(ZipFile(BytesIO(self.content)).read(name) for name in self.names())
        self.assertNotIn("Khách".encode(), text)
        self.assertNotIn(b"011085000999", text)

    def names(self):
        return ZipFile(BytesIO(self.content)).namelist()

    def test_without_the_permission_to_see_them_personal_ids_are_masked(self):
        self.log_in("leader")
        self.assertEqual(
            {row["Số CCCD"] for row in self.rows()}, {"0110 •••• 0123", "0110 •••• 0999"}
        )

    def test_the_filter_narrows_the_workbook_and_is_told_in_it(self):
        self.log_in("staff")
        book = self.workbook(don_vi=self.home.pk)
        told = dict(book["Thông tin"].iter_rows(values_only=True))
        self.assertEqual((told["Điều kiện"], told["Số người"]), ("Đơn vị: Xã Nhà", 1))

    def test_one_audit_row_with_filter_and_count(self):
        self.log_in("staff")
        self.rows(loai="CB", q="011091000123")
        event = AuditEvent.objects.get()
        self.assertEqual((event.act, event.detail["count"]), ("official.export", 1))
        self.assertEqual(event.detail["filter"], ["Tìm: có", "Loại: Cán bộ"])
        self.assertNotIn("011091000123", str(event.detail))

    def test_who_may_not_export_gets_403_and_leaves_no_row(self):
        self.log_in("unit_leader")
        self.get("officials", data={"xuat": "xlsx"}, status=403)
        self.assertEqual(self.acts(), [])

    def test_no_text_becomes_a_formula(self):
        self.log_in("clerk")
        hostile = ["=1+1", "+1", "-1", "@x", "＝1", "＠x", " =1", "\u200b=1", "\u00a0+1", "'=1"]
        for text in hostile:
            make_official(self.home, full_name="Tên", note=text, staff_code=text)
        sheet = self.workbook(q="Tên")["Danh sách"]
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
        texts = [cell for cell in cells if cell.value in hostile]
        self.assertEqual(len(texts), 2 * len(hostile))
        self.assertTrue(all(cell.data_type == "s" and cell.quotePrefix for cell in texts))
        xml = ZipFile(BytesIO(self.content)).read("xl/worksheets/sheet1.xml")
        self.assertNotIn(b"<f>", xml)

    def test_ordinary_words_are_not_quoted(self):
        for text in ("Đặng", "01.003", "12/12", "a=b", "Ý kiến - ghi chú", ""):
            self.assertFalse(looks_like_formula(text))

    def test_who_has_left_stands_apart_with_the_day(self):
        self.log_in("clerk")
        gone = make_official(self.home, full_name="Lò Thị Nghỉ", until=date(2025, 3, 1))
        make_qualification(gone, "informatics", detail="Tin học A", since=date(2025, 6, 1))
        names = [row["Họ và tên"] for row in self.rows(tinh_trang="tat-ca")]
        self.assertEqual(names, ["Đặng Văn Ý"])
        headings, row = self.workbook(tinh_trang="da-thoi")["Đã thôi"].values
        told = dict(zip(headings, row, strict=True))
        self.assertEqual((told["Người đã thôi"], told["Tin học"]), ("Lò Thị Nghỉ", "Tin học A"))
        self.assertEqual(told["Thôi từ ngày"].date(), date(2025, 3, 1))

    def test_takes_no_more_queries_for_more_people(self):
        self.log_in("staff")
        before = self.queries_of("/can-bo/?xuat=xlsx")
        for _ in range(20):
            make_official(self.home, levels={"professional": "DH"})
        self.assertEqual(self.queries_of("/can-bo/?xuat=xlsx"), before)


class RoundTripTests(PeopleCase):
    """What is exported is read back by the roster import as it was."""

    @classmethod
    def setUpTestData(cls):
        load_people_catalogues()
        super().setUpTestData()
        plain = make_official(cls.home, full_name="H'Bia Niê", birth_date=date(1990, 5, 1))
        plain.birth_precision = "month"
        plain.save()
        levels = {"political_theory": "TC", "state_management": "CV", "professional": "THS"}
        rich = make_official(cls.home, full_name="Nguyễn Văn Đủ", levels=levels, phone="0912000999")
        make_qualification(rich, "foreign_language", "B3", detail="Tiếng Anh B1")
        make_qualification(rich, "informatics", "NC")
        make_qualification(rich, "defence_security", "DT3")
        make_qualification(rich, "ethnic_language", "CO", detail="Mông")
        none = make_official(cls.home, full_name="Trần Thị Chưa", gender="nu", party_member=False)
        for ladder in ("political_theory", "state_management", "defence_security", "informatics"):
            make_qualification(none, ladder, "CHUA")
        make_qualification(none, "professional", "CDT")

    def look_at(self, **filters):
        clerk = self.log_in("clerk")
        data = self.get("officials", data={"xuat": "xlsx", **filters}).content
        parsed = batches.parse(data, "xuat.xlsx")
        return batches.look(data, parsed, by=clerk, on=today())

    def test_each_alone_is_unchanged_too(self):
        """What a whole column tells (marks, dates, fonts) is not told by a single row."""
        own = Official.objects.filter(postings__unit=self.home)
        for name in own.values_list("full_name", flat=True):
            with self.subTest(name=name):
                [case] = self.look_at(q=name).cases
                self.assertEqual((case.action, case.changed), ("unchanged", {}))

    def test_members_beside_one_of_whom_it_is_not_known_stay_as_they_are(self):
        for name in ("Lò Văn Mười", "Lò Văn Tám"):
            make_official(self.home, full_name=name, party_member=True)
        make_official(self.home, full_name="Lò Văn Chín", party_member=None)
        cases = self.look_at(q="Lò Văn").cases
        self.assertEqual([case.changed for case in cases], [{}, {}, {}])

    def test_every_row_is_unchanged_and_nothing_is_asked(self):
        outcome = self.look_at()
        changed = {case.row.row: case.changed for case in outcome.cases if case.changed}
        self.assertEqual(changed, {})
        self.assertEqual({case.action for case in outcome.cases}, {"unchanged"})
        self.assertEqual(len(outcome.cases), 4)
        self.assertEqual([issue.message for issue in outcome.issues], [])

    def test_who_has_left_is_not_put_to_work_again(self):
        make_official(self.home, full_name="Lò Thị Nghỉ", until=date(2025, 3, 1))
        outcome = self.look_at(tinh_trang="tat-ca")
        self.assertEqual([case.action for case in outcome.cases], ["unchanged"] * 4)


class TemplateTests(PeopleCase):
    def test_the_blank_workbook_has_the_headings_and_drop_downs(self):
        self.log_in("clerk")
        book = openpyxl.load_workbook(BytesIO(self.get("roster_template").content))
        sheet = book["Danh sách"]
        self.assertEqual([cell.value for cell in sheet[1]], HEADINGS)
        self.assertEqual(book["Danh mục"].sheet_state, "hidden")
        lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
        self.assertEqual(lists["E2:E2001"], "'Danh mục'!$A$1:$A$2")
        self.assertEqual([cell.value for cell in book["Danh mục"]["A"]][:2], ["Nam", "Nữ"])

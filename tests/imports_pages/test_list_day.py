"""The day that a list describes: the own one of a file is pointed out, another told on its page."""

from datetime import date

from django.urls import reverse

from cadres.importing.list_day import told_in
from cadres.models import ImportBatch, Posting
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, workbook

HEAD = ["TT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ"]
PERSON = [1, "Lò Văn Một", "12/3/1985", "Xã Một", "Kế toán"]


class ListDayTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")

    def sent(self, line):
        rows = [[line], [], HEAD, PERSON]
        self.send(("ds.xlsx", workbook(rows, headings=["DANH SÁCH CÁN BỘ"])))
        return ImportBatch.objects.latest("pk")

    def test_the_files_own_day_is_offered_and_taken(self):
        batch = self.sent("(Tính đến ngày 31/3/2026)")
        self.assertContains(self.get("batch", batch), "Trong tệp ghi danh sách tính đến 31/03/2026")
        page = self.post("choose", batch, **{"theo-ngay": "31/03/2026", "ngay": "01/06/2026"})
        self.assertContains(page, "Đã lưu ngày của danh sách là 31/03/2026")
        self.assertNotContains(page, "Trong tệp ghi")
        self.assertContains(page, "Danh sách tính đến ngày 31/03/2026.")
        self.post("apply", batch, ngay="31/03/2026")
        self.assertEqual(Posting.objects.get().valid_from, date(2026, 3, 31))

    def test_another_day_is_shown_before_anything_is_written(self):
        batch = self.sent("")
        page = self.post("apply", batch, ngay="15/02/2026")
        self.assertContains(page, "Xem lại số dòng sẽ ghi rồi bấm Áp dụng lần nữa")
        batch.refresh_from_db()
        self.assertEqual((batch.state, batch.on), ("preview", date(2026, 2, 15)))

    def test_where_script_runs_the_whole_page_is_opened_for_another_day(self):
        batch = self.sent("")
        address, part = reverse("imports:choose", args=[batch.pk]), {"HX-Request": "true"}
        answer = self.client.post(address, {"ngay": "15/02/2026"}, headers=part)
        self.assertEqual(answer.headers["HX-Redirect"], f"/nhap-danh-sach/{batch.pk}/")

    def test_no_day_and_a_day_to_come_are_refused_in_words(self):
        batch = self.sent("")
        for text, words in (
            ("31/02/2026", "“31/02/2026” không có trong lịch"),
            ("01/01/2099", "01/01/2099 ở sau hôm nay"),
        ):
            self.assertContains(self.post("choose", batch, ngay=text), words)
            self.assertContains(self.post("apply", batch, ngay=text), words)
        batch.refresh_from_db()
        self.assertEqual((batch.state, batch.on), ("preview", date(2026, 6, 1)))

    def test_what_a_heading_may_say(self):
        for line, day in (
            ("Tính đến hết ngày 31 tháng 12 năm 2025", date(2025, 12, 31)),
            ("(đến 15.11.2025)", date(2025, 11, 15)),
            ("Thời gian từ ngày 01/01/2025 đến ngày 31/12/2025", None),
            ("Đến ngày 31/02/2025", None),
            ("Đến ngày 01/01/2099", None),
            ("Nà Bủng, ngày 20 tháng 8 năm 2025", None),
        ):
            sheet = {"used": True, "row_kinds": {"1": "title"}, "grid": [["", line]]}
            self.assertEqual(told_in([sheet]), day, line)

    def test_new_people_whom_a_later_list_does_not_name_are_told_to_end_with_it(self):
        self.post("apply", self.send_list("Lò Văn Một", on="01/06/2026"))
        older = self.send_list("Vàng A Dơ", on="01/03/2026")
        told = "1 người thêm mới không có trong danh sách đó nên thôi vị trí từ ngày 01/06/2026"
        self.assertContains(self.get("batch", older), told)
        self.assertContains(self.post("apply", older), told)
        post = Posting.objects.get(official__full_name="Vàng A Dơ")
        self.assertEqual(post.valid_to, date(2026, 6, 1))

    def test_of_a_list_newer_than_all_others_nothing_is_said(self):
        self.post("apply", self.send_list("Lò Văn Một", on="01/03/2026"))
        newer = self.send_list("Vàng A Dơ", on="01/06/2026")
        self.assertNotContains(self.get("batch", newer), "mới hơn danh sách này")

    def send_list(self, name, on):
        """A preview of a list with one person, of that day."""
        rows = [[1, name, "1985", "Xã Một", "Kế toán"]]
        self.send((f"{name}.xlsx", workbook(rows, headings=HEAD)), on=on)
        return ImportBatch.objects.latest("pk")

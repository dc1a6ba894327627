"""Programmes: the tree, forms, documents that only the portal hands out."""

from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from cadres.models import AuditEvent
from courses.models import Category
from tests.reports_pages.base import Province, SameQueries
from trainingplans.plans.models import FundingSource, Programme

PDF = b"%PDF-1.7 ..."


def docx():
    """The bytes of a small Word file."""
    out = BytesIO()
    with ZipFile(out, "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
    return out.getvalue()


class ProgrammeTests(SameQueries, Province):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.above = Programme.objects.create(title="Chương trình 1719", number="1719/QĐ-TTg")
        cls.below = Programme.objects.create(title="Dự án 5", kind="project", parent=cls.above)

    def url(self, name, row=None):
        return reverse(f"plans:{name}", args=[(row or self.above).pk])

    def test_the_tree_shows_parts_below_what_they_belong_to(self):
        rows = self.see(self.staff, "/chuong-trinh/").context["rows"]
        self.assertEqual(
            [(b.row.title, b.depth) for b in rows], [("Chương trình 1719", 0), ("Dự án 5", 1)]
        )

    def test_the_list_takes_no_more_queries_for_more_rows(self):
        def grow():
            for number in range(6):
                Programme.objects.create(title=f"P{number}", parent=self.below)

        self.assert_same_queries(self.staff, "/chuong-trinh/", grow, at_most=8)

    def test_readers_read_and_only_staff_changes(self):
        for account in (self.leader, self.high, self.clerk, self.unit_leader, self.admin):
            self.see(account, "/chuong-trinh/")
            self.see(account, self.url("programme"))
            self.see(account, "/chuong-trinh/danh-muc/")
            self.see(account, "/chuong-trinh/them/", 403)
            for name in ("programme_edit", "programme_delete"):
                self.see(account, self.url(name), 403)
            for name in ("programme_attach", "programme_restore"):
                self.assertEqual(self.client.post(self.url(name)).status_code, 403)
        for account in (self.school, self.official):
            self.see(account, "/chuong-trinh/", 403)

    def test_an_administrator_is_not_led_to_figures(self):
        self.target.programme = self.above
        self.target.save()
        page = self.see(self.admin, self.url("programme"))
        self.assertContains(page, self.target.name)
        self.assertNotContains(page, reverse("reports:target", args=[self.target.pk]))
        self.assertContains(self.see(self.staff, self.url("programme")), "chuong_trinh=")

    def test_a_programme_is_added_and_changed_with_a_trace(self):
        self.client.force_login(self.staff)
        data = {
            "kind": "resolution",
            "number": "5/NQ",
            "title": "Nghị quyết  mới",
            "starts_on": "01/01/2026",
            "ends_on": "31/12/2030",
        }
        answer = self.client.post("/chuong-trinh/them/", data)
        row = Programme.objects.get(number="5/NQ")
        self.assertRedirects(answer, self.url("programme", row))
        self.assertEqual(row.title, "Nghị quyết mới")
        data |= {"title": "Tên hai", "version": row.version}
        self.assertEqual(self.client.post(self.url("programme_edit", row), data).status_code, 302)
        acts = list(AuditEvent.objects.order_by("id").values_list("act", flat=True))
        self.assertEqual(acts[-2:], ["programme.add", "programme.change"])

    def test_wrong_dates_and_used_numbers_are_told(self):
        self.client.force_login(self.staff)
        data = {
            "kind": "decision",
            "number": "1719/QĐ-TTg",
            "title": "X",
            "starts_on": "02/01/2026",
            "ends_on": "01/01/2026",
        }
        page = self.client.post("/chuong-trinh/them/", data)
        self.assertContains(page, "Số, ký hiệu này đã có", status_code=422)
        self.assertContains(
            page, "Ngày kết thúc 01/01/2026 trước ngày bắt đầu 02/01/2026", status_code=422
        )

    def test_a_programme_never_belongs_to_itself(self):
        self.client.force_login(self.staff)
        data = {"kind": "programme", "title": "X", "parent": self.below.pk, "version": 1}
        page = self.client.post(self.url("programme_edit"), data)
        self.assertEqual(page.status_code, 422)
        self.above.refresh_from_db()
        self.assertIsNone(self.above.parent)

    def test_an_older_page_overwrites_nothing(self):
        self.client.force_login(self.staff)
        data = {"kind": "programme", "number": "1719/QĐ-TTg", "version": 1}
        self.client.post(self.url("programme_edit"), data | {"title": "Của người kia"})
        page = self.client.post(self.url("programme_edit"), data | {"title": "Của tôi"})
        self.assertContains(page, "Của người kia", status_code=409)
        self.assertContains(page, "Của tôi", status_code=409)
        self.above.refresh_from_db()
        self.assertEqual(self.above.title, "Của người kia")

    def test_what_something_hangs_on_is_not_deleted(self):
        self.client.force_login(self.staff)
        page = self.client.post(self.url("programme_delete"))
        self.assertContains(page, "Chưa xóa được", status_code=409)
        self.assertTrue(Programme.objects.filter(pk=self.above.pk).exists())
        self.assertFalse(AuditEvent.objects.filter(act="programme.delete").exists())

    def test_deleting_can_be_taken_back(self):
        self.client.force_login(self.staff)
        page = self.client.post(self.url("programme_delete", self.below), follow=True)
        self.assertContains(page, self.url("programme_restore", self.below))
        self.client.post(self.url("programme_restore", self.below))
        self.below.refresh_from_db()
        self.assertEqual(self.below.parent, self.above)

    def test_references_are_listed(self):
        FundingSource.objects.create(code="TW", name="Ngân sách trung ương")
        Category.objects.create(code="BD", form="boi_duong", name="Tin học")
        page = self.see(self.clerk, "/chuong-trinh/danh-muc/")
        self.assertContains(page, "Ngân sách trung ương")
        self.assertContains(page, "Tin học")


class DocumentTests(ProgrammeTests):
    def attach(self, content, name="van-ban.pdf", **more):
        self.client.force_login(self.staff)
        data = {"document": SimpleUploadedFile(name, content), **more}
        return self.client.post(self.url("programme_attach"), data)

    def test_a_document_is_stored_under_a_random_name_and_served_as_a_download(self):
        self.assertEqual(self.attach(PDF, "../../Quyết định.pdf").status_code, 302)
        self.above.refresh_from_db()
        self.assertRegex(self.above.document.name, r"^programmes/[0-9a-f]{32}\.pdf$")
        answer = self.see(self.clerk, self.url("programme_document"))
        self.assertEqual(b"".join(answer.streaming_content), PDF)
        self.assertTrue(answer["Content-Disposition"].startswith("attachment"))
        self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
        self.see(self.school, self.url("programme_document"), 403)

    def test_only_pdf_and_word_by_their_bytes(self):
        self.assertEqual(self.attach(docx(), "a.docx", seen="").status_code, 302)
        for content, name in [(b"<script>", "a.pdf"), (b"PK\x03\x04zip", "a.docx"), (b"", "a.pdf")]:
            with self.subTest(name=name):
                self.above.refresh_from_db()
                answer = self.attach(content, name, seen=self.above.document.name)
                self.assertContains(answer, "PDF hoặc Word (.docx)", status_code=422)

    def test_a_large_file_is_refused(self):
        with override_settings(UPLOAD_LIMIT=3):
            self.assertContains(self.attach(PDF), "Tệp lớn hơn", status_code=422)

    def test_a_document_that_was_replaced_meanwhile_is_not_overwritten(self):
        self.attach(PDF)
        answer = self.attach(PDF, seen="")
        self.assertContains(answer, "vừa được người khác thay", status_code=422)

    def test_a_document_can_be_taken_away(self):
        self.attach(PDF)
        self.client.post(self.url("programme_attach"), {"drop": "1"})
        self.see(self.staff, self.url("programme_document"), 404)
        self.assertEqual(AuditEvent.objects.filter(act="programme.document").count(), 2)

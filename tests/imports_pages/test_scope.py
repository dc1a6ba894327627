"""Who may open which import, and whose rows a file may hold."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from django.urls import reverse
from openpyxl import load_workbook

from cadres.models import AuditEvent, ImportBatch, Official
from tests.factories import make_account, make_official, make_unit
from tests.imports_pages.base import HEADINGS, PageTestCase, row, workbook

READS = ["batch", "progress", "undo", "file", "marked"]
WRITES = ["choose", "apply", "undo", "drop", "take_up", "again"]


class ClerkTests(PageTestCase):
    def setUp(self):
        self.own = make_unit(name="Xã Một")
        self.foreign = make_unit(name="Xã Hai")
        self.account = make_account("clerk", unit=self.own)
        self.client.force_login(self.account)

    def test_rows_of_another_unit_are_refused_by_name(self):
        batch = self.send_rows(
            row(1, "Lò Văn Một", unit="Xã Một"), row(2, "Lò Văn Hai", unit="Xã Hai")
        )
        page = self.get("batch", batch)
        self.assertContains(page, "“Xã Hai” không thuộc đơn vị của tài khoản này")
        self.assertContains(page, "Áp dụng 1 dòng")
        self.post("apply", batch)
        self.assertEqual([o.full_name for o in Official.objects.all()], ["Lò Văn Một"])

    def test_the_refused_unit_may_be_changed_to_the_own(self):
        batch = self.send_rows(row(1, "Lò Văn Hai", unit="Xã Hai"))
        self.assertContains(self.get("batch", batch), 'value="Xã Một"')
        self.post("choose", batch, **{"sua-0-2-G": "Xã Một", "fix": "sua-0-2-G"})
        batch.refresh_from_db()
        self.assertEqual(batch.counts["create"], 1)

    def test_an_office_inside_the_own_unit_is_the_own_unit(self):
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Văn phòng Đảng ủy"))
        self.post("apply", batch)
        self.assertEqual([o.full_name for o in Official.objects.all()], ["Lò Văn Một"])
        self.assertTrue(Official.objects.filter(postings__unit=self.own).exists())

    def test_the_unit_is_fixed_and_a_foreign_one_in_the_form_is_ignored(self):
        page = self.client.get(reverse("imports:upload"))
        self.assertNotContains(page, 'name="unit"')
        batch = self.send_rows(row(1, "Lò Văn Một"), unit=self.foreign.pk)
        self.assertEqual(batch.unit, self.own)

    def test_a_person_of_another_unit_is_neither_matched_nor_shown(self):
        make_official(self.foreign, full_name="Vàng A Kín", personal_id="011085000009")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một", personal_id="011085000009"))
        self.assertNotContains(self.get("batch", batch), "Vàng A Kín")

    def test_other_imports_do_not_exist(self):
        batches = [
            ImportBatch.objects.create(
                state="preview", file_name="bi-mat.xlsx", by=by, unit=unit, on="2026-06-01"
            )
            for by, unit in (
                (make_account("clerk", unit=self.foreign), self.foreign),
                (make_account("staff"), None),
                # Sent by the department for this unit: may hold people of others.
                (make_account("staff", unit=self.own), self.own),
            )
        ]
        for batch in batches:
            for name in READS:
                with self.subTest(batch=batch.pk, read=name):
                    self.assertEqual(self.get(name, batch).status_code, 404)
            for name in WRITES:
                with self.subTest(batch=batch.pk, write=name):
                    self.assertEqual(self.post(name, batch).status_code, 404)
        self.assertNotContains(self.client.get(reverse("imports:upload")), "bi-mat.xlsx")
        self.assertEqual(set(ImportBatch.objects.values_list("state", flat=True)), {"preview"})

    def test_units_are_not_changed_by_a_clerk(self):
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.assertEqual(self.post("unit_sheet", batch).status_code, 403)


class RoleTests(PageTestCase):
    def test_only_roles_with_the_permission_come_in(self):
        unit = make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        for role in ("leader", "province_leader", "unit_leader", "admin", "school", "official"):
            self.client.force_login(make_account(role, unit=unit))
            with self.subTest(role=role):
                self.assertEqual(self.client.get(reverse("imports:upload")).status_code, 403)
                for name in READS:
                    self.assertEqual(self.get(name, batch).status_code, 403)
                for name in WRITES:
                    self.assertEqual(self.post(name, batch).status_code, 403)
        self.assertEqual(ImportBatch.objects.get().state, "preview")

    def test_who_is_not_logged_in_is_sent_to_log_in(self):
        self.client.logout()
        self.assertRedirects(
            self.client.get("/nhap-danh-sach/"), "/dang-nhap/?next=/nhap-danh-sach/"
        )


class FileTests(PageTestCase):
    def test_the_stored_file_comes_back_as_a_download_with_its_own_name(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"), name="Danh sách Nà Bủng.xlsx")
        self.assertNotIn("Danh", batch.file.name)
        answer = self.get("file", batch)
        self.assertEqual(
            answer["Content-Disposition"],
            "attachment; filename*=utf-8''Danh%20s%C3%A1ch%20N%C3%A0%20B%E1%BB%A7ng.xlsx",
        )
        self.assertEqual(answer["Content-Type"], "application/octet-stream")
        self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
        self.assertEqual(b"".join(answer.streaming_content)[:2], b"PK")

    def test_macros_and_links_do_not_come_back(self):
        make_unit(name="Xã Một")
        data = workbook([row(1, "Lò Văn Một", unit="Xã Một")], headings=HEADINGS)
        for number, part in enumerate(("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml")):
            stream = BytesIO(data)
            with ZipFile(stream, "a") as archive:
                archive.writestr(part, b"<x/>")
            self.send((f"ds{number}.xlsm", stream.getvalue()))
            answer = self.get("file", ImportBatch.objects.latest("pk"))
            self.assertIn(f"ds{number}.xlsx", answer["Content-Disposition"])
            back = b"".join(answer.streaming_content)
            self.assertNotIn(part, ZipFile(BytesIO(back)).namelist())
            self.assertEqual(load_workbook(BytesIO(back)).active["B2"].value, "Lò Văn Một")

    def test_a_changed_file_is_not_handed_out(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        Path(batch.file.path).write_bytes(b"other")
        self.assertEqual(self.get("file", batch).status_code, 404)
        self.assertEqual(self.get("marked", batch).status_code, 404)

    def test_a_file_changed_after_the_preview_is_not_applied(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        other = workbook([row(1, "Lò B", unit="Xã Một")], headings=HEADINGS)
        Path(batch.file.path).write_bytes(other)
        answer = self.post("apply", batch)
        self.assertContains(answer, "không còn như lúc gửi")
        batch.refresh_from_db()
        self.assertEqual((batch.state, Official.objects.count()), ("preview", 0))

    def test_each_download_is_on_record(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.get("file", batch)
        self.get("marked", batch)
        acts = AuditEvent.objects.filter(subject_id=batch.pk).values_list("act", flat=True)
        self.assertEqual(sorted(acts), ["import.file", "import.marked_file"])


class HistoryOfUnitsTests(PageTestCase):
    def test_an_import_of_several_units_is_found_by_each_that_it_told_of(self):
        units = [make_unit(name=name) for name in ("Xã Một", "Xã Hai", "Xã Ba")]
        rows = [row(1, "Lò Văn Một", unit="Xã Một"), row(2, "Lò Văn Hai", unit="Xã Hai")]
        self.post("apply", self.send_rows(*rows, name="hai-xa.xlsx"))
        self.send_rows(row(1, "Lò Văn Ba"), name="xa-ba.xlsx", unit=units[2].pk)
        found = {
            unit.name: [
                batch.file_name
                for batch in self.client.get("/nhap-danh-sach/", {"unit": unit.pk}).context["page"]
            ]
            for unit in units
        }
        self.assertEqual(
            found, {"Xã Một": ["hai-xa.xlsx"], "Xã Hai": ["hai-xa.xlsx"], "Xã Ba": ["xa-ba.xlsx"]}
        )

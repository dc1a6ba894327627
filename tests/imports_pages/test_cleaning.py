"""Files of imports put away are kept for a while, said to whom it concerns, then deleted."""

import io
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from cadres.models import AuditEvent, ImportBatch
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, row
from trainingplans.lib.dates import show


def clean(*arguments):
    out = io.StringIO()
    call_command("clean_imports", "--json", *arguments, stdout=out)
    return out.getvalue().strip()


class CleaningTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")
        self.batch = self.send_rows(row(1, "Lò Văn Một", "30/02/1966", "Xã Một"))
        self.post("choose", self.batch, **{"sua-0-2-C": "1986"})

    def age(self, days):
        ImportBatch.objects.update(heartbeat=timezone.now() - timedelta(days=days))

    def is_stored(self):
        return self.batch.file.storage.exists(self.batch.file.name)

    def test_a_file_put_away_is_deleted_after_ninety_days_and_not_before(self):
        self.assertContains(self.post("drop", self.batch), "trong 90 ngày mở tệp là làm tiếp được")
        until = timezone.localdate() + timedelta(days=90)
        self.assertContains(self.get("batch", self.batch), f"giữ đến ngày {show(until)}")
        self.age(89)
        self.assertEqual(clean(), '{"deleted": 0}')
        self.assertTrue(self.is_stored())
        self.age(91)
        self.assertEqual(clean(), '{"deleted": 1}')
        self.assertFalse(self.is_stored())
        self.assertEqual(clean(), '{"deleted": 0}')

    def test_what_was_typed_goes_too_and_the_import_stays_in_the_history(self):
        self.post("drop", self.batch)
        self.age(91)
        clean()
        self.batch.refresh_from_db()
        self.assertEqual((self.batch.edits, self.batch.choices, self.batch.issues), ([], {}, []))
        self.assertEqual(len(self.batch.sha256), 64)
        event = AuditEvent.objects.get(act="import.file_deleted")
        self.assertEqual((event.by.username, event.batch), ("system", self.batch.pk))
        page = self.get("batch", self.batch)
        self.assertContains(page, "Tệp gốc đã xóa vì bỏ quá 90 ngày.")
        self.assertNotContains(page, "Mở lại để làm tiếp")
        self.assertContains(self.client.get("/nhap-danh-sach/"), "ds.xlsx")
        self.assertEqual(self.get("file", self.batch).status_code, 404)
        self.assertContains(self.post("take_up", self.batch), "Tệp này không còn được lưu.")

    def test_a_file_that_could_not_be_read_is_deleted_and_can_be_put_away_before(self):
        self.send(("anh.xlsx", b"khong phai bang tinh"))
        self.batch = ImportBatch.objects.latest("pk")
        page = self.get("batch", self.batch)
        self.assertContains(page, "còn giữ đến ngày")
        self.assertContains(page, "Bỏ tệp này")
        self.age(91)
        self.assertEqual(clean(), '{"deleted": 1}')
        self.assertContains(self.get("batch", self.batch), "Không đọc được anh.xlsx.")

    def test_files_that_wait_or_were_applied_are_kept(self):
        self.age(1000)
        self.assertEqual(clean(), '{"deleted": 0}')
        self.post("apply", self.batch)
        self.age(1000)
        self.assertEqual(clean(), '{"deleted": 0}')
        self.assertTrue(self.is_stored())

    def test_a_file_taken_up_again_is_kept(self):
        self.post("drop", self.batch)
        self.age(91)
        self.post("take_up", self.batch)
        self.assertEqual(clean(), '{"deleted": 0}')

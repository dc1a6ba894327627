"""Long steps: started in a process, watched, found dead, done again."""

import io
import os
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from cadres.intake import background, batches, living, stages
from cadres.models import ImportBatch, Official
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, row


def work_batch(batch, step, by):
    """Run the command as the started process would."""
    call_command("work_batch", batch.pk, step, "--by", by.pk, stdout=io.StringIO())


def test_the_process_of_a_long_step_starts_without_what_only_pages_and_answers_need():
    """Libraries of workbooks and the admin would make the clerk wait half a second longer."""
    told = "import sys; print([n for n in ('openpyxl', 'import_export.admin') if n in sys.modules])"
    script = f"import django; django.setup(); import cadres.intake.background; {told}"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "trainingplans.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


@override_settings(IMPORTS_INLINE=False)
class LargeFileTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")
        self.started = []
        fake = SimpleNamespace(Popen=self._popen, DEVNULL=None)
        popen = patch.object(background, "subprocess", fake)
        popen.start()
        self.addCleanup(popen.stop)
        large = patch.object(background, "LARGE_BYTES", 1)
        large.start()
        self.addCleanup(large.stop)

    def _popen(self, command, **options):
        self.started.append((command, options))

    def send_large(self):
        with self.captureOnCommitCallbacks(execute=True):
            return self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))

    def test_a_large_file_is_read_by_a_process_of_its_own(self):
        batch = self.send_large()
        command, options = self.started[0]
        self.assertEqual(command[:4], [sys.executable, "manage.py", "work_batch", str(batch.pk)])
        self.assertTrue(options["start_new_session"])
        page = self.get("batch", batch)
        self.assertContains(page, "Có thể rời trang hoặc tắt trình duyệt, việc vẫn chạy.")
        self.assertContains(page, '<noscript><meta http-equiv="refresh" content="3"></noscript>')
        self.assertContains(self.get("progress", batch), 'hx-trigger="every 1s"')
        work_batch(batch, "preview", self.account)
        self.assertContains(self.get("batch", batch), "Áp dụng 1 dòng")
        over = self.get("progress", batch)
        self.assertContains(over, 'hx-trigger="load"')
        self.assertNotIn("HX-Refresh", over)
        self.assertEqual(self.get("progress", batch, xong=1)["HX-Refresh"], "true")

    def test_a_large_roster_is_applied_and_undone_in_the_background(self):
        batch = self.send_large()
        work_batch(batch, "preview", self.account)
        with patch.object(background, "LARGE_ROWS", 0):
            for step, state in (("apply", "applied"), ("undo", "undone")):
                with self.captureOnCommitCallbacks(execute=True):
                    page = self.post(step, batch)
                self.assertContains(page, "Có thể rời trang")
                self.assertContains(self.post(step, batch), "đang")
                self.assertEqual(self.started[-1][0][4], step)
                work_batch(batch, step, self.account)
                batch.refresh_from_db()
                self.assertEqual(batch.state, state)
        self.assertEqual(len(self.started), 3)

    def test_a_file_may_be_put_away_while_it_is_read_and_stays_so(self):
        batch = self.send_large()
        self.assertContains(self.get("batch", batch), "Bỏ tệp này")
        self.post("drop", batch)
        work_batch(batch, "preview", self.account)  # its process comes to its end nevertheless
        self.assertContains(self.get("batch", batch), "Tệp này đã bỏ.")
        self.assertEqual(batch.rows.count(), 0)
        with self.captureOnCommitCallbacks(execute=True):
            self.post("take_up", batch)
        work_batch(batch, "preview", self.account)
        self.assertContains(self.get("batch", batch), "Áp dụng 1 dòng")

    def test_what_is_being_written_is_not_put_away(self):
        batch = self.send_large()
        ImportBatch.objects.update(state="applying")
        self.assertNotContains(self.get("batch", batch), "Bỏ tệp này")

    def test_a_silent_process_is_shown_and_the_step_done_again(self):
        batch = self.send_large()
        past = timezone.now() - timedelta(seconds=90)
        ImportBatch.objects.update(heartbeat=past)
        page = self.get("batch", batch)
        self.assertContains(page, "Đã hơn một phút không có dấu hiệu chạy.")
        self.assertContains(self.client.get("/nhap-danh-sach/"), "Dừng giữa chừng")
        with self.captureOnCommitCallbacks(execute=True):
            self.post("again", batch)
        self.assertEqual(self.started[-1][0][4], "preview")
        self.assertContains(self.get("batch", batch), "việc vẫn chạy")

    def test_a_living_process_is_not_started_twice(self):
        batch = self.send_large()
        self.assertContains(self.post("again", batch), "không cần chạy lại")
        self.assertEqual(len(self.started), 1)

    def test_a_sign_of_life_beside_the_file_counts(self):
        batch = self.send_large()
        ImportBatch.objects.update(heartbeat=timezone.now() - timedelta(seconds=90))
        batch.refresh_from_db()
        with living.living(batch, "preview"):
            self.assertFalse(background.is_broken(batch))
            os.utime(living.path_of(batch), (0, 0))
            self.assertTrue(background.is_broken(batch))
        self.assertTrue(background.is_broken(batch))

    def test_the_page_says_what_is_going_on_and_how_far_it_is(self):
        batch = self.send_large()
        self.assertContains(self.get("progress", batch), "Đang chờ máy chủ bắt đầu")
        with living.living(batch, "preview"):
            stages.tell(stages.COMPARING, 2_500, 5_000)
            page = self.get("progress", batch)
            self.assertContains(page, "Đang đối chiếu với hồ sơ")
            self.assertContains(page, "2.500 / 5.000 dòng")
            self.assertContains(page, "Tiếp theo: dựng trang xem trước.")
            self.assertContains(page, 'value="75"')  # reading 20, understanding 40, half of 30
            stages.tell(stages.READING)  # once more, with columns that were remembered
            page = self.get("progress", batch)
            self.assertContains(page, "Đang đọc tệp")
            self.assertContains(page, 'value="75"')

    def test_each_step_tells_its_stages_in_order(self):
        batch = self.send_large()
        for step, told in (
            ("preview", ["reading", "understanding", "comparing", "storing"]),
            ("apply", ["reading", "understanding", "comparing", "writing"]),
            ("undo", ["writing"]),
        ):
            with patch.object(living._Writer, "hear") as hear:
                work_batch(batch, step, self.account)
            heard = [call.args[0] for call in hear.call_args_list]
            self.assertEqual(list(dict.fromkeys(heard)), told)
            self.assertEqual(told, list(stages.SHARES[step]))


class FailureTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")

    def test_a_fault_while_reading_is_said_and_can_be_tried_again(self):
        with (
            patch.object(batches, "parse_batch", side_effect=RuntimeError("lỗi thử")),
            self.assertLogs(background.logger, "ERROR"),
        ):
            batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.assertContains(self.get("batch", batch), "Chạy lại")
        self.assertContains(self.post("again", batch), "Áp dụng 1 dòng")

    def test_a_fault_while_writing_leaves_the_preview_as_it_was(self):
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        with (
            patch.object(batches.applying, "write_standings", side_effect=RuntimeError("lỗi thử")),
            self.assertLogs(background.logger, "ERROR"),
        ):
            page = self.post("apply", batch)
        self.assertContains(page, "Không có gì bị ghi dở")
        self.assertEqual(Official.objects.count(), 0)
        self.assertContains(self.post("apply", batch), "Đã áp dụng 1 dòng")

    def test_a_stored_file_that_was_changed_is_not_applied(self):
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        with batch.file.storage.open(batch.file.name, "wb") as stored:
            stored.write(b"khac")
        page = self.post("apply", batch)
        self.assertContains(page, "không còn như lúc gửi")
        self.assertEqual(Official.objects.count(), 0)

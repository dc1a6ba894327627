"""What tests of the import pages share: an account at its browser, files sent and decided on."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadres.models import ImportBatch
from tests.factories import make_account
from tests.imports.base import ROSTERS, ImportTestCase, units_of, workbook

HEADINGS = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Đơn vị", "Chức vụ"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def row(number, name, birth="12/03/1985", unit="", personal_id="", position="Công chức"):
    """One person's row under HEADINGS."""
    return [number, name, birth, "Nam", "Kinh", personal_id, unit, position]


class PageTestCase(ImportTestCase):
    """A test that sends files through the pages, logged in as `self.account`."""

    role, unit = "staff", None

    def setUp(self):
        self.account = make_account(self.role, unit=self.unit)
        self.client.force_login(self.account)

    def send(self, *files, **fields):
        """POST files [(name, bytes)] to the upload page; the page where it ends."""
        fields = {"on": "01/06/2026", "absent": "keep"} | fields
        uploads = [SimpleUploadedFile(name, data) for name, data in files]
        return self.client.post(reverse("imports:upload"), fields | {"files": uploads}, follow=True)

    def send_rows(self, *rows, name="ds.xlsx", **fields):
        """Send a small roster; its batch."""
        self.send((name, workbook(rows, headings=HEADINGS)), **fields)
        return ImportBatch.objects.latest("pk")

    def send_sample(self, name, **fields):
        """Send a sample; its batch."""
        self.send((name, (ROSTERS / name).read_bytes()), **fields)
        return ImportBatch.objects.latest("pk")

    def post(self, name, batch, **fields):
        """POST to one of a batch's addresses; the page where it ends."""
        return self.client.post(reverse(f"imports:{name}", args=[batch.pk]), fields, follow=True)

    def get(self, name, batch, **query):
        return self.client.get(reverse(f"imports:{name}", args=[batch.pk]), query)


def as_file(data):
    return io.BytesIO(data)


__all__ = ["HEADINGS", "PageTestCase", "ROSTERS", "as_file", "row", "units_of", "workbook"]

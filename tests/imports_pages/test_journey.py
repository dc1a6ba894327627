"""Upload, preview, decide, apply, take back: through the pages."""

from cadres.models import ImportBatch, ImportRow, Official
from tests.factories import make_unit
from tests.imports_pages.base import PageTestCase, row, units_of


class JourneyTests(PageTestCase):
    def test_a_sample_is_previewed_applied_and_taken_back(self):
        units_of("03_danh_sach_nhap_tay.xlsx")
        batch = self.send_sample("03_danh_sach_nhap_tay.xlsx")
        page = self.get("batch", batch)
        self.assertContains(page, "Áp dụng 73 dòng")
        self.assertContains(page, "Chỉ dòng cần xem (12)")
        self.assertEqual(Official.objects.count(), 0)
        self.assertContains(self.post("apply", batch), "Đã áp dụng 73 dòng")
        self.assertEqual(Official.objects.count(), 73)
        self.assertEqual(ImportRow.objects.filter(batch=batch).count(), 77)
        self.assertContains(self.post("undo", batch), "Đã đưa 73 người về như trước")
        self.assertEqual(Official.objects.count(), 0)

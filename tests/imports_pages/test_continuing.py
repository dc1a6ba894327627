"""The marked file, mended and sent again: what was decided before is not asked again."""

import io

from django.urls import reverse
from openpyxl import load_workbook

from cadres.models import ImportBatch, Posting, SenderMapping
from tests.factories import make_official, make_unit
from tests.imports_pages.base import PageTestCase, row


class ContinuingTests(PageTestCase):
    def setUp(self):
        super().setUp()
        self.unit = make_unit(name="Xã Một")
        make_official(self.unit, full_name="Lò Thị Hiền", position="Công chức")
        self.gone = make_official(self.unit, full_name="Người Đi")
        self.batch = self.send_rows(
            row(1, "Vàng A Dơ", "1986", "Xã Một"),
            row(2, "Lò Thị Hiền", "14/3/1991", "Xã Một", position="Kế toán"),
            row(3, None, "1990", "Xã Một"),
        )

    def send_mended(self, **cells):
        """Mend the marked file as in Excel and send it; its batch."""
        answer = self.client.get(reverse("imports:marked", args=[self.batch.pk]))
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        for place, text in cells.items():
            book.active[place] = text
        return self._sent(book)

    def _sent(self, book):
        stream = io.BytesIO()
        book.save(stream)
        self.send(("ds_danh-dau.xlsx", stream.getvalue()))
        return ImportBatch.objects.latest("pk")

    def actions(self, batch):
        return list(batch.rows.order_by("row").values_list("action", flat=True))

    def test_a_value_kept_before_is_kept_again(self):
        self.post("choose", self.batch, **{"muc-0-3-position": "keep"})
        self.post("apply", self.batch)
        mended = self.send_mended(B4="Sùng Thị Mỷ")
        self.assertEqual(mended.counts["update"], 0)
        self.assertEqual(self.actions(mended), ["unchanged", "unchanged", "create"])
        self.post("apply", mended)
        self.assertEqual(
            Posting.objects.get(official__full_name="Lò Thị Hiền").position, "Công chức"
        )

    def test_it_is_kept_for_the_person_wherever_the_row_is_now(self):
        self.post("choose", self.batch, **{"muc-0-3-position": "keep"})
        answer = self.client.get(reverse("imports:marked", args=[self.batch.pk]))
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        book.active.delete_rows(2)
        mended = self._sent(book)
        self.assertEqual(mended.choices["fields"], {"Sheet!2!position": "keep"})

    def test_another_value_is_asked_for_anew(self):
        self.post("choose", self.batch, **{"muc-0-3-position": "keep"})
        mended = self.send_mended(H3="Văn thư")
        self.assertEqual(mended.counts["update"], 1)

    def test_choices_by_column_and_of_people_gone_go_on(self):
        gone = f"vang-{self.gone.pk}"
        self.post("choose", self.batch, **{"theo-cot": "keep:position", gone: "retired"})
        mended = self.send_mended(B4="Sùng Thị Mỷ")
        self.assertEqual(mended.choices["columns"], {"position": "keep"})
        self.assertContains(self.get("batch", mended), "và 1 người")

    def test_columns_corrected_by_hand_are_corrected_in_the_marked_copy(self):
        self.post("choose", self.batch, **{"cot-0-H": "note"})
        self.assertEqual(SenderMapping.objects.count(), 1)
        mended = self.send_mended(B4="Sùng Thị Mỷ")
        self.assertEqual(mended.mapping, {"Sheet": {"H": "note"}})

    def test_a_doubtful_person_told_before_is_not_asked_for_again(self):
        twins = [make_official(self.unit, full_name="Hà A Pó") for _ in range(2)]
        self.batch = self.send_rows(row(1, "Hà A Pó", "", "Xã Một"), row(2, None, "", "Xã Một"))
        self.assertEqual(self.batch.counts["reject"], 2)
        self.post("choose", self.batch, **{"nguoi-0-2": str(twins[1].pk)})
        mended = self.send_mended(B3="Sùng Thị Mỷ")
        self.assertEqual(mended.counts["reject"], 0)
        self.assertEqual(mended.rows.get(row=2).official_id, twins[1].pk)

"""Records edited between the preview and the apply: shown once more, never written unseen."""

from cadres.models import ImportBatch, Posting
from tests.factories import make_official, make_unit
from tests.imports_pages.base import PageTestCase, row


class OutdatedTests(PageTestCase):
    def setUp(self):
        super().setUp()
        self.unit = make_unit(name="Xã Một")
        for name in ("Lò Thị Hiền", "Vàng A Dơ"):
            make_official(self.unit, full_name=name, position="Công chức")

    def preview(self, *people, **fields):
        """A preview of a list of (name, position)."""
        rows = [row(n, name, "", "Xã Một", position=post) for n, (name, post) in enumerate(people)]
        return self.send_rows(*rows, **fields)

    def state_of(self, batch):
        return ImportBatch.objects.get(pk=batch.pk).state

    def position(self):
        return Posting.objects.at("2026-06-01").get(official__full_name="Lò Thị Hiền").position

    def test_what_another_import_wrote_meanwhile_is_shown_before_it_is_overwritten(self):
        mine = self.preview(("Lò Thị Hiền", "Kế toán"))
        other = self.preview(("Lò Thị Hiền", "Văn thư"))
        self.post("apply", other)
        page = self.post("apply", mine)
        self.assertContains(page, "Hồ sơ của 1 người đã đổi từ lúc tệp này được đọc", count=1)
        self.assertContains(page, "(Lò Thị Hiền). Chưa ghi gì")
        self.assertContains(page, "Văn thư")  # the value that would be replaced now
        self.assertEqual((self.state_of(mine), self.position()), ("preview", "Văn thư"))
        self.post("apply", mine)
        self.assertEqual((self.state_of(mine), self.position()), ("applied", "Kế toán"))

    def test_somebody_whom_another_import_made_meanwhile_is_shown_as_known(self):
        mine = self.preview(("Sùng Thị Mỷ", "Kế toán"))
        other = self.preview(("Sùng Thị Mỷ", "Văn thư"))
        self.post("apply", other)
        page = self.post("apply", mine)
        self.assertContains(page, "(Sùng Thị Mỷ). Chưa ghi gì")
        self.assertContains(page, "Áp dụng 1 dòng")

    def test_nobody_leaves_whom_the_preview_did_not_name(self):
        mine = self.preview(("Lò Thị Hiền", "Kế toán"), ("Vàng A Dơ", "Công chức"), absent="end")
        make_official(self.unit, full_name="Người Mới")
        page = self.post("apply", mine)
        self.assertContains(page, "(Người Mới). Chưa ghi gì")
        self.assertContains(page, "1 người không còn trong danh sách")

    def test_edits_of_people_who_are_not_on_the_list_ask_nothing(self):
        mine = self.preview(("Lò Thị Hiền", "Kế toán"))
        other = self.preview(("Vàng A Dơ", "Văn thư"))
        self.post("apply", other)
        self.post("apply", mine)
        self.assertEqual((self.state_of(mine), self.position()), ("applied", "Kế toán"))

    def test_a_choice_made_with_the_very_press_is_no_edit_of_elsewhere(self):
        mine = self.preview(("Lò Thị Hiền", "Kế toán"), ("Sùng Thị Mỷ", "Kế toán"))
        self.preview(("Vàng A Dơ", "Văn thư"))  # something is written meanwhile
        self.post("apply", mine, **{"muc-0-2-position": "keep"})
        self.assertEqual((self.state_of(mine), self.position()), ("applied", "Công chức"))

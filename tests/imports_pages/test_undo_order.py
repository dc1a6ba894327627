"""Taking an older import back while a newer one wrote the same people: said before, never stuck."""

from django.urls import reverse

from cadres.models import ImportBatch, Posting
from tests.factories import make_official, make_unit
from tests.imports_pages.base import PageTestCase, row


class UndoOrderTests(PageTestCase):
    def setUp(self):
        super().setUp()
        unit = make_unit(name="Xã Một")
        for name in ("Lò Thị Hiền", "Vàng A Dơ"):
            make_official(unit, full_name=name, position="Công chức")
        self.older = self.applied("cu.xlsx", ("Lò Thị Hiền", "Văn thư"))
        self.newer = self.applied("moi.xlsx", ("Lò Thị Hiền", "Kế toán"))

    def applied(self, name, *people):
        rows = [row(n, who, "", "Xã Một", position=post) for n, (who, post) in enumerate(people)]
        batch = self.send_rows(*rows, name=name)
        self.post("apply", batch)
        return batch

    def state_of(self, batch):
        return ImportBatch.objects.get(pk=batch.pk).state

    def position(self, name="Lò Thị Hiền"):
        return Posting.objects.at("2026-06-01").get(official__full_name=name).position

    def test_the_press_beside_the_result_first_names_the_newer_import(self):
        page = self.post("undo", self.older)
        self.assertContains(page, "Lần nhập sau đã ghi lên cùng những người này")
        newer = reverse("imports:batch", args=[self.newer.pk])
        self.assertContains(page, f'<a href="{newer}">moi.xlsx</a> (1 người')
        self.assertEqual(self.state_of(self.older), "applied")

    def test_where_nobody_could_be_taken_back_it_can_be_tried_again_later(self):
        page = self.post("undo", self.older, **{"da-xem": "1"})
        self.assertContains(page, "Chưa đưa được người nào về như trước khi nhập.")
        self.assertContains(page, "1 người giữ nguyên vì đã được sửa sau đó")
        self.assertEqual((self.state_of(self.older), self.position()), ("applied", "Kế toán"))
        self.post("undo", self.newer)
        self.assertEqual(self.position(), "Văn thư")
        self.post("undo", self.older)
        self.assertEqual((self.state_of(self.older), self.position()), ("undone", "Công chức"))

    def test_a_newer_import_of_other_people_is_no_matter(self):
        self.post("undo", self.newer)
        self.applied("khac.xlsx", ("Vàng A Dơ", "Kế toán"))
        self.post("undo", self.older)
        self.assertEqual((self.state_of(self.older), self.position()), ("undone", "Công chức"))
        self.assertEqual(self.position("Vàng A Dơ"), "Kế toán")

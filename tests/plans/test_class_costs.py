"""The money of a class: typed by source, summed, undone, asked for before the class is settled."""

from courses.actions.classes import move_class
from tests.courses.base import ClassCase
from tests.factories import make_class
from trainingplans.lib.commands import Refused
from trainingplans.plans.models import ClassCost, FundingSource


class CostTests(ClassCase):
    def setUp(self):
        self.row = make_class(self.course, state="ended")
        self.central = FundingSource.objects.create(code="TW", name="Ngân sách trung ương")
        self.local = FundingSource.objects.create(code="DP", name="Ngân sách địa phương", order=1)
        self.log_in("staff")
        self.page = f"/lop/{self.row.pk}/kinh-phi/"

    def save(self, *rows, shown=0, status=302):
        """`rows`: {what, source, planned, spent, …} in the order of the grid."""
        data = {"chi-TOTAL_FORMS": str(len(rows)), "chi-INITIAL_FORMS": str(shown)}
        for number, row in enumerate(rows):
            data |= {f"chi-{number}-{key}": str(value) for key, value in row.items()}
        answer = self.client.post(f"{self.page}luu/", data)
        self.assertEqual(answer.status_code, status)
        return answer

    def typed(self, what="Thù lao", source=None, planned="96 triệu", spent="", **more):
        source = source or self.central
        return {"what": what, "source": source.pk, "planned": planned, "spent": spent, **more}

    def costs(self):
        rows = ClassCost.objects.order_by("pk")
        return list(rows.values_list("what", "source__code", "planned", "spent"))

    def test_amounts_are_typed_as_offices_write_them_and_summed_by_source(self):
        self.save(
            self.typed(),
            self.typed("Tài liệu", spent="3.500.000", planned="4.000.000"),
            self.typed("Ăn ở", source=self.local, planned="1,2 tỷ"),
        )
        page = self.client.get(self.page)
        told = [(row["name"], row["planned"], row["spent"]) for row in page.context["sources"]]
        expected = [
            ("Ngân sách trung ương", 100_000_000, 3_500_000),
            ("Ngân sách địa phương", 1_200_000_000, 0),
        ]
        self.assertEqual(told, expected)
        self.assertEqual(page.context["planned"], 1_300_000_000)
        self.assertContains(self.client.get(f"/lop/{self.row.pk}/"), "Kinh phí")

    def test_the_same_sent_twice_is_written_once(self):
        self.save(self.typed())
        self.save(self.typed())
        self.assertEqual(self.costs(), [("Thù lao", "TW", 96_000_000, 0)])
        self.assertEqual(self.acts(), ["costs.change"])

    def test_a_wrong_amount_keeps_all_out_and_what_was_typed(self):
        page = self.save(self.typed(), self.typed("Tài liệu", planned="nhiều"), status=422)
        self.assertContains(page, "nhiều", status_code=422)
        self.assertEqual(self.costs(), [])

    def test_a_newer_value_is_told_and_then_overwritten(self):
        cost = ClassCost.objects.create(
            training_class=self.row, source=self.central, what="Thù lao", planned=5, version=2
        )
        mine = self.typed(planned="7", pk=cost.pk, version=1)
        page = self.save(mine, shown=1, status=409)
        self.assertContains(page, "dự toán 5, đã chi 0 đồng", status_code=409)
        self.save(mine | {"version": 2}, shown=1)
        self.assertEqual(self.costs(), [("Thù lao", "TW", 7, 0)])

    def test_a_deleted_cost_comes_back_once(self):
        self.save(self.typed())
        cost = ClassCost.objects.get()
        self.save(self.typed(pk=cost.pk, version=1, DELETE="on"), shown=1)
        self.assertEqual(self.costs(), [])
        undo = self.client.get(self.page).context["undo"]["url"]
        self.client.post(undo)
        self.client.post(undo)
        self.assertEqual(self.costs(), [("Thù lao", "TW", 96_000_000, 0)])

    def test_a_class_is_settled_once_what_was_spent_is_written(self):
        self.save(self.typed())
        with self.assertRaisesMessage(Refused, "Chi thực tế của 1 khoản"):
            move_class(self.row, "settle", by=self.accounts["staff"])
        ClassCost.objects.update(spent=90_000_000)
        moved = move_class(self.row, "settle", by=self.accounts["staff"])
        self.assertEqual(moved.state, "settled")

    def test_units_read_and_schools_see_no_money(self):
        self.save(self.typed())
        self.log_in("clerk")
        self.assertContains(self.client.get(self.page), "Thù lao")
        self.save(self.typed("Khác"), status=403)
        self.log_in("school")
        self.assertEqual(self.client.get(self.page).status_code, 403)

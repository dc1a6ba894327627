"""Seats of units in a class: given in a grid, never above the capacity or below what is taken."""

from courses.models import SeatQuota
from tests.courses.base import ClassCase
from tests.factories import make_class, make_nomination, make_official


class SeatTests(ClassCase):
    def setUp(self):
        self.row = make_class(self.course, capacity=10, open_to_all=False)
        self.log_in("staff")

    def save(self, pairs, status=302):
        """`pairs`: {unit: (shown before, typed)}."""
        data = {}
        for unit, (before, typed) in pairs.items():
            data |= {f"truoc-{unit.pk}": str(before), f"suat-{unit.pk}": str(typed)}
        return self.send("seats_save", data, self.row.pk, status=status)

    def seats(self):
        return dict(self.row.seats.values_list("unit__name", "seats"))

    def test_seats_are_given_changed_and_taken_away(self):
        self.save({self.home: (0, 4), self.elsewhere: ("", 3)})
        self.assertEqual(self.seats(), {"Xã Nhà": 4, "Xã Người": 3})
        self.save({self.home: (4, 5), self.elsewhere: (3, "")})
        self.assertEqual(self.seats(), {"Xã Nhà": 5})
        self.assertEqual(self.acts(), ["seats.change", "seats.change"])

    def test_more_seats_than_places_are_refused_and_what_was_typed_stays(self):
        page = self.save({self.home: (0, 7), self.elsewhere: (0, 4)}, status=409)
        self.assertContains(page, "Tổng 11 suất vượt 10 chỗ", status_code=409)
        self.assertContains(page, 'value="7"', status_code=409)
        self.assertEqual(self.seats(), {})

    def test_a_unit_keeps_at_least_the_seats_that_are_taken(self):
        self.save({self.home: (0, 3)})
        for _ in range(2):
            make_nomination(self.row, make_official(self.home), state="accepted")
        page = self.save({self.home: (3, 1)}, status=409)
        self.assertContains(page, "Xã Nhà đã có 2 người được nhận", status_code=409)

    def test_a_class_keeps_at_least_the_places_that_are_taken_and_given(self):
        for _ in range(2):
            make_nomination(self.row, make_official(self.home), state="accepted")
        form = self.get("class_edit", self.row.pk).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields} | {"capacity": "1"}
        page = self.send("class_edit", sent, self.row.pk, status=422)
        self.assertContains(page, "Lớp đã nhận 2 người", status_code=422)
        self.save({self.home: (0, 4)})
        page = self.send("class_edit", sent | {"capacity": "3"}, self.row.pk, status=422)
        self.assertContains(page, "Đã giao 4 suất", status_code=422)
        self.send("class_edit", sent | {"capacity": "4"}, self.row.pk)

    def test_what_another_changed_meanwhile_is_told(self):
        SeatQuota.objects.create(training_class=self.row, unit=self.home, seats=6)
        page = self.save({self.home: (2, 4)}, status=409)
        self.assertContains(page, "người khác vừa sửa thành 6 suất", status_code=409)
        self.assertEqual(self.seats(), {"Xã Nhà": 6})

    def test_a_change_is_undone_unless_it_was_changed_again(self):
        self.save({self.home: (0, 4)})
        undo = self.get("class_seats", self.row.pk).context["undo"]["url"]
        self.save({self.home: (4, 5)})
        self.client.post(undo)
        self.assertEqual(self.seats(), {"Xã Nhà": 5})
        self.save({self.home: (5, 4)})
        self.client.post(undo)
        self.assertEqual(self.seats(), {})

    def test_a_word_instead_of_a_number_is_named(self):
        page = self.save({self.home: (0, "bốn")}, status=422)
        self.assertContains(page, "“bốn” không phải là số suất", status_code=422)

    def test_a_clerk_reads_the_own_seats_only(self):
        for unit in (self.home, self.elsewhere):
            SeatQuota.objects.create(training_class=self.row, unit=unit, seats=2)
        make_nomination(self.row, make_official(self.home))
        self.log_in("clerk")
        page = self.get("class_seats", self.row.pk)
        [row] = page.context["rows"]
        told = row["seats"]
        self.assertEqual((told.unit, told.seats, told.waiting), (self.home, 2, 1))

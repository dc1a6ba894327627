"""Sentences about figures: exact words for each case."""

from dataclasses import dataclass
from datetime import date

from django.test import SimpleTestCase

from reports.sentences import changes, of_one, opening, reached


@dataclass
class Line:
    """What a sentence reads of a line."""

    met: bool | None = False
    short_by: int = 0
    name: str = "Tin học"
    due: date = date(2027, 12, 31)
    url: str = "/m/"
    percent: float | None = 50
    threshold: int = 80
    attained: int = 5
    population: int = 10
    unit_name: str = "Xã A"


def text_of(sentence):
    return "".join(part["text"] for part in sentence["parts"])


class ReachedTests(SimpleTestCase):
    def test_counts_in_words(self):
        yes, no, none = Line(True), Line(False), Line(None)
        cases = [
            ([yes, yes, yes, no, no, no], "Ba trong sáu mục tiêu đã đạt."),
            ([yes, yes], "Cả hai mục tiêu đã đạt."),
            ([no, no, no], "Chưa mục tiêu nào trong ba mục tiêu đạt."),
            ([yes, none], "Mục tiêu duy nhất đã đạt."),
            ([no], "Mục tiêu duy nhất chưa đạt."),
            ([none], "Chưa có mục tiêu nào có người để tính."),
            ([yes] * 11 + [no], "11 trong 12 mục tiêu đã đạt."),
        ]
        for lines, words in cases:
            with self.subTest(words):
                self.assertEqual(reached(lines), words)


class OpeningTests(SimpleTestCase):
    def test_names_the_furthest_target(self):
        lead = opening([Line(short_by=3, name="A"), Line(short_by=9, name="B")], date(2026, 1, 1))
        self.assertEqual(text_of(lead), "Xa nhất là B: còn thiếu 9 người, hạn 31/12/2027.")

    def test_says_when_it_is_late(self):
        lead = opening([Line(short_by=1)], date(2028, 1, 1))
        self.assertEqual(text_of(lead), "Xa nhất là Tin học: còn thiếu 1 người và đã quá hạn.")

    def test_is_short_when_all_is_reached(self):
        self.assertEqual(opening([Line(True)], date(2026, 1, 1))["parts"], [])


class OneTargetTests(SimpleTestCase):
    def test_says_reached_short_or_nobody(self):
        self.assertEqual(of_one(Line(True)), "Đã đạt ngưỡng 80\u00a0%.")
        self.assertIn("Còn thiếu 3 người", of_one(Line(short_by=3)))
        self.assertIn("không tính tỉ lệ", of_one(Line(None, percent=None)))


class ChangesTests(SimpleTestCase):
    def told(self, before, now, units_before=None, units_now=None):
        sentences = changes(before, now, units_before or {}, units_now or {}, lambda line: "/x/")
        return [(s["sign"], text_of(s)) for s in sentences]

    def test_crossings_come_first_and_are_told_once(self):
        before = {1: Line(False, 1, "A", attained=7), 2: Line(True, 0, "B", attained=9)}
        now = {1: Line(True, 0, "A", attained=9), 2: Line(False, 2, "B", attained=7)}
        told = self.told(before, now)
        self.assertEqual([sign for sign, _ in told], ["up", "down"])
        self.assertIn("A vượt ngưỡng", told[0][1])
        self.assertIn("B xuống dưới ngưỡng", told[1][1])

    def test_a_target_without_change_is_not_told(self):
        self.assertEqual(self.told({1: Line()}, {1: Line()}), [])

    def test_at_most_five(self):
        before = {n: Line(attained=1, name=str(n)) for n in range(9)}
        now = {n: Line(attained=2 + n, name=str(n)) for n in range(9)}
        told = self.told(before, now)
        self.assertEqual(len(told), 5)
        self.assertTrue(told[0][1].startswith("8: thêm 9 người đạt"))

    def test_only_the_two_units_that_lost_most(self):
        before = {(1, n): Line(attained=9, unit_name=f"Xã {n}") for n in range(4)}
        now = {(1, n): Line(attained=9 - n, unit_name=f"Xã {n}", short_by=n) for n in range(4)}
        told = self.told({}, {}, before, now)
        self.assertEqual(
            [words for _, words in told],
            [
                "Xã 3 bớt 3 người đạt “Tin học”; nay thiếu 3 người.",
                "Xã 2 bớt 2 người đạt “Tin học”; nay thiếu 2 người.",
            ],
        )

"""`turns`: lượt and người in the form of the contract; parts sum to the whole."""

import json
from datetime import date
from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from courses.models import Enrolment
from courses.turns import BY, turns
from tests.factories import (
    make_account,
    make_category,
    make_class,
    make_course,
    make_enrolment,
    make_group,
    make_official,
    make_posting,
    make_unit,
)

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def finished(official, ends, category=None, **fields):
    """A completed course of the past that ended on a day."""
    fields.setdefault("completed", True)
    return make_enrolment(official, category=category, ends_on=ends, state="finished", **fields)


class TurnsTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.top = make_unit("T", name="UBND tỉnh Mẫu", kind="province")
        cls.one = make_unit("X1", name="Xã Bản Một", under=cls.top)
        cls.two = make_unit("X2", name="Xã Ái Hai", under=cls.top)
        cls.tay = make_group("Tày")
        cls.an = make_official(cls.one, full_name="Lò An", ethnic_group=cls.tay, gender="nam")
        cls.binh = make_official(cls.two, full_name="Vi Bình", gender="nu", staff_kind="CB")
        cls.language = make_category("BD.TDT", name="Tiếng dân tộc thiểu số")
        cls.degree = make_category("DT.CM.DH", name="Đại học", form="dao_tao")
        # An: two lượt of bồi dưỡng, one of đào tạo; Bình: one of bồi dưỡng, one untold.
        finished(cls.an, date(2025, 1, 1), cls.language)
        finished(cls.an, date(2025, 12, 31), cls.language)
        finished(cls.an, date(2025, 6, 1), cls.degree)
        finished(cls.binh, date(2025, 6, 1), cls.language)
        finished(cls.binh, date(2025, 7, 1))

    def command(self, *arguments):
        """(exit status, what was printed, what was complained of)."""
        out, err, status = StringIO(), StringIO(), 0
        try:
            call_command("turns", *arguments, stdout=out, stderr=err)
        except SystemExit as end:
            status = end.code
        return status, out.getvalue(), err.getvalue()

    def answer(self, *arguments):
        status, out, _ = self.command(
            "--from", "2025-01-01", "--to", "2025-12-31", "--json", *arguments
        )
        self.assertEqual(status, 0)
        return json.loads(out)

    def rows(self, *arguments):
        return [
            (row["key"], row["name"], row["turns"], row["people"])
            for row in self.answer(*arguments)["rows"]
        ]


class CountingTests(TurnsTestCase):
    def test_answers_in_the_form_of_the_contract(self):
        self.assertEqual(
            self.answer(),
            {
                "from": "2025-01-01",
                "to": "2025-12-31",
                "turns": 5,
                "people": 2,
                "dao_tao": {"turns": 1, "people": 1},
                "boi_duong": {"turns": 3, "people": 2},
                "unknown_form": {"turns": 1, "people": 1},
                "rows": [],
            },
        )

    def test_a_lượt_belongs_to_the_day_on_which_it_ended(self):
        finished(self.an, date(2026, 1, 1), self.language, starts_on=date(2025, 11, 1))
        finished(self.an, date(2024, 12, 31), self.language)
        self.assertEqual(self.answer()["turns"], 5)

    def test_a_course_that_was_not_completed_is_no_lượt(self):
        finished(self.an, date(2025, 3, 1), self.language, outcome="failed", completed=False)
        self.assertEqual(self.answer()["turns"], 5)

    def test_classes_of_the_portal_and_courses_of_the_past_count_alike(self):
        run = make_class(make_course(self.language), starts=date(2025, 3, 3))
        make_enrolment(self.binh, run, completed=True, state="finished")
        found = self.answer()
        self.assertEqual((found["turns"], found["boi_duong"]["turns"], found["people"]), (6, 4, 2))

    def test_the_form_that_was_recorded_wins_over_the_category_s(self):
        finished(self.an, date(2025, 3, 1), self.language, form="dao_tao")
        found = self.answer()
        self.assertEqual((found["dao_tao"]["turns"], found["boi_duong"]["turns"]), (2, 3))

    def test_without_a_recorded_form_the_category_s_counts(self):
        Enrolment.objects.filter(category=self.degree).update(form="")
        self.assertEqual(self.answer()["dao_tao"], {"turns": 1, "people": 1})


class BreakdownTests(TurnsTestCase):
    def test_by_category_with_a_row_for_those_without(self):
        self.assertEqual(
            self.rows("--by", "category"),
            [
                ("BD.TDT", "Tiếng dân tộc thiểu số", 3, 2),
                ("DT.CM.DH", "Đại học", 1, 1),
                (None, "Chưa rõ", 1, 1),
            ],
        )

    def test_by_unit(self):
        self.assertEqual(
            self.rows("--by", "unit"), [("X1", "Xã Bản Một", 3, 1), ("X2", "Xã Ái Hai", 2, 1)]
        )

    def test_by_ethnic_group_gender_and_kind_of_staff(self):
        self.assertEqual(
            self.rows("--by", "ethnic_group"), [("Tày", "Tày", 3, 1), (None, "Chưa rõ", 2, 1)]
        )
        self.assertEqual(self.rows("--by", "gender"), [("nam", "Nam", 3, 1), ("nu", "Nữ", 2, 1)])
        self.assertEqual(
            self.rows("--by", "staff_kind"),
            [("CC", "Công chức", 3, 1), ("CB", "Cán bộ", 2, 1)],
        )

    def test_the_rows_of_every_breakdown_sum_to_the_turns(self):
        Enrolment.objects.filter(official=self.binh).update(
            gender="", staff_kind="", unit=None, ethnic_group=None, category=None
        )
        for by in BY:
            with self.subTest(by=by):
                found = self.answer("--by", by)
                self.assertEqual(sum(row["turns"] for row in found["rows"]), found["turns"])
                self.assertEqual(found["rows"][-1]["key"], None)

    def test_the_unit_is_that_of_the_start_and_takes_what_is_below(self):
        make_posting(self.an, self.two, since=date(2026, 1, 1))
        self.assertEqual(self.answer("--unit", "x1")["turns"], 3)
        self.assertEqual(self.answer("--unit", "tỉnh Mẫu")["turns"], 5)
        self.assertEqual(self.answer("--unit", "Xã Ái Hai")["people"], 1)

    def test_asks_one_question_for_the_sums_and_two_for_the_rows(self):
        for official in (self.an, self.binh):
            finished(official, date(2025, 5, 5), make_category(f"K{official.pk}"))
        with self.assertNumQueries(3):
            turns(FIRST, LAST, by="category")


class CommandTests(TurnsTestCase):
    def test_tells_it_in_words(self):
        status, out, _ = self.command("--from", "2025-01-01", "--to", "2025-12-31", "--by", "unit")
        self.assertEqual(status, 0)
        self.assertIn("Tổng số: 5 lượt, 2 người", out)
        self.assertIn("Đào tạo: 1 lượt, 1 người", out)
        self.assertRegex(out, r"Xã Bản Một\s+3\s+1")

    def test_refuses_a_period_that_ends_before_it_begins_and_an_unknown_unit(self):
        status, out, err = self.command("--from", "2025-02-01", "--to", "2025-01-01", "--json")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("trước ngày bắt đầu", err)
        day = ["--from", "2025-01-01", "--to", "2025-12-31"]
        status, _, err = self.command(*day, "--unit", "Xã Không Có")
        self.assertEqual(status, 2)
        self.assertIn("Không có đơn vị", err)

    def test_an_account_counts_what_its_role_sees(self):
        clerk = make_account("clerk", unit=self.one)
        self.assertEqual(self.answer("--as", clerk.username)["turns"], 3)
        admin = make_account("admin")
        status, _, err = self.command(
            "--from", "2025-01-01", "--to", "2025-12-31", "--as", admin.username
        )
        self.assertEqual(status, 2)
        self.assertIn("không có quyền", err)

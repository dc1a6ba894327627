"""Report C's five years: 66.649 lượt = 6.900 đào tạo + 59.749 bồi dưỡng, out of one file."""

import json
import os
import resource
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import TestCase

from cadres.catalogues import load_people_catalogues
from courses.catalogues import load_course_catalogues
from courses.models import Enrolment
from tests.factories import make_unit
from tests.history.lists import YEARS, make_people, rows_of, workbook_of
from tests.imports.base import run, undo_import

SECONDS = 90
MEGABYTES = 1500


def worked():
    """Seconds of processor time of this process and its children: the same on a busy machine."""
    return sum(os.times()[:4])


def turns(first, last, *arguments):
    out = StringIO()
    call_command("turns", "--from", first, "--to", last, "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


class FiveYears:
    """Of the sizes of the subclasses; `by_year` worked out from the rule of `rows_of`."""

    people, degrees, courses, units = 0, 0, 0, 0

    @classmethod
    def setUpTestData(cls):
        load_people_catalogues()
        load_course_catalogues()
        units = [make_unit(name=f"Xã Số {n}") for n in range(1, cls.units + 1)]
        cls.staff = make_people(cls.people, units)

    def test_the_sums_by_form_by_year_and_in_every_breakdown(self):
        total = self.degrees + self.courses
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "qua-dao-tao.xlsx"
            path.write_bytes(workbook_of(rows_of(self.staff, self.degrees, self.courses)))
            started = worked()
            status, [found], _ = run("import_history", path, "--apply")
            self.seconds = worked() - started
        self.assertEqual((status, found["counts"]["create"]), (0, total))
        whole = turns("2011-01-01", "2015-12-31")
        self.assertEqual(whole["turns"], total)
        self.assertEqual(whole["people"], min(total, self.people))
        self.assertEqual(whole["dao_tao"]["turns"], self.degrees)
        self.assertEqual(whole["boi_duong"]["turns"], self.courses)
        years = [turns(f"{year}-01-01", f"{year}-12-31") for year in YEARS]
        # The rows go round the years one by one.
        expected = [total // 5 + (place < total % 5) for place in range(5)]
        self.assertEqual([year["turns"] for year in years], expected)
        for form, number in (("dao_tao", self.degrees), ("boi_duong", self.courses)):
            self.assertEqual(sum(year[form]["turns"] for year in years), number)
        for by in ("category", "unit", "ethnic_group", "gender", "staff_kind"):
            rows = turns("2011-01-01", "2015-12-31", "--by", by)["rows"]
            self.assertEqual(sum(row["turns"] for row in rows), total, by)
        self.took_back(found["batch"], total)

    def took_back(self, batch, total):
        answer = undo_import(batch)
        self.assertEqual((answer["reversed"], answer["kept"], answer["refused"]), (total, [], []))
        self.assertEqual(Enrolment.objects.count(), 0)


class HundredthTests(FiveYears, TestCase):
    """A hundredth of it, in every run."""

    people, degrees, courses, units = 90, 69, 597, 5


@pytest.mark.proof
class WholeTests(FiveYears, TestCase):
    people, degrees, courses, units = 9_000, 6_900, 59_749, 200

    def test_the_sums_by_form_by_year_and_in_every_breakdown(self):
        super().test_the_sums_by_form_by_year_and_in_every_breakdown()
        self.assertLess(self.seconds, SECONDS)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.assertLess(used, MEGABYTES)

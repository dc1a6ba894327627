"""Kept figures are never stale: whatever is written, and however, the next reading counts it."""

from datetime import date
from random import Random
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase
from hypothesis import given
from hypothesis.extra.django import TestCase as RandomTestCase

from cadres.models import DataMark, Level, Official, Posting, Standing, Unit, UnitTrait
from cadres.rules import Pair, RuleContext, count, people
from cadres.rules.counting import figure_of, sheet_of
from cadres.standings import refresh
from cadres.versions import BIG, MARKS_AT_MOST, PEOPLE, REFERENCE, TARGETS, versions
from courses.models import Enrolment
from reports import kept
from tests.factories import make_official, make_unit
from tests.rules.base import load_lists
from tests.rules.random_worlds import DAYS, build, make_units, pairs, world
from tests.rules.test_proof import SEEDS, examples

ON = date(2026, 6, 30)
EVERYBODY = Pair({"all": []}, {"unit_kind": ["commune"]})


def statements(work):
    """How many statements `work` takes, with all that is kept in memory."""
    seen = []

    def wrapper(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        work()
    return len(seen)


def told(figures):
    return [(figure, figure.by_unit) for figure in figures]


def counted_anew(asked, on):
    """The figures with nothing kept: neither they nor their SQL."""
    sheet = sheet_of(asked, None, RuleContext(on))
    rows = list(sheet.query())
    return told([figure_of(rows, plan, True) for plan in sheet.plans])


class RandomWritesTests(RandomTestCase):
    """Reads after random writes: through the models, by rows, by SQL, rolled back."""

    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()

    @given(SEEDS)
    @examples(6)
    def test_what_is_kept_is_what_would_be_counted(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        asked, on = [Pair(*pair) for pair in pairs(r)], DAYS[4]
        for _ in range(12):
            r.choice(WRITES)(r, self.units)
            for _again in range(2):
                found = kept.figures(asked, on=on, by_unit=True)
                self.assertEqual(told(found), counted_anew(asked, on))
                keys = kept.keys(asked[0], "missing", on=on, units=None, context=RuleContext(on))
                now = people(asked[0], "missing", on=on).values_list("pk", flat=True)
                self.assertEqual(list(keys), list(now))
            self.assertEqual(told(count(asked, on=on, by_unit=True)), told(found))


def _move(r, units):
    row = r.choice(list(Posting.objects.all()) or [None])
    if row:
        row.unit = units[r.choice(list(units))]
        row.save()
        refresh([row.official_id])


def _forget_person(r, _units):
    pk = r.choice(list(Official.objects.values_list("pk", flat=True)) or [None])
    Standing.objects.filter(official=pk).delete()


def _by_rows(r, _units):
    kind = r.choice(["CB", "CC", "VC"])
    Standing.objects.filter(pk__in=_some(r, Standing)).update(staff_kind=kind, gender="nu")


def _by_hand(r, _units):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cadres_standing SET lv_professional = %s", [r.choice([None, 0, 40])])


def _rolled_back(r, units):
    with transaction.atomic():
        _move(r, units)
        kept.figures([EVERYBODY], on=DAYS[4], by_unit=True)
        transaction.set_rollback(True)


def _unit(r, units):
    Unit.objects.filter(pk=r.choice(list(units.values())).pk).update(
        kind=r.choice(["commune", "department"])
    )


def _trait(r, units):
    UnitTrait.objects.create(unit=r.choice(list(units.values())), trait="minority_area")


def _level(r, _units):
    pk = r.choice(_some(r, Level) or [None])
    Level.objects.filter(pk=pk).update(rank=r.choice([1, 2, 3]))


def _turns(r, _units):
    Enrolment.objects.filter(pk__in=_some(r, Enrolment)).update(completed=r.random() < 0.5)


def _nothing(_r, _units):
    """Reads follow each other without a write."""


def _some(r, model):
    return [pk for pk in model.objects.values_list("pk", flat=True) if r.random() < 0.5]


WRITES = [
    *(_move, _forget_person, _by_rows, _by_hand, _rolled_back),
    *(_unit, _trait, _level, _turns, _nothing),
]


class KeptTests(TestCase):
    def test_without_a_write_one_statement_asks_for_the_version_and_nothing_is_counted(self):
        make_official(make_unit())
        asked = {"on": ON, "by_unit": True}
        first = kept.figures([EVERYBODY], **asked)
        again = []
        used = statements(lambda: again.extend(kept.figures([EVERYBODY], **asked)))
        self.assertEqual((again, used), (first, 1))
        self.assertEqual(statements(lambda: count([EVERYBODY], **asked)), 1)

    def test_each_kind_of_table_has_its_version(self):
        before = versions(PEOPLE, REFERENCE, TARGETS)
        self.assertNotIn(None, before)
        make_unit()
        people, reference, targets = versions(PEOPLE, REFERENCE, TARGETS)
        self.assertEqual((people, targets), (before[0], before[2]))
        self.assertNotEqual(reference, before[1])

    def test_without_any_mark_nothing_is_kept_until_it_was_asked_for(self):
        unit = make_unit()
        DataMark.objects.all().delete()
        self.assertEqual(versions(PEOPLE), (None,))
        self.assertEqual(kept.figures([EVERYBODY], on=ON)[0].population, 0)
        make_official(unit)
        self.assertEqual(kept.figures([EVERYBODY], on=ON)[0].population, 1)
        before = versions(PEOPLE, REFERENCE)
        self.assertNotIn(None, before)
        make_official(unit)
        self.assertNotEqual(versions(PEOPLE, REFERENCE), before)

    def test_many_marks_are_drawn_together_and_the_version_stays(self):
        DataMark.objects.bulk_create(
            DataMark(what=PEOPLE, token=n) for n in range(MARKS_AT_MOST + 1)
        )
        before = versions(PEOPLE)
        self.assertEqual(DataMark.objects.filter(what=PEOPLE).count(), 1)
        self.assertEqual(versions(PEOPLE), before)

    def test_marks_drawn_together_for_years_still_fit(self):
        for _ in range(6):
            DataMark.objects.bulk_create(
                DataMark(what=PEOPLE, token=BIG - 1) for _ in range(MARKS_AT_MOST + 1)
            )
            before = versions(PEOPLE)
            self.assertEqual(DataMark.objects.filter(what=PEOPLE).count(), 1)
            self.assertEqual(versions(PEOPLE), before)


@pytest.mark.postgres
class OthersTests(TransactionTestCase):
    """What another connection writes counts once it has committed, and at once."""

    def test_a_reader_sees_a_write_with_its_commit(self):
        unit = make_unit()
        written, read = Event(), Event()

        def write():
            with transaction.atomic():
                make_official(unit)
                kept.figures([EVERYBODY], on=ON)
                written.set()
                read.wait(10)
            connection.close()

        writer = Thread(target=write)
        writer.start()
        written.wait(10)
        self.assertEqual(kept.figures([EVERYBODY], on=ON)[0].population, 0)
        read.set()
        writer.join()
        self.assertEqual(kept.figures([EVERYBODY], on=ON)[0].population, 1)

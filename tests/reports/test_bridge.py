"""`bridge`: named steps between two days that add up exactly, for any history."""

import json
from datetime import date
from io import StringIO
from random import Random

from django.core.management import call_command
from django.test import TestCase
from hypothesis import given
from hypothesis.extra.django import TestCase as RandomTestCase

from cadres.models import AuditEvent, Unit
from cadres.rules import Pair, count
from cadres.standings import refresh
from reports.bridge import bridge_of
from tests.factories import (
    make_level,
    make_official,
    make_posting,
    make_qualification,
    make_trait,
    make_unit,
)
from tests.reports.test_attainment import make_target
from tests.rules.base import load_lists
from tests.rules.random_worlds import DAYS, build, make_units, pairs, world
from tests.rules.test_proof import SEEDS, examples

FIRST, LAST = date(2025, 1, 1), date(2026, 11, 22)
BETWEEN = date(2025, 9, 1)
COMMUNES = {"all": [{"staff_kind": ["CC"]}, {"unit_kind": ["commune"]}]}


class SumTests(RandomTestCase):
    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()

    def adds_up(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        first, last = sorted(r.sample(DAYS, 2))
        units = r.choice([None, Unit.objects.below(self.units["X1"])])
        for asked in pairs(r, 3):
            pair = Pair(*asked)
            found = bridge_of(pair, first, last, units)
            for on, end in ((first, found.start), (last, found.end)):
                self.assertEqual([end], count([pair], on=on, units=units))
            for part in ("population", "attained"):
                moved = sum(getattr(step, part) for step in found.steps)
                self.assertEqual(
                    getattr(found.start, part) + moved, getattr(found.end, part), found.steps
                )
            people = [move.standing.official_id for step in found.steps for move in step.people]
            self.assertEqual(len(people), len(set(people)))

    @given(SEEDS)
    @examples(12)
    def test_the_steps_sum_to_the_difference(self, seed):
        self.adds_up(seed)


class BridgeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for code in ("CDT", "SC", "TC", "DH"):
            make_level("professional", code)
        cls.top = make_unit("T", name="UBND tỉnh", kind="province")
        cls.one = make_unit("X1", name="Xã Một", under=cls.top)
        cls.two = make_unit("X2", name="Xã Hai", under=cls.top)
        cls.office = make_unit("S1", name="Sở Một", kind="department", under=cls.top)
        make_target(population=COMMUNES)
        make_official(cls.one, full_name="Ở Yên", levels={"professional": "DH"})

    def steps(self, *arguments):
        document = self.json(*arguments)
        return {
            step["why"]: (step["population"], step["attained"], [p["name"] for p in step["people"]])
            for step in document["steps"]
        }

    def json(self, *arguments):
        out = StringIO()
        given = ["--target", "cc_tc", "--from", FIRST.isoformat(), "--to", LAST.isoformat()]
        call_command("bridge", "--json", *given, *arguments, stdout=out)
        return json.loads(out.getvalue())

    def leave(self, name, **fields):
        person = make_official(self.one, full_name=name, levels={"professional": "TC"})
        person.postings.update(valid_to=BETWEEN, **fields)
        refresh([person.pk])
        return person

    def test_who_gets_the_level_is_newly_qualified(self):
        person = make_official(self.one, full_name="Mới Học")
        make_qualification(person, "professional", "TC", since=BETWEEN)
        document = self.json()
        self.assertEqual(document["start"], {"population": 2, "attained": 1, "unknown": 1})
        self.assertEqual(document["end"], {"population": 2, "attained": 2, "unknown": 0})
        [step] = document["steps"]
        self.assertEqual(
            step,
            {
                "why": "newly_qualified",
                "population": 0,
                "attained": 1,
                "people": [
                    {
                        "official": person.pk,
                        "name": "Mới Học",
                        "unit": "Xã Một",
                        "position": "",
                        "population": 0,
                        "attained": 1,
                    }
                ],
            },
        )

    def test_a_level_taken_back_is_corrected(self):
        person = make_official(self.one, full_name="Bị Sửa", levels={"professional": "TC"})
        person.qualifications.update(revoked_on=BETWEEN)
        refresh([person.pk])
        self.assertEqual(self.steps(), {"corrected": (0, -1, ["Bị Sửa"])})

    def test_who_was_nowhere_before_joined(self):
        make_official(self.one, full_name="Mới Vào", since=BETWEEN, levels={"professional": "DH"})
        self.assertEqual(self.steps(), {"joined": (1, 1, ["Mới Vào"])})

    def test_the_end_of_a_post_says_why(self):
        self.leave("Nghỉ Việc", ended_by="left")
        self.leave("Nghỉ Hưu", ended_by="retired")
        self.leave("Ra Ngoài", ended_by="transferred")
        self.assertEqual(
            self.steps(),
            {
                "left": (-1, -1, ["Nghỉ Việc"]),
                "retired": (-1, -1, ["Nghỉ Hưu"]),
                "transferred_out": (-1, -1, ["Ra Ngoài"]),
            },
        )

    def test_without_a_reason_the_statutory_age_tells(self):
        for name, birth in (("Đã Già", date(1960, 1, 1)), ("Còn Trẻ", date(1990, 1, 1))):
            person = self.leave(name)
            person.gender, person.birth_date = "nam", birth
            person.save()
            refresh([person.pk])
        steps = self.steps()
        self.assertEqual(steps["retired"], (-1, -1, ["Đã Già"]))
        self.assertEqual(steps["left"], (-1, -1, ["Còn Trẻ"]))

    def move(self, name, old, new, **fields):
        person = make_official(old, full_name=name, until=BETWEEN, levels={"professional": "DH"})
        make_posting(person, new, since=BETWEEN, **fields)

    def test_moves_over_the_edge_of_the_rule_are_transfers(self):
        self.move("Lên Sở", self.one, self.office)
        self.move("Về Xã", self.office, self.two)
        self.move("Đổi Xã", self.one, self.two)
        self.assertEqual(
            self.steps(),
            {"transferred_in": (1, 1, ["Về Xã"]), "transferred_out": (-1, -1, ["Lên Sở"])},
        )

    def test_within_one_unit_a_move_from_another_commune_is_a_transfer(self):
        self.move("Đổi Xã", self.one, self.two)
        self.assertEqual(self.steps("--unit", "X2"), {"transferred_in": (1, 1, ["Đổi Xã"])})
        self.assertEqual(self.steps("--unit", "X1"), {"transferred_out": (-1, -1, ["Đổi Xã"])})

    def test_another_kind_of_post_in_the_same_unit_is_the_rule(self):
        self.move("Thành Cán Bộ", self.one, self.one, staff_kind="CB")
        self.assertEqual(self.steps(), {"rule": (-1, -1, ["Thành Cán Bộ"])})

    def test_an_area_that_changes_is_the_rule(self):
        make_target("area", population={"unit_trait": "minority_area"})
        make_trait(self.one, since=BETWEEN)
        self.assertEqual(self.steps("--target", "area"), {"rule": (1, 1, ["Ở Yên"])})

    def test_nothing_changed_has_no_steps(self):
        self.assertEqual(self.steps(), {})

    def test_reading_names_leaves_a_trace(self):
        self.leave("Nghỉ Việc", ended_by="left")
        self.json()
        self.assertEqual(
            AuditEvent.objects.get().detail, {"part": "bridge", "people": {"cc_tc": 1}}
        )

    def refused(self, *arguments):
        err = StringIO()
        with self.assertRaises(SystemExit) as caught:
            call_command("bridge", *arguments, stdout=StringIO(), stderr=err)
        self.assertEqual(caught.exception.code, 2)
        return err.getvalue()

    def test_days_the_wrong_way_round_and_unknown_targets_are_refused(self):
        days = ["--from", "2026-11-22", "--to", "2025-01-01"]
        self.assertIn("Đổi chỗ", self.refused("--target", "cc_tc", *days))
        self.assertIn("“x”", self.refused("--target", "x", *days))

    def test_the_readable_answer_tells_the_steps(self):
        self.leave("Nghỉ Hưu", ended_by="retired")
        out = StringIO()
        days = ["--from", "2025-01-01", "--to", "2026-11-22"]
        call_command("bridge", "--target", "cc_tc", *days, stdout=out)
        for part in ("01/01/2025", "Nghỉ hưu (1 người)", "−1"):
            self.assertIn(part, out.getvalue())

    def test_more_people_take_no_more_queries(self):
        pair = Pair(COMMUNES, {"level_at_least": {"ladder": "professional", "level": "TC"}})
        self.leave("Một", ended_by="left")
        for _ in range(2):
            with self.assertNumQueries(15):
                bridge_of(pair, FIRST, LAST)
            self.move("Hai", self.one, self.office)
            self.leave("Ba", ended_by="left")

"""Who comes first, why, and with how many points; the command `nominees`."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from cadres.models import Appraisal, PlanningEntry
from cadres.standings import refresh
from courses.models import PolicyWeight, Wish
from courses.ranking import Purpose
from tests.courses.nominating import LAST_YEARS, OPENING, World
from tests.factories import make_enrolment, make_group, make_level, make_official, make_unit
from trainingplans.plans.models import Target


class RankingTests(TestCase):
    def setUp(self):
        self.world = World()

    def person(self, name, **fields):
        person = self.world.person(full_name=name, **fields)
        for year in LAST_YEARS:
            Appraisal.objects.create(official=person, year=year, grade="HTT")
        return person

    def test_points_are_the_sum_of_the_reasons_and_decide_the_order(self):
        woman = self.person("Sùng Thị Mỷ", gender="nu", ethnic_group=make_group("Mông"))
        planned = self.person("Giàng A Chu", birth_date=date(1980, 5, 6))
        PlanningEntry.objects.create(
            official=planned, post="Phó Chủ tịch UBND", valid_from=date(2025, 1, 1)
        )
        refresh([planned.pk])
        first, second = self.world.ranked()
        self.assertEqual([first.official, second.official], [planned, woman])
        self.assertEqual(
            [reason.words for reason in first.reasons],
            [
                "Trong quy hoạch Phó Chủ tịch UBND (+40)",
                "Chưa từng học (+10)",
                "Còn 15 năm công tác (+10)",
            ],
        )
        # Nữ 15, dân tộc thiểu số 15, dưới 40 tuổi 10, chưa từng học 10, còn nhiều năm 10.
        self.assertEqual((first.score, second.score), (Decimal(60), Decimal(60)))

    def test_equal_points_go_by_the_order_of_given_names(self):
        self.person("Lò Văn Ón")
        self.person("Vàng A An")
        self.assertEqual(
            [one.official.full_name for one in self.world.ranked()], ["Vàng A An", "Lò Văn Ón"]
        )

    def test_who_is_not_eligible_comes_last_whatever_the_points(self):
        strong = self.person("Mạnh", gender="nu", leadership=True, since=date(2026, 6, 1))
        weak = self.person("Yếu", birth_date=date(1979, 1, 1))
        self.assertEqual([one.official for one in self.world.ranked()], [weak, strong])

    def test_a_weight_changes_from_its_day_on(self):
        person = self.person("Lò Thị Hoa", gender="nu")
        before = self.world.of(person).score
        PolicyWeight.objects.filter(reason="women").update(valid_to=date(2027, 1, 1))
        PolicyWeight.objects.create(reason="women", weight=50, valid_from=date(2027, 1, 1))
        self.assertEqual(self.world.of(person).score - before, 35)

    def test_a_wish_and_a_first_course_are_reasons(self):
        person = self.person("Lò Thị Hoa")
        Wish.objects.create(official=person, training_class=self.world.training_class)
        make_enrolment(person, title="Đã học", completed=True)
        words = [reason.text for reason in self.world.of(person).reasons]
        self.assertIn("Có nguyện vọng học", words)
        self.assertNotIn("Chưa từng học", words)

    def test_a_target_due_soon_gives_all_points_a_later_one_half(self):
        person = self.person("Lò Thị Hoa")
        scores = {
            year: self.world.of(person, purpose=Purpose("m", "Mục tiêu", date(year, 12, 31))).score
            for year in (2027, 2028, 2030)
        }
        self.assertEqual(
            (scores[2027] - scores[2030], scores[2028] - scores[2030]), (Decimal(20), Decimal(10))
        )

    def test_a_year_of_birth_makes_nobody_young(self):
        person = self.person("Năm", birth_date=date(1987, 1, 1), birth_precision="year")
        self.assertNotIn("Dưới 40 tuổi", [r.text for r in self.world.of(person).reasons])


class NomineesTests(TestCase):
    def setUp(self):
        self.world = World()
        make_level("political_theory", "CHUA", 0)
        self.missing = self.world.person(full_name="Chưa Đạt", levels={"political_theory": "CHUA"})
        self.unknown = self.world.person(full_name="Chưa Rõ", gender="nu")
        self.world.person(full_name="Đã Đạt", levels={"political_theory": "TC"})
        self.elsewhere = make_official(
            make_unit(name="Xã Khác"), full_name="Nơi Khác", levels={"political_theory": "CHUA"}
        )
        Target.objects.create(
            code="llct",
            name="LLCT",
            threshold=80,
            due=OPENING,
            population={"staff_kind": ["CC"]},
            attained={"level_at_least": {"ladder": "political_theory", "level": "TC"}},
        )

    def run_it(self, *arguments):
        out = StringIO()
        call_command("nominees", "--target", "llct", *arguments, "--json", stdout=out)
        return json.loads(out.getvalue())["people"]

    def test_gives_who_misses_the_target_in_order_with_reasons(self):
        people = self.run_it("--on", "2026-11-22")
        self.assertEqual(people[0]["name"], "Chưa Rõ")
        self.assertEqual({one["name"] for one in people}, {"Chưa Đạt", "Chưa Rõ", "Nơi Khác"})
        self.assertIn("Nữ (+15)", people[0]["reasons"])
        self.assertEqual(people[0]["blocked_by"], [])
        self.assertLessEqual(
            {"official", "name", "unit", "score", "reasons", "blocked_by"}, set(people[0])
        )

    def test_unit_and_limit_narrow_the_list(self):
        unit = self.run_it("--unit", "Xã Nà Bủng")
        self.assertEqual(len(unit), 2)
        self.assertEqual(len(self.run_it("--limit", "1")), 1)

    def test_an_unknown_target_does_nothing(self):
        with self.assertRaises(SystemExit) as end:
            call_command("nominees", "--target", "khong-co", stderr=StringIO())
        self.assertEqual(end.exception.code, 2)

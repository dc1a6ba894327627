"""Conditions on the person and the post, each with its `not` and with nothing recorded."""

from datetime import date

from cadres.models import Rank
from tests.factories import make_official, make_posting, make_unit
from tests.rules.base import ON, RuleTestCase

PEOPLE = ["An", "Bình", "Chi", "Dung"]


class PersonTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.unit = make_unit()
        group = cls.group(cls, "Tày")
        kinh = cls.group(cls, "Kinh")
        make_official(
            cls.unit,
            full_name="An",
            staff_kind="CB",
            position="Bí thư Đảng ủy",
            leadership=True,
            gender="nam",
            ethnic_group=group,
            party_member=True,
        )
        make_official(
            cls.unit,
            full_name="Bình",
            staff_kind="CC",
            position="Công chức Văn hóa - xã hội",
            gender="nu",
            ethnic_group=kinh,
            party_member=False,
        )
        make_official(cls.unit, full_name="Chi", staff_kind="VC", position="Văn hoá - Xã hội")
        cls.dung = make_official(full_name="Dung")
        make_posting(cls.dung, cls.unit, staff_kind="", rank_code="01.003")

    def test_each_condition_and_its_not(self):
        cases = [
            ({"staff_kind": ["CB", "VC"]}, ["An", "Chi"]),
            ({"gender": "nu"}, ["Bình"]),
            ({"gender": "nam"}, ["An"]),
            ({"leadership": True}, ["An"]),
            ({"leadership": False}, ["Bình", "Chi", "Dung"]),
            ({"ethnic_group": ["Tày", "Nùng"]}, ["An"]),
            ({"ethnic_minority": True}, ["An"]),
            ({"ethnic_minority": False}, ["Bình"]),
            ({"party_member": True}, ["An"]),
            ({"party_member": False}, ["Bình"]),
            ({"in_planning": True}, []),
            ({"in_planning": False}, PEOPLE),
            ({"position": ["văn hoá - xã hội"]}, ["Bình", "Chi"]),
            ({"position": ["Công chức Văn hóa - xã hội"]}, ["Bình", "Chi"]),
            ({"position": ["Bí thư"]}, []),
            ({"rank": ["01003"]}, ["Dung"]),
            ({"rank": ["1.003", "V.07.03.29"]}, ["Dung"]),
            ({"rank": ["01.002"]}, []),
        ]
        for rule, names in cases:
            with self.subTest(rule=rule):
                self.both_ways(rule, names, PEOPLE)

    def test_a_group_is_found_by_its_alias(self):
        make_official(self.unit, full_name="H'Bia", ethnic_group=self.group("Mnông"))
        self.assertEqual(self.who({"ethnic_group": ["M’Nông"]}), ["H'Bia"])

    def test_a_rank_is_found_by_its_name(self):
        Rank.objects.create(code="01.003", name="Chuyên viên")
        self.both_ways({"rank": ["chuyên viên"]}, ["Dung"], PEOPLE)

    def test_who_has_left_is_in_no_figure_but_was_in_the_past_ones(self):
        self.dung.postings.update(valid_to=date(2026, 1, 1))
        make_posting(self.dung, self.unit, since=date(2015, 1, 1), until=date(2016, 1, 1))
        self.assertNotIn("Dung", self.who({"all": []}))
        self.assertIn("Dung", self.who({"all": []}, on=date(2025, 12, 31)))

    def test_a_concurrent_post_makes_nobody_count_twice(self):
        other = make_unit()
        make_posting(self.dung, other, is_main=False, staff_kind="CC")
        self.assertEqual(self.who({"all": []}).count("Dung"), 1)

    def test_rules_nest(self):
        rule = {
            "any": [
                {"all": [{"staff_kind": ["CB"]}, {"not": {"gender": "nu"}}]},
                {"not": {"any": [{"leadership": True}, {"gender": "nu"}, {"rank": ["01.003"]}]}},
            ]
        }
        self.both_ways(rule, ["An", "Chi"], PEOPLE)

    def test_all_of_nothing_is_everybody_and_its_not_is_nobody(self):
        self.both_ways({"all": []}, PEOPLE, PEOPLE)
        everyone_else = {"any": [{"gender": "nu"}, {"not": {"all": []}}]}
        self.both_ways(everyone_else, ["Bình"], PEOPLE)
        self.both_ways({"any": [{"gender": "nu"}, {"all": []}]}, PEOPLE, PEOPLE)

    def test_people_come_in_the_order_of_vietnamese_names(self):
        self.assertEqual(self.who({"all": []}, ON), PEOPLE)

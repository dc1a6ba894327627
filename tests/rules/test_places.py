"""Conditions on the unit: kind, traits of the area at the date, place in the tree."""

from datetime import date

from tests.factories import make_language, make_official, make_qualification, make_trait, make_unit
from tests.rules.base import RuleTestCase

EVERYONE = ["An", "Bình", "Chi"]


class PlaceTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.province = make_unit("T", name="UBND tỉnh Mẫu", kind="province")
        cls.commune = make_unit("X1", name="Xã Nà Bủng", under=cls.province)
        cls.department = make_unit("S1", name="Sở Nội vụ", kind="department", under=cls.province)
        cls.an = make_official(cls.commune, full_name="An")
        cls.binh = make_official(cls.department, full_name="Bình")
        make_official(cls.province, full_name="Chi")

    def test_kind_and_place_in_the_tree(self):
        cases = [
            ({"unit_kind": ["commune"]}, ["An"]),
            ({"unit_kind": ["commune", "department"]}, ["An", "Bình"]),
            ({"unit_kind": ["party"]}, []),
            ({"in_unit": ["X1"]}, ["An"]),
            ({"in_unit": ["ubnd Xã Nà Bủng", "s1"]}, ["An", "Bình"]),
            ({"in_unit": ["T"]}, EVERYONE),
            ({"any": [{"in_unit": ["X1"]}, {"gender": "nu"}]}, ["An"]),
            (
                {"all": [{"not": {"in_unit": ["X1"]}}, {"not": {"unit_kind": ["province"]}}]},
                ["Bình"],
            ),
        ]
        for rule, names in cases:
            with self.subTest(rule=rule):
                self.both_ways(rule, names, EVERYONE)

    def test_a_trait_counts_from_its_first_day_to_the_day_before_its_last(self):
        make_trait(self.commune, "border", since=date(2024, 1, 1), until=date(2025, 7, 1))
        rule = {"unit_trait": "border"}
        for day, names in [
            (date(2023, 12, 31), []),
            (date(2024, 1, 1), ["An"]),
            (date(2025, 6, 30), ["An"]),
            (date(2025, 7, 1), []),
        ]:
            with self.subTest(day=day):
                self.both_ways(rule, names, EVERYONE, on=day)

    def test_languages_of_the_person(self):
        make_qualification(self.an, "ethnic_language", "CO", detail="Mông")
        make_qualification(self.binh, "ethnic_language", "CO", detail="Thái")
        self.both_ways({"speaks": ["H'mông"]}, ["An"], EVERYONE)
        self.both_ways({"speaks": ["tiếng Mông", "Thái"]}, ["An", "Bình"], EVERYONE)
        self.both_ways({"speaks": ["Mường"]}, [], EVERYONE)

    def test_the_language_of_the_unit_at_the_date(self):
        self.both_ways({"speaks_language_of_unit": True}, [], EVERYONE)
        make_language(self.commune, "Mông", since=date(2024, 1, 1))
        make_language(self.department, "Tày")
        make_qualification(self.an, "ethnic_language", "CO", detail="Mông")
        make_qualification(self.binh, "ethnic_language", "CO", detail="Mông")
        rule = {"speaks_language_of_unit": True}
        self.both_ways(rule, ["An"], EVERYONE)
        self.both_ways(rule, [], EVERYONE, on=date(2023, 12, 31))

    def test_a_language_is_recorded_from_its_day(self):
        make_qualification(self.an, "ethnic_language", "CO", detail="Mông", since=date(2026, 5, 1))
        self.assertEqual(self.who({"speaks": ["Mông"]}, date(2026, 4, 30)), [])
        self.assertEqual(self.who({"speaks": ["Mông"]}, date(2026, 5, 1)), ["An"])

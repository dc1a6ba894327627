"""Conditions on ladders: nothing recorded, not trained, text without a level, levels."""

from datetime import date

from tests.factories import make_official, make_qualification, make_unit
from tests.rules.base import RuleTestCase

EVERYONE = ["Chưa", "Chữ", "Trung", "Trống", "Đại"]


class LadderTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        unit = make_unit()
        make_official(unit, full_name="Trống")
        make_official(unit, full_name="Chưa", levels={"professional": "CDT"})
        cls.text = make_official(unit, full_name="Chữ")
        make_qualification(cls.text, "professional", detail="Lớp học nghề ngắn hạn")
        cls.middle = make_official(unit, full_name="Trung", levels={"professional": "TC"})
        make_official(unit, full_name="Đại", levels={"professional": "DH"})

    def level(self, code):
        return {"level_at_least": {"ladder": "professional", "level": code}}

    def test_levels_and_their_not(self):
        cases = [
            (self.level("TS"), []),
            (self.level("DH"), ["Đại"]),
            (self.level("TC"), ["Trung", "Đại"]),
            (self.level("SC"), ["Trung", "Đại"]),
            (self.level("CDT"), ["Chưa", "Trung", "Đại"]),
            ({"has": "professional"}, ["Chữ", "Trung", "Đại"]),
            ({"has": "informatics"}, []),
        ]
        for rule, names in cases:
            with self.subTest(rule=rule):
                self.both_ways(rule, names, EVERYONE)

    def test_not_within_not(self):
        rule = {"not": {"all": [{"not": self.level("DH")}, {"not": {"has": "informatics"}}]}}
        self.both_ways(rule, ["Đại"], EVERYONE)

    def test_a_level_counts_from_the_day_of_its_award_on(self):
        make_qualification(self.middle, "professional", "DH", since=date(2026, 6, 30))
        self.assertEqual(self.who(self.level("DH"), date(2026, 6, 29)), ["Đại"])
        self.assertEqual(self.who(self.level("DH"), date(2026, 6, 30)), ["Đại", "Trung"])

    def test_text_that_says_no_is_not_trained(self):
        make_qualification(self.middle, "informatics", detail="Không")
        self.assertEqual(self.who({"has": "informatics"}), [])
        make_qualification(self.middle, "informatics", detail="MOS Excel")
        self.assertEqual(self.who({"has": "informatics"}), ["Trung"])

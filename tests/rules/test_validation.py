"""What is wrong with a rule is said with its place and what is allowed."""

from django.test import SimpleTestCase

from cadres.rules import (
    CONDITIONS,
    Condition,
    RuleError,
    describe,
    ladders_named,
    normalise,
    register,
    validate,
)
from cadres.rules.base import CONDITIONS as VOCABULARY
from tests.factories import make_unit
from tests.rules.base import RuleTestCase

TC = {"level_at_least": {"ladder": "professional", "level": "TC"}}


class ValidationTests(RuleTestCase):
    def problem(self, rule):
        """The one problem of a rule."""
        [line] = validate(rule, path="population")
        return line

    def test_the_vocabulary_is_the_contract(self):
        contract = """staff_kind unit_kind unit_trait in_unit ethnic_group ethnic_minority gender
            party_member leadership in_planning age years_to_retirement years_of_service position
            rank level_at_least has speaks speaks_language_of_unit"""
        self.assertLessEqual(set(contract.split()), set(CONDITIONS))

    def test_good_rules_have_no_problems(self):
        make_unit("X1", name="Xã Nà Bủng")
        for rule in [
            {"all": []},
            TC,
            {"any": [TC, {"not": {"has": "ethnic_affairs"}}]},
            {"in_unit": ["X1", "ubnd xã nà bủng"]},
            {"ethnic_group": ["Tày", "M'nông"]},
            {"age": {"to": 45}},
            {"years_to_retirement": {"from": -1}},
            {"rank": ["01.003", "V.07.03.29"]},
            {"speaks": ["tiếng Mông"]},
            {"level_at_least": {"ladder": "informatics", "level": "CHUA"}},
            {"level_at_least": {"ladder": "ethnic_affairs", "level": "DT3"}},
        ]:
            with self.subTest(rule=rule):
                self.assertEqual(validate(rule), [])

    def test_an_unknown_key_is_named_with_the_keys_there_are(self):
        line = self.problem({"all": [TC, {"staff_kin": ["CC"]}]})
        self.assertTrue(line.startswith("population.all.2: không có điều kiện “staff_kin”."))
        self.assertIn("staff_kind, ", line)
        self.assertIn("all, any, not", line)

    def test_an_unknown_ladder_level_or_value_is_named_with_those_there_are(self):
        cases = [
            ({"has": "cooking"}, ["population.has: ", "“cooking”", "professional", "informatics"]),
            (
                {"not": {"level_at_least": {"ladder": "cooking", "level": "TC"}}},
                ["population.not.level_at_least: ", "“cooking”", "political_theory"],
            ),
            (
                {"level_at_least": {"ladder": "professional", "level": "B1"}},
                ["“B1”", "professional", "CDT, SC, TC, CD, DH, THS, TS"],
            ),
            ({"staff_kind": ["CC", "XX"]}, ["“XX”", "CB, CC, VC, KCTX, KCTT"]),
            ({"unit_kind": ["village"]}, ["“village”", "commune"]),
            ({"unit_trait": "sea"}, ["“sea”", "minority_area", "region_3"]),
            ({"in_unit": ["Xã Không Có"]}, ["“Xã Không Có”"]),
            ({"ethnic_group": ["Klingon"]}, ["“Klingon”", "Ba Na, Bố Y"]),
            ({"speaks": ["Thổ ngữ"]}, ["“Thổ ngữ”"]),
            ({"gender": "male"}, ["“male”", "nam, nu"]),
            ({"rank": ["chuyên gia lạ"]}, ["“chuyên gia lạ”", "01.003"]),
        ]
        for rule, parts in cases:
            with self.subTest(rule=rule):
                line = self.problem(rule)
                for part in parts:
                    self.assertIn(part, line)

    def test_a_value_of_the_wrong_form_is_refused(self):
        wrong = [
            {"staff_kind": "CC"},
            {"staff_kind": []},
            {"staff_kind": [1]},
            {"gender": ["nu"]},
            {"party_member": "true"},
            {"party_member": 1},
            {"speaks_language_of_unit": False},
            {"age": {}},
            {"age": {"from": "30"}},
            {"age": {"from": True}},
            {"age": {"from": 45, "to": 30}},
            {"age": {"from": 30, "until": 40}},
            {"age": {"from": 10**30}},
            {"level_at_least": {"ladder": "professional"}},
            {"level_at_least": {"ladder": ["professional"], "level": "TC"}},
            {"level_at_least": {"ladder": "professional", "level": ["TC"]}},
            {"level_at_least": "TC"},
            {"has": ["professional"]},
            {"in_unit": [None]},
            {"position": [" "]},
            {"any": []},
            {"all": {}},
            {"not": []},
            {"staff_kind": ["CC"], "gender": "nu"},
            {},
            [],
            None,
            "staff_kind",
        ]
        for rule in wrong:
            with self.subTest(rule=rule):
                self.assertEqual(len(validate(rule)), 1)
                with self.assertRaises(RuleError):
                    normalise(rule)

    def test_all_problems_are_told_at_once(self):
        rule = {"all": [{"gender": "x"}, {"any": [{"has": "y"}, {"z": 1}]}]}
        places = [line.split(": ")[0] for line in validate(rule, path="attained")]
        self.assertEqual(
            places, ["attained.all.1.gender", "attained.all.2.any.1.has", "attained.all.2.any.2"]
        )

    def test_rules_too_deep_or_too_long_are_refused(self):
        deep = TC
        for _ in range(5000):
            deep = {"not": deep}
        self.assertIn("lồng quá", self.problem(deep))
        self.assertIn("tối đa", self.problem({"all": [TC] * 201}))

    def test_values_are_stored_in_one_form(self):
        make_unit("X1", name="Xã Nà Bủng")
        cases = [
            ({"in_unit": ["Xã Nà Bủng", "x1"]}, {"in_unit": ["X1"]}),
            ({"ethnic_group": ["M'Nông"]}, {"ethnic_group": ["Mnông"]}),
            ({"rank": ["1003", "01.003"]}, {"rank": ["01.003"]}),
            ({"position": ["  Bí  thư "]}, {"position": ["Bí thư"]}),
            ({"not": {"all": [TC]}}, {"not": {"all": [TC]}}),
        ]
        for rule, stored in cases:
            with self.subTest(rule=rule):
                self.assertEqual(normalise(rule), stored)
                self.assertEqual(normalise(stored), stored)


class WordsTests(RuleTestCase):
    def test_rules_read_as_a_vietnamese_sentence(self):
        make_unit("X1", name="Xã Nà Bủng")
        cases = [
            (
                {"all": [{"staff_kind": ["CB", "CC"]}, {"unit_kind": ["commune"]}, TC]},
                "cán bộ hoặc công chức; ở xã, phường, thị trấn, đặc khu; "
                "chuyên môn từ Trung cấp trở lên",
            ),
            ({"all": []}, "tất cả mọi người"),
            ({"in_unit": ["X1"]}, "thuộc Xã Nà Bủng"),
            ({"age": {"from": 30, "to": 45}}, "từ 30 đến 45 tuổi"),
            ({"age": {"to": 45}}, "không quá 45 tuổi"),
            ({"years_to_retirement": {"from": 5}}, "còn từ 5 năm đến tuổi nghỉ hưu"),
            ({"speaks": ["Mông", "Thái"]}, "biết tiếng Mông hoặc tiếng Thái"),
            ({"has": "state_management"}, "đã bồi dưỡng quản lý nhà nước"),
            (
                {"level_at_least": {"ladder": "ethnic_language", "level": "CO"}},
                "biết tiếng dân tộc",
            ),
            ({"not": TC}, "chưa đạt (chuyên môn từ Trung cấp trở lên)"),
            ({"not": {"not": TC}}, "chuyên môn từ Trung cấp trở lên"),
            ({"not": {"party_member": True}}, "không phải đảng viên"),
            ({"not": {"in_planning": True}}, "ngoài quy hoạch"),
            ({"not": {"staff_kind": ["CB", "CC"]}}, "không phải (cán bộ hoặc công chức)"),
            (
                {"all": [{"gender": "nu"}, {"any": [TC, {"has": "informatics"}]}]},
                "nữ; (chuyên môn từ Trung cấp trở lên; hoặc có trình độ tin học)",
            ),
            (
                {"any": [{"all": [{"gender": "nu"}, TC]}, {"leadership": True}]},
                "(nữ; chuyên môn từ Trung cấp trở lên); hoặc giữ chức vụ lãnh đạo, quản lý",
            ),
            ({"rank": ["01.003"]}, "ngạch 01.003"),
        ]
        for rule, words in cases:
            with self.subTest(rule=rule):
                self.assertEqual(describe(rule), words)

    def test_ladders_are_named_once_each_from_anywhere_in_the_rule(self):
        rule = {"any": [TC, {"not": {"has": "informatics"}}, {"all": [TC, {"gender": "nu"}]}]}
        self.assertEqual(ladders_named(rule), ["professional", "informatics"])
        self.assertEqual(ladders_named({"speaks_language_of_unit": True}), [])


class RegisterTests(SimpleTestCase):
    def test_a_layer_above_may_add_a_condition(self):
        class Born(Condition):
            code = "born_under_a_star"

            def problems(self, value, context):
                return [] if value is True else ["chỉ nhận true."]

        self.addCleanup(VOCABULARY.pop, Born.code)
        self.assertIn("không có điều kiện", validate({Born.code: True})[0])
        register(Born())
        self.assertEqual(validate({Born.code: True}), [])

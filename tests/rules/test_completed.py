"""The condition `completed`: contents with what is below them, days, hours."""

from datetime import date

from cadres.composing import editors
from cadres.rules import CONDITIONS, Pair, RuleContext, count, describe, normalise, validate
from tests.factories import make_category, make_enrolment, make_official, make_unit
from tests.rules.base import ON, RuleTestCase

EVERYONE = ["Văn thư", "Công chức", "Năm ngoái", "Đang học", "Chưa học"]
BD = {"completed": {"category": "BD"}}


class CompletedTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.top = make_category("BD", name="Bồi dưỡng")
        cls.papers = make_category("BD.VT", name="Văn thư", parent=cls.top)
        cls.other = make_category("DT", name="Đào tạo", form="dao_tao")
        unit = make_unit()
        cls.people = {name: make_official(unit, full_name=name) for name in EVERYONE}
        cls.learn("Văn thư", cls.papers, date(2026, 5, 20), 24)
        cls.learn("Công chức", cls.top, date(2026, 11, 22), 16)
        cls.learn("Công chức", cls.papers, date(2026, 3, 1), 8)
        cls.learn("Năm ngoái", cls.papers, date(2025, 12, 31), 40)
        cls.learn("Đang học", cls.papers, date(2026, 6, 1), 40, completed=False)
        cls.learn("Đang học", cls.top, date(2026, 11, 23), 40)

    @classmethod
    def learn(cls, name, category, ends, hours, completed=True):
        make_enrolment(
            cls.people[name], category=category, ends_on=ends, hours=hours, completed=completed
        )

    def test_who_has_completed(self):
        cases = [
            (BD, ["Văn thư", "Công chức", "Năm ngoái"]),
            ({"completed": {"category": "bd.vt"}}, ["Văn thư", "Công chức", "Năm ngoái"]),
            ({"completed": {"category": "DT"}}, []),
            (
                {"completed": {"category": "BD", "from": "2026-01-01"}},
                ["Văn thư", "Công chức"],
            ),
            ({"completed": {"category": "BD", "to": "2025-12-31"}}, ["Năm ngoái"]),
            ({"completed": {"hours_at_least": 24}}, ["Văn thư", "Công chức", "Năm ngoái"]),
            ({"completed": {"hours_at_least": 25}}, ["Năm ngoái"]),
            ({"completed": {"from": "2026-05-20", "to": "2026-05-20"}}, ["Văn thư"]),
        ]
        for rule, names in cases:
            with self.subTest(rule=rule):
                self.both_ways(rule, names, EVERYONE)

    def test_a_course_counts_from_the_day_on_which_it_ended(self):
        self.assertEqual(self.who(BD, date(2025, 12, 30)), [])
        self.assertEqual(self.who(BD, date(2025, 12, 31)), ["Năm ngoái"])
        self.assertEqual(self.who(BD, date(2026, 2, 28)), ["Năm ngoái"])
        self.assertIn("Đang học", self.who(BD, date(2026, 11, 23)))

    def test_what_is_wrong_is_said_with_what_is_allowed(self):
        cases = [
            ({}, "category, from, to, hours_at_least"),
            ("BD", "“BD”"),
            ({"category": "XX"}, "không có nội dung “XX”. Các mã: BD, BD.VT, DT."),
            ({"category": 3}, "không có nội dung 3"),
            ({"cat": "BD"}, "không có khóa “cat”"),
            ({"from": "01/01/2026"}, "from phải là ngày dạng 2026-01-31"),
            ({"to": None}, "to phải là ngày"),
            ({"from": "2026-02-01", "to": "2026-01-01"}, "Đổi chỗ hai ngày"),
            ({"hours_at_least": 0}, "hours_at_least phải là số tiết tròn"),
            ({"hours_at_least": "40"}, "hours_at_least phải là số tiết tròn"),
        ]
        for value, part in cases:
            with self.subTest(value=value):
                [line] = validate({"completed": value}, path="attained")
                self.assertIn(part, line)
                self.assertTrue(line.startswith("attained.completed: "))

    def test_words_and_stored_form(self):
        value = {"hours_at_least": 40, "to": "2026-12-31", "category": "bd.vt"}
        rule = normalise({"completed": value})
        self.assertEqual(list(rule["completed"].values()), ["BD.VT", "2026-12-31", 40])
        words = "đã học xong nội dung văn thư (BD.VT), đến 31/12/2026, cộng lại ít nhất 40 tiết"
        self.assertEqual(describe(rule), words)
        self.assertEqual(describe({"not": BD}), "chưa học xong nội dung bồi dưỡng (BD)")

    def test_a_rule_with_it_takes_no_query_of_its_own_but_the_contents(self):
        everyone = {"all": []}
        for pairs in ([Pair(everyone, BD)], [Pair(everyone, BD), Pair(BD, {"not": BD})]):
            with self.assertNumQueries(3):
                [figure, *_] = count(pairs, on=ON, context=RuleContext(ON))
        self.assertEqual((figure.population, figure.attained, figure.unknown), (5, 3, 0))


class CompletedFormTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_category("BD", name="Bồi dưỡng")

    def value_of(self, **typed):
        return editors.value_of(CONDITIONS["completed"], typed, RuleContext(ON))

    def test_what_is_typed_becomes_a_value_and_back(self):
        typed = {"v": "BD", "from": "1/2/2026", "to": "", "hours": "40"}
        value, errors = self.value_of(**typed)
        self.assertEqual(errors, [])
        self.assertEqual(value, {"category": "BD", "from": "2026-02-01", "hours_at_least": 40})
        shown = editors.EDITORS["completed"].typed_of(value, None)
        self.assertEqual(shown, {"v": "BD", "from": "01/02/2026", "to": "", "hours": "40"})

    def test_what_cannot_be_read_is_said(self):
        for typed, part in [
            ({}, "Chưa ghi gì"),
            ({"from": "31/02/2026"}, "“31/02/2026”"),
            ({"to": "2026"}, "Ghi dạng 31/12/2026"),
            ({"hours": "bốn mươi"}, "không phải là số tiết tròn"),
            ({"v": "XX"}, "Không có nội dung “XX”"),
        ]:
            with self.subTest(typed=typed):
                value, [line] = self.value_of(**typed)
                self.assertIsNone(value)
                self.assertIn(part, line)

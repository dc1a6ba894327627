"""The measurement compares like with like: the engine and the hand-written SQL agree."""

from reports.measuring import measure_figures
from tests.factories import make_official, make_unit
from tests.rules.base import ON, RuleTestCase


class MeasuringTests(RuleTestCase):
    def test_both_ways_give_the_same_numbers_in_a_constant_number_of_queries(self):
        commune, department = make_unit(), make_unit(kind="department")
        make_official(commune, levels={"professional": "TC", "informatics": "A"})
        make_official(commune, levels={"political_theory": "CHUA"}, staff_kind="CB")
        make_official(department, levels={"professional": "DH"})
        measured = measure_figures(ON, rounds=1)
        self.assertTrue(measured.agree)
        self.assertEqual(measured.queries, 4)  # levels, units, their version, the one that counts

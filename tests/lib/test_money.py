"""Amounts as people type them, in whole đồng; what is written reads back the same."""

import pytest
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from trainingplans.lib.money import UNITS, parse_money, write_money

pytestmark = pytest.mark.no_database

MILLION = 10**6


class MoneyTests(SimpleTestCase):
    def test_amounts_as_offices_write_them(self):
        cases = [
            ("1.680", "trieu", 1_680 * MILLION),
            ("612,5", "trieu", 612_500_000),
            ("612.5", "trieu", 612_500_000),
            ("0,333", "trieu", 333_000),
            ("2 tỷ", "trieu", 2_000 * MILLION),
            ("4,4 tỷ đồng", "dong", 4_400 * MILLION),
            ("500.000.000 đồng", "trieu", 500 * MILLION),
            ("1.234,5", "trieu", 1_234_500_000),
            ("1,234.5", "trieu", 1_234_500_000),
            ("150tr", "dong", 150 * MILLION),
            ("", "trieu", 0),
            ("—", "trieu", 0),
        ]
        for text, unit, amount in cases:
            with self.subTest(text=text):
                self.assertEqual(parse_money(text, unit), amount)

    def test_what_is_no_amount_is_said(self):
        for text in ["abc", "12 con", "1.2.3", "-5", "1,23,4", "9" * 20, ",", "1 2 x"]:
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_money(text, "trieu")
        with self.assertRaises(ValueError):
            parse_money("0,5", "dong")

    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, 10**13), st.sampled_from(sorted(UNITS)))
    def test_what_is_written_reads_back_the_same(self, amount, unit):
        self.assertEqual(parse_money(write_money(amount, unit), unit), amount)

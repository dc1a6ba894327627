"""Dividing seats: they add up, nobody gets more than the need, the largest remainder is first."""

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from trainingplans.plans.shares import shared


class ShareTests(SimpleTestCase):
    def test_the_largest_remainders_get_what_is_left(self):
        # 10 seats over 7, 4, 5 of 16: exact 4.375, 2.5, 3.125 → 4, 2, 3 and one more for 2.5
        self.assertEqual(shared(10, {1: 7, 2: 4, 3: 5}), {1: 4, 2: 3, 3: 3})

    def test_of_equal_remainders_the_greater_need_is_first(self):
        # 1 seat over 2, 2: both 0.5; equal needs: the first key
        self.assertEqual(shared(1, {7: 2, 3: 2}), {7: 1, 3: 0})

    def test_no_more_than_the_need_is_given(self):
        self.assertEqual(shared(100, {1: 3, 2: 4}), {1: 3, 2: 4})
        self.assertEqual(shared(5, {1: 0}), {1: 0})

    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, 500), st.dictionaries(st.integers(), st.integers(0, 80), max_size=30))
    def test_seats_add_up_and_are_near_the_exact_share(self, seats, weights):
        given_seats, total = shared(seats, weights), sum(weights.values())
        self.assertEqual(sum(given_seats.values()), min(seats, total))
        for key, weight in weights.items():
            exact = min(seats, total) * weight / total if total else 0
            self.assertLess(abs(given_seats[key] - exact), 1)
            self.assertLessEqual(given_seats[key], weight)

"""The engine's SQL against an independent counter in plain Python, on random worlds."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from cadres.models import Unit
from cadres.rules import Pair, count, people
from tests.rules.base import load_lists
from tests.rules.random_worlds import RULES, WORLD, build, days, make_units
from tests.slow_counter import SlowCounter

PARTS = ("population", "attained", "unknown", "missing")


def examples(number):
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=number,
        deadline=None,
        suppress_health_check=slow,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        derandomize=number < 100,
    )


class ProofTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()

    def agree(self, world, pairs, on):
        build(world, self.units)
        slow = SlowCounter()
        for below in (None, self.units["X1"]):
            units = below and Unit.objects.below(below)
            ids = below and {below.pk}
            figures = count(pairs, on=on, units=units, by_unit=True)
            for pair, figure in zip(pairs, figures, strict=True):
                expected = slow.figure(*pair, on, ids)
                self.same(figure, expected, slow, on)
                for part in PARTS:
                    rows = people(pair, part, on=on, units=units)
                    found = [row.official_id for row in rows]
                    self.assertEqual(len(found), len(set(found)))
                    self.assertEqual(set(found), expected[part])

    def same(self, figure, expected, slow, on):
        self.assertEqual({p: getattr(figure, p) for p in PARTS}, sizes(expected))
        for part in PARTS:
            here = {u: getattr(f, part) for u, f in figure.by_unit.items() if getattr(f, part)}
            self.assertEqual(here, slow.by_unit(expected[part], on))

    @given(WORLD, RULES, RULES, RULES, days)
    @examples(50)
    def test_figures_agree(self, world, one, two, three, on):
        self.agree(world, [Pair(one, two), Pair(one, three), Pair(two, three)], on)

    @pytest.mark.proof
    @given(WORLD, RULES, RULES, RULES, days)
    @examples(1000)
    def test_figures_agree_on_a_thousand_worlds(self, world, one, two, three, on):
        self.agree(world, [Pair(one, two), Pair(one, three), Pair(two, three)], on)


def sizes(parts):
    return {part: len(ids) for part, ids in parts.items()}

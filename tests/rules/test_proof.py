"""The engine's SQL against an independent counter in plain Python, on random worlds."""

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cadres.models import Unit
from cadres.rules import Pair, RuleContext, count, people
from tests.rules.base import load_lists
from tests.rules.random_worlds import DAYS, build, make_units, pairs, world
from tests.slow_counter import SlowCounter

PARTS = ("population", "attained", "unknown", "missing")
SEEDS = st.integers(0, 2**32)


def examples(number):
    """No shrinking: an example is named by its seed and small already."""
    return settings(
        max_examples=number,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        database=None,
        phases=[Phase.explicit, Phase.generate],
        derandomize=number < 100,
    )


class ProofTests(TestCase):
    seen = Counter()

    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()

    @classmethod
    def tearDownClass(cls):
        """A proof about empty sets proves nothing: each part must have had people."""
        super().tearDownClass()
        assert all(cls.seen[part] > 20 for part in PARTS), cls.seen

    def agree(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        slow, asked = SlowCounter(), [Pair(*pair) for pair in pairs(r)]
        for on in r.sample(DAYS[4:], 2):
            below = r.choice([None, self.units["X1"]])
            units, ids = (Unit.objects.below(below), {below.pk}) if below else (None, None)
            context = RuleContext(on)
            figures = count(asked, on=on, units=units, by_unit=True, context=context)
            for pair, figure in zip(asked, figures, strict=True):
                expected = slow.figure(*pair, on, ids)
                self.seen.update(part for part in PARTS if expected[part])
                self.same_numbers(figure, expected, slow, on)
                self.same_people(pair, expected, units, context)

    def same_numbers(self, figure, expected, slow, on):
        for part in PARTS:
            self.assertEqual(getattr(figure, part), len(expected[part]), part)
            here = {u: getattr(f, part) for u, f in figure.by_unit.items() if getattr(f, part)}
            self.assertEqual(here, slow.by_unit(expected[part], on))

    def same_people(self, pair, expected, units, context):
        for part in PARTS:
            rows = people(pair, part, on=context.on, units=units, context=context)
            self.assertCountEqual([row.official_id for row in rows], expected[part])

    @given(SEEDS)
    @examples(50)
    def test_figures_agree(self, seed):
        self.agree(seed)

    @pytest.mark.proof
    @given(SEEDS)
    @examples(1000)
    def test_figures_agree_on_a_thousand_worlds(self, seed):
        self.agree(seed)

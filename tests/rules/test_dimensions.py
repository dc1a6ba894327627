"""Dividing people: every dimension is exact, on random worlds, and opens to the same people."""

from random import Random

from hypothesis import given
from hypothesis.extra.django import TestCase

from cadres.rules import DIMENSIONS, UNKNOWN, RuleContext, matching, tally
from cadres.rules.trees import EVERYONE
from tests.rules.base import load_lists
from tests.rules.random_worlds import DAYS, build, make_units, rule, world
from tests.rules.test_proof import SEEDS, examples


class DimensionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()

    @given(SEEDS)
    @examples(8)
    def test_each_divides_everybody_into_parts_that_open(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        on, asked = r.choice(DAYS[4:]), r.choice([EVERYONE, rule(r)])
        context = RuleContext(on)
        total = matching(asked, on=on, context=context).count()
        for code, dimension in DIMENSIONS.items():
            found = tally(asked, [dimension], on=on, context=context)
            self.assertEqual(sum(found.values()), total, code)
            self.assertLessEqual({key for (key,) in found}, set(dimension.words(context)))
            for key in [*dimension.words(context)][-3:]:
                people = matching(asked, on=on, context=context).filter(dimension.q(key, context))
                self.assertEqual(people.count(), found[(key,)], (code, key))

    @given(SEEDS)
    @examples(4)
    def test_two_at_once_sum_to_each_alone(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        on = r.choice(DAYS[4:])
        rows, columns = (DIMENSIONS[code] for code in r.sample(sorted(DIMENSIONS), 2))
        both = tally(EVERYONE, [rows, columns], on=on)
        alone = tally(EVERYONE, [rows], on=on)
        for (key,), number in alone.items():
            self.assertEqual(sum(n for (row, _), n in both.items() if row == key), number)
        self.assertEqual(sum(both.values()), sum(alone.values()))

    def test_the_unknown_is_always_among_the_words(self):
        context = RuleContext(DAYS[7])
        for dimension in DIMENSIONS.values():
            self.assertEqual(list(dimension.words(context))[-1], UNKNOWN)

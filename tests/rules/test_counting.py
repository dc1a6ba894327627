"""Figures: their arithmetic, their parts, their people, how many queries they take."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.test import SimpleTestCase

from cadres.models import Unit
from cadres.rules import Figure, Pair, RuleError, count, people
from tests.factories import (
    make_account,
    make_language,
    make_official,
    make_qualification,
    make_trait,
    make_unit,
)
from tests.rules.base import ON, RuleTestCase

ALL = {"all": []}
TC = {"level_at_least": {"ladder": "professional", "level": "TC"}}
POLITICS = {"level_at_least": {"ladder": "political_theory", "level": "TC"}}


class FigureTests(SimpleTestCase):
    def test_297_of_350_does_not_meet_85(self):
        figure = Figure(350, 297)
        self.assertIs(figure.met(85), False)
        self.assertEqual(figure.short_by(85), 1)
        self.assertEqual(figure.percent, Fraction("84.86"))

    def test_the_threshold_itself_meets_it(self):
        self.assertIs(Figure(40, 34).met(85), True)
        self.assertEqual(Figure(40, 34).short_by(85), 0)

    def test_a_third_meets_no_rounded_third(self):
        self.assertIs(Figure(3, 1).met(Decimal("33.334")), False)
        self.assertIs(Figure(3, 1).met(Decimal("33.333")), True)

    def test_percent_is_rounded_half_up(self):
        self.assertEqual(Figure(800, 1).percent, Fraction("0.13"))
        self.assertEqual(Figure(3, 2).percent, Fraction("66.67"))
        self.assertEqual(Figure(7, 7).percent, 100)

    def test_nobody_has_no_share_and_lacks_none(self):
        nobody = Figure(0, 0)
        self.assertEqual(
            (nobody.share, nobody.percent, nobody.met(85), nobody.short_by(85)),
            (None, None, None, 0),
        )

    def test_short_by_is_the_least_number_that_meets(self):
        for population in range(1, 60):
            for attained in range(population + 1):
                figure = Figure(population, attained)
                short = figure.short_by(85)
                self.assertTrue(Figure(population, attained + short).met(85))
                if short:
                    self.assertFalse(Figure(population, attained + short - 1).met(85))


class CountTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.top = make_unit("T", kind="province")
        cls.one = make_unit("X1", under=cls.top)
        cls.two = make_unit("X2", under=cls.top)
        make_official(cls.one, full_name="Đạt", levels={"professional": "DH"}, staff_kind="CB")
        make_official(cls.one, full_name="Thiếu", levels={"professional": "SC"})
        make_official(cls.two, full_name="Trống")
        cls.past = make_official(
            cls.two, full_name="Cũ", until=date(2025, 7, 1), levels={"professional": "TC"}
        )

    def one_figure(self, pair, **options):
        return count([pair], on=options.pop("on", ON), **options)[0]

    def names(self, pair, which, **options):
        rows = people(pair, which, on=options.pop("on", ON), **options)
        return [row.official.full_name for row in rows]

    def test_attained_unknown_and_missing_are_disjoint_and_sum_up(self):
        figure = self.one_figure(Pair(ALL, TC))
        self.assertEqual(figure, Figure(3, 1, 1))
        self.assertEqual(figure.missing, 1)
        self.assertEqual(self.names((ALL, TC), "attained"), ["Đạt"])
        self.assertEqual(self.names((ALL, TC), "missing"), ["Thiếu"])
        self.assertEqual(self.names((ALL, TC), "unknown"), ["Trống"])
        self.assertEqual(self.names((ALL, TC), "population"), ["Đạt", "Thiếu", "Trống"])

    def test_unknown_needs_nothing_recorded_on_any_named_ladder(self):
        both = {"all": [TC, POLITICS]}
        self.assertEqual(self.one_figure(Pair(ALL, both)), Figure(3, 0, 3))
        either = {"any": [TC, POLITICS]}
        self.assertEqual(self.one_figure(Pair(ALL, either)), Figure(3, 1, 2))
        self.assertEqual(self.one_figure(Pair(ALL, {"not": TC})), Figure(3, 2, 0))

    def test_a_rule_without_ladders_leaves_nobody_unknown(self):
        self.assertEqual(self.one_figure(Pair(ALL, {"staff_kind": ["CB"]})), Figure(3, 1, 0))

    def test_past_days_answer_for_those_who_served_then(self):
        self.assertEqual(self.one_figure(Pair(ALL, TC), on=date(2025, 6, 30)), Figure(4, 2, 1))
        self.assertEqual(self.one_figure(Pair(ALL, TC), on=date(2019, 12, 31)), Figure(0, 0, 0))

    def test_by_unit_sums_up_and_leaves_out_units_without_anybody(self):
        figure = self.one_figure(Pair(ALL, TC), by_unit=True)
        self.assertEqual(
            figure.by_unit, {self.one.pk: Figure(2, 1, 0), self.two.pk: Figure(1, 0, 1)}
        )

    def test_units_narrow_the_figure_and_its_people(self):
        units = Unit.objects.branch_of(make_account("clerk", unit=self.one))
        self.assertEqual(self.one_figure(Pair(ALL, TC), units=units), Figure(2, 1, 0))
        self.assertEqual(self.names((ALL, TC), "population", units=units), ["Đạt", "Thiếu"])
        nobody = Unit.objects.branch_of(make_account("school"))
        self.assertEqual(self.one_figure(Pair(ALL, TC), units=nobody), Figure())
        self.assertEqual(self.names((ALL, TC), "population", units=nobody), [])

    def test_several_pairs_keep_apart(self):
        in_one = {"all": [{"in_unit": ["X1"]}, {"staff_kind": ["CC"]}]}
        figures = count([(in_one, TC), (ALL, TC), ({"in_unit": ["X2"]}, TC)], on=ON)
        self.assertEqual(figures, [Figure(1, 0, 0), Figure(3, 1, 1), Figure(1, 0, 1)])

    def test_no_pairs_no_figures(self):
        self.assertEqual(count([], on=ON), [])

    def test_a_rule_that_cannot_be_read_is_refused(self):
        with self.assertRaises(RuleError) as caught:
            count([(ALL, {"level_at_least": {"ladder": "professional", "level": "X"}})], on=ON)
        self.assertIn("attained.level_at_least", caught.exception.problems[0])

    def test_more_rules_units_and_people_take_no_more_queries(self):
        make_trait(self.one)
        make_language(self.one, "Mông")
        pair = Pair(
            {"all": [{"unit_kind": ["commune"]}, {"unit_trait": "minority_area"}]},
            {"all": [TC, {"speaks_language_of_unit": True}, {"ethnic_minority": True}]},
        )
        units = Unit.objects.branch_of(make_account("clerk", unit=self.top))
        # scope, levels, units, traits, languages, groups, the version, and the one that counts
        with self.assertNumQueries(8):
            count([pair], on=ON, units=units, by_unit=True)
        for _ in range(12):
            unit = make_unit(under=self.top)
            make_trait(unit)
            make_qualification(make_official(unit), "ethnic_language", "CO", detail="Mông")
        kinds = [{"staff_kind": [kind]} for kind in ("CB", "CC", "VC")] * 7
        pairs = [pair, *(Pair({"all": [kind, pair.population]}, pair.attained) for kind in kinds)]
        with self.assertNumQueries(8):
            count(pairs, on=ON, units=units, by_unit=True)

    def test_rules_about_posts_and_ladders_alone_take_three_queries(self):
        with self.assertNumQueries(3):  # levels, version, count
            count([Pair({"staff_kind": ["CC"]}, TC), Pair(ALL, POLITICS)], on=ON)

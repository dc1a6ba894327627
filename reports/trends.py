"""A target over the years: its figure at the end of each, and today."""

from datetime import date

from cadres.rules import RuleContext, count
from cadres.rules.counting import ids_of
from reports.figures import pair_of

YEARS = 5


def days_until(on):
    """The ends of the last years, then the day itself."""
    ends = [date(year, 12, 31) for year in range(on.year - YEARS, on.year)]
    return [*ends, on]


def trends(targets, on, units=None):
    """[(day, [Figure of each target])]; one query a day."""
    pairs, within, first = [pair_of(target) for target in targets], ids_of(units), RuleContext(on)
    return [
        (day, count(pairs, on=day, units=within, context=RuleContext(day, first)))
        for day in days_until(on)
    ]


def points(figures):
    """[(day, percent)] of the days on which there was somebody to count."""
    return [(day, 100 * f.share) for day, f in figures if f.share is not None]

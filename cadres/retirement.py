"""Statutory retirement: age by year and sex, rising until 62 (men, 2028) and 60 (women, 2035)."""

from datetime import date
from functools import lru_cache

from cadres.choices import Gender
from trainingplans.lib.dates import add_months

# (first year, months of age then, months more each year, ceiling in months)
STEPS = {
    Gender.MALE: (2021, 60 * 12 + 3, 3, 62 * 12),
    Gender.FEMALE: (2021, 55 * 12 + 4, 4, 60 * 12),
}
BEFORE = {Gender.MALE: 60 * 12, Gender.FEMALE: 55 * 12}


def age_in_months(gender, year):
    """The retirement age, in months, of those who reach it in `year`."""
    first, months, step, ceiling = STEPS[gender]
    if year < first:
        return BEFORE[gender]
    return min(months + step * (year - first), ceiling)


def retires_on(birth, gender):
    """The first day of the month after the retirement age is reached; None if sex is unknown.

    The age grows from year to year: it is the one of the year in which the person reaches it.
    """
    if birth is None or gender not in STEPS:
        return None
    return _retires_on(birth.year, birth.month, gender)


@lru_cache(maxsize=5_000)
def _retires_on(born, month, gender):
    for year in range(born + 54, born + 64):
        months = month - 1 + age_in_months(gender, year)
        if born + months // 12 == year:
            return add_months(date(year, months % 12 + 1, 1), 1)
    raise AssertionError("the age grows more slowly than people do")

"""Retirement: the statutory age of the year in which it is reached, then the next month's first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.retirement import age_in_months, retires_on


@pytest.mark.parametrize(
    ("birth", "gender", "expected"),
    [
        (date(1961, 1, 15), "nam", date(2021, 5, 1)),  # 60 years 3 months, in 2021
        (date(1961, 9, 1), "nam", date(2022, 1, 1)),
        (date(1961, 10, 1), "nam", date(2022, 5, 1)),  # 60 years 6 months, in 2022
        (date(1966, 7, 30), "nam", date(2028, 8, 1)),  # 62 years, from 2028 on
        (date(1990, 12, 31), "nam", date(2053, 1, 1)),
        (date(1966, 1, 31), "nu", date(2021, 6, 1)),  # 55 years 4 months, in 2021
        (date(1991, 3, 14), "nu", date(2051, 4, 1)),  # 60 years, from 2035 on
    ],
)
def test_follows_the_statutory_table(birth, gender, expected):
    assert retires_on(birth, gender) == expected


def test_nothing_is_known_without_birth_or_sex():
    assert retires_on(None, "nam") is None
    assert retires_on(date(1980, 1, 1), "") is None


def test_the_age_stops_growing():
    assert age_in_months("nam", 2028) == age_in_months("nam", 2060) == 62 * 12
    assert age_in_months("nu", 2035) == age_in_months("nu", 2060) == 60 * 12


births = st.dates(date(1950, 1, 1), date(2010, 12, 31))


@given(births, st.sampled_from(["nam", "nu"]))
def test_whoever_is_born_later_never_retires_earlier(birth, gender):
    assert retires_on(birth, gender) <= retires_on(birth + timedelta(days=1), gender)

"""Partial dates and years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingplans.lib.dates import PartialDate, add_months, add_years, show

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "iso", "shown", "last"),
    [
        ("1985-03-07", "1985-03-07", "07/03/1985", date(1985, 3, 7)),
        ("03/1985", "1985-03", "03/1985", date(1985, 3, 31)),
        ("1985", "1985", "1985", date(1985, 12, 31)),
        ("7.3.1985", "1985-03-07", "07/03/1985", date(1985, 3, 7)),
        ("1984-02", "1984-02", "02/1984", date(1984, 2, 29)),
    ],
)
def test_a_date_keeps_how_much_of_it_is_known(text, iso, shown, last):
    day = PartialDate.parse(text)
    assert (day.iso, day.display, day.last) == (iso, shown, last)


@pytest.mark.parametrize("text", ["30/02/1980", "13/1985", "1985-00", "hôm qua", ""])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="không"):
        PartialDate.parse(text)


def test_a_year_fits_each_of_its_days_and_no_other():
    assert PartialDate.parse("1985").fits(PartialDate.parse("07/03/1985"))
    assert not PartialDate.parse("1985").fits(PartialDate.parse("07/03/1986"))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_written_is_the_day_read(day):
    assert PartialDate.parse(show(day)).first == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 60))
def test_years_are_months_in_twelves_but_for_leap_days(day, years):
    if (day.month, day.day) != (2, 29):
        assert add_years(day, years) == add_months(day, 12 * years)

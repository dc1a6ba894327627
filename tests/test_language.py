"""Vietnamese everywhere: third-party texts, dates and numbers as they are written here."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import gettext


class Typed(forms.Form):
    day = forms.DateField(required=False)
    amount = forms.DecimalField(required=False, localize=True)


@pytest.mark.parametrize(
    "text", ["Import", "Confirm import", "is greater than", "Change History", "access attempts"]
)
def test_third_party_texts_are_vietnamese(text):
    assert gettext(text) != text


def test_days_are_read_before_months():
    form = Typed({"day": "03/04/2026"})
    assert form.is_valid() and form.cleaned_data["day"] == date(2026, 4, 3)


def test_the_last_day_of_the_year_is_a_date():
    assert Typed({"day": "31/12/2026"}).is_valid()


def test_numbers_are_read_with_a_decimal_comma():
    form = Typed({"amount": "1.234,5"})
    assert form.is_valid() and form.cleaned_data["amount"] == Decimal("1234.5")


def test_dates_and_numbers_are_shown_as_here():
    page = Template("{{ day }} {{ amount }}")
    shown = page.render(Context({"day": date(2026, 4, 3), "amount": 1234567.5}))
    assert shown == "03/04/2026 1.234.567,5"

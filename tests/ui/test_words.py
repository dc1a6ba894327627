"""Figures, days and addresses in words: the tags and filters of templates."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django import forms
from django.test import RequestFactory

from tests import gallery
from tests.ui.base import ENGINE, NBSP
from trainingplans.lib import numbers
from trainingplans.templatetags import portal

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (1234567, None, "1.234.567"),
        (1234.5, None, "1.234,5"),
        (Decimal("36.50"), None, "36,5"),
        (Decimal("2.345"), None, "2,35"),
        (1180, 1, "1.180,0"),
        (0.05, 1, "0,1"),
        (-5, None, "−5"),
        (-0.04, 1, "0,0"),
        (None, None, "—"),
        ("", None, "—"),
    ],
)
def test_number(value, places, text):
    assert numbers.format_number(value, places) == text


@pytest.mark.parametrize(("value", "text"), [(61, "+61"), (-5, "−5"), (0, "0"), (None, "—")])
def test_signed(value, text):
    assert numbers.format_signed(value) == text


@pytest.mark.parametrize(
    ("value", "threshold", "text"),
    [
        (Fraction(79400, 970), 85, "81,9"),
        (Decimal("84.857"), 85, "84,9"),
        (94.996, 95, "94,9"),
        (94.996, None, "95,0"),
        (94.95, 95, "94,9"),
        (95, 95, "95,0"),
        (Decimal("87.46"), Decimal("87.5"), "87,4"),
        (Fraction(99996, 1000), 100, "99,9"),
        (0, 85, "0,0"),
        (100, 85, "100,0"),
    ],
)
def test_percent(value, threshold, text):
    assert numbers.format_percent(value, threshold) == f"{text}{NBSP}%"
    assert numbers.format_percent_figure(value, threshold) == text


def test_percent_of_nobody_is_a_dash():
    assert numbers.percent_of(0, 0) is None
    assert numbers.format_percent(None, 85) == "—"


def test_percent_never_shows_an_unmet_threshold_as_met():
    for whole in (7, 970, 1999, 2000, 100_000):
        for threshold in (Fraction(175, 2), 80, 85, 95, 100):
            least = -(-threshold * whole // 100)  # people that meet it
            below = numbers.percent_of(int(least) - 1, whole)
            shown = numbers.format_percent_figure(below, threshold).replace(",", ".")
            assert Fraction(shown) < threshold
            met = numbers.format_percent_figure(numbers.percent_of(int(least), whole), threshold)
            assert Fraction(met.replace(",", ".")) >= threshold - Fraction(1, 20)


@pytest.mark.parametrize(
    ("dong", "text"),
    [
        (0, "0 đồng"),
        (950_000, "950.000 đồng"),
        (999_960_000, "1 tỷ"),
        (1_000_000, "1 triệu"),
        (612_500_000, "612,5 triệu"),
        (3_735_500_000, "3,74 tỷ"),
        (1_234_000_000_000, "1.234 tỷ"),
        (-612_500_000, "−612,5 triệu"),
        (None, "—"),
    ],
)
def test_money(dong, text):
    assert numbers.format_money(dong).replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (64.99, "far"),
        (65, "below"),
        (75, "below"),
        (75.01, "near"),
        (Fraction(79999, 1000), "near"),
        (80, "met"),
        (84.99, "met"),
        (85, "over"),
        (None, "none"),
    ],
)
def test_attain_band_around_80(percent, band):
    assert numbers.attain_band(percent, 80) == band


def test_icon_is_hidden_from_screen_readers_and_takes_the_size_of_the_text():
    drawing = portal.icon("users")
    assert 'aria-hidden="true"' in drawing and 'class="icon"' in drawing
    assert "width=" not in drawing.split(">")[0]
    assert "<path" in drawing and portal.icon("") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 2), "02/11/2026"),
        (date(987, 1, 2), "02/01/0987"),
        (SimpleNamespace(display="07/2019"), "07/2019"),
        (None, "—"),
    ],
)
def test_date(value, text):
    assert portal.date_vi(value) == text


def test_a_moment_is_told_by_its_day_in_vietnam():
    late = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # half past five of the next morning there
    page = ENGINE.from_string("{% load portal %}{{ at|date_vi }}").render({"at": late})
    assert page == "26/11/2026"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234, "1234"), ("a", "a"), (None, ""), (Fraction(1, 3), "0.33"), (85.0, "85")],
)
def test_plain(value, text):
    assert portal.plain(value) == text


def test_minutes_are_rounded_up():
    assert portal.minutes(timedelta(seconds=61)) == 2


@pytest.mark.parametrize(
    ("address", "state", "next_sort"),
    [
        ("/x?unit=1&page=3", "ascending", "-name"),
        ("/x?sort=name", "ascending", "-name"),
        ("/x?sort=-name", "descending", "name"),
        ("/x?sort=unit", "", "name"),
    ],
)
def test_sort_link_turns_round_and_goes_to_the_first_page(address, state, next_sort):
    request = RequestFactory().get(address)
    heading = portal.sort_link({"request": request, "ordering": "name"}, "name", "Họ và tên")
    assert heading["state"] == state
    assert f"sort={next_sort}" in heading["href"]
    assert "page=" not in heading["href"]
    assert ("unit=1" in heading["href"]) == ("unit=1" in address)


def test_chips_say_conditions_in_words_and_lead_out_of_one():
    request = RequestFactory().get("/x?unit=1234&born=01/02/1990&page=4")
    chips = portal.chips_of({"request": request}, gallery.filter_form())
    assert [chip["label"] for chip in chips] == [
        "Đơn vị: Phường Mường Thanh",
        "Sinh từ ngày: 01/02/1990",
    ]
    assert chips[0]["url"] == "?born=01%2F02%2F1990"


def test_chips_of_flags_and_lists():
    class Conditions(forms.Form):
        women = forms.BooleanField(label="Nữ", required=False)
        known = forms.NullBooleanField(label="Đã xác minh", required=False)
        kinds = forms.MultipleChoiceField(label="Loại", choices=gallery.KINDS, required=False)

    form = Conditions({"known": "false", "kinds": ["CB", "VC"]})
    assert form.is_valid()
    chips = portal.chips_of({"request": RequestFactory().get("/")}, form)
    assert [c["label"] for c in chips] == ["Đã xác minh: không", "Loại: Cán bộ, Viên chức"]


def test_form_sections_keep_fields_that_no_section_names():
    class Forgetful(gallery.ClassForm):
        sections = [("Lớp", ["name", "no-such-field"])]

    first, rest = portal.form_sections(Forgetful())
    assert [field.name for field in first["fields"]] == ["name"]
    assert {"number", "seats"} <= {field.name for field in rest["fields"]}
    assert "version" not in {field.name for field in rest["fields"]}

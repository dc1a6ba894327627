"""Vietnamese text: search keys, order, names of units."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingplans.lib.text import fold, person_key, same_key, sort_key, tidy, unit_key, unit_name

pytestmark = pytest.mark.no_database

NAMES = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặĐÊÂ ", max_size=30)


@given(NAMES)
def test_both_unicode_forms_of_a_text_are_found_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(NAMES)
def test_a_search_key_is_plain_ascii_and_stays_itself(text):
    assert fold(text).isascii() and fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_tidy_is_the_same_done_twice(text):
    assert tidy(tidy(text)) == tidy(text)


def test_people_follow_the_given_name_in_the_order_of_the_alphabet():
    names = ["Lò Văn Ưng", "Trần Đào", "Lê Dũng", "Vũ An", "Hà Ân", "Ma Ánh", "Đỗ Ăn", "Cao Dao"]
    ordered = ["Vũ An", "Ma Ánh", "Đỗ Ăn", "Hà Ân", "Cao Dao", "Lê Dũng", "Trần Đào", "Lò Văn Ưng"]
    assert sorted(names, key=person_key) == ordered


def test_tones_decide_only_after_letters():
    words = ["phạ", "phá", "phã", "phả", "phà", "pha"]
    assert sorted(words, key=sort_key) == words[::-1]


@pytest.mark.parametrize("other", ["Xã Thuận Hoà", "xã thuận hòa", "UBND xã Thuận Hòa"])
def test_a_unit_is_the_same_however_the_tone_is_put_or_the_name_is_led(other):
    assert unit_key(other) == unit_key("Xã Thuận Hòa")


def test_i_and_y_are_different_letters():
    assert same_key("Lý") != same_key("Lí")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("I. Xã Nà Bủng", "Xã Nà Bủng"),
        ("1. Xã  Nà Bủng", "Xã Nà Bủng"),
        ("II.1. Xã Nà Bủng", "Xã Nà Bủng"),
        ("a) Xã Nà Bủng", "Xã Nà Bủng"),
        ("Xã Nà Bủng", "Xã Nà Bủng"),
        ("Ban Dân tộc", "Ban Dân tộc"),
    ],
)
def test_list_numbers_are_no_part_of_a_name(typed, name):
    assert unit_name(typed) == name

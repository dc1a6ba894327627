"""What a person says that columns are: checked before it is used."""

import pytest

from cadres.importing.fields import LABELS
from cadres.intake.mapping import FIELDS, check_mapping, check_sheets
from cadres.intake.types import (
    IntakeError,
    Sheet,
    Workbook,
    column_letter,
    column_number,
    is_column,
)
from tests.intake import build
from tests.intake.reading import read

pytestmark = pytest.mark.no_database


def test_columns_go_from_a_to_xfd():
    assert [column_letter(n) for n in (1, 26, 27, 702, 703, 16_384)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
    assert all(column_number(column_letter(n)) == n for n in range(1, 16_384, 7))
    assert is_column("XFD") and not is_column("XFE")
    assert not any(map(is_column, ("", "7", "a", "A1", "Á", "AAAA")))


@pytest.mark.parametrize("number", [0, -9])
def test_there_is_no_column_before_a(number):
    with pytest.raises(ValueError):
        column_letter(number)


@pytest.mark.parametrize("letters", ["", "7", "-", "a", "B2", "ABCD"])
def test_what_is_no_column_has_no_number(letters):
    with pytest.raises(ValueError):
        column_number(letters)


def test_every_field_of_the_page_may_be_chosen():
    assert set(LABELS) <= FIELDS
    check_mapping({"S": dict(zip(map(column_letter, range(1, 99)), LABELS, strict=False))})


@pytest.mark.parametrize(
    "key",
    [None, "full_name", "birth_year", "professional_level:DH", "state_level:CVC", "staff_kind:CB",
     "ethnic_languages:Mông", "defence_group:3", "it_level:Tin học A"],
)  # fmt: skip
def test_a_field_or_one_value_of_it(key):
    check_mapping({"": {"XFD": key}})


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ([], "dạng"),
        ({"S": ["B"]}, "dạng"),
        ({"S": {"7": "note"}}, "“7”"),
        ({"S": {"XFE": "note"}}, "“XFE”"),
        ({"S": {"B": "khong_co"}}, "“khong_co”"),
        ({"S": {"B": 7}}, "“7”"),
        ({"S": {"B": ["note"]}}, "note"),
        ({"S": {"B": ""}}, "“”"),
        ({"S": {"B": "note:x"}}, "“x”"),
        ({"S": {"B": "professional_level:XX"}}, "“XX”"),
        ({"S": {"B": "ethnic_languages:Anh"}}, "“Anh”"),
        ({"S": {"B": "defence_group:"}}, "“”"),
    ],
)
def test_what_is_wrong_is_named(wish, named):
    with pytest.raises(IntakeError) as caught:
        check_mapping(wish)
    assert caught.value.code == "mapping" and named in caught.value.message


def test_a_sheet_that_is_not_there_is_named_with_those_that_are():
    book = Workbook("xlsx", sheets=[Sheet("Xã A"), Sheet("Xã B")])
    check_sheets({"Xã B": {}}, book)
    check_sheets(None, book)
    with pytest.raises(IntakeError) as caught:
        check_sheets({"Xã C": {}}, book)
    assert "“Xã C”" in caught.value.message and "“Xã A”, “Xã B”" in caught.value.message


def test_a_mapping_may_speak_of_one_table_of_a_sheet():
    check_mapping({"S": {"B12": "note", "XFD1": None}})
    rows = [
        ["TT", "Họ và tên", "Mục lạ", "Dân tộc"], [1, "Lò Văn A", "Kế toán", "Thái"],
        ["Danh sách viên chức"],
        ["TT", "Họ và tên", "Năm sinh", "Mục lạ"], [1, "Lò Thị B", 1990, "Văn thư"],
    ]  # fmt: skip
    told = {"Xã Na Sang": {"C": "position", "C4": "birth_date", "D4": "position"}}
    first, second = read(build.xlsx({"Xã Na Sang": rows}), mapping=told).rows
    assert (first.values["position"], first.values.get("birth_date")) == ("Kế toán", None)
    assert (first.values["ethnic_group"], second.values.get("ethnic_group")) == ("Thái", None)
    assert (second.values["position"], second.values["birth_date"]) == ("Văn thư", "1990")


@pytest.mark.parametrize("place", ["B0", "B1,", "XFE1", "1B", "B-1"])
def test_what_is_no_column_of_a_table_is_named(place):
    with pytest.raises(IntakeError) as caught:
        check_mapping({"S": {place: "note"}})
    assert f"“{place}”" in caught.value.message

"""Headings and names without accents, and texts whose accents stand apart from their letters."""

import unicodedata

import pytest

from cadres.intake.parsing.words import find_ethnic_group
from cadres.intake.understanding.headings import direct
from cadres.intake.understanding.shapes import looks_like_name
from tests.intake import build
from tests.intake.people import NAMES, listed, told
from tests.intake.reading import read

pytestmark = pytest.mark.no_database

YEARS = (1980, 1985, 1990)


@pytest.mark.parametrize("heading", ["Nam sinh", "NAM SINH", "Sinh nam", "Nam"])
def test_a_lone_column_of_years_under_nam_says_nothing_of_men(heading):
    assert told(listed([heading, "Chuc vu"], YEARS, ["Kế toán"] * 3), "birth_date", "gender") == [
        ("1980", None), ("1985", None), ("1990", None),
    ]  # fmt: skip


def test_beside_a_column_of_women_the_column_nam_holds_men():
    rows = [
        ["TT", "Ho va ten", "Nam sinh", None, "Chuc vu"],
        [None, None, "Nam", "Nu", None],
        [1, NAMES[0], 1980, None, "Kế toán"],
        [2, NAMES[1], None, 1985, "Văn thư"],
    ]
    found = told(rows, "birth_date", "gender", merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2"])
    assert found == [("1980", "nam"), ("1985", "nu")]


def test_day_month_and_year_without_accents():
    rows = [
        ["TT", "Ho va ten", "Ngay sinh", None, None, "Chuc vu"],
        [None, None, "Ngay", "Thang", "Nam", None],
        *([n, name, 3, 5, 1980 + n, "Kế toán"] for n, name in enumerate(NAMES, 1)),
    ]
    assert told(rows, "birth_date", "gender")[1] == ("1982-05-03", None)


@pytest.mark.parametrize("year", [2018, 55])
def test_the_year_of_a_course_says_nothing_of_men(year):
    rows = [
        ["TT", "Ho va ten", "Nam sinh", "Boi duong QLNN", None],
        [None, None, None, "Chuong trinh", "Nam"],
        *([n, name, 1980, "Chuyên viên", year] for n, name in enumerate(NAMES, 1)),
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
    assert told(rows, "state_level", "gender", merges=merges) == [("CV", None)] * 3


def test_a_language_and_what_is_wished_for_are_told_without_accents():
    rows = [
        ["TT", "Ho va ten", "Nam sinh", "Tieng Jrai", "Nhu cau boi duong"],
        [None, None, None, "Chung chi", "Tieng dan toc"],
        *([n, name, 1980, "Có", "Tiếng Nùng"] for n, name in enumerate(NAMES, 1)),
    ]
    assert told(rows, "ethnic_languages", merges=["A1:A2", "B1:B2", "C1:C2"])[0] == (["Gia Rai"],)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ, tên đệm và tên", "full_name"),
        ("Họ, đệm, tên", "full_name"),
        ("Ho ten vo (chong)", "-relative"),
        ("Trinh do dang ky hoc", "-course"),
    ],
)
def test_headings_and_their_accentless_forms(heading, field):
    assert direct(heading)[0].field == field


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Trương Văn Nam", True),
        ("Truong Van Nam", True),
        ("Bàn Mùi Nhậy", True),
        ("Trường Tiểu học Nậm Tin", False),
        ("Truong Tieu hoc", False),
        ("Ban Tổ chức", False),
    ],
)
def test_people_whose_surname_sounds_nearly_like_an_office(text, is_name):
    assert looks_like_name(text) == is_name


def test_such_people_without_a_number_are_no_groups():
    rows = [
        ["Họ và tên", "Nữ", "Đảng viên", "ĐH", "CĐ", "TC"],
        ["Bàn Mùi Nhậy", 1, 0, 1, 0, 0],
        ["Trương Quang Huy", 0, 1, 0, 1, 0],
        ["Lý A Tráng", 0, 1, 0, 0, 1],
    ]
    assert told(rows, "full_name", "gender")[:2] == [
        ("Bàn Mùi Nhậy", "nu"), ("Trương Quang Huy", "nam"),
    ]  # fmt: skip


def test_letters_and_tones_may_stand_apart():
    rows = [
        ["Stt", "Họ và tên", "Năm sinh", "Đơn vị", "Chức vụ"],
        ["Tổng số", None, 3, 3, None],
        [1, "Ông Sùng A Hờ", 1980, "Xã Nậm Lịch", "Kế toán"],
        [2, "Ông Lý A Tráng", 1985, "Như trên", "Văn thư"],
        [3, "Bà Mùa Thị Lỳ", 1990, "nt", "Văn thư"],
        [None, "Cộng: 03 người", None, None, None],
    ]
    apart = [
        [unicodedata.normalize("NFD", v) if isinstance(v, str) else v for v in row] for row in rows
    ]
    whole, parted = (read(build.xlsx({"S": sheet})) for sheet in (rows, apart))
    assert [row.values for row in parted.rows] == [row.values for row in whole.rows]
    assert parted.sheets[0].row_kinds == whole.sheets[0].row_kinds
    assert [row.values["unit"] for row in parted.rows] == ["Xã Nậm Lịch"] * 3


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Tay", "Tày"), ("TÀY", "Tày"), ("Tày Đăm", "Thái"), ("Lao", "Lào"), ("Nung", "Nùng")],
)
def test_a_group_without_accents_is_the_one_officially_called_so(typed, name):
    assert find_ethnic_group(typed) == name


def test_a_star_behind_a_heading_points_to_a_note():
    rows = [
        ["TT (*)", "Họ và tên (*)", "Năm sinh*", "Tin học (*)", None, "Đ/THOẠI (**)"],
        [None, None, None, "A *", "B (*)", None],
        *([n, name, 1980, "x", None, "0912256331"] for n, name in enumerate(NAMES, 1)),
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]
    assert told(rows, "it_level", "phone", merges=merges)[0] == ("A", "0912256331")


def test_how_well_somebody_speaks_is_no_profession_without_accents_either():
    assert "professional_level" not in [c.field for c in direct("Trinh do tieng Mong")]

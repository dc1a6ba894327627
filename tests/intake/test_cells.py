"""Habits of senders within one cell or one heading."""

import pytest

from cadres.intake.parsing.levels import read_level
from cadres.intake.parsing.numbers import parse_personal_id, parse_rank_code
from cadres.intake.parsing.words import proper_name
from cadres.intake.understanding.contexts import proper_unit
from cadres.intake.understanding.headings import direct

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("typed", "code", "major"),
    [
        ("Trung cấp (đang học ĐH)", "TC", ""),
        ("ĐH Luật, đang học thạc sĩ", "DH", "Luật"),
        ("Đang học đại học", None, ""),
        ("ko", "CDT", ""),
    ],
)
def test_what_is_being_studied_is_not_yet_reached(typed, code, major):
    assert read_level(typed, "professional_level") == (code, major)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ThS. Lò Văn An", "Lò Văn An"),
        ("PGS.TS. NGUYỄN VĂN BÌNH", "Nguyễn Văn Bình"),
        ("BS.CKI Vi Thị Hoa", "Vi Thị Hoa"),
        ("Y Thông", "Y Thông"),
        ("K. Brếu", "K. Brếu"),
    ],
)
def test_a_degree_before_the_name_is_no_part_of_it(typed, name):
    assert proper_name(typed) == name


def test_xa_hoi_is_no_commune_unless_it_is_called_so():
    assert proper_unit("PHÒNG VĂN HÓA - XÃ HỘI") == "Phòng Văn hóa - Xã hội"
    assert proper_unit("UBND XÃ HỘI AN") == "UBND xã Hội An"


@pytest.mark.parametrize(
    ("cell", "number", "codes"),
    [
        ("011081000124\n(cấp 2021)", "011081000124", []),
        ("040123456/011081000127", "011081000127", []),
        ("Chưa có", None, []),
        ("0110810001199", None, ["wrong_personal_id"]),
    ],
)
def test_an_identity_number_among_other_words(cell, number, codes):
    outcome = parse_personal_id(cell, cell)
    assert (outcome.value, [outcome.code] if outcome.code else []) == (number, codes)


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ("Trung học kế toán", "professional_level", "TC"),
        ("Trung học phổ thông", "professional_level", None),
        ("T.Sỹ Luật", "professional_level", "TS"),
        ("Tương đương CV", "state_level", "CV"),
        ("Hoàn chỉnh CC", "political_level", "CC"),
    ],
)
def test_levels_behind_other_words(typed, field, code):
    assert read_level(typed, field)[0] == code


def test_small_things_inside_a_cell():
    assert read_level("Cử nhân luật (dân sự)", "professional_level")[1] == "luật (dân sự)"
    assert parse_rank_code("01-003", "01-003").value == "01.003"
    assert proper_name("TRẦN T.HỒNG") == "Trần T.Hồng"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Đ.vị", "unit"),
        ("T.học", "it_level"),
        ("Đ/viên", "party_member"),
        ("N.ngữ", "foreign_language"),
        ("Chuyên nghành", "professional_major"),
        ("Ngạch đề nghị", "-course"),
        ("Trình độ LLCT dự kiến", "-course"),
        ("K.Brếu", None),
        ("Chức vụ hiện đang đảm nhiệm", "position"),
        ("Chức vụ Đảng", "-post"),
    ],
)
def test_short_misspelt_and_wishing_headings(heading, field):
    assert next((found.field for found in direct(heading)), None) == field

"""More habits of senders: what stands outside the usual places, and how it is written there."""

import pytest

from cadres.intake.parsing.levels import read_level
from cadres.intake.parsing.words import proper_name
from cadres.intake.understanding.contexts import proper_unit
from tests.intake import build
from tests.intake.reading import read, values

pytestmark = pytest.mark.no_database

NAMES = ("Sùng A Hờ", "Mùa Thị Lỳ", "Lý A Tráng")


def told(rows, *fields, name="Sheet1", merges=()):
    """The named values of each person of a sheet, from the top."""
    found = values(read(build.xlsx({name: rows}, merges)))
    return [tuple(one.get(field) for field in fields) for one in found.values()]


def listed(headings, *columns):
    """A sheet of three people with these columns."""
    people = zip(range(1, 4), NAMES, *columns, strict=True)
    return [["TT", "Họ và tên", *headings], *map(list, people)]


@pytest.mark.parametrize(
    ("heading", "cells", "foot"),
    [
        ("Giới tính (Nam: 1, Nữ: 0)", (1, 0, 1), ""),
        ("Giới tính\n(1. Nam; 2. Nữ)", (1, 2, 1), ""),
        ("Nam (1), nữ (0)", (1, 0, 1), ""),
        ("Giới tính", ("1", "0", "1"), "Ghi chú: giới tính Nam ghi số 1, Nữ ghi số 0"),
    ],
)
def test_genders_told_by_numbers_mean_what_the_legend_says(heading, cells, foot):
    rows = [*listed([heading, "Năm sinh"], cells, (1980, 1985, 1986)), [foot]]
    assert told(rows, "gender") == [("nam",), ("nu",), ("nam",)]


def test_genders_told_by_numbers_without_a_legend_are_asked_for():
    roster = read(build.xlsx({"S": listed(["Giới tính", "Năm sinh"], (1, 0, 1), (1980,) * 3)}))
    assert not any("gender" in row.values for row in roster.rows)
    assert [issue.code for issue in roster.issues] == ["unknown_gender"] * 3


def test_columns_named_nam_and_nu_that_hold_births_of_any_form_tell_both():
    rows = listed(["Nam", "Nữ"], ("1/2/1985", None, 1979), (None, "3/4/1988", None))
    assert told(rows, "birth_date", "gender") == [
        ("1985-02-01", "nam"), ("1988-04-03", "nu"), ("1979", "nam"),
    ]  # fmt: skip


def test_dv_over_units_is_the_unit_and_over_marks_the_party():
    columns = (["UBND phường Tô Hiệu"] * 3, ("x", None, "x"))
    rows = listed(["ĐV", "Đảng viên"], *columns)
    assert told(rows, "unit", "party_member")[1] == ("UBND phường Tô Hiệu", False)
    assert told(listed(["ĐV", "Năm sinh"], columns[1], [1980] * 3), "party_member")[0] == (True,)


def test_a_heading_with_i_for_y_and_one_that_names_several_posts():
    rows = listed(
        ["Trình độ lí luận", "Chức vụ Đảng, chính quyền, đoàn thể", "Quản lí nhà nước"],
        ("Cao cấp", "TC", "Ko"), ("Bí thư", "Phó Bí thư", "Ủy viên"), ("CV", "CVC", "k"),
    )  # fmt: skip
    assert told(rows, "political_level", "position", "state_level") == [
        ("CC", "Bí thư", "CV"), ("TC", "Phó Bí thư", "CVC"), ("CHUA", "Ủy viên", "CHUA"),
    ]  # fmt: skip


def test_a_post_in_the_party_is_the_post_only_where_no_other_is_told():
    party, state = ("Bí thư", "Ủy viên", "Ủy viên"), ("Chủ tịch", "Kế toán", "Văn thư")
    assert told(listed(["Chức vụ Đảng", "Năm sinh"], party, [1980] * 3), "position")[0] == (
        "Bí thư",
    )
    rows = listed(["Chức vụ Đảng", "Chức vụ chính quyền"], party, state)
    assert told(rows, "position")[0] == ("Chủ tịch",)


def test_the_school_of_a_degree_is_no_place_of_work():
    rows = [
        ["Đơn vị: Sở Dân tộc và Tôn giáo"],
        ["TT", "Họ và tên", "Văn bằng chuyên môn", None, None],
        [None, None, "Trình độ", "Ngành", "Trường"],
        [1, "Hoàng Thị Thảo", "Thạc sĩ", "Chính sách công", "HV KHXH"],
        [2, "Ma Seo Phừ", "Đại học", "Luật", "ĐH Vinh"],
    ]
    assert told(rows, "unit", "professional_major", merges=["C2:E2", "A2:A3", "B2:B3"]) == [
        ("Sở Dân tộc và Tôn giáo", "Chính sách công"), ("Sở Dân tộc và Tôn giáo", "Luật"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        (["PHÒNG VĂN HÓA - XÃ HỘI", "TRƯỜNG PTDTBT TIỂU HỌC NẬM TIN"],
         "Trường PTDTBT Tiểu Học Nậm Tin"),
        (["DANH SÁCH VIÊN CHỨC TRƯỜNG THPT MÙ CANG CHẢI"], "Trường THPT Mù Cang Chải"),
        (["ĐẢNG ỦY XÃ EA WER", "DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ EA WER"], "Xã Ea Wer"),
        (["ĐẢNG ỦY XÃ EA WER", "DANH SÁCH CẤP ỦY VIÊN"], "Đảng ủy xã Ea Wer"),
    ],
)  # fmt: skip
def test_whose_people_the_lines_above_say(above, unit):
    rows = [*([line] for line in above), *listed(["Năm sinh", "Nữ"], [1980] * 3, "xxx")]
    assert told(rows, "unit") == [(unit,)] * 3


def test_a_sheet_of_people_outside_the_payroll_of_villages():
    rows = listed(["Năm sinh", "Chức danh"], [1980] * 3, ["Trưởng thôn"] * 3)
    title = ["DANH SÁCH NHỮNG NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH Ở THÔN, BUÔN"]
    assert told([title, *rows], "staff_kind", name="KCT")[0] == ("KCTT",)
    assert told(rows, "staff_kind", name="KCT")[0] == ("KCTX",)


def test_another_table_beside_the_first_gives_it_nothing():
    head = ["TT", "Họ và tên", "Năm sinh", None, "STT", "Họ tên", "Trình độ"]
    rows = [head, [1, "Lò Văn A", 1980, None, 1, "Lò Văn C", "ĐH"],
            [2, "Lò Văn B", 1981, None, 2, "Lò Thị D", "CĐ"]]  # fmt: skip
    roster = read(build.xlsx({"Xã Na Sang": rows}))
    assert [row.values.get("professional_level") for row in roster.rows] == [None, None]
    assert [(i.code, i.row, i.column) for i in roster.issues] == [("side_by_side", 1, "F")]


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

"""Habits of other senders, each in the smallest sheet that shows it; truth written by hand."""

import datetime

import pytest

from cadres.intake.parsing.dates import parse_date
from cadres.intake.parsing.numbers import parse_personal_id
from cadres.intake.parsing.words import find_staff_kind, proper_name
from cadres.intake.roster import read_roster
from cadres.intake.understanding.contexts import proper_unit
from tests.intake import build

pytestmark = pytest.mark.no_database

TODAY = datetime.date(2026, 10, 10)
PEOPLE = [
    ("Nguyễn Văn An", "07/03/1985"),
    ("Lò Thị Hoa", "15/8/1990"),
    ("Giàng A Páo", "1979"),
    ("Hoàng Thu Hà", "2/9/1988"),
]


def values(rows, name="Sheet1", **options):
    """The values of the people of a sheet, in order."""
    roster = read_roster(build.xlsx({name: rows}, **options), today=TODAY)
    return [row.values for row in roster.rows]


def table(headings, *columns):
    """A sheet of the four people with more columns: [(cell of each)]."""
    head = ["TT", "Họ và tên", "Ngày sinh", *headings]
    rows = zip(range(1, 5), *zip(*PEOPLE, strict=True), *columns, strict=True)
    return [head, *map(list, rows)]


def only(found, *names):
    return [tuple(one.get(name) for name in names) for one in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tháng 9/1997", "1997-09"),
        ("Tháng 9 năm 1997", "1997-09"),
        ("T9/1997", "1997-09"),
        ("../09/1997", "1997-09"),
        ("xx/03/1985", "1985-03"),
        ("--/--/1985", "1985"),
        ("00/00/1985", "1985"),
        ("Năm 1985", "1985"),
        ("85", "1985"),
        ("15/VIII/1985", "1985-08-15"),
        ("15/8/1985 (dự bị)", "1985-08-15"),
        ("12//5/1975", "1975-05-12"),
        ("12;5;1975", "1975-05-12"),
        ("ng. 5/3/1980", "1980-03-05"),
        ("15/XIII/1985", None),
        ("abc 1985", None),
    ],
)
def test_dates_as_people_leave_them(text, value):
    assert parse_date(text, text, TODAY).value == value


def test_a_date_without_a_day_as_excel_keeps_it():
    def as_month(book):
        for row, code in ((2, "mm/yyyy"), (3, "mmm-yy"), (4, "dd/mm/yyyy")):
            book.active.cell(row, 3).number_format = code

    rows = table([])
    for row in rows[1:4]:
        row[2] = datetime.date(1985, 3, 1)
    found = only(values(rows, edit=as_month), "birth_date")
    assert found[:3] == [("1985-03",), ("1985-03",), ("1985-03-01",)]


def test_an_identity_number_that_lost_its_zeros_begins_with_none():
    assert parse_personal_id("19085001234", "19085001234").value == "019085001234"
    assert parse_personal_id("01908500123", "01908500123").code == "wrong_personal_id"


def test_short_words_inside_headings():
    found = values(
        table(
            ["ĐV công tác", "CV hiện tại", "TĐ CM", "TĐ LLCT", "TĐ TH", "TĐ NN", "D.Tộc"],
            ["Sở Y tế"] * 4,
            ["Kế toán", "Văn thư", "Trưởng phòng", "Chuyên viên"],
            ["ĐH", "TC", "ThS", "CĐ"],
            ["SC", "TC", "CC", None],
            ["A", None, "B", None],
            ["Anh B", None, None, None],
            ["Kinh", "Thái", "Mông", "Tày"],
        )
    )
    assert found[0] == {
        "full_name": "Nguyễn Văn An", "birth_date": "1985-03-07", "unit": "Sở Y tế",
        "position": "Kế toán", "professional_level": "DH", "political_level": "SC",
        "it_level": "A", "foreign_language": "Anh B", "ethnic_group": "Kinh",
    }  # fmt: skip


def test_a_heading_that_says_nothing_over_cells_that_say_all():
    found = values(table(["DT", "CC/VC"], ["Kinh", "Thái", "Mông", "Tày"], ["Công chức"] * 4))
    assert only(found, "ethnic_group", "staff_kind")[1] == ("Thái", "CC")


def test_post_and_unit_in_one_column():
    cells = ["Kế toán, Sở Y tế", "Phó phòng; Sở Tư pháp", "Chủ tịch - UBND xã Tam Quang", "Văn thư"]
    found = values(table(["Chức vụ, đơn vị công tác"], cells))
    assert only(found, "position", "unit") == [
        ("Kế toán", "Sở Y tế"), ("Phó phòng", "Sở Tư pháp"), ("Chủ tịch", "UBND xã Tam Quang"),
        ("Văn thư", None),
    ]  # fmt: skip


def test_a_joint_letterhead_over_a_sheet_named_after_a_kind():
    letterhead = [["ĐẢNG ỦY - HĐND - UBND XÃ LA BẰNG"], ["DANH SÁCH VIÊN CHỨC"], []]
    found = values(letterhead + table(["Chức vụ"], ["Kế toán"] * 4), name="Viên chức")
    assert {(one["unit"].casefold(), one["staff_kind"]) for one in found} == {
        ("ubnd xã la bằng", "VC")
    }


def test_the_unit_named_once_above_all_tables():
    rows = [["Đơn vị báo cáo: UBND phường Sông Công"], ["BIỂU TỔNG HỢP"]]
    for line in ("I. CÁN BỘ", "II. CÔNG CHỨC"):
        rows += [[line], *table(["Chức vụ"], ["Kế toán"] * 4), []]
    found = values(rows)
    assert [one["staff_kind"] for one in found] == ["CB"] * 4 + ["CC"] * 4
    assert {one["unit"].casefold() for one in found} == {"ubnd phường sông công"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Công chức phường", "CC"),
        ("Viên chức cấp xã", "VC"),
        ("Cán bộ xã, phường, đặc khu", "CB"),
        ("Cán bộ thôn", "KCTT"),
        ("NHĐKCT ở thôn, bản", "KCTT"),
        ("NHĐKCT cấp xã", "KCTX"),
        ("Phường", None),
    ],
)
def test_a_kind_with_the_level_of_its_unit(text, kind):
    assert find_staff_kind(text) == kind


def test_a_school_beside_the_place_of_work():
    found = values(
        table(
            ["Cơ quan công tác hiện tại", "Trình độ", "Chuyên ngành", "Trường"],
            ["Sở Y tế"] * 4, ["Đại học"] * 4, ["Luật"] * 4, ["ĐH Luật Hà Nội"] * 4,
        )
    )  # fmt: skip
    assert only(found, "unit", "professional_level", "professional_major")[0] == (
        "Sở Y tế", "DH", "Luật",
    )  # fmt: skip


def test_what_somebody_was_before_is_not_what_they_are():
    headings = ["Chức vụ sau sắp xếp", "Chức vụ trước sắp xếp", "Đơn vị cũ", "Đơn vị cử đi"]
    cells = (["Trưởng phòng"] * 4, ["Công chức"] * 4, ["UBND xã La Hiên"] * 4, ["Xã Võ Nhai"] * 4)
    found = values(table(headings, *cells))
    assert only(found, "position", "unit")[0] == ("Trưởng phòng", "Xã Võ Nhai")


def test_a_matrix_with_a_column_for_all_others():
    rows = [
        ["TT", "Họ và tên", "Ngày sinh", "Dân tộc", None, "Đảng viên", None, "Ngoại ngữ", None],
        [None, None, None, "Kinh", "Khác (ghi rõ)", "Chính thức", "Dự bị", "Tiếng Anh", "Khác"],
        [1, *PEOPLE[0], "x", None, "x", None, "B1", None],
        [2, *PEOPLE[1], None, "Thái", None, "x", None, "Tiếng Trung HSK3"],
        [3, *PEOPLE[2], None, "Mông", None, None, None, None],
    ]
    found = values(rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", "H1:I1"])
    assert only(found, "ethnic_group", "party_member", "foreign_language") == [
        ("Kinh", True, "Tiếng Anh B1"), ("Thái", True, "Tiếng Trung HSK3"), ("Mông", False, None),
    ]  # fmt: skip


def test_a_birth_column_for_men_and_one_for_women_under_one_heading_each():
    head = ["TT", "Họ và tên", "Năm sinh (Nam)", "Năm sinh (Nữ)", "Chức vụ"]
    found = values(
        [
            head,
            [1, "Lô Văn Xuân", "1980", None, "Bí thư Đảng ủy"],
            [2, "Vi Thị Hoa", None, "15/8/1985", "Phó Bí thư"],
            [3, "Lương Văn Tuấn", "7/1990", None, "Chủ tịch UBND"],
        ]
    )
    assert only(found, "birth_date", "gender") == [
        ("1980", "nam"),
        ("1985-08-15", "nu"),
        ("1990-07", "nam"),
    ]


def test_the_name_in_two_columns_under_one_heading():
    rows = [
        ["TT", "Họ và tên", None, "Ngày sinh"],
        [None, "Họ đệm", "Tên", None],
        [1, "Vàng Mí", "Sính", "3/5/1984"],
        [2, "Lù Thị", "Mỷ", "12/11/1990"],
        [3, "Giàng", "Sèo Páo", "1979"],
    ]
    found = values(rows, merges=["A1:A2", "B1:C1", "D1:D2"])
    assert only(found, "full_name") == [("Vàng Mí Sính",), ("Lù Thị Mỷ",), ("Giàng Sèo Páo",)]


@pytest.mark.parametrize(
    "index", [["A", "B", "C", "D"], ["A", "B", "1", "2"], ["(1)", "(2)", "(3)", "(4)"]]
)
def test_a_row_of_letters_or_numbers_under_the_headings_is_nobody(index):
    rows = table(["Chức vụ"], ["Bí thư", "Chủ tịch", "Văn thư", "Kế toán"])
    found = values([rows[0], index, *rows[1:]])
    assert only(found, "full_name") == [(name,) for name, _ in PEOPLE]


def test_a_list_of_ladies_and_gentlemen():
    rows = [
        ["Số TT", "Ông/Bà", "Sinh ngày", "Chức vụ"],
        ["01", "Ông Trần Đình Phong", "05/06/1977", "Trưởng phòng"],
        ["02", "Bà Nguyễn Thị Thu Hương", "10/1983", "Chuyên viên"],
    ]
    assert only(values(rows), "full_name", "birth_date") == [
        ("Trần Đình Phong", "1977-06-05"),
        ("Nguyễn Thị Thu Hương", "1983-10"),
    ]


def test_day_month_and_year_without_a_parent_are_the_birth_and_no_gender():
    rows = [
        ["No", "Họ", "Tên đệm", "Tên", "Ngày", "Tháng", "Năm", "Chức vụ"],
        [1, "Ksor", "Hờ", "Blin", 9, 12, 1985, "Công chức"],
        [2, "Nguyễn", None, "Hùng", "05", "06", "1970", "Chủ tịch"],
        [3, "Rơ Mah", "", "Pố", None, None, 1991, "Công chức"],
    ]
    assert only(values(rows), "full_name", "birth_date", "gender") == [
        ("Ksor Hờ Blin", "1985-12-09", None),
        ("Nguyễn Hùng", "1970-06-05", None),
        ("Rơ Mah Pố", "1991", None),
    ]


def test_a_code_under_the_title_of_the_profession_is_the_rank():
    rows = table(["Mã số"], ["V.08.01.02", "V.08.05.13", "V.08.08.22", "01.003"])
    assert only(values(rows), "rank_code", "staff_code")[0] == ("V.08.01.02", None)


def test_communes_as_a_kind_are_no_unit_of_a_title():
    title = ["DANH SÁCH CÁN BỘ, CÔNG CHỨC CẤP XÃ HUYỆN BẮC YÊN"]
    assert only(values([title, *table([])]), "unit")[0] == (None,)
    title = ["DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ TÀ XÙA"]
    assert only(values([title, *table([])]), "unit")[0] == ("Xã Tà Xùa",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("CV", "01.003"), ("cvc", "01.002"), ("CVCC", "01.001"), ("Cán sự", "01.004")],
)
def test_ranks_by_their_short_names(text, code):
    found = values(table(["Ngạch"], [text] * 4))
    assert only(found, "rank_code") == [(code,)] * 4


@pytest.mark.parametrize(
    "written", ["VI VĂN A\n(Bí danh: Sơn)", "Vi Văn A (tức Sơn)", "Vi Văn A(nữ)", "1. Vi Văn A (*)"]
)
def test_what_stands_in_brackets_after_a_name_is_no_name(written):
    assert proper_name(written) == "Vi Văn A"


def test_not_yet_in_the_party_is_told_in_the_column_of_the_date():
    found = values(table(["Ngày vào Đảng"], ["Chưa", "3/2/2005", None, "chưa vào"]))
    assert only(found, "party_member") == [(False,), (True,), (None,), (False,)]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("SỞ NỘI VỤ", "Sở Nội vụ"),
        ("ĐẢNG ỦY XÃ TAM QUANG", "Đảng ủy xã Tam Quang"),
        ("TRUNG TÂM Y TẾ HUYỆN TƯƠNG DƯƠNG", "Trung tâm Y tế huyện Tương Dương"),
        ("TRƯỜNG THCS NẬM CẮN", "Trường THCS Nậm Cắn"),
        ("THÀNH PHỐ CAO BẰNG", "Thành phố Cao Bằng"),
    ],
)
def test_units_in_capitals_are_shown_in_proper_case(typed, shown):
    assert proper_unit(typed) == shown


def test_name_and_birth_in_one_cell():
    rows = [
        ["STT", "Họ và tên, ngày sinh", "Chức vụ", "Trình độ"],
        [1, "Lò Văn A\n01/02/1980", "Kế toán", "ĐH Kế toán"],
        [2, "Lò Thị B (1985)", "Tư pháp", "TC Luật"],
        [3, "Lò Thị C, sinh năm 1986", "Tư pháp", "TC Luật"],
        [4, "Lò Thị D", "Tư pháp", "TC Luật"],
    ]
    assert only(values(rows), "full_name", "birth_date") == [
        ("Lò Văn A", "1980-02-01"),
        ("Lò Thị B", "1985"),
        ("Lò Thị C", "1986"),
        ("Lò Thị D", None),
    ]


def test_the_day_of_full_membership_alone_tells_a_member_but_not_the_day_of_joining():
    found = values(table(["Ngày vào Đảng chính thức"], ["3/2/2005", None, "2011", None]))
    assert only(found, "party_member", "party_joined") == [
        (True, None), (None, None), (True, None), (None, None),
    ]  # fmt: skip


def test_a_mark_under_two_levels_means_the_lower():
    rows = [
        ["TT", "Họ và tên", "Ngày sinh", "Lý luận chính trị", None, None],
        [None, None, None, "CN, CC", "TC", "SC"],
        [1, "Lò Văn A", "01/02/1980", "x", None, None],
        [2, "Lò Thị B", "01/02/1981", None, "x", None],
    ]
    found = values(rows, merges=["D1:F1"])
    assert only(found, "political_level") == [("CC",), ("TC",)]


def test_marks_under_ethnic_minority_tell_no_group():
    roster = read_roster(
        build.xlsx({"S": table(["Dân tộc thiểu số"], ["x", "x", None, "x"])}), today=TODAY
    )
    assert not any("ethnic_group" in row.values for row in roster.rows)
    assert not [issue for issue in roster.issues if issue.field == "ethnic_group"]


def test_na_is_nothing():
    found = values(table(["Email", "Ngoại ngữ"], ["N/A", "a@b.vn", "c@d.vn", "n/a"], ["N/A"] * 4))
    assert only(found, "email", "foreign_language") == [
        (None, None), ("a@b.vn", None), ("c@d.vn", None), (None, None),
    ]  # fmt: skip

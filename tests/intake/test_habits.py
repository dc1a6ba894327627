"""More habits of senders: what stands outside the usual places, and how it is written there."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import pytest

from tests.intake import build
from tests.intake.people import NAMES, listed, told
from tests.intake.reading import read

pytestmark = pytest.mark.no_database


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


def test_groups_numbered_within_a_group_leave_it_open():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Dân tộc"],
        ["I", "XÃ MƯỜNG NHÉ (02 người)"],
        [None, "I.1. CÁN BỘ CHUYÊN TRÁCH"],
        [1, "Lỳ Pố Cà", 1980, "Bí thư", "Hà Nhì"],
        [None, "I.2. CÔNG CHỨC"],
        [2, "Pờ Mỳ Lế", 1985, "Kế toán", "Hà Nhì"],
        ["II", "XÃ SÍN THẦU: 02 người"],
        ["II.1", "CÁN BỘ CHUYÊN TRÁCH"],
        [1, "Sừng Sừng Khai", 1979, "Bí thư", "Hà Nhì"],
        ["II.2", "CÔNG CHỨC"],
        [2, "Pờ Dần Sinh", 1988, "Kế toán", "Hà Nhì"],
    ]
    assert told(rows, "unit", "staff_kind") == [
        ("Xã Mường Nhé", "CB"), ("Xã Mường Nhé", "CC"), ("Xã Sín Thầu", "CB"),
        ("Xã Sín Thầu", "CC"),
    ]  # fmt: skip


def test_groups_behind_a_star_or_a_stroke_are_groups_and_notes_stay_notes():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Dân tộc"],
        ["1/ Xã Mường Nhé"],
        ["* Cán bộ:"],
        [1, "Lỳ Pố Cà", 1980, "Bí thư", "Hà Nhì"],
        ["- Công chức"],
        [1, "Pờ Mỳ Lế", 1985, "Kế toán", "Hà Nhì"],
        ["* Người nghỉ thai sản vẫn tính"],
    ]
    roster = read(build.xlsx({"S": rows}))
    assert [(row.values["unit"], row.values["staff_kind"]) for row in roster.rows] == [
        ("Xã Mường Nhé", "CB"), ("Xã Mường Nhé", "CC"),
    ]  # fmt: skip
    assert roster.sheets[0].row_kinds[7] == "note"


def test_a_person_called_cong_is_no_sum():
    rows = listed(["Năm sinh", "Chức vụ", "Dân tộc"], [1980] * 3, ["Kế toán"] * 3, ["Tày"] * 3)
    rows[2][1] = "Cộng Thị Hoà"
    assert told([*rows, ["Cộng", None, 3]], "full_name")[1] == ("Cộng Thị Hoà",)


@pytest.mark.parametrize(
    "cell", ["03/02/2005\n03/02/2006", "3/2/2005 - 3/2/2006", "CT: 3/2/2006; DB: 3/2/2005"]
)
def test_of_two_days_of_the_party_the_earlier_is_the_admission(cell):
    rows = listed(["Ngày vào Đảng", "Năm sinh"], [cell] * 3, [1980] * 3)
    assert told(rows, "party_joined", "party_member")[0] == ("2005-02-03", True)


def test_who_signs_without_a_date_is_no_further_person():
    rows = listed(["Năm sinh", "Chức vụ", "Đảng viên"], [1980] * 3, ["Kế toán"] * 3, "xxx")
    without_numbers = [row[1:] for row in rows]
    rows = [*without_numbers, [], [NAMES[0]], ["Lập biểu"], [], ["Vàng A Chống"]]
    assert told(rows, "full_name") == [(name,) for name in NAMES]


def test_a_level_and_its_ladder_in_one_heading():
    rows = listed(
        ["CM: Đại học", "CM: Trung cấp", "LLCT: Cao cấp", "LLCT: Trung cấp", "QLNN - CV"],
        ("x", None, None), (None, "x", "x"), ("x", None, None), (None, "x", None), ("x", "x", None),
    )  # fmt: skip
    assert told(rows, "professional_level", "political_level", "state_level") == [
        ("DH", "CC", "CV"), ("TC", "TC", "CV"), ("TC", None, None),
    ]  # fmt: skip


def test_a_level_column_of_school_classes_is_the_general_education():
    rows = listed(["Trình độ", "Năm sinh"], ("12/12", "9/12", "10/12"), [1980] * 3)
    assert told(rows, "education", "professional_level")[1] == ("9/12", None)


def test_headings_broken_into_two_rows_without_a_merge():
    rows = [
        ["Số", "Họ và tên", "Ngày, tháng,", "Dân", "Trình độ", "Trình độ", "Vào"],
        ["TT", None, "năm sinh", "tộc", "chuyên môn", "LLCT", "Đảng"],
        [1, "Bàn Tòn Khé", "1/1/1980", "Dao", "ĐH", "CC", "x"],
        [2, "Triệu Mùi Ghển", "1/3/1985", "Dao", "TC", "TC", None],
    ]
    fields = ("birth_date", "ethnic_group", "professional_level", "political_level", "party_member")
    assert told(rows, *fields)[1] == ("1985-03-01", "Dao", "TC", "TC", False)


def test_languages_of_their_own_column_and_of_the_one_for_others_add_up():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Tiếng dân tộc thiểu số", None, None],
        [None, None, None, "Mông", "Thái", "Khác"],
        [1, NAMES[0], 1980, None, "x", "Khơ Mú"],
        [2, NAMES[1], 1981, "x", None, None],
    ]
    found = told(rows, "ethnic_languages", merges=["A1:A2", "B1:B2", "C1:C2", "D1:F1"])
    assert found == [(["Thái", "Khơ mú"],), (["Mông"],)]


def test_headings_in_two_rows_without_merges_part_the_name_too():
    rows = [
        ["TT", "Họ tên", None, "Năm sinh", None, "Chức vụ", "Diện quy hoạch"],
        [None, "Họ, đệm", "Tên", "Nam", "Nữ", None, None],
        [1, "Lò Văn", "An", 1980, None, "Kế toán", "x"],
        [2, "Cà Thị", "Bó", None, 1985, "Văn thư", None],
    ]
    fields = ("full_name", "birth_date", "gender", "position", "in_planning")
    assert told(rows, *fields) == [
        ("Lò Văn An", "1980", "nam", "Kế toán", True),
        ("Cà Thị Bó", "1985", "nu", "Văn thư", False),
    ]


def test_a_column_of_marks_blank_on_one_sheet_says_no_where_another_sheet_has_marks():
    head = ["TT", "Họ và tên", "Năm sinh", "Quy hoạch"]
    people = [[n, name, 1980] for n, name in enumerate(NAMES, 1)]
    sheets = {
        "Xã A": [head, *([*one, None] for one in people)],
        "Xã B": [head, *([*one, "x"] for one in people)],
    }
    roster = read(build.xlsx(sheets))
    assert [row.values["in_planning"] for row in roster.rows] == [False] * 3 + [True] * 3
    alone = read(build.xlsx({"Xã A": sheets["Xã A"]}))
    assert not any("in_planning" in row.values for row in alone.rows)
    rows = listed(["Năm sinh", "Đảng viên (đánh dấu x)"], [1980] * 3, [None] * 3)
    assert told(rows, "party_member") == [(False,)] * 3


def test_a_place_called_nam_in_a_title_is_not_the_year():
    rows = listed(["Năm sinh", "Chức vụ"], [1980] * 3, ["Kế toán"] * 3)
    for title, unit in (
        ("DANH SÁCH CÁN BỘ PHƯỜNG NẬM KÈ NĂM 2026", "Phường Nậm Kè"),
        ("DANH SÁCH CÔNG CHỨC XÃ NAM SƠN ĐẾN 30/6/2026", "Xã Nam Sơn"),
    ):
        assert told([[title], *rows], "unit")[0] == (unit,)


def test_dt_is_the_ethnic_group_and_with_a_stroke_the_telephone():
    rows = listed(["DT", "ĐT", "Năm sinh"], ("Ê-đê", "Kinh", None), ("0912000111",) * 3, [1980] * 3)
    assert told(rows, "ethnic_group", "phone")[0] == ("Ê Đê", "0912000111")


def test_a_number_of_insurance_is_no_identity_number():
    number = ["1432672563", "1432672564", "1432672565"]
    for heading in ("Số sổ BHXH", "Số khác"):
        assert told(listed([heading, "Năm sinh"], number, [1980] * 3), "personal_id")[0] == (None,)


def test_marks_under_a_level_are_no_post_and_t_do_is_the_level():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Lớp bồi dưỡng QLNN đã học", None, "T.độ LLCT", None],
        [None, None, None, "CVC", "CV", "Cao cấp", "TC"],
        [1, NAMES[0], 1980, "x", None, "x", None],
        [2, NAMES[1], 1981, None, "x", None, "x"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"]
    assert told(rows, "state_level", "political_level", "position", merges=merges) == [
        ("CVC", "CC", None), ("CV", "TC", None),
    ]  # fmt: skip


def test_hints_of_a_template_under_its_headings_are_nobody():
    rows = listed(["Ngày sinh", "Giới tính", "Dân tộc"], ["1/2/1980"] * 3, ["Nam"] * 3, ["Tày"] * 3)
    rows.insert(1, [None, "Bắt buộc", "dd/mm/yyyy", "Nam/Nữ", "Chọn"])
    roster = read(build.xlsx({"S": rows}))
    assert [row.row for row in roster.rows] == [3, 4, 5]
    assert roster.issues == []


def test_bodies_without_a_name_group_the_people_of_the_sheets_unit():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ"],
        ["I", "ĐẢNG ỦY"], [1, NAMES[0], 1980, "Bí thư"],
        ["II", "ỦY BAN NHÂN DÂN"], [2, NAMES[1], 1981, "Chủ tịch"],
    ]  # fmt: skip
    assert told(rows, "unit", name="Xã Ia Pa") == [("Xã Ia Pa",), ("Xã Ia Pa",)]


def test_a_group_row_may_say_that_it_names_the_unit():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ"],
        ["Đơn vị: Xã Chư Sê"], [1, NAMES[0], 1980, "Bí thư"],
        ["Đơn vị: Xã Bờ Ngoong"], [1, NAMES[1], 1981, "Chủ tịch"],
    ]  # fmt: skip
    assert told(rows, "unit") == [("Xã Chư Sê",), ("Xã Bờ Ngoong",)]


def test_certificates_of_a_plain_column_and_of_a_matrix_stand_together():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Ngoại ngữ", None, None, "Tin học", None, "Tiếng dân tộc", None],
        [None, None, None, "Tiếng Anh", "Trình độ", "Khác", "Chứng chỉ", "Trung cấp trở lên", "Tên tiếng", "Trình độ"],
        [1, NAMES[0], 1980, "x", "B1", None, "x", None, "Jrai", "Giao tiếp"],
        [2, NAMES[1], 1981, None, None, "Tiếng Trung", None, "x", None, None],
    ]  # fmt: skip
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:H1", "I1:J1"]
    fields = ("foreign_language", "it_level", "ethnic_languages", "professional_major")
    assert told(rows, *fields, merges=merges) == [
        ("Tiếng Anh, B1", "Chứng chỉ", ["Gia Rai"], None),
        ("Tiếng Trung", "Trung cấp trở lên", None, None),
    ]


def test_what_the_last_person_of_a_page_says_goes_on_after_the_repeated_header():
    head = ["TT", "Họ và tên", "Năm sinh", "Dân tộc", "Đơn vị"]
    rows = [head, [1, NAMES[0], 1980, "Mông", "Xã A Dơi"], [2, NAMES[1], 1981, "nt", None],
            head, [3, NAMES[2], 1982, "nt", None], [4, "Lò Văn Tư", 1983, "Thái", "Xã Na Ư"],
            [5, "Lò Văn Năm", 1983, "nt", None]]  # fmt: skip
    assert told(rows, "ethnic_group", "unit") == [
        ("Mông", "Xã A Dơi"), ("Mông", "Xã A Dơi"), ("Mông", "Xã A Dơi"), ("Thái", "Xã Na Ư"),
        ("Thái", "Xã Na Ư"),
    ]  # fmt: skip


def test_a_table_of_figures_under_the_list_holds_nobody():
    rows = [
        *listed(["Năm sinh", "Chức vụ", "Trình độ"], [1980] * 3, ["Kế toán"] * 3, ["ĐH"] * 3),
        [],
        ["TỔNG HỢP"],
        ["TT", "Nội dung", "Tổng số", "Nữ", "DTTS"],
        [1, "Cán bộ", 1, 0, 1],
        [2, "Trình độ đại học", 2, 1, 1],
    ]
    assert told(rows, "full_name") == [(name,) for name in NAMES]


def test_people_may_be_numbered_by_letters():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ"],
        ["1", "Xã Nậm Lịch"], ["a", NAMES[0], 1980, "Bí thư"], ["b", NAMES[1], 1981, "Văn thư"],
        ["2", "Xã Mường Lạn"], ["a", NAMES[2], 1982, "Bí thư"],
    ]  # fmt: skip
    assert told(rows, "full_name", "unit") == [
        (NAMES[0], "Xã Nậm Lịch"), (NAMES[1], "Xã Nậm Lịch"), (NAMES[2], "Xã Mường Lạn"),
    ]  # fmt: skip

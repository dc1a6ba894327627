"""Lists as single offices draw them up: schools, health stations, payrolls, registers of needs."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import datetime

import pytest

from cadres.intake.parsing.dates import parse_date
from cadres.intake.parsing.levels import read_level
from cadres.intake.parsing.words import parse_gender, part_time_level
from cadres.intake.understanding.headings import candidates, direct
from tests.intake import build
from tests.intake.people import NAMES, listed, told
from tests.intake.reading import TODAY, read

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("G.TÍNH", "gender"),
        ("SN", "birth_date"),
        ("Chức vụ/Position", "position"),
        ("No./STT", "index"),
        ("Trình độ/Qualification", "professional_level"),
        ("Họ và", "family_name"),
        ("Hạng", "-step"),
        ("Tổ chuyên môn", "department"),
    ],
)
def test_headings_in_short_or_in_two_languages(heading, field):
    assert direct(heading)[0].field == field


def test_a_heading_of_two_things_is_none_of_both():
    assert not direct("Đơn vị/Họ và tên")[:1] or direct("Đơn vị/Họ và tên")[0].score < 0.93


@pytest.mark.parametrize(
    ("path", "field", "detail"),
    [
        (["Tiếng Jrai"], "ethnic_languages", "Gia Rai"),
        (["Biết tiếng Mông"], "ethnic_languages", "Mông"),
        (["Tiếng Jrai", "Chứng chỉ"], "ethnic_languages", "Gia Rai"),
        (["Nhu cầu đào tạo", "Tiếng dân tộc"], "-course", None),
        (["Dự kiến đào tạo", "Chuyên môn"], "-course", None),
        (["Trình độ hiện có", "Chuyên môn"], "professional_level", None),
        (["Trình độ", "TrC"], "professional_level", "TC"),
    ],
)
def test_a_column_for_one_language_and_columns_of_wishes(path, field, detail):
    best = candidates(path)[0]
    assert (best.field, best.detail) == (field, detail)


def test_the_grade_of_a_teacher_is_no_post():
    rows = [
        ["TT", "Họ và tên", "Nhiệm vụ được giao", "Chức danh nghề nghiệp", None],
        [None, None, None, "Mã số", "Hạng"],
        [1, NAMES[0], "Hiệu trưởng", "V.07.03.28", "II"],
        [2, NAMES[1], "Giáo viên", "V.07.03.29", "III"],
        [3, NAMES[2], "Giáo viên", "V.07.03.29", "III"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
    assert told(rows, "position", "rank_code", merges=merges)[:2] == [
        ("Hiệu trưởng", "V.07.03.28"), ("Giáo viên", "V.07.03.29"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field", "code", "rest"),
    [
        ("Điều dưỡng trung cấp", "professional_level", "TC", "Điều dưỡng"),
        ("Giáo dục đại học", "professional_level", None, "Giáo dục đại học"),
        (
            "Đại học Điều dưỡng\nThạc sĩ Y tế công cộng",
            "professional_level",
            "THS",
            "Y tế công cộng",
        ),
        ("- ĐH Luật\n- ĐH Kế toán", "professional_level", "DH", "Luật"),
        ("Đại học\nLuật", "professional_level", "DH", "Luật"),
        ("Thạc sĩ Quản lý\ncông", "professional_level", "THS", "Quản lý công"),
        ("Đang học ThS QLKT; ĐH Kinh tế", "professional_level", "DH", "Kinh tế"),
        ("Đang học ThS QLKT", "professional_level", None, ""),
        ("Đã học CV", "state_level", "CV", ""),
    ],
)
def test_degrees_in_other_orders(typed, field, code, rest):
    assert read_level(typed, field) == (code, rest)


def test_an_age_behind_a_day_of_birth_and_a_gender_in_two_languages():
    text = "15/10/1990 (36 tuổi)"
    assert parse_date(text, text, TODAY).value == "1990-10-15"
    assert parse_gender("Nam/Male", "Nam/Male").value == "nam"


def test_an_allowance_is_no_rank_but_codes_without_a_heading_are():
    assert told(listed(["Phụ cấp khu vực"], (0.7, 0.7, 0.5)), "rank_code")[0] == (None,)
    assert told(listed(["Mức hưởng"], ("12.500", "12.500", "10.000")), "rank_code")[0] == (None,)
    assert told(listed(["Khác"], ("01.003", "06.031", "01.004")), "rank_code")[0] == ("01.003",)


def test_the_name_in_two_columns_each_with_its_part_of_the_heading():
    rows = [["STT", "Họ và", "tên", "Ngày sinh"], [1, "Lò Văn", "An", "1/2/1980"],
            [2, "Cà Thị", "Bó", "3/4/1985"]]  # fmt: skip
    assert told(rows, "full_name") == [("Lò Văn An",), ("Cà Thị Bó",)]


def test_day_month_and_year_of_birth_side_by_side():
    rows = listed(
        ["Ngày", "Tháng", "Năm sinh", "Chức vụ"],
        (1, 2, 3),
        (4, 5, 6),
        (1980, 1985, 1990),
        ["Kế toán"] * 3,
    )
    assert told(rows, "birth_date")[0] == ("1980-04-01",)


def test_groups_of_defence_people_named_ong_ba_and_groups_under_dtts():
    rows = listed(["Danh xưng", "Đối tượng", "Chứng chỉ QPAN", "DTTS"],
                  ("Ông", "Bà", "Ông"), ("Đối tượng 3", "ĐT4", "Đối tượng 4"), ("Có", "Chưa", "Có"), ("Mông", "Mông", "Thái"))  # fmt: skip
    assert told(rows, "gender", "defence_group", "ethnic_group") == [
        ("nam", "3", "Mông"), ("nu", "4", "Mông"), ("nam", "4", "Thái"),
    ]  # fmt: skip


def test_a_number_with_its_day_of_issue():
    cells = [f"01108{n}000124, ngày 10/5/2021" for n in range(3)]
    assert told(listed(["Số CCCD, ngày cấp"], cells), "personal_id")[0] == ("011080000124",)


def test_the_class_under_a_school_and_a_mark_there():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Văn hóa", None],
        [None, None, None, "THCS", "THPT"],
        [1, NAMES[0], 1980, None, "12/12"],
        [2, NAMES[1], 1981, "9/12", None],
        [3, NAMES[2], 1982, None, "x"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
    assert told(rows, "education", merges=merges) == [("12/12",), ("9/12",), ("THPT",)]


def test_planned_for_any_of_several_posts():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Quy hoạch chức danh", None],
        [None, None, None, "Bí thư", "Chủ tịch"],
        [1, NAMES[0], 1980, "x", None],
        [2, NAMES[1], 1981, None, "x"],
        [3, NAMES[2], 1982, None, None],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
    assert told(rows, "in_planning", merges=merges) == [(True,), (True,), (False,)]


def test_part_time_people_of_the_commune_and_of_its_villages_in_one_list():
    rows = [
        ["Người hoạt động không chuyên trách ở cấp xã và ở thôn, bản"],
        ["TT", "Họ và tên", "Năm sinh", "Chức danh", "Phụ cấp"],
        ["I", "CẤP XÃ"], [1, NAMES[0], 1980, "Văn thư", 1.5],
        ["II", "THÔN, BẢN"], [2, NAMES[1], 1981, "Trưởng bản", 1],
    ]  # fmt: skip
    assert told(rows, "staff_kind") == [("KCTX",), ("KCTT",)]
    assert [part_time_level(text) for text in ("Ở xã, phường", "Ấp", "Tổ 5", "Cấp tỉnh")] == [
        "KCTX", "KCTT", None, None,
    ]  # fmt: skip


def test_a_place_behind_the_post_is_the_unit_where_the_heading_says_both():
    posts = ("Bí thư Đảng ủy xã Phong Thổ", "Chủ tịch UBND xã Dào San", "Kế toán")
    rows = listed(["Chức vụ, đơn vị công tác", "Năm sinh"], posts, (1980, 1981, 1982))
    roster = read(build.xlsx({"Sheet1": rows}))
    assert [(row.values["position"], row.values.get("unit")) for row in roster.rows] == [
        ("Bí thư Đảng ủy", "Xã Phong Thổ"), ("Chủ tịch UBND", "Xã Dào San"), ("Kế toán", None),
    ]  # fmt: skip


def test_headings_broken_word_by_word_over_three_rows():
    rows = [
        ["", "", "Ngày", "", "Trình", "Lý", "Dân"],
        ["Số", "Họ và tên", "tháng", "Chức", "độ", "luận", "tộc"],
        ["TT", "", "năm sinh", "vụ", "chuyên môn", "chính trị", ""],
        [1, NAMES[0], datetime.date(1980, 2, 1), "Bí thư", "Đại học", "Cao cấp", "Mông"],
        [2, NAMES[1], "3/4/1985", "Kế toán", "Trung cấp", "Sơ cấp", "Thái"],
    ]
    fields = (
        "full_name",
        "birth_date",
        "position",
        "professional_level",
        "political_level",
        "ethnic_group",
    )
    assert told(rows, *fields) == [
        (NAMES[0], "1980-02-01", "Bí thư", "DH", "CC", "Mông"),
        (NAMES[1], "1985-04-03", "Kế toán", "TC", "SC", "Thái"),
    ]


def test_columns_called_by_number_under_the_headings_are_nobody():
    rows = listed(
        ["Ngày sinh", "Chức vụ", "Dân tộc"], ["1/2/1980"] * 3, ["Kế toán"] * 3, ["Tày"] * 3
    )
    rows.insert(1, [f"Cột {n}" for n in range(1, 6)])
    assert told(rows, "full_name") == [(name,) for name in NAMES]


def test_levels_under_the_form_of_study_and_a_lady_among_names():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Hệ đào tạo", None, "Trình độ tiếng DTTS", "Công tác tại"],
        [None, None, None, "CĐ", "ĐH", None, None],
        [1, "Bà Vi Thị Mai", 1980, None, "x", "Giao tiếp", "Sở Y tế"],
        [2, NAMES[1], 1981, "x", None, "Giao tiếp", "Sở Y tế"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2"]
    fields = ("full_name", "professional_level", "professional_major", "unit")
    assert told(rows, *fields, merges=merges) == [
        ("Vi Thị Mai", "DH", None, "Sở Y tế"), (NAMES[1], "CD", None, "Sở Y tế"),
    ]  # fmt: skip


def test_two_names_two_days_of_the_party_and_a_group_with_a_religion():
    rows = listed(
        ["Họ và tên thường dùng", "Năm sinh", "Dân tộc, tôn giáo", "Ngày vào Đảng/chính thức"],
        NAMES, [1980] * 3, ("Mông, không", "Mông/Tin lành", "Mông - Không"),
        ["03/02/2005\n03/02/2006"] * 3,
    )  # fmt: skip
    fields = ("full_name", "ethnic_group", "party_joined")
    assert told(rows, *fields) == [(name, "Mông", "2005-02-03") for name in NAMES]
    mixed = told(
        listed(["Năm sinh", "Dân tộc"], [1980] * 3, ("Mông", "Kinh, Tày", "Mông")), "ethnic_group"
    )
    assert mixed[1] == (None,)


@pytest.mark.parametrize(
    ("typed", "level", "major", "political"),
    [
        ("Đại học Hành chính; Cao cấp LLCT", "DH", "Hành chính", "CC"),
        ("ĐH Luật, TC LLCT", "DH", "Luật", "TC"),
        ("Cử nhân chính trị", "DH", "chính trị", None),
    ],
)
def test_the_political_level_behind_a_degree(typed, level, major, political):
    rows = listed(["Trình độ chuyên môn, LLCT", "Năm sinh"], [typed] * 3, [1980] * 3)
    fields = ("professional_level", "professional_major", "political_level")
    assert told(rows, *fields)[0] == (level, major, political)


def test_what_stands_under_headings_merged_across_is_a_heading():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Tin học", None, "Tiếng Anh", None, "Bồi dưỡng QPAN", None],
        [None, None, None, "A", "B", "A2", "B1", "ĐT3", "ĐT4"],
        [1, NAMES[0], 1980, "x", None, None, "x", "x", None],
        [2, NAMES[1], 1981, None, "x", "x", None, None, "x"],
    ]
    merges = ["D1:E1", "F1:G1", "H1:I1"]
    fields = ("full_name", "it_level", "foreign_language", "defence_group")
    assert told(rows, *fields, merges=merges) == [
        (NAMES[0], "A", "B1", "3"), (NAMES[1], "B", "A2", "4"),
    ]  # fmt: skip


def test_births_of_men_and_women_among_the_counts_of_group_rows():
    rows = [
        ["STT", "Họ và tên", "Nam", "Nữ", "Chức vụ"],
        [1, "Xã Tri Lễ: 2 người", 1, 1, None],
        ["1.1", NAMES[0], "1/2/1980", None, "Bí thư"],
        ["1.2", NAMES[1], None, "3/4/1985", "Văn thư"],
        [2, "Xã Nậm Giải: 1 người", 1, None, None],
        ["2.1", NAMES[2], "5/6/1990", None, "Kế toán"],
    ]
    assert told(rows, "birth_date", "gender", "unit") == [
        ("1980-02-01", "nam", "Xã Tri Lễ"), ("1985-04-03", "nu", "Xã Tri Lễ"),
        ("1990-06-05", "nam", "Xã Nậm Giải"),
    ]  # fmt: skip


def test_posts_parted_by_kind_and_a_telephone_before_an_address():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức danh", None, "Điện thoại, email"],
        [None, None, None, "Cán bộ", "Công chức", None],
        [1, NAMES[0], 1980, "Bí thư", None, "0912000111\na@b.gov.vn"],
        [2, NAMES[1], 1981, None, "Kế toán", "0912000112\nc@b.gov.vn"],
        [3, NAMES[2], 1982, None, "Văn thư", "0912000113\nd@b.gov.vn"],
    ]
    fields = ("position", "staff_kind", "phone")
    assert told(rows, *fields, merges=["D1:E1"]) == [
        ("Bí thư", "CB", "0912000111"), ("Kế toán", "CC", "0912000112"),
        ("Văn thư", "CC", "0912000113"),
    ]  # fmt: skip

"""Rosters as other clerks and other programs write them: what each of their habits means."""

import pytest

from cadres.intake.understanding.headings import candidates
from tests.intake import build
from tests.intake.reading import read, values
from tests.intake.test_units_told import LIST, units

pytestmark = pytest.mark.no_database

HEAD = ["TT", "Họ và tên", "Năm sinh", "Chức vụ"]
PEOPLE = [
    [1, "Giàng A Páo", 1981, "Kế toán"],
    [2, "Lò Thị Mẩy", 1982, "Văn thư"],
    [3, "Bế Văn Kiên", 1983, "Bí thư"],
]


def told(heading, cells, *fields):
    """The named values of three people with a further column of that heading."""
    rows = [[*HEAD, heading], *([*p, cell] for p, cell in zip(PEOPLE, cells, strict=True))]
    found = values(read(build.xlsx({"Xã A Dơi": rows})))
    assert len(found) == 3
    return [tuple(row.get(field) for field in fields) for row in found.values()]


@pytest.mark.parametrize(
    "heads",
    [
        ["1) Họ và tên khai sinh", "3) Sinh ngày", "16.2- Trình độ chuyên môn cao nhất"],
        ["(1) Họ và tên", "(2) Ngày sinh", "(3) Trình độ chuyên môn"],
        [
            "1. Họ và tên của anh/chị (viết có dấu)",
            "2. Xin cho biết ngày sinh",
            "3. Trình độ chuyên môn của anh, chị",
        ],
    ],
)
def test_headings_with_numbers_and_questions_are_read_without_them(heads):
    rows = [["Đơn vị", *heads], ["Xã A Dơi", "Giàng A Páo", "05/9/1985", "Đại học"]]
    [row] = values(read(build.xlsx({"Sheet1": rows}))).values()
    assert (row["full_name"], row["birth_date"], row["professional_level"]) == (
        "Giàng A Páo", "1985-09-05", "DH",
    )  # fmt: skip


def test_a_question_about_the_party_is_answered_with_rồi_and_chưa():
    heading, answers = "9. Anh/chị đã là Đảng viên chưa?", ["Rồi", "Chưa", "Rồi"]
    assert told(heading, answers, "party_member") == [(True,), (False,), (True,)]


def test_degrees_and_other_certificates_one_a_line_each_go_where_they_belong():
    cells = [
        "- Đại học Luật\n- Trung cấp lý luận chính trị\n- Chứng chỉ QLNN ngạch chuyên viên",
        "Cử nhân Quản lý nhà nước; Tin học B; Tiếng Anh B1",
        "Trung cấp Tin học\nSơ cấp LLCT",
    ]
    fields = ("professional_level", "professional_major", "political_level", "state_level")
    fields += ("it_level", "foreign_language")
    assert told("Văn bằng, chứng chỉ", cells, *fields) == [
        ("DH", "Luật", "TC", "CV", None, None),
        ("DH", "Quản lý nhà nước", None, None, "Tin học B", "Tiếng Anh B1"),
        ("TC", "Tin học", "SC", None, None, None),
    ]


@pytest.mark.parametrize("mark", ['"nt"', '-"-', "“nt”", "NT", "(như trên)"])
def test_as_above_may_stand_in_quotes(mark):
    assert told("Dân tộc", ["Thái", mark, mark], "ethnic_group") == [("Thái",)] * 3


def test_a_code_of_letters_under_mã_định_danh_is_no_identity_number():
    codes = ["GV00846", "GV00847", "GV00848"]
    fields = ("staff_code", "personal_id")
    assert told("Mã định danh (CSDL ngành)", codes, *fields) == [(code, None) for code in codes]


def test_numbers_that_a_program_wrote_as_fractions():
    numbers = ["19085123456.0", "19185123457.0", "19085123458.0"]
    wanted = [("019085123456",), ("019185123457",), ("019085123458",)]
    assert told("Số CCCD", numbers, "personal_id") == wanted
    phones = ["912345678.0", "0912345679", "84912345670"]
    assert told("Điện thoại", phones, "phone")[0] == ("0912345678",)


@pytest.mark.parametrize(
    ("text", "date"),
    [("/1977", "1977"), ("/5/1977", "1977-05"), ("1977-02-01T00:00:00", "1977-02-01")],
)
def test_dates_left_open_in_front_or_with_the_hour_of_a_program(text, date):
    rows = [["TT", "Họ và tên", "Ngày sinh", "Dân tộc"], [1, "Giàng A Páo", text, "Mông"]]
    [row] = values(read(build.xlsx({"Xã A Dơi": rows}))).values()
    assert row["birth_date"] == date


def test_how_well_somebody_speaks_is_no_degree():
    heading, cells = "Trình độ tiếng Mông (nghe, nói, đọc)", ["Nghe", "Chưa biết", "Nghe"]
    fields = ("professional_level", "professional_major")
    assert told(heading, cells, *fields) == [(None, None)] * 3


def test_every_word_of_a_heading_may_be_shortened():
    cells = ["CV", "Chuyên viên chính", "Cán sự"]
    assert told("Q.LÝ N.NƯỚC", cells, "state_level") == [("CV",), ("CVC",), ("CS",)]


def test_a_name_in_three_and_a_birth_in_three_under_headings_of_their_own():
    rows = [
        ["TT", "Họ và tên", None, None, "Sinh", None, None, "Nơi sinh"],
        [None, "Họ", "Đệm", "Tên", "Ngày", "Tháng", "Năm", None],
        [1, "Lò", "Thị Ánh", "Mẩy", 23, 6, 1968, "Sơn La"],
    ]
    merges = ["A1:A2", "B1:D1", "E1:G1", "H1:H2"]
    [row] = values(read(build.xlsx({"Xã A Dơi": rows}, merges))).values()
    assert (row["full_name"], row["birth_date"]) == ("Lò Thị Ánh Mẩy", "1968-06-23")


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        (["DANH SÁCH CÁN BỘ", "(Thuộc UBND xã Yên Sơn quản lý)"], "UBND xã Yên Sơn"),
        (["DANH SÁCH CÁN BỘ THUỘC UBND XÃ YÊN SƠN QUẢN LÝ"], "UBND xã Yên Sơn"),
        (["DANH SÁCH CÁN BỘ", "(thuộc Tỉnh ủy quản lý)"], None),
        (["ĐẢNG BỘ SỞ TƯ PHÁP", "DANH SÁCH ĐẢNG VIÊN SỞ TƯ PHÁP"], "Sở Tư pháp"),
    ],
)
def test_who_owns_a_list_is_told_by_its_title_or_under_it(above, unit):
    assert units([*([line] for line in above), *LIST]) == [(unit, None)] * 3


def of_one(rows, merges=()):
    """The values of the only person of a sheet."""
    [row] = values(read(build.xlsx({"Sheet1": rows}, merges))).values()
    return row


def test_what_somebody_was_before_or_is_planned_for_is_not_what_they_are():
    rows = [
        ["TT", "Họ và tên", "Trước sắp xếp", None, "Hiện nay", None, "Dự kiến bố trí", None],
        [None, None, "Chức vụ", "Đơn vị", "Chức vụ", "Đơn vị", "Chức vụ", "Đơn vị"],
        [1, "Bế Văn Kiên", "Kế toán", "Xã A Dơi", "Bí thư", "Xã Ba Lòng", "Chủ tịch", "Xã Tà Rụt"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1"]
    row = of_one(rows, merges)
    assert (row["position"], row["unit"]) == ("Bí thư", "Xã Ba Lòng")
    without = [[*line[:4], *line[6:]] for line in rows]
    row = of_one(without, [*merges[:3], "E1:F1"])
    assert (row["position"], row["unit"]) == ("Chủ tịch", "Xã Tà Rụt")


def test_husbands_wives_and_other_kin_are_nobody_of_the_list():
    rows = [
        ["TT", "Họ và tên người kê khai", "Năm sinh", "Đơn vị", "Họ và tên vợ (chồng)",
         "Năm sinh vợ (chồng)", "Người liên hệ", None],
        [None, None, None, None, None, None, "Họ tên", "Điện thoại"],
        [1, "Bế Văn Kiên", 1981, "Xã A Dơi", "Lò Thị Mẩy", 1985, "Bế Thị Hoa", "0912345678"],
    ]  # fmt: skip
    merges = [*(f"{c}1:{c}2" for c in "ABCDEF"), "G1:H1"]
    row = of_one(rows, merges)
    assert (row["full_name"], row["birth_date"], row.get("phone")) == ("Bế Văn Kiên", "1981", None)


@pytest.mark.parametrize("cell", ["12/12 BTVH", "12/12 (BT)", "12/12 bổ túc", "12/12 hệ GDTX"])
def test_the_kind_of_school_behind_a_grade_is_left_out(cell):
    assert told("Trình độ văn hóa", [cell] * 3, "education") == [("12/12",)] * 3


def test_the_words_for_speaking_name_no_language_and_cause_no_warning():
    rows = [[*HEAD, "Tiếng DTTS"], *([*p, "Nghe, nói được tiếng Thái"] for p in PEOPLE)]
    roster = read(build.xlsx({"Xã A Dơi": rows}))
    assert [row.values["ethnic_languages"] for row in roster.rows] == [["Thái"]] * 3
    assert roster.issues == []


def test_a_commune_closes_the_one_before_however_both_are_numbered():
    head, first, second, third = LIST
    rows = [head, ["* Xã Lang Chánh: 01 đ/c"], ["+ Cán bộ:"], first,
            ["2/ UBND XÃ GIAO AN (gồm 1 người)"], ["+ Công chức:"], second,
            ["IV - Xã Tân Phúc"], third]  # fmt: skip
    assert units(rows) == [
        ("Xã Lang Chánh", "CB"), ("UBND xã Giao An", "CC"), ("Xã Tân Phúc", None),
    ]  # fmt: skip


def test_the_code_of_a_rank_that_is_asked_for_is_no_code_of_the_person():
    rows = [
        ["TT", "Họ và tên", "Ngạch đề nghị bổ nhiệm", None, "Ngạch hiện giữ", None],
        [None, None, "Tên ngạch", "Mã số", "Tên ngạch", "Mã số"],
        [1, "Bế Văn Kiên", "Chuyên viên chính", "01.002", "Chuyên viên", "01.003"],
    ]
    row = of_one(rows, ["A1:A2", "B1:B2", "C1:D1", "E1:F1"])
    assert (row["rank_code"], row.get("staff_code")) == ("01.003", None)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("1. Anh/Chị vui lòng ghi họ và tên đầy đủ (có dấu)?", "full_name"),
        ("Anh/chị đang công tác tại cơ quan, đơn vị nào?", "unit"),
        ("Anh/chi dang cong tac o xa nao?", "unit"),
        ("Anh/chi da la Dang vien chua?", "party_member"),
        ("4. Anh/Chị là người dân tộc nào?", "ethnic_group"),
        ("Đồng chí sinh năm nào?", "birth_date"),
        ("Ong/ba vui long cho biet so dien thoai?", "phone"),
    ],
)
def test_a_question_is_headed_by_what_it_asks_for(asked, field):
    assert candidates([asked])[0].field == field


@pytest.mark.parametrize("asked", ["Anh/chi muon hoc lop nao?", "Bạn có đề xuất gì không?"])
def test_a_question_for_wishes_heads_nothing(asked):
    assert not [c for c in candidates([asked]) if not c.field.startswith("-") and c.score > 0.6]

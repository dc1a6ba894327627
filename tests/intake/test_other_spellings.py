"""What other clerks write into a cell, and the headings over it."""

import datetime

import pytest

from cadres.intake.parsing import dates, levels, numbers, schooling, words
from cadres.intake.understanding.headings import candidates
from tests.intake import build
from tests.intake.reading import TODAY, read, values
from tests.intake.test_other_clerks import told

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("9/85", "1985-09"),
        ("05-thg 9-1985", "1985-09-05"),
        ("Thứ Năm, 05/09/1985", "1985-09-05"),
        ("05/9/1985/", "1985-09-05"),
        ("9/12", None),
        ("05/O3/1985", "1985-03-05"),
        ("O5/03/198O", "1980-03-05"),
    ],
)
def test_dates(text, date):
    assert dates.parse_date(text, text, TODAY).value == date


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (numbers.parse_personal_id, "1,9E+10", None),
        (schooling.parse_education, "Tốt nghiệp THPT (12/12)", "12/12"),
        (schooling.parse_education, "10/10 (hệ 10 năm)", "10/10"),
        (words.parse_defence, "Đối tượng 4 (2019)", "4"),
        (words.parse_defence, "ĐT3/2020", "3"),
        (words.parse_defence, "4/2020", None),
        (words.parse_languages, "Tày - Nùng", ["Tày", "Nùng"]),
        (words.parse_languages, "Thông thạo tiếng Thái", ["Thái"]),
        (words.parse_ethnic_group, "Mông Lềnh", "Mông"),
        (words.parse_staff_kind, "Công chức tập sự", "CC"),
        (words.parse_staff_kind, "CC tập sự", "CC"),
        (words.parse_staff_kind, "Biên chế viên chức", "VC"),
        (words.parse_languages, "Tày-Nùng", ["Tày", "Nùng"]),
        (words.parse_languages, "Ê-đê", ["Ê Đê"]),
        (words.parse_defence, "Đ.tượng 4", "4"),
        (words.parse_ethnic_group, "Dao Tuyển", "Dao"),
        (words.parse_ethnic_group, "Hmông Hoa", "Mông"),
        (words.parse_gender, "Chị", "nu"),
        (schooling.parse_text, "NULL", None),
    ],
)
def test_other_cells(parse, text, value):
    assert parse(text, text).value == value


@pytest.mark.parametrize(
    ("text", "level", "major"),
    [
        ("Đại học (VLVH)", "DH", None),
        ("ĐH Luật - hệ tại chức", "DH", "Luật"),
        ("Cử nhân Luật (chính quy)", "DH", "Luật"),
        ("ĐH Nông nghiệp, hệ từ xa", "DH", "Nông nghiệp"),
        ("Trình độ: Đại học", "DH", None),
        ("Dược sỹ trung học", "TC", "Dược sỹ"),
        ("Điều dưỡng CĐ", "CD", "Điều dưỡng"),
        ("Bác sĩ đa khoa", "DH", "đa khoa"),
    ],
)
def test_a_degree_and_its_subject(text, level, major):
    outcome = levels.parse_professional(text, text)
    assert (outcome.value, (outcome.more or {}).get("professional_major")) == (level, major)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1 Nguyễn Văn An", "Nguyễn Văn An"),
        ("Nguyễn Văn An - nghỉ hưu", "Nguyễn Văn An"),
        ("NGuyễn VĂn An", "Nguyễn Văn An"),
        ("HLinh Niê", "HLinh Niê"),
        ("YBé Mlô", "YBé Mlô"),
        ("Hoàng Phủ Ngọc-Tường", "Hoàng Phủ Ngọc-Tường"),
    ],
)
def test_names(text, name):
    assert words.proper_name(text) == name


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (["Nơi sinh", "Xã"], "-place"),
        (["Quê quán", "Xã, phường"], "-place"),
        (["Đơn vị công tác", "Xã"], "unit"),
        (["Lớp đăng ký", "LLCT"], "-course"),
        (["Chức danh nghề nghiệp", "Mã số"], "rank_code"),
        (["Ngày, tháng, năm vào ĐCSVN"], "party_joined"),
        (["Số chứng minh nhân dân"], "personal_id"),
        (["Trường cấp bằng"], "-school"),
    ],
)
def test_headings(path, field):
    assert candidates(path)[0].field == field


def test_of_two_identity_numbers_the_newer_counts():
    rows = [["TT", "Họ và tên", "Số CMND cũ", "Số CCCD mới"],
            [1, "Bế Văn Kiên", "080123456", "019085123456"]]  # fmt: skip
    roster = read(build.xlsx({"Xã A Dơi": rows}))
    assert roster.rows[0].values["personal_id"] == "019085123456"
    assert roster.issues == []


def test_members_told_as_full_or_on_trial_and_blanks_between_them():
    assert told("Đảng viên", ["CT", "DB", None], "party_member") == [(True,), (True,), (False,)]


def test_a_letterhead_in_one_cell_of_several_lines():
    rows = [
        ["UBND TỈNH ĐIỆN BIÊN\nUBND XÃ MƯỜNG LÓI\n-------"],
        ["DANH SÁCH CÁN BỘ"],
        ["TT", "Họ và tên", "Ngày sinh"],
        [1, "Bế Văn Kiên", datetime.date(1985, 9, 5)],
    ]
    [row] = values(read(build.xlsx({"Sheet1": rows}))).values()
    assert row["unit"] == "UBND xã Mường Lói"


@pytest.mark.parametrize("text", ["~1985", "khoảng 1985", "Khoảng năm 1985", "1985?", "ước 1985"])
def test_a_year_that_nobody_is_sure_of_is_taken_with_a_warning(text):
    rows = [["TT", "Họ và tên", "Năm sinh"], [1, "Bế Văn Kiên", text]]
    roster = read(build.xlsx({"Xã A Dơi": rows}))
    assert roster.rows[0].values["birth_date"] == "1985"
    assert [(issue.code, issue.severity) for issue in roster.issues] == [
        ("doubtful_year", "warning")
    ]


@pytest.mark.parametrize(
    "text", ["người hoạt động không chuyên trách ở xóm", "HĐKCT phum, sóc", "HĐKCT khối phố"]
)
def test_villages_have_other_names_elsewhere(text):
    assert words.find_staff_kind(text) == "KCTT"


def test_american_days_with_a_clock_are_seen_as_such_by_the_whole_column():
    texts = ["12/19/1976 12:00:00 AM", "8/7/1974 12:00:00 AM", "2/14/1967 12:00:00 AM",
             "5/20/1999 12:00:00 AM"]  # fmt: skip
    assert dates.is_month_first(texts)
    assert not dates.is_month_first([text.replace("/19/", "/9/") for text in texts[:2]])

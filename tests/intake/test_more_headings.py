"""Headings met in lists of other offices, and columns of theirs that tell nothing asked for."""

import pytest

from cadres.intake.understanding.headings import candidates, direct
from tests.intake import build
from tests.intake.people import NAMES, listed, told
from tests.intake.reading import read

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ và tên giáo viên", "full_name"),
        ("Họ tên nhân sự", "full_name"),
        ("Người tham gia", "full_name"),
        ("Đ/vị công tác", "unit"),
        ("UBND cấp xã", "unit"),
        ("Trực thuộc", "unit"),
        ("TĐHV", "education"),
        ("Là ĐV", "party_member"),
        ("Trình độ CT", "political_level"),
        ("Bằng cấp LLCT", "political_level"),
        ("SĐT cá nhân", "phone"),
        ("Số hiệu CCCD", "personal_id"),
        ("Trong diện QH", "in_planning"),
    ],
)
def test_headings(heading, field):
    assert candidates([heading])[0].field == field


@pytest.mark.parametrize(
    "heading",
    ["Năm bổ nhiệm ngạch", "Thời gian học QLNN", "Ngạch trước khi bổ nhiệm", "LLCT cần học",
     "Chuyên ngành đăng ký", "Trường hợp", "Chức vụ bổ nhiệm lần đầu",
     "Họ tên cha", "Họ và tên người kiểm tra"],
)  # fmt: skip
def test_what_was_or_will_be_and_others_are_not_of_the_person_today(heading):
    assert direct(heading)[0].field.startswith("-")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (["Trình độ", "Tin"], "it_level"),
        (["Chức vụ", "Đảng"], "-post"),
        (["Chức vụ", "Chính quyền"], "position"),
        (["Đã bồi dưỡng", "Ngạch"], "state_level"),
        (["Đăng ký năm 2027", "Ngoại ngữ"], "-course"),
    ],
)
def test_headings_under_another(path, field):
    assert candidates(path)[0].field == field


@pytest.mark.parametrize("heading", ["Đơn vị tiếp nhận", "Đơn vị chuyển đến"])
def test_where_somebody_goes_tells_the_unit_only_where_nothing_else_does(heading):
    both = listed([heading, "Nơi làm việc"], ["Sở Y tế"] * 3, ["Xã A Dơi"] * 3)
    assert told(both, "unit") == [("Xã A Dơi",)] * 3


def test_addresses_of_mail_are_known_whatever_their_heading():
    texts = ["an@laichau.gov.vn", "ly@laichau.gov.vn", "trang@laichau.gov.vn"]
    assert told(listed(["Địa chỉ"], texts), "email") == [(text,) for text in texts]


def test_numbers_without_a_heading_are_identity_numbers_only_if_they_could_be():
    rows = listed(["", "Năm sinh"], ["019085123456", "019185123457", "019085123458"], [1985] * 3)
    assert told(rows, "personal_id")[0] == ("019085123456",)
    rows = listed(["", "Năm sinh"], ["348235780250", "608120997520", "130650871257"], [1985] * 3)
    assert told(rows, "personal_id") == [(None,)] * 3


def test_dates_under_vào_đảng_leave_the_marks_to_their_own_column():
    rows = listed(["Vào Đảng", "Đảng viên"], ["1/2/2005", None, "3/4/2010"], ["x", None, "x"])
    assert told(rows, "party_member", "party_joined") == [
        (True, "2005-02-01"), (False, None), (True, "2010-04-03"),
    ]  # fmt: skip


def test_a_heading_merged_over_the_numbers_of_the_columns_makes_these_no_headings():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", None, "Chức vụ"],
        [None, None, "Nam", "Nữ", None],
        [1, 2, 3, 4, None],
        [1, NAMES[0], 1980, None, "Kế toán"],
        [2, NAMES[1], None, 1985, "Văn thư"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:E3"]
    assert told(rows, "gender", "position", merges=merges) == [
        ("nam", "Kế toán"), ("nu", "Văn thư"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Khối", ["Đảng", "Chính quyền", "Đảng"]),
        ("Nhóm", ["A", "B", "A"]),
        ("Đối tượng", ["Hộ nghèo", "Chính sách", "Hộ nghèo"]),
    ],
)
def test_a_vague_heading_over_no_kind_of_staff_gives_no_warnings(heading, texts):
    roster = read(build.xlsx({"Xã A Dơi": listed([heading, "Chức vụ"], texts, ["Kế toán"] * 3)}))
    assert roster.issues == []


def test_one_unknown_kind_among_others_is_told():
    texts = ["Cán bộ", "Công chức", "Lãnh đạo"]
    roster = read(build.xlsx({"Xã A Dơi": listed(["Đối tượng"], texts)}))
    assert [(issue.code, issue.value) for issue in roster.issues] == [
        ("unknown_staff_kind", "Lãnh đạo")
    ]


def test_groups_of_defence_may_stand_under_đối_tượng():
    texts = ["Đối tượng 3", "Đối tượng 4", "Đối tượng 4"]
    assert told(listed(["Đối tượng"], texts), "defence_group") == [("3",), ("4",), ("4",)]

"""Rows of a list that read like people and are none."""

import pytest

from tests.intake import build
from tests.intake.reading import kinds, read

pytestmark = pytest.mark.no_database

HEAD = ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị"]
NAMES = ("Sùng A Hờ", "Mùa Thị Lỳ", "Lý A Tráng")
PEOPLE = [[n, name, 1980 + n, "Kế toán", "Xã Mường So"] for n, name in enumerate(NAMES, 1)]


def names(rows):
    """Who is found."""
    return tuple(row.values.get("full_name") for row in read(build.xlsx({"Sheet1": rows})).rows)


@pytest.mark.parametrize(
    "row",
    [
        [-1, -2, -3, -4, -5],  # what Excel makes of (1), (2)…
        ["c1", "c2", "c3", "c4", "c5"],
        ["Cột 1", "Cột 2", "Cột 3", "Cột 4", "Cột 5"],
        [0, "Nguyễn Văn A (ví dụ)", "1985", "Công chức", "UBND xã A"],
    ],
)
def test_below_the_headings(row):
    assert names([HEAD, row, *PEOPLE]) == NAMES


@pytest.mark.parametrize("post", ["Đang tuyển", "Còn thiếu", "Thiếu 01 Phó Chủ tịch", "Khuyết"])
def test_posts_without_anybody(post):
    vacant = [4, post, None, "Phó Chủ tịch", "Xã Mường So"]
    assert names([HEAD, *PEOPLE, vacant]) == NAMES


@pytest.mark.parametrize(
    ("left", "right"),
    [("Phòng Nội vụ", "Ban Tổ chức"), ("VĂN THƯ", "HIỆU TRƯỞNG"), ("Giám sát", "Thư ký")],
)
def test_signatures_of_any_posts_stand_apart_from_a_numbered_list(left, right):
    rows = [HEAD, *PEOPLE, [], [None, left, None, right], [], [None, "Lò Thị Hoa", None, "Hà A Sử"]]
    assert names(rows) == NAMES
    assert kinds(read(build.xlsx({"Sheet1": rows})))[8] == "signature"


def test_somebody_without_a_number_is_still_somebody():
    late = [None, "Lò Thị Hoa", 1990, "Văn thư", "Xã Mường So"]
    assert names([HEAD, *PEOPLE, [], late]) == (*NAMES, "Lò Thị Hoa")


def test_figures_by_level_under_a_list_without_numbers_are_nobody():
    people = [row[1:] for row in PEOPLE]
    figures = [["Trình độ", "Tổng số", "Nữ"], ["Đại học", 9, 4], ["Trung cấp trở lên", 6, 2]]
    assert names([HEAD[1:], *people, [], *figures]) == NAMES


def test_somebody_whose_name_was_forgotten_is_refused_and_no_heading_of_the_next():
    rows = [
        ["TT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ"],
        [1, "Lò Văn An", "1985", "Xã A Dơi", "Văn thư"],
        [2, None, "1990", "Xã Ba Tầng", "Kế toán"],
        [3, "Hồ Thị Lan", "1991", None, "Kế toán"],
    ]
    roster = read(build.xlsx({"Danh sách": rows}))
    assert [(row.row, row.reject_field) for row in roster.rows] == [
        (2, None), (3, "full_name"), (4, None),
    ]  # fmt: skip

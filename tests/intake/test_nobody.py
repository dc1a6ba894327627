"""Rows among people that are nobody: empty posts, examples of a template, shares in percent."""

import pytest

from tests.intake import build
from tests.intake.reading import kinds, read, values

pytestmark = pytest.mark.no_database

HEAD = ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Trình độ", "Đơn vị"]
PEOPLE = [
    [1, "Sùng A Hờ", 1980, "Bí thư", "Đại học", "Xã A Dơi"],
    [3, "Mùa Thị Lỳ", 1985, "Kế toán", "Trung cấp", "Xã A Dơi"],
]


def among_people(row):
    """What a row between two people is, and who is found."""
    roster = read(build.xlsx({"S": [HEAD, PEOPLE[0], row, PEOPLE[1]]}))
    return kinds(roster)[3], [one["full_name"] for one in values(roster).values()]


@pytest.mark.parametrize(
    "name",
    ["Khuyết", "(khuyết)", "Đang khuyết", "Chưa bố trí", "Chưa có người", "Chưa kiện toàn"],
)  # fmt: skip
def test_a_post_without_anybody(name):
    row = [2, name, None, "Chủ tịch", "Đại học", "Xã A Dơi"]
    assert among_people(row) == ("note", ["Sùng A Hờ", "Mùa Thị Lỳ"])


@pytest.mark.parametrize("index", ["VD", "Ví dụ", "Mẫu"])
def test_the_example_of_a_template(index):
    row = [index, "Nguyễn Văn A", 1980, "Chuyên viên", "Đại học", "Xã ABC"]
    assert among_people(row) == ("note", ["Sùng A Hờ", "Mùa Thị Lỳ"])


@pytest.mark.parametrize("text", ["Tỷ lệ %", "Tỉ lệ (%)", "Trong đó:", "Bình quân"])
def test_shares_and_parts_of_a_sum(text):
    row = [None, text, "100%", "25%", "75%", None]
    assert among_people(row) == ("total", ["Sùng A Hờ", "Mùa Thị Lỳ"])


@pytest.mark.parametrize(
    "name", ["Khuất Văn Trống", "Chư Văn Có", "Tỷ Văn Lệ", "Vi Du", "Mẫu Thị Mơ"]
)
def test_people_whose_names_sound_alike(name):
    row = [2, name, 1979, "Văn thư", "Cao đẳng", "Xã A Dơi"]
    assert among_people(row) == ("data", ["Sùng A Hờ", name, "Mùa Thị Lỳ"])

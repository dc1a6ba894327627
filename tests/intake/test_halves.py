"""A list printed in two halves beside each other, whose right half has no headings of its own."""

import pytest

from tests.intake import build
from tests.intake.reading import read

pytestmark = pytest.mark.no_database

HEAD = ["TT", "Họ và tên", "Năm sinh", "Chức vụ"]
LEFT = [[1, "Lò Văn An", 1980, "Kế toán"], [2, "Lò Văn Bình", 1981, "Tư pháp"]]
RIGHT = [[3, "Vàng Thị Chi", 1982, "Văn thư"], [4, "Vàng Thị Dua", 1983, "Địa chính"]]


def people(left, right, head=(HEAD,), **options):
    rows = [*head, *([*a, None, *b] for a, b in zip(left, right, strict=True))]
    roster = read(build.xlsx({"Xã Na Sang": rows}, **options))
    return [
        (row.row, row.values["full_name"], row.values.get("birth_date"), row.values.get("position"))
        for row in roster.rows
    ]


def test_the_people_on_the_right_are_read_by_the_headings_on_the_left():
    assert people(LEFT, RIGHT) == [
        (2, "Lò Văn An", "1980", "Kế toán"), (3, "Lò Văn Bình", "1981", "Tư pháp"),
        (2, "Vàng Thị Chi", "1982", "Văn thư"), (3, "Vàng Thị Dua", "1983", "Địa chính"),
    ]  # fmt: skip


def test_headings_of_two_rows_hold_on_the_right_too():
    head = [["TT", "Họ và tên", "Năm sinh", None], [None, None, "Nam", "Nữ"]]
    left = [[1, "Lò Văn An", 1980, None], [2, "Lò Thị Bình", None, 1981]]
    right = [[3, "Vàng Thị Chi", None, 1982], [4, "Vàng A Dua", 1983, None]]
    found = people(left, right, head, merges=["A1:A2", "B1:B2", "C1:D1"])
    assert [one[2] for one in found] == ["1980", "1981", "1982", "1983"]


@pytest.mark.parametrize(
    "right",
    [
        [[1, "Lò Văn An", 1980, "Kế toán"], [2, "Lò Văn Bình", 1981, "Tư pháp"]],
        [[None, "Vàng Thị Chi", None, None], [None, "Vàng Thị Dua", None, None]],
        [["x", "Vàng Thị Chi", "Đạt", "Tốt"], ["x", "Vàng Thị Dua", "Đạt", "Tốt"]],
    ],
)
def test_the_same_names_again_and_lone_names_are_no_half(right):
    assert [one[1] for one in people(LEFT, right)] == ["Lò Văn An", "Lò Văn Bình"]

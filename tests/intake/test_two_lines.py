"""Lists that give each person two lines, with headings for both."""

import pytest

from tests.intake import build
from tests.intake.reading import kinds, read

pytestmark = pytest.mark.no_database

HEAD = [
    ["TT", "Họ và tên", "Chức vụ", "Trình độ", "Lý luận CT"],
    [None, "Ngày sinh", "Ngạch", "Chuyên ngành", "QLNN"],
]
PEOPLE = [
    [1, "Bàn Tòn Khé", "Bí thư", "Đại học", "Cao cấp"],
    [None, "12/3/1980", "01.003", "Luật", "Chuyên viên"],
    [2, "Triệu Mùi Pham", "Kế toán", "Trung cấp", "Sơ cấp"],
    [None, "1985", "06.032", "Kế toán", None],
]
FIELDS = (
    "full_name", "birth_date", "position", "rank_code", "professional_level",
    "professional_major", "political_level", "state_level",
)  # fmt: skip
TOLD = [
    ("Bàn Tòn Khé", "1980-03-12", "Bí thư", "01.003", "DH", "Luật", "CC", "CV"),
    ("Triệu Mùi Pham", "1985", "Kế toán", "06.032", "TC", "Kế toán", "SC", None),
]


@pytest.mark.parametrize("merges", [(), ("A2:A3",), ("A2:A3", "A4:A5", "A6:A7")])
def test_each_person_has_two_lines(merges):
    rows = [["DANH SÁCH CÁN BỘ"], *HEAD, *PEOPLE, [None, "Cộng: 02 người"], ["Người lập biểu"]]
    roster = read(build.xlsx({"Xã Nậm Cang": rows}, merges))
    assert [tuple(row.values.get(f) for f in FIELDS) for row in roster.rows] == TOLD
    assert [kinds(roster)[r] for r in range(2, 9)] == [
        "header", "header", "data", "more", "data", "more", "total",
    ]  # fmt: skip
    assert roster.issues == []


def test_a_fault_in_the_second_line_is_told_where_it_stands():
    faulty = [*PEOPLE[:3], [None, "31/02/1985", "06.032", "Kế toán", None]]
    roster = read(build.xlsx({"Xã Nậm Cang": [*HEAD, *faulty]}))
    assert [(i.code, i.row, i.column) for i in roster.issues] == [("impossible_date", 6, "B")]


def test_a_person_without_a_second_line_is_whole_and_takes_nobody_elses():
    roster = read(build.xlsx({"Xã Nậm Cang": [*HEAD, PEOPLE[0], *PEOPLE[2:]]}))
    assert [row.values.get("birth_date") for row in roster.rows] == [None, "1985"]

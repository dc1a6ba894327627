"""Lists "trích ngang": several facts of a person in one cell."""

import pytest

from cadres.intake.understanding.compounds import fields_of
from tests.intake import build, people
from tests.intake.reading import read

pytestmark = pytest.mark.no_database

POSTS = ("Bí thư", "Văn thư", "Kế toán")


def told(heading, cells, *fields, more=("Chức vụ", *POSTS)):
    """The named values of three people whose second column holds these cells."""
    head, *texts = more
    rows = [
        ["TT", heading, head],
        *([n, *both] for n, both in enumerate(zip(cells, texts, strict=True), 1)),
    ]
    roster = read(build.xlsx({"Xã A Dơi": rows}))
    assert len(roster.rows) == 3
    return [tuple(row.values.get(field) for field in fields) for row in roster.rows]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Họ và tên\nNgày sinh\nDân tộc", "Lò Văn An\nSinh: 12/3/1980\nDân tộc Thái"),
        ("Họ và tên\nNgày sinh\nDân tộc", "Lò Văn An\n12/3/1980\nThái"),
        ("Họ và tên, ngày sinh, dân tộc", "Lò Văn An, 12/3/1980, Thái"),
        ("Họ và tên; năm sinh; dân tộc", "- LÒ VĂN AN;\n- Ngày sinh: 12/3/1980;\n- Dân tộc: Thái."),
        ("Họ và tên\nDân tộc\nNgày sinh", "Lò Văn An\nNS: 12/03/1980\nDT: Thái\nQuê quán: Sơn La"),
    ],
)
def test_a_name_with_a_birth_and_a_group_in_one_cell(heading, cell):
    fields = ("full_name", "birth_date", "ethnic_group", "position")
    assert told(heading, [cell] * 3, *fields) == [
        ("Lò Văn An", "1980-03-12", "Thái", post) for post in POSTS
    ]


def test_a_missing_line_and_one_that_cannot_be_read():
    cells = ["Lò Văn An\nSinh năm 1980", "Cà Thị Bó\nThái", "Lò Văn Tư\nSinh: 30/02/1980\nThái"]
    fields = ("full_name", "birth_date", "ethnic_group")
    assert told("Họ và tên\nNgày sinh\nDân tộc", cells, *fields) == [
        ("Lò Văn An", "1980", None), ("Cà Thị Bó", None, "Thái"), ("Lò Văn Tư", None, "Thái"),
    ]  # fmt: skip


def test_columns_of_their_own_win_and_names_alone_stay_whole():
    cells = ["Lò Văn An\nKế toán", "Cà Thị Bó\nVăn thư", "Lò Văn Tư\nThủ quỹ"]
    assert told("Họ và tên\nChức vụ", cells, "full_name", "position")[0] == ("Lò Văn An", "Bí thư")
    names = ["Lò Văn An", "Cà Thị Bó", "Lò Văn Tư"]
    assert told("Họ và tên, đơn vị", names, "full_name") == [(name,) for name in names]


@pytest.mark.parametrize(
    "heading", ["Họ và tên", "Họ, tên đệm", "Họ và tên vợ (chồng)", "Chức vụ, đơn vị", "Tên đơn vị"]
)
def test_headings_of_one_thing(heading):
    assert fields_of(heading) == ()


def test_a_post_that_begins_like_a_heading_of_families_is_a_post():
    rows = [["TT", "Họ và tên, chức vụ", "Năm sinh"], [1, "Lò Thị An, Hộ sinh", 1980],
            [2, "Cà Thị Bó, Y sĩ", 1981]]  # fmt: skip
    assert people.told(rows, "full_name", "position") == [
        ("Lò Thị An", "Hộ sinh"), ("Cà Thị Bó", "Y sĩ"),
    ]  # fmt: skip

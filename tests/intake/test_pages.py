"""Lists printed on pages: the header stands again in the middle, and changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadres.intake.roster import rows_from
from cadres.intake.types import Sheet, Workbook
from tests.intake.reading import TODAY

pytestmark = pytest.mark.no_database

HEADER = [
    "TT",
    "Họ và tên",
    "Ngày sinh",
    "Nữ",
    "Đơn vị",
    "Trình độ",
    "LLCT",
    "Đảng viên",
    "Ghi chú",
]
COLUMNS = (
    ["Lò Văn An", "Vàng A Páo", "Giàng Thị Mỷ", "Nguyễn Hoà", "Trần T. Hồng"],
    ["1/2/1980", "05/03/1991", "1975", "12/1988", "25/12/1969"],
    ["x", "", "", "x"],
    ["Xã Nà Bủng", "", "", "nt", "Xã Si Pa Phìn"],
    ["ĐH Luật", "12/12", "TC", "Cao đẳng", ""],
    ["TC", "CC", "", "SC"],
    ["x", "", "3/2/2005"],
    ["", "nghỉ thai sản", "12/12"],
)
person = st.tuples(*(st.sampled_from(texts) for texts in COLUMNS))


def told(rows, mapping=None):
    """What a sheet says of each person by its number, and of what it warns."""
    sheet = Sheet("Danh sách", rows=[list(row) for row in rows])
    roster = rows_from(Workbook("xlsx", 1900, [sheet]), mapping, today=TODAY)
    number = {row: line[0] for row, line in enumerate(rows, 1)}
    people = {number[row.row]: (row.values, row.cells) for row in roster.rows}
    return people, [(issue.code, number[issue.row], issue.column) for issue in roster.issues]


def on_pages(people, ends):
    """The list with its header again behind the people of these places."""
    rows = [HEADER]
    for number, one in enumerate(people, 1):
        rows.append([str(number), *one])
        if number in ends:
            rows.append(HEADER)
    return rows


@settings(max_examples=25, deadline=None)
@given(st.lists(person, min_size=6, max_size=40), st.data())
def test_a_header_that_stands_again_changes_nothing(people, data):
    first = ("Lò Văn Một", "1/1/1980", "x", "Xã Nà Bủng", "ĐH Luật", "TC", "x", "")
    people = [first, *people]
    longest = data.draw(st.integers(len(people) // 2 + 1, len(people) - 1))
    ends = data.draw(st.sets(st.integers(longest, len(people) - 1), max_size=4))
    assert told(on_pages(people, {longest, *ends})) == told(on_pages(people, ()))


def test_counts_of_groups_say_nothing_of_what_a_column_holds():
    rows = [
        ["STT", "Họ và tên", "Nam", "Nữ", "Chức vụ"],
        ["", "TỔNG CỘNG (3 người)", "2", "1", ""],
        ["1", "Xã Tri Lễ: 2 người", "1", "1", ""],
        ["1.1", "Lò Thị Pọm", "", "10/10/1967", "Bí thư"],
        ["1.2", "Thào Seo Lử", "03/01/1970", "", "Chủ tịch"],
        ["2", "Xã Nậm Giải: 1 người", "1", "", ""],
        ["2.1", "Tòng Văn Hặc", "10/02/1975", "", "Kế toán"],
    ]
    people, issues = told(rows)
    births = {number: values["birth_date"] for number, (values, _) in people.items()}
    assert births == {"1.1": "1967-10-10", "1.2": "1970-01-03", "2.1": "1975-02-10"}
    assert not issues


def test_cells_of_blanks_are_empty_and_dittos_may_be_spaced():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Đơn vị", "Chức vụ"],
        ["I", "Cán bộ", " ", "\u00a0", "  "],
        ["1", "Lò Văn An", "1980", "Xã Nà Bủng", " "],
        ["2", "Vàng A Páo", "1985", "Như  trên", "Kế toán"],
    ]
    people, _ = told(rows)
    assert [values["unit"] for values, _ in people.values()] == ["Xã Nà Bủng"] * 2
    assert "position" not in people["1"][0]


def test_groups_may_begin_on_the_page_before_their_people():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Dân tộc"],
        ["A", "XÃ SA LÔNG", "", "", ""],
        ["I", "Cán bộ cấp xã", "", "", ""],
        ["1", "Lò Văn An", "1980", "Bí thư", "Thái"],
        ["B", "XÃ MƯỜNG MƯƠN", "", "", ""],
        ["I", "Công chức cấp xã", "", "", ""],
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Dân tộc"],
        ["2", "Cà Thị Xuyến", "1982", "Kế toán", "Thái"],
    ]
    people, _ = told(rows)
    assert [(v["unit"], v["staff_kind"]) for v, _ in people.values()] == [
        ("Xã Sa Lông", "CB"), ("Xã Mường Mươn", "CC"),
    ]  # fmt: skip


def test_a_kind_right_under_a_unit_is_of_that_unit():
    rows = [
        ["Đơn vị: Xã Tam Văn", "", "", ""],
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ"],
        ["", "Công chức:", "", ""],
        ["1", "Lò Văn An", "1980", "Kế toán"],
        ["", "IV - Xã Tân Phúc", "", ""],
        ["", "Cán bộ:", "", ""],
        ["2", "Cà Thị Xuyến", "1982", "Bí thư"],
        ["", "Công chức:", "", ""],
        ["3", "Vàng A Páo", "1985", "Kế toán"],
    ]
    people, _ = told(rows)
    assert [(v["unit"], v["staff_kind"]) for v, _ in people.values()] == [
        ("Xã Tam Văn", "CC"), ("Xã Tân Phúc", "CB"), ("Xã Tân Phúc", "CC"),
    ]  # fmt: skip


def test_a_page_whose_columns_were_corrected_goes_on_with_the_page_before():
    head = ["TT", "Họ và tên", "Năm sinh", "Đơn vị", "Chức vụ"]
    rows = [
        head,
        ["1", "Lò Văn An", "1980", "Xã Nà Bủng", "Kế toán"],
        ["2", "Vàng A Páo", "1985", "nt", "Văn thư"],
        head,
        ["3", "Cà Thị Xuyến", "1982", "nt", "Đang nghỉ"],
    ]
    people, _ = told(rows, {"Danh sách": {"E4": "note"}})
    assert [values["unit"] for values, _ in people.values()] == ["Xã Nà Bủng"] * 3
    assert [values.get("note") for values, _ in people.values()] == [None, None, "Đang nghỉ"]


def test_a_kind_on_top_of_a_page_is_of_the_unit_at_the_end_of_the_page_before():
    head = ["TT", "Họ và tên", "Năm sinh", "Chức vụ"]
    rows = [
        head,
        ["1. Xã Sa Lông", "", "", ""],
        ["a)", "Cán bộ", "", ""],
        ["1", "Lò Văn An", "1980", "Bí thư"],
        ["2. Xã Mường Mươn", "", "", ""],
        head,
        ["a)", "Cán bộ", "", ""],
        ["2", "Cà Thị Xuyến", "1982", "Kế toán"],
        ["b)", "Công chức", "", ""],
        ["3", "Vàng A Páo", "1985", "Kế toán"],
    ]
    people, _ = told(rows)
    assert [(v["unit"], v["staff_kind"]) for v, _ in people.values()][1:] == [
        ("Xã Mường Mươn", "CB"), ("Xã Mường Mươn", "CC"),
    ]  # fmt: skip


def test_the_header_of_a_further_page_may_say_the_same_in_other_words():
    rows = [
        ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Trình độ CM"],
        ["I. Xã Sa Lông", "", "", "", ""],
        ["1", "Lò Văn An", "1980", "Bí thư", "ĐH Luật"],
        ["STT", "Họ tên", "Ngày, tháng, năm sinh", "Chức vụ, chức danh", "Trình độ chuyên môn"],
        ["2", "Cà Thị Xuyến", "1982", "Kế toán", "TC Kế toán"],
    ]
    people, _ = told(rows)
    assert [values["unit"] for values, _ in people.values()] == ["Xã Sa Lông"] * 2

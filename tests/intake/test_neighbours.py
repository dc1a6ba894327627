"""Two lists of people beside each other on one sheet; and what stands beside a list otherwise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadres.intake.roster import rows_from
from cadres.intake.types import Sheet, Workbook
from cadres.intake.understanding.extra import NO_EXTRA, ExtraColumns
from tests.intake import build
from tests.intake.reading import TODAY, read

pytestmark = pytest.mark.no_database

HEAD = ["TT", "Họ và tên", "Năm sinh", "Chức vụ"]
LEFT = [[1, "Lò Văn An", 1980, "Kế toán"], [2, "Lò Văn Bình", 1981, "Tư pháp"]]
RIGHT = [[1, "Vàng Thị Chi", 1982, "Văn thư"], [2, "Vàng Thị Dua", 1983, "Địa chính"]]
NAMES = ["Lò Văn An", "Lò Văn Bình", "Vàng Thị Chi", "Vàng Thị Dua"]
NOTHING = [None] * 4


def beside(left, right, gap=1):
    """Rows of two lists beside each other; the shorter one ends in blanks."""
    width = max(map(len, left))
    long = max(len(left), len(right))
    left, right = ([*rows, *[[]] * (long - len(rows))] for rows in (left, right))
    return [[*a, *[None] * (width + gap - len(a)), *b] for a, b in zip(left, right, strict=True)]


def people(roster):
    return [(row.sheet, row.row, row.values["full_name"]) for row in roster.rows]


def told(rows, name="Xã Na Sang", **options):
    return read(build.xlsx({name: rows}, **options))


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_both_lists_are_read_and_every_person_has_a_place_of_its_own(gap):
    roster = told(beside([HEAD, *LEFT], [HEAD, *RIGHT], gap))
    other = "Xã Na Sang (bảng 2)"
    assert people(roster) == [
        ("Xã Na Sang", 2, NAMES[0]), ("Xã Na Sang", 3, NAMES[1]),
        (other, 2, NAMES[2]), (other, 3, NAMES[3]),
    ]  # fmt: skip
    assert [row.values["position"] for row in roster.rows] == [
        "Kế toán", "Tư pháp", "Văn thư", "Địa chính",
    ]  # fmt: skip
    # Columns are those of the file; the sheet's name tells the unit of both.
    letters = "GHIJ"[gap - 1 :][:2] if gap else "FG"
    assert roster.sheets[1].tables[0].columns["full_name"] == letters[0]
    assert {row.values["unit"] for row in roster.rows} == {"Xã Na Sang"}
    assert (roster.issues, roster.other_rows) == ([], 1)


def test_each_list_has_the_unit_and_kind_of_the_lines_above_it():
    rows = [
        ["UBND HUYỆN NẬM PỒ"],
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC CÁC XÃ"],
        *beside(
            [[None, "Đơn vị: Xã Na Sang"], ["I. Cán bộ"], HEAD, *LEFT],
            [[None, "Đơn vị: Xã Sa Lông"], ["II. Công chức"], HEAD, *RIGHT],
        ),
    ]
    roster = told(rows, name="Sheet1")
    assert [(row.values["unit"], row.values["staff_kind"]) for row in roster.rows] == [
        *[("Xã Na Sang", "CB")] * 2, *[("Xã Sa Lông", "CC")] * 2,
    ]  # fmt: skip
    # Two titles, two lines above, one heading: each row of the sheet once.
    assert roster.other_rows == 5


def test_a_title_over_both_and_headings_that_do_not_stand_level():
    left = [["Xã Na Sang"], HEAD, *LEFT]
    right = [["Xã Sa Lông"], [], [], HEAD, *RIGHT]
    roster = told([["DANH SÁCH CÁN BỘ"], *beside(left, right)], name="1")
    assert [(row.row, row.values["full_name"], row.values["unit"]) for row in roster.rows] == [
        (4, NAMES[0], "Xã Na Sang"), (5, NAMES[1], "Xã Na Sang"),
        (6, NAMES[2], "Xã Sa Lông"), (7, NAMES[3], "Xã Sa Lông"),
    ]  # fmt: skip
    higher = told([["DANH SÁCH CÁN BỘ"], *beside(right, left)], name="1")
    assert sorted(row.values["full_name"] for row in higher.rows) == NAMES


def test_groups_sums_and_signatures_stay_on_their_side():
    left = [HEAD, ["I", "Xã Na Sang"], LEFT[0], ["II", "Xã Nà Bủng"], LEFT[1], [None, "Tổng số: 2"],
            [], [None, "Người lập biểu"], [], [None, "Lò Văn An"]]  # fmt: skip
    right = [HEAD, ["I", "Xã Sa Lông"], *RIGHT, [None, "Tổng số: 2"], [], [],
             [None, "Chủ tịch"], [], [None, "Vàng Thị Chi"]]  # fmt: skip
    roster = told(beside(left, right), name="Sheet1")
    assert [row.values["unit"] for row in roster.rows] == [
        "Xã Na Sang", "Xã Nà Bủng", "Xã Sa Lông", "Xã Sa Lông",
    ]  # fmt: skip
    # Heading, groups, the sum on the left, two lines of signatures; rows 3 to 5 hold people.
    assert roster.other_rows == 5


def test_three_lists_and_lists_under_each_other():
    third = [[1, "Giàng A Sử", 1984, "Xã đội"]]
    rows = beside(beside([HEAD, *LEFT], [HEAD, *RIGHT]), [HEAD, *third])
    assert [sheet.name for sheet in told(rows).sheets] == [
        "Xã Na Sang", "Xã Na Sang (bảng 2)", "Xã Na Sang (bảng 3)",
    ]  # fmt: skip
    below = [["TT", "Họ và tên", "Giới tính", "Năm sinh"], [1, "Giàng A Sử", "Nam", 1984]]
    roster = told([*beside([HEAD, *LEFT], [HEAD, *RIGHT]), [], ["Danh sách B"], *below])
    assert [(row.row, row.values.get("gender")) for row in roster.rows] == [
        (2, None), (3, None), (7, "nam"), (2, None), (3, None),
    ]  # fmt: skip


def test_a_list_over_all_columns_under_two_beside_each_other_is_read_whole():
    wide = ["TT", "Họ và tên", "Năm sinh", "Giới tính", "Dân tộc", "Số CCCD", "Chức vụ"]
    person = [1, "Giàng A Sử", 1984, "Nam", "Mông", None, "Xã đội"]
    roster = told([*beside([HEAD, *LEFT], [HEAD, *RIGHT]), [], ["Danh sách B"], wide, person])
    assert [row.values["full_name"] for row in roster.rows] == [
        *NAMES[:2], "Giàng A Sử", *NAMES[2:],
    ]  # fmt: skip
    assert roster.rows[2].values["position"] == "Xã đội"


def test_a_sheet_that_has_the_name_of_a_part_keeps_it():
    rows = beside([HEAD, *LEFT], [HEAD, *RIGHT])
    alone = [HEAD, [1, "Giàng A Sử", 1984, "Xã đội"]]
    roster = read(build.xlsx({"Xã A": rows, "Xã A (bảng 2)": alone}))
    assert [sheet.name for sheet in roster.sheets] == ["Xã A", "Xã A (bảng 3)", "Xã A (bảng 2)"]


def test_cells_and_columns_of_the_second_list_are_corrected_by_its_name():
    book = Workbook("xlsx", sheets=[Sheet("S", rows=beside([HEAD, *LEFT], [HEAD, *RIGHT]))])
    mapping = {"S": {"D": "note", "I": None}, "S (bảng 2)": {"I": "note"}}
    roster = rows_from(book, mapping, TODAY, {("S", 2, 7): "Vàng Thị Cúc"})
    assert [row.values.get("full_name") for row in roster.rows] == [
        *NAMES[:2], "Vàng Thị Cúc", NAMES[3],
    ]  # fmt: skip
    assert [row.values.get("note") for row in roster.rows] == [
        "Kế toán", "Tư pháp", "Văn thư", "Địa chính",
    ]  # fmt: skip


FEW = ["Họ và tên", "Năm sinh", "Nghề nghiệp"]
KIN = [["Vàng Thị Chi", 1982, "Làm ruộng"], ["Vàng Thị Dua", 1983, "Giáo viên"]]
POST = ["Họ và tên", "Chức vụ"]


@pytest.mark.parametrize(
    ("right", "gap"),
    [
        # Of the same person: husband or wife, who follows, who checked.
        ([["Vợ (chồng)"], FEW, *KIN], 0),
        ([["Vợ (chồng)"], FEW, *KIN], 1),
        ([["Người thay thế"], ["Họ và tên", "Năm sinh", "Chức vụ"], *KIN], 0),
        ([[], ["Họ tên vợ (chồng)", "Năm sinh vợ (chồng)"], *KIN], 0),
        ([[], ["Người rà soát", "Chức vụ"], ["Vàng Thị Chi", "Văn thư"]], 1),
        ([["Người rà soát"], POST, *[["Vàng Thị Chi", "Văn thư"]] * 2], 1),
        # Legends, figures, lists to choose from.
        ([[], ["STT", "Trình độ"], [1, "Đại học"], [2, "Cao đẳng"]], 1),
        ([[], ["STT", "Đơn vị", "Số người"], [1, "Xã Na Sang", 12], [2, "Xã Sa Lông", 9]], 1),
        ([[], ["Ký hiệu", "Ý nghĩa"], ["ĐH", "Đại học"], ["CĐ", "Cao đẳng"]], 2),
        # A table to be filled in, and the people of the left once more.
        ([[], HEAD], 1),
        ([[], ["TT", *POST], *[[n, row[1], row[3]] for n, row in enumerate(LEFT, 1)]], 1),
    ],
)
def test_what_is_no_list_of_its_own_gives_nobody(right, gap):
    roster = told(beside([[], HEAD, *LEFT], right, gap))
    assert people(roster) == [("Xã Na Sang", 3, NAMES[0]), ("Xã Na Sang", 4, NAMES[1])]
    assert [row.values["position"] for row in roster.rows] == ["Kế toán", "Tư pháp"]


def test_tables_under_each_other_with_names_in_other_columns_are_no_neighbours():
    below = [
        ["TT", "Mã", "Đơn vị", *HEAD[1:]],
        [1, "A1", "Xã Sa Lông", "Vàng Thị Chi", 1982, "Văn thư"],
    ]
    roster = told([HEAD, *LEFT, [], *below])
    assert people(roster) == [
        ("Xã Na Sang", 2, NAMES[0]), ("Xã Na Sang", 3, NAMES[1]), ("Xã Na Sang", 6, NAMES[2]),
    ]  # fmt: skip
    parted = [["Mã", "Nơi làm việc", None, *HEAD[1:]], ["A1", "Xã Sa Lông", None, *RIGHT[0][1:]]]
    assert [sheet.name for sheet in told([HEAD, *LEFT, [], *parted]).sheets] == ["Xã Na Sang"]


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_table_under_another_may_stand_further_right(steps):
    lower = [["Danh sách công chức"], HEAD, *RIGHT]
    moved = [[*[None] * steps, *line] for line in lower]
    roster = told([HEAD, *LEFT, [], *moved])
    assert people(roster) == [
        ("Xã Na Sang", n, name) for n, name in zip((2, 3, 7, 8), NAMES, strict=True)
    ]
    assert [row.values["birth_date"] for row in roster.rows] == ["1980", "1981", "1982", "1983"]
    # And the upper one, with the lower one under its first columns.
    upper = [[*[None] * steps, *line] for line in [HEAD, *LEFT]]
    assert people(told([*upper, [], *lower])) == people(roster)


def test_a_list_that_begins_beside_the_middle_of_another():
    left = [HEAD, *[[n, f"Lò Văn {chr(64 + n)}n", 1960 + n, "Kế toán"] for n in range(1, 21)]]
    right = [*[[]] * 14, ["II. Công chức"], HEAD, *RIGHT]
    roster = told(beside(left, right))
    assert len(roster.rows) == 22
    assert [(r.row, r.values["staff_kind"]) for r in roster.rows[20:]] == [(17, "CC"), (18, "CC")]
    assert not any("staff_kind" in row.values for row in roster.rows[:20])


def test_a_wide_table_printed_in_two_halves_is_one():
    right = [
        ["TT", "Họ và tên", "Dân tộc", "LLCT"],
        [1, NAMES[0], "Thái", "SC"],
        [2, NAMES[1], "Mông", "TC"],
    ]
    roster = told(beside([HEAD, *LEFT], right))
    assert people(roster) == [("Xã Na Sang", 2, NAMES[0]), ("Xã Na Sang", 3, NAMES[1])]
    found = [
        [r.values[f] for f in ("position", "ethnic_group", "political_level")] for r in roster.rows
    ]
    assert found == [["Kế toán", "Thái", "SC"], ["Tư pháp", "Mông", "TC"]]
    assert roster.issues == []


def test_lists_of_several_classes_may_hold_the_same_people():
    again = [
        [1, NAMES[1], 1981, "Tư pháp"],
        [2, "Giàng A Sử", 1984, "Xã đội"],
        [3, NAMES[0], 1980, "Kế toán"],
    ]
    rows = beside([HEAD, *LEFT], [HEAD, *again])
    extra = ExtraColumns(claim=lambda paths: {}, parsers=lambda today, system: {})
    for kind, count in ((NO_EXTRA, 2), (extra, 5)):
        book = Workbook("xlsx", sheets=[Sheet("Xã A", rows=rows)])
        assert len(rows_from(book, today=TODAY, extra=kind).rows) == count


def test_a_list_left_out_is_told():
    again = [[n, row[1], row[3]] for n, row in enumerate(LEFT[::-1], 1)]
    roster = told(beside([HEAD, *LEFT], [["TT", *POST], *again]))
    assert [(issue.code, issue.row, issue.column) for issue in roster.issues] == [
        ("side_by_side", 1, "G")
    ]


FACTS = {"Năm sinh": 1980, "Giới tính": "Nữ", "Dân tộc": "Thái", "Chức vụ": "Kế toán", "LLCT": "SC"}
SOME = st.lists(st.sampled_from(list(FACTS)), min_size=2, unique=True)
# Given names apart, so that everybody is somebody else.
GIVEN = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan"]


@settings(max_examples=60, deadline=None)
@given(SOME, SOME, st.integers(1, 8), st.integers(1, 8), st.integers(0, 5), st.booleans())
def test_wherever_a_second_list_stands_everybody_is_read(one, two, many, more, step, is_under):
    """Beside the first, `step` rows lower, or under it, `step` columns to the right."""
    tables = [
        [["TT", "Họ và tên", *facts]]
        + [[n + 1, f"{family} {GIVEN[n]}", *map(FACTS.get, facts)] for n in range(count)]
        for family, facts, count in (("Lò Văn", one, many), ("Mùa Thị", two, more))
    ]
    if is_under:
        rows = [*tables[0], [], *([*[None] * step, *line] for line in tables[1])]
    else:
        rows = beside(tables[0], [*[[]] * min(step, many), *tables[1]])
    roster = rows_from(Workbook("xlsx", sheets=[Sheet("Xã A", rows=rows)]), today=TODAY)
    found = [(row.values["full_name"], row.values.get("position")) for row in roster.rows]
    assert found == [
        (line[1], "Kế toán" if "Chức vụ" in facts else None)
        for facts, table in zip((one, two), tables, strict=True)
        for line in table[1:]
    ]
    assert len({(row.sheet, row.row) for row in roster.rows}) == many + more

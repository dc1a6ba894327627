"""Ranks as columns of marks: which column is marked tells the rank."""

import pytest

from tests.intake import build
from tests.intake.reading import read, values

pytestmark = pytest.mark.no_database

HEAD = ["TT", "Họ và tên", "Năm sinh", "Ngạch công chức", None, None, None, "Trình độ"]
RANKS = ["CVCC", "CVC", "CV", "CS"]
PEOPLE = [
    [1, "Nguyễn Hữu Thắng", 1972, "x", None, None, None, "Thạc sĩ"],
    [2, "Hà Thị Vân Anh", 1983, None, "X", None, None, "Đại học"],
    [3, "Đỗ Quốc Bảo", 1994, None, None, "1", None, "Đại học"],
    [4, "Lò Thị Pành", 1996, None, None, None, "x", "Cao đẳng"],
    [5, "Vàng A Chu", 1999, None, None, None, None, "Đại học"],
]


def ranks(names):
    """The ranks of the people under these headings."""
    rows = [HEAD, [None, None, None, *names], *PEOPLE]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:G1", "H1:H2"]
    found = values(read(build.xlsx({"Sở Y tế": rows}, merges)))
    return [found[row].get("rank_code") for row in sorted(found)]


@pytest.mark.parametrize(
    "names",
    [
        RANKS,
        ["Chuyên viên cao cấp", "Chuyên viên chính", "Chuyên viên", "Cán sự"],
        ["CVCC và TĐ", "CVC và tương đương", "CV và tương đương", "Cán sự (và tương đương)"],
        ["01.001", "01.002", "01.003", "01.004"],
    ],
)
def test_the_marked_column_tells_the_rank(names):
    assert ranks(names) == ["01.001", "01.002", "01.003", "01.004", None]


def test_the_same_words_under_state_management_are_levels_and_no_ranks():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Quản lý nhà nước", None, None],
        [None, None, None, "CVC", "CV", "CS"],
        [1, "Hà Thị Vân Anh", 1983, None, "x", None],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:F1"]
    [told] = values(read(build.xlsx({"Sở Y tế": rows}, merges))).values()
    assert (told.get("state_level"), told.get("rank_code")) == ("CV", None)


def test_one_column_of_ranks_with_code_and_name_below_stays_as_it_is():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Ngạch công chức", None],
        [None, None, None, "Mã số", "Tên ngạch"],
        [1, "Hà Thị Vân Anh", 1983, "01.003", "Chuyên viên"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
    [told] = values(read(build.xlsx({"Sở Y tế": rows}, merges))).values()
    assert told["rank_code"] == "01.003"


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["ĐẢNG BỘ XÃ PA Ủ", "CHI BỘ TRƯỜNG MẦM NON"], "Đảng bộ xã Pa Ủ"),
        (["ĐẢNG BỘ TỈNH LAI CHÂU", "ĐẢNG ỦY XÃ SÍN THẦU"], "Đảng ủy xã Sín Thầu"),
        (["ĐẢNG BỘ HUYỆN MƯỜNG NHÉ", "UBND XÃ SÍN THẦU"], "UBND xã Sín Thầu"),
    ],
)
def test_a_party_organisation_in_the_letterhead_is_a_unit(lines, unit):
    rows = [
        *([line] for line in lines),
        ["DANH SÁCH ĐẢNG VIÊN"],
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ"],
        [1, "Lù Thị Pạn", 1986, "Hiệu phó"],
    ]
    [told] = values(read(build.xlsx({"Sheet1": rows}))).values()
    assert told["unit"] == unit


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Chuyên viên, bậc 6/9", "01.003"),
        ("CVC (bậc 2)", "01.002"),
        ("Cán sự bậc 3/12", "01.004"),
        ("01.003 bậc 5", "01.003"),
    ],
)
def test_the_step_behind_a_rank_says_nothing_of_the_rank(cell, code):
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Ngạch, bậc"],
        [1, "Hà Thị Vân Anh", 1983, cell],
        [2, "Đỗ Quốc Bảo", 1994, "Bậc 4"],
    ]
    first, second = values(read(build.xlsx({"Sở Y tế": rows}))).values()
    assert (first["rank_code"], second.get("rank_code")) == (code, None)

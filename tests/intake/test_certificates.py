"""Certificates in one column: each cell says of what it is, or it is asked."""

import pytest

from cadres.intake.parsing.certificates import parse_certificates
from tests.intake import build
from tests.intake.reading import read

pytestmark = pytest.mark.no_database

BASE = ["TT", "Họ và tên", "Năm sinh", "Chức vụ"]


def told(headings, *cells):
    """[(it_level, foreign_language)] of the people, the numbers of those asked about."""
    rows = [(BASE if n == 0 else [None] * 4) + line for n, line in enumerate(headings)]
    rows += [[n, f"Lò Văn {'ABCDE'[n]}", 1980 + n, "Kế toán", *c] for n, c in enumerate(cells)]
    roster = read(build.xlsx({"Xã Na Sang": rows}))
    found = [
        (row.values.get("it_level"), row.values.get("foreign_language")) for row in roster.rows
    ]
    asked = [i.row - len(headings) for i in roster.issues if i.code == "unknown_certificate"]
    assert len(asked) == len(roster.issues)
    return found, asked


@pytest.mark.parametrize(
    ("text", "more", "asked"),
    [
        ("B Tin học", {"it_level": "B Tin học"}, False),
        ("Tin học B1", {"it_level": "Tin học B1"}, False),
        ("Ứng dụng CNTT cơ bản", {"it_level": "Ứng dụng CNTT cơ bản"}, False),
        ("Trung cấp tin học", {"it_level": "Trung cấp tin học"}, False),
        ("A2 tiếng Anh", {"foreign_language": "A2 tiếng Anh"}, False),
        ("B1", {"foreign_language": "B1"}, False),  # no level of informatics
        ("Bậc 3/6", {"foreign_language": "Bậc 3/6"}, False),
        ("B tin học; Anh B", {"it_level": "B tin học", "foreign_language": "Anh B"}, False),
        ("THB - AVA", {"it_level": "THB", "foreign_language": "AVA"}, False),
        ("Tin học A và tiếng Mông", {"it_level": "Tin học A", "ethnic_languages": ["Mông"]}, False),
        ("B", {}, True),
        ("Chứng chỉ B", {}, True),
        ("x", {}, True),
        ("Tin học Anh văn B", {}, True),
        ("B, A2", {"foreign_language": "A2"}, True),
        ("Kế toán trưởng", {}, True),
        ("-", {}, False),
        ("Không", {}, False),
    ],
)
def test_what_a_cell_says_of_itself(text, more, asked):
    outcome = parse_certificates(text, text)
    assert (outcome.value, outcome.more or {}) == (None, more)
    assert outcome.code == ("unknown_certificate" if asked else "")


@pytest.mark.parametrize(
    "headings",
    [
        [["Chứng chỉ"]],
        [["Chứng chỉ tin học, ngoại ngữ"]],
        [["Ngoại ngữ, tin học"]],
        [["Tin học - ngoại ngữ"], ["Chứng chỉ"]],
    ],
)
def test_under_a_heading_of_both_a_letter_alone_is_asked(headings):
    assert told(headings, ["B Tin học"], ["A2 tiếng Anh"], ["B"]) == (
        [("B Tin học", None), (None, "A2 tiếng Anh"), (None, None)], [3],
    )  # fmt: skip


def test_under_a_heading_of_one_a_letter_is_of_that():
    both = [["Tin học", "Ngoại ngữ"], ["Chứng chỉ", "Chứng chỉ"]]
    assert told(both, ["B", "A"], ["A", "B1"]) == ([("B", "A"), ("A", "B1")], [])


def test_a_column_of_its_own_tells_first_and_other_certificates_are_left_out():
    beside = [["Trình độ tin học", "Chứng chỉ"]]
    assert told(beside, ["C", "B Tin học"], [None, "A Tin học"]) == (
        [("C", None), ("A Tin học", None)], [],
    )  # fmt: skip
    other = [["Chứng chỉ"]]
    assert told(other, ["Kế toán trưởng"], ["Đấu thầu"], ["Nghiệp vụ sư phạm"]) == (
        [(None, None)] * 3, [],
    )  # fmt: skip

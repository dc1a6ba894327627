"""Binary workbooks (.xlsb), made record by record."""

import datetime

import pytest

from cadres.intake.types import IntakeError
from tests.intake import build
from tests.intake.reading import read, values

pytestmark = pytest.mark.no_database

ROWS = [
    ["DANH SÁCH CÁN BỘ"],
    ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Trình độ chuyên môn", "Số CCCD"],
    [1, "Nguyễn Văn An", datetime.date(1985, 3, 7), "Chủ tịch", "Đại học", "020085001234"],
    [2, "Lò Thị Hoa", "1990", "#N/A", "Thạc sĩ", None],
]


def test_values_days_and_numbers_are_read():
    roster = read(build.xlsb(ROWS))
    assert roster.kind == "xlsb"
    assert values(roster) == {
        3: {"full_name": "Nguyễn Văn An", "birth_date": "1985-03-07", "position": "Chủ tịch",
            "professional_level": "DH", "personal_id": "020085001234"},
        4: {"full_name": "Lò Thị Hoa", "birth_date": "1990", "professional_level": "THS"},
    }  # fmt: skip


def test_an_error_cell_is_told_and_never_blank():
    issues = read(build.xlsb(ROWS)).issues
    found = [(i.code, i.row, i.column, i.value) for i in issues]
    assert found == [("error_cell", 4, "D", "#N/A")]


def test_a_hidden_sheet_is_left_out():
    with pytest.raises(IntakeError) as caught:
        read(build.xlsb(ROWS, hidden=True))
    assert caught.value.code == "no_people"


def test_a_file_cut_anywhere_is_read_or_refused():
    data = build.xlsb(ROWS)
    for end in range(len(data) // 4, len(data), len(data) // 5):
        with pytest.raises(IntakeError):
            read(data[:end])

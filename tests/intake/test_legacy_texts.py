"""TCVN3, VNI and fonts of capitals in layouts that are not among the samples."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import pytest

from tests.intake import build
from tests.intake.legacy import encode
from tests.intake.reading import read, values

pytestmark = pytest.mark.no_database


LEGACY_ROWS = [
    [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Dân tộc",
        "Chức vụ",
        "Trình độ chuyên môn",
        "Đơn vị công tác",
    ],
    [
        "1",
        "Nguyễn Văn Hưng",
        "05/06/1970",
        "Tày",
        "Chủ tịch Hội đồng nhân dân",
        "Trung cấp",
        "Xã Bình Gia",
    ],
    ["2", "Đặng Thị Tuyết", "1/12/1968", "Nùng", "Phó Chủ tịch", "Đại học", "Xã Bình Gia"],
    ["3", "Lường Quý Mạnh", "1975", "Kinh", "Trưởng Công an", "Sơ cấp", "Xã Hồng Phong"],
    ["4", "Hoàng Ngọc Ước", "1972", "Dao", "Địa chính", "Chưa qua đào tạo", "Xã Hồng Phong"],
]


@pytest.mark.parametrize("code", ["tcvn3", "vni"])
@pytest.mark.parametrize("form", ["xlsx", "xls", "csv", "ods"])
def test_legacy_text_without_a_telling_font(code, form):
    rows = [[encode(text, code) for text in row] for row in LEGACY_ROWS]
    data = {
        "xlsx": lambda: build.xlsx({"Sheet1": rows}),
        "xls": lambda: build.xls(rows),
        "csv": lambda: build.delimited(rows, ";", "latin-1"),
        "ods": lambda: build.ods(rows),
    }[form]()
    roster = read(data)
    got = values(roster)
    assert roster.text == code and roster.kind == form
    assert [got[n]["full_name"] for n in (2, 3, 4, 5)] == [row[1] for row in LEGACY_ROWS[1:]]
    assert [got[n]["unit"] for n in (2, 5)] == ["Xã Bình Gia", "Xã Hồng Phong"]
    assert [got[n]["professional_level"] for n in (2, 3, 4, 5)] == ["TC", "DH", "SC", "CDT"]


def test_rows_of_two_encodings_in_one_sheet():
    rows = [LEGACY_ROWS[0], LEGACY_ROWS[1], LEGACY_ROWS[2]]
    rows += [[encode(text, "tcvn3") for text in row] for row in LEGACY_ROWS[3:]]

    def fonts(book):
        from openpyxl.styles import Font

        for line in book.worksheets[0].iter_rows(min_row=4):
            for cell in line:
                cell.font = Font(name=".VnTime")

    roster = read(build.xlsx({"Sheet1": rows}, edit=fonts))
    assert roster.text == "mixed"
    assert [r.values["full_name"] for r in roster.rows] == [row[1] for row in LEGACY_ROWS[1:]]


def test_capitals_font():
    rows = [LEGACY_ROWS[0], [1, "nguyÔn v¨n ­íc", "1970", "Tµy", "Chñ tÞch", "§H", "X· A Lưới"]]

    def fonts(book):
        from openpyxl.styles import Font

        sheet = book.worksheets[0]
        sheet["B2"].font = Font(name=".VnTimeH")
        for letter in "DEF":
            sheet[f"{letter}2"].font = Font(name=".VnArial")

    roster = read(build.xlsx({"Sheet1": rows}, edit=fonts))
    assert roster.rows[0].values["full_name"] == "Nguyễn Văn Ước"
    assert roster.rows[0].values["position"] == "Chủ tịch"
    assert roster.rows[0].values["ethnic_group"] == "Tày"


@pytest.mark.parametrize("code", ["tcvn3", "vni"])
def test_columns_of_marks_and_short_words_follow_the_other_columns(code):
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đảng viên", "SĐT", "Mã CB", "Trình độ", "Đối tượng QPAN"],
        ["1", "Nguyễn Văn Hưng", "1970", "Chủ tịch Hội đồng nhân dân", "x", "0914621782", "CB1", "CĐ", "ĐT 4"],
        ["2", "Đặng Thị Tuyết", "1968", "Phó Chủ tịch", "", "0914621783", "CB2", "ĐH", "ĐT 3"],
    ]  # fmt: skip
    data = build.xlsx({"Sheet1": [[encode(text, code) for text in row] for row in rows]})
    fields = ("party_member", "phone", "staff_code", "professional_level", "defence_group")
    assert [tuple(one.get(f) for f in fields) for one in values(read(data)).values()] == [
        (True, "0914621782", "CB1", "CD", "4"), (False, "0914621783", "CB2", "DH", "3"),
    ]  # fmt: skip

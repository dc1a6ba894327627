"""Where tables, groups and their context stand: layouts that are not among the samples."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import pytest

from tests.intake import build
from tests.intake.reading import kinds, read, values

pytestmark = pytest.mark.no_database


def test_kind_groups_outside_unit_groups():
    rows = [
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"],
        ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Dân tộc"],
        ["A", "CÁN BỘ"],
        ["I", "Xã Mường Lống"],
        [1, "Lầu Bá Chò", "1/1/1980", "Bí thư", "Mông"],
        ["II", "Xã Huồi Tụ (1 người)"],
        [1, "Vừ Bá Tểnh", "1/1/1981", "Chủ tịch", "Mông"],
        ["B", "CÔNG CHỨC"],
        ["I", "Xã Mường Lống"],
        [1, "Hờ Y Dếnh", "1/1/1982", "Tư pháp - hộ tịch", "Mông"],
        ["II", "Xã Huồi Tụ"],
        [1, "Lo Văn May", "1/1/1983", "Văn hóa - xã hội", "Khơ Mú"],
        ["C", "NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH CẤP XÃ"],
        ["I", "Xã Mường Lống"],
        [1, "Moong Văn Nghệ", "1/1/1984", "Văn thư", "Khơ mú"],
    ]
    got = values(read(build.xlsx({"Sheet1": rows})))
    told = {row: (v["staff_kind"], v["unit"]) for row, v in got.items()}
    assert told == {
        5: ("CB", "Xã Mường Lống"), 7: ("CB", "Xã Huồi Tụ"), 10: ("CC", "Xã Mường Lống"),
        12: ("CC", "Xã Huồi Tụ"), 15: ("KCTX", "Xã Mường Lống"),
    }  # fmt: skip
    assert got[12]["ethnic_group"] == "Khơ mú"


def test_letterhead_tells_the_unit():
    rows = [
        ["ỦY BAN NHÂN DÂN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["XÃ NẬM CẮN", None, None, "Độc lập - Tự do - Hạnh phúc"],
        ["Số: 12/BC-UBND", None, None, "Nậm Cắn, ngày 5 tháng 9 năm 2026"],
        [],
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"],
        ["(Kèm theo Báo cáo số 12/BC-UBND ngày 05/9/2026)"],
        [],
        ["STT", "Họ và tên", "Ngày tháng năm sinh", "Nữ", "Dân tộc", "Chức vụ", "Đảng viên"],
        [None, "1. Cán bộ"],
        [1, "Lỳ Y Mai", "2/3/1985", "x", "Mông", "Bí thư Đảng ủy", "x"],
        [2, "Già Bá Chù", "4/6/1979", None, "Mông", "Chủ tịch UBND", "x"],
        [None, "2. Công chức"],
        [3, "Xeo Văn Hùng", "9/9/1990", None, "Khơ Mú", "Địa chính - xây dựng", None],
        [None, None, None, None, None, None, None],
        ["NGƯỜI LẬP", None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, None, None, None, "CHỦ TỊCH"],
        [],
        [],
        ["Lỳ Y Mai", None, None, None, "Già Bá Chù"],
    ]
    roster = read(build.xlsx({"Sheet1": rows}))
    got = values(roster)
    assert sorted(got) == [10, 11, 13]
    assert {v["unit"] for v in got.values()} == {"UBND xã Nậm Cắn"}
    assert [got[n]["staff_kind"] for n in (10, 11, 13)] == ["CB", "CB", "CC"]
    assert [got[n]["gender"] for n in (10, 11, 13)] == ["nu", "nam", "nam"]
    assert got[13]["party_member"] is False
    assert {kinds(roster)[n] for n in (15, 16, 19)} == {"signature"}


def test_unit_in_the_line_above_each_table_and_signatures_between():
    head = ["TT", "Họ và tên", "Năm sinh", "Chức vụ", "Trình độ"]
    rows = [
        ["DANH SÁCH VIÊN CHỨC"],
        ["Đơn vị: Trường THCS Tà Cạ"],
        head,
        [1, "Trần Thị Hà", 1985, "Giáo viên", "ĐHSP Toán"],
        [2, "Lê Văn Bình", 1979, "Hiệu trưởng", "Thạc sĩ"],
        ["Tổng số: 02 người"],
        [None, None, None, "HIỆU TRƯỞNG"],
        [],
        [],
        [None, None, None, "Lê Văn Bình"],
        [],
        ["DANH SÁCH VIÊN CHỨC"],
        ["Đơn vị: Trường Mầm non Mường Xén"],
        head,
        [1, "Ngô Thị Thu", 1990, "Giáo viên", "CĐSP Mầm non"],
        [2, "Vi Thị Oanh", 1992, "Kế toán", "Cao đẳng Kế toán"],
    ]
    roster = read(build.xlsx({"Sheet1": rows}))
    got = values(roster)
    assert {n: got[n]["unit"] for n in got} == {
        4: "Trường THCS Tà Cạ", 5: "Trường THCS Tà Cạ",
        15: "Trường Mầm non Mường Xén", 16: "Trường Mầm non Mường Xén",
    }  # fmt: skip
    assert (got[4]["professional_level"], got[4]["professional_major"]) == ("DH", "Toán")
    assert [kinds(roster)[n] for n in (6, 7, 10, 12, 13, 14)] == [
        "total", "signature", "signature", "title", "title", "header",
    ]  # fmt: skip


def test_header_repeated_by_page_breaks_and_subtotals():
    head = ["STT", "HỌ VÀ TÊN", "NGÀY SINH", "GIỚI TÍNH", "CƠ QUAN CÔNG TÁC", "CHỨC VỤ"]
    rows = [head, ["1", "2", "3", "4", "5", "6"]]
    rows += [
        [n, f"Đỗ Văn {w}", "1/1/1980", "Nam", "Sở Y tế", "Bác sĩ"] for n, w in enumerate("ABC", 1)
    ]
    rows += [["Cộng trang 1", None, "3"], head]
    rows += [
        [n, f"Đỗ Thị {w}", "1/1/1980", "Nữ", "Sở Y tế", "Y tá"] for n, w in enumerate("DEG", 4)
    ]
    roster = read(build.xlsx({"Sheet1": rows}))
    assert sorted(values(roster)) == [3, 4, 5, 8, 9, 10]
    assert (
        kinds(roster)[7] == "header" and kinds(roster)[2] == "index" and kinds(roster)[6] == "total"
    )


def test_unit_named_once_and_merged_kind():
    rows = [
        ["Đơn vị", "TT", "Họ và tên", "Sinh ngày", "Đối tượng", "Chức danh"],
        ["1. UBND xã Bắc Lý", 1, "Cụt Văn Hoa", "1/2/1980", "Cán bộ", "Bí thư"],
        [None, 2, "Moong Thị Lan", "3/4/1985", None, "Chủ tịch"],
        [None, 3, "Lương Văn Tám", "5/6/1990", "Công chức", "Kế toán"],
        ["2. UBND xã Na Ngoi", 4, "Xồng Bá Rê", "7/8/1979", "Cán bộ", "Bí thư"],
        [None, 5, "Hạ Bá Dềnh", "9/10/1988", None, "nt"],
    ]
    got = values(read(build.xlsx({"Sheet1": rows}, ["E2:E3", "E5:E6"])))
    assert {n: (v["unit"], v["staff_kind"]) for n, v in got.items()} == {
        2: ("UBND xã Bắc Lý", "CB"), 3: ("UBND xã Bắc Lý", "CB"), 4: ("UBND xã Bắc Lý", "CC"),
        5: ("UBND xã Na Ngoi", "CB"), 6: ("UBND xã Na Ngoi", "CB"),
    }  # fmt: skip
    assert got[6]["position"] == "Bí thư"


@pytest.mark.parametrize("down", [0, 7])
@pytest.mark.parametrize("right", [0, 4])
def test_table_starts_anywhere(down, right):
    rows = [[]] * down + [
        [None] * right + row
        for row in (
            ["Stt", "Họ, tên", "Số định danh", "Sinh năm", "Tên đơn vị"],
            [1, "Đinh Văn Đá", "064075001111", "1975", "Xã Kon Chiêng"],
            [2, "A Phông", "064080001112", "1980", "Xã Kon Chiêng"],
        )
    ]
    roster = read(build.xlsx({"Sheet1": rows}))
    assert [r.row for r in roster.rows] == [down + 2, down + 3]
    assert [r.values["full_name"] for r in roster.rows] == ["Đinh Văn Đá", "A Phông"]


def test_sheet_names_tell_kind_or_unit():
    head = ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"]
    sheets = {
        "Cán bộ": [head, [1, "Lê Văn A", "1/1/1980", "Bí thư", "Xã Trung Lý"]],
        "Công chức": [head, [1, "Lê Văn B", "1/1/1981", "Kế toán", "Xã Trung Lý"]],
    }
    got = values(read(build.xlsx(sheets)))
    assert {v["staff_kind"] for (s, _), v in got.items() if s == "Cán bộ"} == {"CB"}
    assert {v["staff_kind"] for (s, _), v in got.items() if s == "Công chức"} == {"CC"}
    plain = ["TT", "Họ và tên", "Ngày sinh", "Chức vụ"]
    sheets = {
        "1. Xã Mường Chanh": [plain, [1, "Lê Văn A", "1/1/1980", "Bí thư"]],
        "TT Mường Lát": [plain, [1, "Lê Văn B", "1/1/1981", "Kế toán"]],
    }
    got = values(read(build.xlsx(sheets)))
    assert sorted(v["unit"] for v in got.values()) == ["TT Mường Lát", "Xã Mường Chanh"]


def test_a_header_repeated_on_each_page_goes_on_with_its_groups():
    head = ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Chức danh", "Trình độ chuyên môn"]

    def person(number, name):
        return [number, name, 1980 + number, "Nam", "Chuyên viên", "ĐH"]

    rows = [
        ["SỞ NỘI VỤ"],
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC CÁC XÃ"],
        head,
        ["I", "UBND xã Nà Hỳ"],
        ["A", "Cán bộ"],
        person(1, "Lò Văn Một"),
        head,
        person(2, "Lò Văn Ba"),
        ["B", "Công chức"],
        person(1, "Lò Văn Bốn"),
        ["Cộng trang", None, "3"],
        head,
        person(2, "Lò Văn Năm"),
        ["II", "UBND xã Nà Bủng"],
        head,
        person(3, "Lò Văn Sáu"),
    ]
    got = values(read(build.xlsx({"Sheet1": rows})))
    told = {row: (v["unit"], v.get("staff_kind")) for row, v in got.items()}
    assert told == {
        6: ("UBND xã Nà Hỳ", "CB"), 8: ("UBND xã Nà Hỳ", "CB"), 10: ("UBND xã Nà Hỳ", "CC"),
        13: ("UBND xã Nà Hỳ", "CC"), 16: ("UBND xã Nà Bủng", None),
    }  # fmt: skip


def test_a_new_title_over_the_same_header_begins_anew():
    head = ["STT", "Họ và tên", "Năm sinh", "Chức danh", "Trình độ chuyên môn"]
    rows = [
        ["DANH SÁCH CÁN BỘ XÃ NÀ HỲ"],
        head,
        ["A", "Cán bộ"],
        [1, "Lò Văn Một", 1980, "Bí thư", "ĐH"],
        ["DANH SÁCH CÁN BỘ XÃ NÀ BỦNG"],
        head,
        [1, "Lò Văn Hai", 1981, "Bí thư", "ĐH"],
    ]
    got = values(read(build.xlsx({"Sheet1": rows})))
    told = {row: (v["unit"], v.get("staff_kind")) for row, v in got.items()}
    assert told == {4: ("Xã Nà Hỳ", "CB"), 7: ("Xã Nà Bủng", None)}


def test_the_unit_of_the_title_holds_for_every_page():
    head = ["STT", "Họ và tên", "Năm sinh", "Chức danh"]
    rows = [
        ["UBND HUYỆN NẬM PỒ"],
        ["DANH SÁCH CÁN BỘ KHÔNG CHUYÊN TRÁCH XÃ NÀ HỲ"],
        head,
        [1, "Lò Văn Một", 1980, "Công an viên"],
        ["Trang 1/2"],
        head,
        [2, "Lò Văn Hai", 1981, "Thủ quỹ"],
    ]
    got = values(read(build.xlsx({"Sheet1": rows})))
    assert [v["unit"] for v in got.values()] == ["Xã Nà Hỳ", "Xã Nà Hỳ"]


def test_posts_and_words_that_only_look_like_units_are_none():
    head = ["TT", "Họ tên", "Ngày sinh", "Văn hóa", "Chuyên môn"]
    rows = [
        ["TRƯỞNG THÔN, BẢN QUẢN LÝ THEO NHIỆM KỲ 2025-2030"],
        ["Tờ số 1"],
        head,
        ["I", "Bí thư chi bộ"],
        [1, "Lò Văn Một", "1/2/1980", "12/12", "TC"],
        ["II", "Trưởng thôn, bản"],
        [1, "Lò Văn Hai", "1/2/1981", "12/12", "SC"],
        ["III", "BAN THƯỜNG VỤ"],
        [1, "Lò Văn Ba", "1/2/1982", "9/12", "TC"],
    ]
    got = values(read(build.xlsx({"Xã Nà Hỳ": rows})))
    assert {v["unit"] for v in got.values()} == {"Xã Nà Hỳ"} and len(got) == 3


def test_one_degree_a_line_is_one_person_with_the_highest():
    rows = [
        ["DANH SÁCH CÁN BỘ XÃ TAM QUANG"],
        ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Trình độ", "Chuyên ngành", "Năm cấp", "LLCT"],
        [1, "Ngân Văn Tý", "03/04/1979", "Chủ tịch", "Đại học", "Luật", 2001, "Cao cấp"],
        [None, None, None, None, "Thạc sĩ", "Quản lý công", 2015, None],
        [2, "Cụt Thị Mai", "05/06/1989", "Địa chính", "Đại học", "Quản lý đất đai", 2010, None],
        [None, None, None, None, "Bằng nghề", "Kế toán", 2006, "Trung cấp"],
    ]
    merges = ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "H3:H4", "A5:A6", "B5:B6", "C5:C6", "D5:D6"]
    roster = read(build.xlsx({"Sheet1": rows}, merges=merges))
    assert [(i.row, i.column, i.code) for i in roster.issues] == [(6, "E", "unknown_level")]
    assert kinds(roster)[6] == "more"
    got = values(roster)
    fields = ("professional_level", "professional_major", "political_level")
    assert {row: [v[f] for f in fields] for row, v in got.items()} == {
        3: ["THS", "Quản lý công", "CC"],
        5: ["DH", "Quản lý đất đai", "TC"],
    }


def test_villages_in_the_name_column_are_groups_and_a_person_called_ban_is_one():
    rows = [
        ["DANH SÁCH NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH"],
        ["STT", "Họ và tên", "Ngày sinh", "Chức danh", "Chuyên môn"],
        ["A", "XÃ SÍN THẦU"],
        ["1", "Bản Tả Kố Khừ"],
        ["1.1", "Sừng Sừng Khai", "1/2/1981", "Trưởng bản", None],
        ["2", "Bàn Văn Sính"],
        ["B", "XÃ LENG SU SÌN"],
        ["1", "Thôn 3"],
        ["1.1", "Mạ Già Hừ", "3/3/1983", "Trưởng thôn", "TC"],
    ]
    got = values(read(build.xlsx({"Sheet1": rows})))
    assert {row: (v["full_name"], v["unit"]) for row, v in got.items()} == {
        5: ("Sừng Sừng Khai", "Xã Sín Thầu"),
        6: ("Bàn Văn Sính", "Xã Sín Thầu"),
        9: ("Mạ Già Hừ", "Xã Leng Su Sìn"),
    }

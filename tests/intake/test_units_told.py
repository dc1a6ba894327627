"""Whose people a list says they are, in the many places where clerks write it."""

import pytest

from cadres.intake.locating import other_names
from cadres.intake.understanding.contexts import named_unit, proper_unit, unit_in_title
from tests.intake import build
from tests.intake.people import NAMES
from tests.intake.reading import read

pytestmark = pytest.mark.no_database

LIST = [["TT", "Họ và tên", "Năm sinh", "Chức vụ"]] + [
    [n, name, 1980 + n, "Kế toán"] for n, name in enumerate(NAMES, 1)
]


def units(rows, name="Sheet1"):
    """The unit and staff kind of each person."""
    roster = read(build.xlsx({name: rows}))
    return [(row.values.get("unit"), row.values.get("staff_kind")) for row in roster.rows]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ([["Cơ quan quản lý CBCC: Sở Nội vụ"], ["Biểu tổng hợp"]], "Sở Nội vụ"),
        ([["Tỉnh: Lào Cai"], ["Xã: Thượng Hà"]], "Xã Thượng Hà"),
        ([["Đơn vị", "Đảng ủy xã Thanh An"]], "Đảng ủy xã Thanh An"),
        ([["Tên đơn vị báo cáo:", "UBND xã Ia Pa"]], "UBND xã Ia Pa"),
        ([["Xã Sín Chéng - danh sách cán bộ"]], "Xã Sín Chéng"),
        ([["DANH SÁCH"], ["Đơn vị: UBND xã Ia Pa, tỉnh Gia Lai"]], "UBND xã Ia Pa"),
        ([["DANH SÁCH"], ["(Kèm theo Công văn số 12/UBND của UBND xã Ia Pa)"]], "UBND xã Ia Pa"),
        ([["DANH SÁCH"], ["(Kèm theo Công văn số 12/SNV của Sở Nội vụ)"]], None),
        ([["SỞ NGOẠI VỤ / DEPARTMENT OF EXTERNAL AFFAIRS"]], "Sở Ngoại vụ"),
        ([["UBND PHƯỜNG KỲ LỪA"], ["PHÒNG KINH TẾ"], ["DANH SÁCH"]], "UBND phường Kỳ Lừa"),
        (
            [["ĐẢNG ỦY XÃ VĂN BÀN"], ["DANH SÁCH LÃNH ĐẠO XÃ VĂN BÀN NHIỆM KỲ 2026-2031"]],
            "Xã Văn Bàn",
        ),
        (
            [["DANH SÁCH CÔNG CHỨC SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"]],
            "Sở Văn hóa, thể thao và du lịch",
        ),
        ([["DANH SÁCH CÔNG CHỨC SỞ NỘI VỤ, SỞ TÀI CHÍNH"]], None),
        ([["DANH SÁCH CÁN BỘ XÃ NẬM KÈ, HUYỆN MƯỜNG NHÉ, TỈNH ĐIỆN BIÊN"]], "Xã Nậm Kè"),
        ([["ĐẢNG ỦY - HĐND - UBND - UBMTTQ XÃ MƯỜNG GIÔN"]], "Xã Mường Giôn"),
        ([["DANH SÁCH CBCC XÃ MƯỜNG GIÔN SAU SẮP XẾP"]], "Xã Mường Giôn"),
        (
            [["HỘI NÔNG DÂN VIỆT NAM"], ["BCH HỘI NÔNG DÂN XÃ BẢN BO"], ["DANH SÁCH ỦY VIÊN"]],
            "Hội Nông dân xã Bản Bo",
        ),
        ([["DANH SÁCH ĐẢNG VIÊN ĐẢNG ỦY XÃ MƯỜNG KHƯƠNG"]], "Đảng ủy xã Mường Khương"),
    ],
)
def test_the_lines_above_a_list_name_its_unit(above, unit):
    assert units([*above, [], *LIST]) == [(unit, None)] * 3


def test_a_measure_is_no_unit():
    assert units([["Đơn vị tính: đồng"], *LIST], name="Xã A Dơi") == [("Xã A Dơi", None)] * 3


def test_one_group_row_may_name_a_unit_and_the_kind_of_its_people():
    head, *people = LIST
    rows = [head, ["UBND XÃ MẬU DUỆ - CÁN BỘ"], people[0], ["UBND XÃ MẬU DUỆ (công chức)"],
            people[1], ["Viên chức: Trường THCS Du Già"], people[2]]  # fmt: skip
    assert units(rows) == [
        ("UBND xã Mậu Duệ", "CB"), ("UBND xã Mậu Duệ", "CC"), ("Trường THCS Du Già", "VC"),
    ]  # fmt: skip


def test_a_place_called_pho_is_no_town():
    assert proper_unit("XÃ PHỐ BẢNG") == "Xã Phố Bảng"
    assert unit_in_title("DANH SÁCH CÁN BỘ XÃ PHỐ BẢNG") == "Xã Phố Bảng"
    assert proper_unit("UBND THÀNH PHỐ LÀO CAI") == "UBND thành phố Lào Cai"


def test_a_short_word_before_a_place_is_no_list_number():
    assert named_unit("X. Phù Yên") == "X. Phù Yên"
    assert named_unit("X. UBND xã Phù Yên") == "UBND xã Phù Yên"
    assert named_unit("2. Phù Yên") == "Phù Yên"


@pytest.mark.parametrize(
    ("told", "others"),
    [
        ("X. Phù Yên", ["xã Phù Yên"]),
        ("UBND X.Gia Phù", ["UBND xã Gia Phù"]),
        ("P. Kinh tế", ["phường Kinh tế", "phòng Kinh tế"]),
        ("Đảng ủy xã Thanh An", ["xã Thanh An"]),
        ("HĐND xã Thanh An", ["xã Thanh An"]),
        ("Xã Sín Thầu, tỉnh Điện Biên", ["Xã Sín Thầu"]),
        ("Phòng Văn hóa - Xã hội - UBND xã Mường Bo", ["UBND xã Mường Bo"]),
        ("Phòng Kinh tế, xã Tả Van", ["xã Tả Van"]),
        ("Trạm Y tế, xã Tả Van", []),
        ("Đảng ủy các cơ quan tỉnh", []),
        ("Xã Thanh An", []),
    ],
)
def test_other_names_under_which_the_tree_may_know_a_unit(told, others):
    assert list(other_names(told)) == others


@pytest.mark.parametrize("to", ["Kính gửi: Trường Chính trị tỉnh", "Kính gửi:\n- Sở Nội vụ"])
def test_whom_a_letter_is_for_is_not_whose_people_it_lists(to):
    rows = [["UBND XÃ YÊN TRỊ"], ["Số: 215/UBND"], [to], ["- Trường Chính trị tỉnh."], [], []]
    assert units([*rows, *LIST]) == [("UBND xã Yên Trị", None)] * 3


def test_each_list_of_a_sheet_may_have_its_own_letterhead_beside_the_motto():
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    rows = []
    for name in ("XÃ A DƠI", "SỞ NỘI VỤ"):
        rows += [[name, None, motto], [None, None, "Độc lập - Tự do - Hạnh phúc"],
                 ["DANH SÁCH CÁN BỘ"], *LIST, [None, None, "CHỦ TỊCH"],
                 [None, None, "(Ký, đóng dấu)"], []]  # fmt: skip
    assert units(rows) == [("Xã A Dơi", None)] * 3 + [("Sở Nội vụ", None)] * 3


def test_a_list_under_a_lower_number_is_of_the_unit_of_the_list_before():
    head = ["STT", "Họ và tên", "Chức vụ", "Ngày sinh"]
    rows = [
        ["SỞ TÀI CHÍNH"], ["DANH SÁCH"],
        ["A. CHI CỤC KIỂM LÂM"], ["I. Công chức"], *LIST, [],
        ["II. Lao động hợp đồng"], head, [1, "Vàng A Páo", "Lái xe", "1/2/1990"], [],
        ["B. Lao động khác"], *LIST[:2],
    ]  # fmt: skip
    assert units(rows) == [
        *[("Chi cục Kiểm lâm", "CC")] * 3, ("Chi cục Kiểm lâm", None), ("Sở Tài chính", None),
    ]  # fmt: skip


def test_the_inspectors_of_a_department_are_a_part_of_it():
    head, *people = LIST
    rows = [["SỞ XÂY DỰNG"], ["DANH SÁCH"], head, ["Thanh tra Sở"], *people]
    assert units(rows) == [("Sở Xây dựng", None)] * 3


def test_lists_by_kind_with_other_columns_are_of_the_unit_told_before_them():
    head = ["STT", "Họ và tên", "Chức vụ", "Ngày sinh"]
    rows = []
    for unit in ("Xã A Dơi", "Xã Ba Tầng"):
        rows += [[f"Đơn vị: {unit}"], ["Cán bộ"], *LIST[:2], [],
                 ["Công chức"], head, [1, "Vàng A Páo", "Lái xe", "1/2/1990"], []]  # fmt: skip
    assert units(rows) == [
        ("Xã A Dơi", "CB"), ("Xã A Dơi", "CC"), ("Xã Ba Tầng", "CB"), ("Xã Ba Tầng", "CC"),
    ]  # fmt: skip


def test_the_unit_labelled_above_the_first_list_is_that_of_all_lists():
    rows = [["Đơn vị: Xã A Dơi"], ["DANH SÁCH"], *LIST, [], ["DANH SÁCH BỔ SUNG"],
            ["STT", "Họ và tên", "Chức vụ"], [1, "Vàng A Páo", "Lái xe"]]  # fmt: skip
    assert units(rows) == [("Xã A Dơi", None)] * 4

"""Headings and columns of layouts that are not among the samples, each with its truth by hand."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import datetime

import pytest

from tests.intake import build
from tests.intake.reading import kinds, read, values

pytestmark = pytest.mark.no_database
DAY = datetime.date


def test_headings_without_diacritics():
    rows = [
        ["STT", "Ho va ten", "Ngay sinh", "Gioi tinh", "Dan toc", "So CCCD", "Don vi cong tac",
         "Chuc vu", "Trinh do chuyen mon", "LLCT", "QLNN", "Dang vien", "Dien thoai", "Ghi chu"],
        [1, "Nguyễn Văn An", "07/03/1985", "Nam", "Kinh", "020085001234", "UBND xã Tân Tiến",
         "Chủ tịch UBND", "ThS. Luật", "CC", "CVC", "x", "0912345678", None],
        [2, "LÒ THỊ HOA", "1990", "Nữ", "Thái", "020190001235", "UBND xã Tân Tiến",
         "Văn thư", "TC", "Chưa", "CS", None, 912345679, "Thai sản"],
        [3, "Giàng A Páo", "5/1979", "nam", "H'Mông", None, "UBND xã Yên Phú",
         "Tài chính - kế toán", "Cử nhân Kinh tế", "TCLLCT", "Chưa", "X", "0912.345.680", None],
    ]  # fmt: skip
    got = values(read(build.xlsx({"Sheet1": rows})))
    assert got[2] == {
        "full_name": "Nguyễn Văn An", "birth_date": "1985-03-07", "gender": "nam",
        "ethnic_group": "Kinh", "personal_id": "020085001234", "unit": "UBND xã Tân Tiến",
        "position": "Chủ tịch UBND", "professional_level": "THS", "professional_major": "Luật",
        "political_level": "CC", "state_level": "CVC", "party_member": True, "phone": "0912345678",
    }  # fmt: skip
    assert got[3] == {
        "full_name": "Lò Thị Hoa", "birth_date": "1990", "gender": "nu", "ethnic_group": "Thái",
        "personal_id": "020190001235", "unit": "UBND xã Tân Tiến", "position": "Văn thư",
        "professional_level": "TC", "political_level": "CHUA", "state_level": "CS",
        "party_member": False, "phone": "0912345679", "note": "Thai sản",
    }  # fmt: skip
    assert got[4]["birth_date"] == "1979-05" and got[4]["ethnic_group"] == "Mông"
    assert got[4]["professional_major"] == "Kinh tế" and got[4]["state_level"] == "CHUA"


def test_english_with_other_words():
    rows = [
        ["Attendance list"], [],
        ["#", "Participant name", "Sex", "DOB", "Ethnic group", "Citizen ID", "Job title", "Agency",
         "Degree", "Major", "Political theory", "CPV member", "Mobile", "E-mail address", "Size"],
        [1, "Vàng Thị Mai", "F", DAY(1988, 5, 6), "Mông", "002188001111", "Clerk", "Sở Nội vụ",
         "Bachelor", "Law", "Intermediate", "No", "0912000111", "mai@x.gov.vn", "M"],
        [2, "Lê Quang Huy", "M", DAY(1979, 12, 1), "Kinh", "002079001112", "Director", "Sở Tư pháp",
         "Master", "Economics", "Advanced", "Yes", "0912000112", "huy@x.gov.vn", "L"],
        [3, "Hoàng Tùng", "M", DAY(1981, 1, 31), "Tày", "002081001113", "Officer", "Sở Tư pháp",
         "College", "IT", "Intermediate", "Yes", "0912000113", "tung@x.gov.vn", "XL"],
    ]  # fmt: skip
    got = values(read(build.xlsx({"Participants": rows})))
    assert got[4] == {
        "full_name": "Vàng Thị Mai", "gender": "nu", "birth_date": "1988-05-06",
        "ethnic_group": "Mông", "personal_id": "002188001111", "position": "Clerk",
        "unit": "Sở Nội vụ", "professional_level": "DH", "professional_major": "Law",
        "political_level": "TC", "party_member": False, "phone": "0912000111",
        "email": "mai@x.gov.vn",
    }  # fmt: skip
    assert got[5]["political_level"] == "CC" and got[6]["professional_level"] == "CD"


MATRIX_HEAD = [
    ["TT", "Họ và tên", "Ngày sinh", "Giới tính", None, "Dân tộc", "Chức danh", "Đảng viên", None,
     "Trình độ", None, None, None, None, None, None, None, None, None, None, None, None, "Tiếng dân tộc",
     None, None, "QP-AN", None, None, "Ghi chú"],
    [None, None, None, "Nam", "Nữ", None, None, "Ngày vào Đảng", "Chính thức",
     "Chuyên môn", None, None, None, None, "Lý luận chính trị", None, None, "Quản lý nhà nước", None, None,
     "Tin học", "Ngoại ngữ", "Mông", "Thái", "Dao", "ĐT2", "ĐT3", "ĐT4", None],
    [None, None, None, None, None, None, None, None, None, "Trên ĐH", "Đại học", "CĐ", "TC", "Chưa qua ĐT",
     "Cao cấp, cử nhân", "TC", "SC", "CVC và TĐ", "CV và TĐ", "CS", None, None, None, None, None,
     None, None, None, None],
]  # fmt: skip
MATRIX_MERGES = [
    "A1:A3", "B1:B3", "C1:C3", "D1:E1", "D2:D3", "E2:E3", "F1:F3", "G1:G3", "H1:I1", "H2:H3", "I2:I3",
    "J1:V1", "J2:N2", "O2:Q2", "R2:T2", "U2:U3", "V2:V3", "W1:Y1", "W2:W3", "X2:X3", "Y2:Y3",
    "Z1:AB1", "Z2:Z3", "AA2:AA3", "AB2:AB3", "AC1:AC3", "A5:AC5",
]  # fmt: skip


def _marks(**places):
    line = [None] * 29
    for letters, value in places.items():
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter) - 64
        line[index - 1] = value
    return line


def test_matrices_of_every_kind():
    rows = [
        *MATRIX_HEAD,
        [f"({i})" for i in range(1, 30)],
        ["I. SỞ NỘI VỤ"],
        _marks(A=1, B="Vừ A Chá", C="1/2/1980", D="x", F="Mông", G="Giám đốc", H="03/02/2005",
               I="03/02/2006", J="x", O="x", R="✓", W="x", X="x", Z="x"),
        _marks(A=2, B="Lò Thị Xuân", C="15/8/1990", E="X", F="Thái", G="Chuyên viên", K="ĐH Vinh",
               M="2009", P=1, S="x", U="B", V="Anh B1", X="x", AB="x", AC="Mới"),
        _marks(A=3, B="Bàn Văn Sinh", C="1975", D=1, F="Dao", G="Lái xe", N="x", Q="x"),
        ["Cộng", None, None, 2, 1],
    ]  # fmt: skip
    roster = read(build.xlsx({"Biểu": rows}, MATRIX_MERGES))
    got = values(roster)
    assert [kinds(roster)[n] for n in range(1, 10)] == [
        "header", "header", "header", "index", "group", "data", "data", "data", "total",
    ]  # fmt: skip
    assert got[6] == {
        "full_name": "Vừ A Chá", "birth_date": "1980-02-01", "gender": "nam", "ethnic_group": "Mông",
        "position": "Giám đốc", "party_joined": "2005-02-03", "party_member": True,
        "professional_level": "THS", "political_level": "CC", "state_level": "CVC",
        "ethnic_languages": ["Mông", "Thái"], "defence_group": "2", "unit": "Sở Nội vụ",
    }  # fmt: skip
    assert got[7] == {
        "full_name": "Lò Thị Xuân", "birth_date": "1990-08-15", "gender": "nu", "ethnic_group": "Thái",
        "position": "Chuyên viên", "professional_level": "DH", "political_level": "TC",
        "state_level": "CV", "it_level": "B", "foreign_language": "Anh B1",
        "ethnic_languages": ["Thái"], "defence_group": "4", "note": "Mới", "unit": "Sở Nội vụ",
    }  # fmt: skip
    assert got[8]["professional_level"] == "CDT" and got[8]["political_level"] == "SC"
    assert "party_member" not in got[8] and "state_level" not in got[8]


def test_parents_without_merges_in_csv():
    rows = [
        [
            "Số TT",
            "Họ tên",
            "Năm sinh",
            "",
            "Dân tộc",
            "Chức vụ",
            "Trình độ chuyên môn",
            "",
            "",
            "LLCT",
            "",
        ],
        ["", "", "Nam", "Nữ", "", "", "ĐH", "CĐ", "TC", "CC", "TC"],
        ["1", "Nông Văn Tú", "1980", "", "Tày", "Trưởng thôn", "x", "", "", "", "x"],
        ["2", "Hoàng Thị Lan", "", "12/5/1991", "Nùng", "Bí thư chi bộ", "", "x", "", "x", ""],
        ["3", "Vi Văn Sơn", "3/1977", "", "Tày", "Phó thôn", "", "", "x", "", ""],
    ]
    got = values(read(build.delimited(rows, ";", "utf-8-sig")))
    assert got[3] == {
        "full_name": "Nông Văn Tú", "birth_date": "1980", "gender": "nam", "ethnic_group": "Tày",
        "position": "Trưởng thôn", "professional_level": "DH", "political_level": "TC",
    }  # fmt: skip
    assert got[4]["gender"] == "nu" and got[4]["birth_date"] == "1991-05-12"
    assert got[4]["professional_level"] == "CD" and got[4]["political_level"] == "CC"
    assert got[5]["birth_date"] == "1977-03" and "political_level" not in got[5]


def test_birth_in_three_columns_and_name_in_three():
    rows = [
        [
            "TT",
            "Họ",
            "Tên đệm",
            "Tên",
            "Ngày, tháng, năm sinh",
            None,
            None,
            "Giới tính",
            None,
            "Chức vụ",
        ],
        [None, None, None, None, "Ngày", "Tháng", "Năm", "Nam", "Nữ", None],
        [1, "TRẦN", "THỊ", "HOA", 5, 7, 1985, None, "x", "Kế toán"],
        [2, "LÊ", None, "HÙNG", None, 3, 1979, "x", None, "Văn thư"],
        [3, "ĐIỂU", "K'", "RỨT", None, None, 1990, "x", None, "Bảo vệ"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:G1", "H1:I1", "J1:J2"]
    got = values(read(build.xlsx({"Sheet1": rows}, merges)))
    assert got[3]["full_name"] == "Trần Thị Hoa" and got[3]["birth_date"] == "1985-07-05"
    assert got[3]["gender"] == "nu" and got[4]["gender"] == "nam"
    assert got[4]["full_name"] == "Lê Hùng" and got[4]["birth_date"] == "1979-03"
    assert got[5]["birth_date"] == "1990"


def test_name_heading_over_two_columns():
    rows = [
        ["Stt", "Họ và tên", None, "Năm sinh", "Quê quán", "Chức vụ", "Đơn vị"],
        [1, "Nguyễn Thị", "Bé", 1985, "Nghệ An", "Giáo viên", "Trường TH Số 1"],
        [2, "Trần", "Nam", 1979, "Hà Tĩnh", "Giáo viên", "Trường TH Số 1"],
        [3, "Y Bhiăt", "Niê", 1990, "Đắk Lắk", "Giáo viên", "Trường TH Số 2"],
    ]
    for merges in ([], ["B1:C1"]):
        got = values(read(build.xlsx({"Sheet1": rows}, merges)))
        assert [got[n]["full_name"] for n in (2, 3, 4)] == [
            "Nguyễn Thị Bé",
            "Trần Nam",
            "Y Bhiăt Niê",
        ]


def test_level_columns_without_a_parent():
    rows = [
        [
            "TT",
            "Họ và tên",
            "Ngày sinh",
            "CB",
            "CC",
            "ThS",
            "ĐH",
            "CĐ",
            "TC",
            "Đảng viên",
            "CVC",
            "CV",
            "CS",
        ],
        [1, "Hà Văn Tư", "1/1/1980", "x", None, "x", "x", None, None, "12/5/2010", None, "x", None],
        [2, "Lữ Thị Năm", "2/2/1985", None, "x", None, None, None, "x", None, None, None, "x"],
        [
            3,
            "Kha Văn Sáu",
            "3/3/1990",
            None,
            "x",
            None,
            None,
            "x",
            None,
            "3/2/2015",
            "x",
            None,
            None,
        ],
    ]
    got = values(read(build.xlsx({"Sheet1": rows})))
    assert [got[n]["staff_kind"] for n in (2, 3, 4)] == ["CB", "CC", "CC"]
    assert [got[n]["professional_level"] for n in (2, 3, 4)] == ["THS", "TC", "CD"]
    assert [got[n]["state_level"] for n in (2, 3, 4)] == ["CV", "CS", "CVC"]
    assert got[2]["party_joined"] == "2010-05-12" and got[2]["party_member"] is True
    assert "party_member" not in got[3]


def test_party_column_with_dates_and_planning_posts():
    rows = [
        [
            "STT",
            "Họ tên CBCC",
            "NTNS",
            "Đảng viên",
            "Chức danh quy hoạch",
            "Trình độ",
            "Chuyên môn",
            "VTVL",
        ],
        [
            1,
            "Ngân Văn Ê",
            "1/5/1980",
            "19/5/2004",
            "Chủ tịch UBND xã",
            "Đại học",
            "Luật",
            "Lãnh đạo",
        ],
        [2, "Hà Thị Út", "7/9/1986", None, None, "Cao đẳng", "Kế toán", "Kế toán"],
        [
            3,
            "Vi Văn Ơn",
            "2/3/1990",
            "2/9/2018",
            "Trưởng phòng",
            "Thạc sĩ",
            "Hành chính",
            "Văn thư",
        ],
    ]
    got = values(read(build.xlsx({"Sheet1": rows})))
    assert got[2]["party_joined"] == "2004-05-19" and got[2]["party_member"] is True
    assert "party_member" not in got[3]
    assert got[2]["in_planning"] is True and "in_planning" not in got[3]
    assert (got[4]["professional_level"], got[4]["professional_major"]) == ("THS", "Hành chính")
    assert got[3]["position"] == "Kế toán"


def test_wide_software_export_with_unknown_columns():
    rows = [
        ["Mã hồ sơ", "HoTen", "NgaySinh", "GioiTinh", "DanToc", "TonGiao", "SoCCCD", "NgayCap", "NoiSinh",
         "DonVi", "PhongBan", "ChucVu", "ChucVuDang", "MaNgach", "BacLuong", "HeSo", "NgayHuong",
         "NgayVaoDang", "NgayChinhThuc", "TrinhDoChuyenMon", "ChuyenNganh", "TruongDaoTao", "LLCT",
         "QLNN", "TinHoc", "NgoaiNgu", "SDT", "Email"],
        ["HS01", "Trương Văn Ất", "1980-01-15", "Nam", "Kinh", "Không", "040080001234", "2021-05-05",
         "Vinh", "Sở Công Thương", "Phòng Năng lượng", "Chuyên viên", "Chi ủy viên", "01.003", "3", "3.00",
         "2022-01-01", "2008-06-07", "2009-06-07", "Thạc sĩ", "Điện", "ĐHBK Hà Nội", "Trung cấp",
         "Chuyên viên", "Cơ bản", "Tiếng Anh B1", "0912000999", "at@x.vn"],
        ["HS02", "Phạm Thị Sửu", "1985-02-16", "Nữ", "Thổ", "Không", "040185001235", "2021-05-06",
         "Nghĩa Đàn", "Sở Công Thương", "Văn phòng", "Văn thư", "", "02.008", "2", "2.06",
         "2023-01-01", "", "", "Trung cấp", "Văn thư", "TC Văn thư", "", "", "A", "", "0912000998", "suu@x.vn"],
    ]  # fmt: skip
    got = values(read(build.delimited(rows, "\t", "utf-16")))
    assert got[2] == {
        "staff_code": "HS01", "full_name": "Trương Văn Ất", "birth_date": "1980-01-15", "gender": "nam",
        "ethnic_group": "Kinh", "personal_id": "040080001234", "unit": "Sở Công Thương",
        "position": "Chuyên viên", "rank_code": "01.003", "party_joined": "2008-06-07",
        "party_member": True, "professional_level": "THS", "professional_major": "Điện",
        "political_level": "TC", "state_level": "CV", "it_level": "Cơ bản",
        "foreign_language": "Tiếng Anh B1", "phone": "0912000999", "email": "at@x.vn",
    }  # fmt: skip
    assert got[3]["ethnic_group"] == "Thổ" and "party_member" not in got[3]


def test_stacked_headings_four_deep_with_blank_columns():
    rows = [
        [
            "THÔNG TIN CÁ NHÂN",
            None,
            None,
            None,
            None,
            None,
            "ĐÀO TẠO, BỒI DƯỠNG",
            None,
            None,
            None,
            None,
        ],
        [
            "TT",
            None,
            "Họ và tên",
            "Ngày sinh",
            None,
            "Dân tộc",
            "Chuyên môn",
            None,
            "Bồi dưỡng",
            None,
            None,
        ],
        [None, None, None, "Nam", "Nữ", None, "Trình độ", "Chuyên ngành", "LLCT", "QLNN", "QPAN"],
        [
            1,
            None,
            "Sầm Văn Bính",
            "4/4/1980",
            None,
            "Thái",
            "ĐH",
            "Luật",
            "Cao cấp",
            "CVC",
            "Đối tượng 3",
        ],
        [2, None, "Lang Thị Đinh", None, "5/5/1985", "Thái", "CĐ", "Kế toán", "Sơ cấp", "CV", "4"],
    ]
    merges = ["A1:F1", "G1:K1", "A2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:H2", "I2:K2"]
    got = values(read(build.xlsx({"Sheet1": rows}, merges)))
    assert got[4] == {
        "full_name": "Sầm Văn Bính", "birth_date": "1980-04-04", "gender": "nam", "ethnic_group": "Thái",
        "professional_level": "DH", "professional_major": "Luật", "political_level": "CC",
        "state_level": "CVC", "defence_group": "3",
    }  # fmt: skip
    assert got[5]["gender"] == "nu" and got[5]["defence_group"] == "4"


def test_american_dates_in_the_whole_column():
    rows = [["No.", "Full name", "Birth date", "Position", "Unit"]]
    rows += [[i, f"Lý Văn {w}", d, "Clerk", "Xã Mèo Vạc"] for i, (w, d) in enumerate(
        [("A", "12/25/1980"), ("B", "03/04/1985"), ("C", "1/31/1990"), ("D", "11/15/1979")], 1)]  # fmt: skip
    got = values(read(build.xlsx({"Sheet1": rows})))
    assert [got[n]["birth_date"] for n in (2, 3, 4, 5)] == [
        "1980-12-25", "1985-03-04", "1990-01-31", "1979-11-15",
    ]  # fmt: skip


def test_mapping_of_the_user_wins():
    rows = [
        ["TT", "Họ và tên", "Cột lạ", "Trình độ", "Ghi chú"],
        [1, "Lê Văn Giáp", "0912000111", "Luật", "Sở Y tế"],
        [2, "Lê Văn Ất", "0912000112", "Toán", "Sở Y tế"],
    ]
    mapping = {"Sheet1": {"C": "phone", "D": "professional_major", "E": "unit"}}
    got = values(read(build.xlsx({"Sheet1": rows}), mapping=mapping))
    assert got[2] == {
        "full_name": "Lê Văn Giáp", "phone": "0912000111", "professional_major": "Luật", "unit": "Sở Y tế",
    }  # fmt: skip
    got = values(read(build.xlsx({"Sheet1": rows}), mapping={"Sheet1": {"E": None}}))
    assert "note" not in got[2]

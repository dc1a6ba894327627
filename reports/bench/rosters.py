"""Rosters for the benchmark: a workbook of 25 columns, invented people, the units they name."""

import random
from datetime import date
from io import BytesIO

import openpyxl

from cadres.models import Unit
from cadres.units import place, set_keys

HEADINGS = [
    "STT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD",
    "Đơn vị công tác", "Loại", "Chức vụ", "Mã ngạch", "Đảng viên", "Ngày vào Đảng",
    "Trình độ văn hóa", "Trình độ chuyên môn", "Chuyên ngành đào tạo", "Lý luận chính trị",
    "Quản lý nhà nước", "Tin học", "Ngoại ngữ", "Tiếng dân tộc", "Quốc phòng - An ninh",
    "Điện thoại", "Email", "Ghi chú",
]  # fmt: skip
FAMILY = ["Nguyễn", "Trần", "Hoàng", "Lò", "Nông", "Triệu", "Dương", "Vàng", "Giàng", "Ma"]
MIDDLE = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thu", "Xuân", "Quang"]
GIVEN = ["An", "Bình", "Chi", "Dũng", "Đào", "Giang", "Hà", "Hương", "Khánh", "Lan", "Ưng", "Yến"]
LEVELS = ["Trung cấp", "Cao đẳng", "Đại học", "Thạc sĩ"]
POLITICAL = ["Sơ cấp", "Trung cấp", "Cao cấp"]
STATE = ["Cán sự", "Chuyên viên", "Chuyên viên chính"]


def make_units(count, after=0):
    """Communes for the rows to name, numbered from `after` on."""
    for number in range(after, after + count):
        name = f"Xã Thử nghiệm {number:03d}"
        unit = Unit(code=f"BENCH-{number:03d}", name=name, kind="commune")
        set_keys(unit)
        unit.save()
        place(unit)


def rows(count, *, units, seed=7, changed=0.0):
    """`count` people as lists in the order of HEADINGS; a share `changed` has another position."""
    draw = random.Random(seed)  # noqa: S311 - invented people
    for number in range(count):
        female = draw.random() < 0.5
        born = date(1965 + draw.randrange(38), 1 + draw.randrange(12), 1 + draw.randrange(28))
        century = {False: 0, True: 1}[female] + (2 if born.year >= 2000 else 0)
        yield [
            number + 1,
            f"CB-{number:06d}",
            f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}",
            born,
            "Nữ" if female else "Nam",
            draw.choice(["Kinh", "Tày", "Nùng", "Mông", "Dao"]),
            f"019{century}{born.year % 100:02d}{number:06d}",
            f"Xã Thử nghiệm {number % units:03d}",
            draw.choice(["Cán bộ", "Công chức"]),
            "Trưởng phòng Kinh tế" if number < count * changed else "Chuyên viên",
            "01.003",
            draw.choice(["x", None]),
            None,
            "12/12",
            draw.choice(LEVELS),
            draw.choice(["Luật", "Kế toán", "Quản lý đất đai"]),
            draw.choice(POLITICAL),
            draw.choice(STATE),
            None,
            None,
            None,
            None,
            f"09{number:08d}",
            f"cb{number}@tinh.gov.vn",
            "rà soát",
        ]


def workbook(people):
    """The bytes of an xlsx with these rows."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(HEADINGS)
    for row in people:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()

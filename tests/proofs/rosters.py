"""Rosters made by a seed: people as dicts of cells, headings, and workbooks of them."""

from datetime import date, timedelta
from random import Random

from tests.imports.base import workbook

HEADINGS = {
    "name": "Họ và tên",
    "birth": "Ngày sinh",
    "gender": "Giới tính",
    "group": "Dân tộc",
    "number": "Số CCCD",
    "unit": "Đơn vị",
    "position": "Chức vụ",
    "level": "Trình độ chuyên môn",
    "theory": "Lý luận chính trị",
    "state": "Quản lý nhà nước",
}
FAMILIES = ["Nguyễn", "Lò", "Hoàng", "Vàng", "Giàng", "Đặng", "Trần", "Lường", "Bùi", "Ma"]
MIDDLES = ["Văn", "Thị", "Đức", "A", "Hữu", "Thanh"]
GIVENS = ["Ánh", "Bình", "Cường", "Dũng", "Én", "Hoà", "Khánh", "Lộc", "Mỹ", "Nghĩa", "Ước", "Yến"]
POSITIONS = ["Chủ tịch", "Kế toán", "Văn thư", "Tư pháp - Hộ tịch", "Địa chính"]
LEVELS = ["TC", "CĐ", "ĐH", "Ths"]
FIRST_BIRTH = date(1966, 1, 1)
ROMAN = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"]
UNITS = [f"Xã {name}" for name in ROMAN]


def person(number, *, with_id=True, units=UNITS):
    """The cells of the person of that number: always the same, nobody else's."""
    dice = Random(number)
    birth = FIRST_BIRTH + timedelta(days=number % 14_000)
    name = " ".join(dice.choice(part) for part in (FAMILIES, MIDDLES, GIVENS))
    gender = dice.choice(["Nam", "Nữ"])
    return {
        "name": name,
        "birth": birth.strftime("%d/%m/%Y"),
        "gender": gender,
        "group": dice.choice(["Kinh", "Thái", "Tày", "Mông"]),
        "number": _personal_id(number, birth, gender) if with_id else "",
        "unit": units[number % len(units)],
        "position": dice.choice(POSITIONS),
        "level": dice.choice(LEVELS),
        "theory": dice.choice(["SC", "TC", "CC"]),
        "state": dice.choice(["CV", "CVC"]),
    }


def _personal_id(number, birth, gender):
    """A number that agrees with birth and gender, as a real one does."""
    sign = (birth.year >= 2000) * 2 + (gender == "Nữ")
    return f"{1 + number // 1_000_000:03d}{sign}{birth:%y}{number % 1_000_000:06d}"


def people(numbers, **options):
    """The cells of the people of these numbers."""
    return [person(number, **options) for number in numbers]


def promoted(cells):
    """The same person with another post and a higher level."""
    return cells | {"position": f"Phó phụ trách {cells['position']}", "level": "TS"}


def csv_of(listed):
    """The bytes of a CSV file of people."""
    rows = [list(HEADINGS.values())] + [[one[key] for key in HEADINGS] for one in listed]
    return "\r\n".join(";".join(row) for row in rows).encode()


def xlsx_of(listed):
    """The bytes of a workbook of people."""
    rows = [[one[key] for key in HEADINGS] for one in listed]
    return workbook(rows, headings=list(HEADINGS.values()))

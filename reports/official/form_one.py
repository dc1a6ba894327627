"""Mẫu số 1: results of training by kind of officials (rows) and content (columns), in lượt."""

from cadres.models import Rank
from reports.official.filled import Fact, Filled, Line
from reports.official.grid import from_ranges, layouts
from reports.official.lessons import lessons
from reports.official.mapping import columns_by_category

CODE = "mau-1"
LAYOUT = "mau_so_1_tong_hop_ket_qua_2015"
COLUMNS = [*"DEFGHIJKLMNOPQRSTUVWXYZ", "AA"]
OTHER, TOTAL, MINORITY, WOMEN, ALL = "U", "Y", "Z", "AA", "cong"
KEYS = [
    "1.tinh",
    "1.so",
    "1.huyen",
    "1.phong",
    "2.CVCC",
    "2.CVC",
    "2.CV",
    "2.CS",
    "2.tap-su",
    "3",
    "4.tinh",
    "4.huyen",
    "4.xa",
    "5.CB",
    "5.CC",
    "6",
    ALL,
]
DEPARTMENTS = {"department", "party", "mass_organisation", "public_service", "other"}
COUNCIL = {"province": "4.tinh", "district": "4.huyen", "commune": "4.xa"}


def header():
    """The original grid, rows 6 and 7 of the sheet."""
    return from_ranges(layouts()[LAYOUT]["header"])


def lines():
    """The rows of the form as the original has them."""
    rows = layouts()[LAYOUT]["rows"]
    return [Line(key, tuple(row), strong=key == ALL) for key, row in zip(KEYS, rows, strict=True)]


def fill(asked):
    """The form for what is asked (days, units, lượt to count among)."""
    column_of = columns_by_category(CODE, asked.last)
    groups = dict(Rank.objects.values_list("code", "equivalent_group"))
    filled = Filled(lines(), COLUMNS)
    for lesson in lessons(asked.first, asked.last, units=asked.units, among=asked.among):
        fact = Fact(lesson.pk, lesson.official, lesson.name, lesson.unit or "", lesson.title)
        filled.add(fact, [*kinds_of(lesson, groups), ALL], columns_of(lesson, column_of))
    filled.notes = [
        "Đơn vị tính: lượt; chỉ tính khóa, lớp bắt đầu và kết thúc trong kỳ.",
        "Một lượt có thể nằm ở nhiều dòng từ 1 đến 6, nên dòng Cộng đếm mỗi lượt một lần.",
        "Lượt của người mà biểu không nêu, như công chức chưa ghi ngạch, chỉ nằm ở dòng Cộng.",
        "Nội dung chưa xếp vào cột nào được tính ở cột “Khác”.",
    ]
    return filled


def columns_of(lesson, column_of):
    """The columns under which a lượt counts."""
    found = [column_of.get(lesson.category, OTHER), TOTAL]
    found += [MINORITY] if lesson.minority else []
    return found + ([WOMEN] if lesson.gender == "nu" else [])


def kinds_of(lesson, groups):
    """The rows 1 to 6 under which a lượt counts; none for those whom the form does not name."""
    place = lesson.unit_kind
    if place == "commune":
        found = [f"5.{lesson.staff_kind}"] if lesson.staff_kind in ("CB", "CC") else []
    else:
        found = _rank(lesson, groups)
        found += [_level(lesson)] if lesson.leadership else []
    if lesson.staff_kind in ("KCTX", "KCTT"):
        found.append("6")
    if lesson.in_planning and lesson.staff_kind == "CC":
        found.append("3")
    if "hdnd" in lesson.position_key.split() and place in COUNCIL:
        found.append(COUNCIL[place])
    return [key for key in found if key]


def _level(lesson):
    if "phong" in lesson.position_key.split():
        return "1.phong"
    if lesson.unit_kind in DEPARTMENTS:
        return "1.so"
    return {"province": "1.tinh", "district": "1.huyen"}.get(lesson.unit_kind, "")


def _rank(lesson, groups):
    if lesson.staff_kind != "CC":
        return []
    if "tap su" in lesson.position_key:
        return ["2.tap-su"]
    group = groups.get(lesson.rank_code, "")
    return [f"2.{group}"] if f"2.{group}" in KEYS else []

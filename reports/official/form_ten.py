"""Biểu số 10-BTCTW: people trained by content (rows) and level of their agency, and the classes."""

from reports.official.columns import LINES
from reports.official.filled import Fact, Filled, Line
from reports.official.grid import from_rows, layouts
from reports.official.lessons import lessons
from reports.official.mapping import columns_by_category

CODE = "bieu-10"
LAYOUT = "bieu_10_BTCTW"
COLUMNS = [str(number) for number in range(3, 12)]
# level → (column of all, column of leaders or None)
LEVELS = {"tinh": ("4", "5"), "huyen": ("6", "7"), "xa": ("8", None)}
LEVEL_OF = {"commune": "xa", "district": "huyen"}
OPENED = {"tinh": "10", "huyen": "11", "xa": "11"}
FULL = "full"


def header():
    """The original grid of four rows."""
    return from_rows(layouts()[LAYOUT]["header_rows"])


def lines():
    """The rows of the form."""
    return [Line(key, (number, words), strong=key.count(".") < 1) for key, number, words in LINES]


def fill(asked):
    """The form for what is asked (days, units, lượt to count among)."""
    row_of = columns_by_category(CODE, asked.last)
    filled, nowhere = Filled(lines(), COLUMNS), 0
    for lesson in lessons(asked.first, asked.last, units=asked.units, among=asked.among):
        rows = rows_of(row_of.get(lesson.category), lesson)
        if not rows or not lesson.unit_kind:
            nowhere += 1
            continue
        _add_person(filled, lesson, rows)
        _add_class(filled, lesson, rows)
    filled.notes = [
        "Đơn vị tính: người, mỗi người một lần ở mỗi dòng và mỗi cấp; cột 3 = 4 + 6 + 8.",
        "Cổng không ghi trong nước, ngoài nước, liên kết, nên biểu không tách các dòng con đó.",
    ]
    if nowhere:
        told = f"{nowhere} lượt chưa rõ nội dung hoặc đơn vị, chưa xếp vào dòng nào."
        filled.notes.append(told)
    return filled


def rows_of(key, lesson):
    """The row of a content, those above it, and the one of its mode."""
    if not key:
        return []
    parts = key.split(".")
    rows = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    if key in ("I.2.tc", "I.2.cc", "I.2.cn") and lesson.mode:
        rows.append(f"{key}.{'tt' if lesson.mode == FULL else 'kt'}")
    return rows


def _add_person(filled, lesson, rows):
    level = LEVEL_OF.get(lesson.unit_kind, "tinh")
    everybody, leaders = LEVELS[level]
    columns = ["3", everybody] + ([leaders] if lesson.leadership and leaders else [])
    key = (lesson.official, level)
    filled.add(Fact(key, lesson.official, lesson.name, lesson.unit, lesson.title), rows, columns)


def _add_class(filled, lesson, rows):
    if lesson.training_class is None:
        return
    level = LEVEL_OF.get(lesson.organiser_kind, "tinh")
    fact = Fact(("lop", lesson.training_class), None, lesson.title, "", "lớp")
    filled.add(fact, rows, ["9", OPENED[level]])

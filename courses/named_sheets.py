"""Sheets of schools: a heading row with names, a line for each learner, columns of any meaning.

The names are matched to the learners of one class; whatever cannot be understood is a problem
with its row and column, and nothing is dropped without one.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from cadres.intake.reading.running import read_workbook
from cadres.intake.types import IntakeError, column_letter
from cadres.intake.understanding.texts import Decoder
from trainingplans.lib.dates import PartialDate, show
from trainingplans.lib.text import fold, same_key, tidy

NAME = {"ho va ten", "ho ten", "ho va ten hoc vien", "ho ten hoc vien", "hoc vien", "ten hoc vien"}
NAME |= {"ho va ten can bo", "ho, ten", "ho va ten nguoi hoc"}
FAMILY, GIVEN = {"ho", "ho dem", "ho va dem", "ho va ten dem", "ho lot", "ho va"}, {"ten"}
BIRTH = {"ngay sinh", "nam sinh", "ngay thang nam sinh", "sinh ngay", "ngay, thang, nam sinh"}
UNIT = {"don vi", "don vi cong tac", "co quan", "noi cong tac", "co quan, don vi"}
HEADING_ROWS = 40  # how far down a heading is looked for
HEADING_DEPTH = 3
# What stands below the last name; "Công Thị Hà" is a name, "Cộng: 60" is none.
STOP = re.compile(
    r"tong cong\b|cong(?: so| lai)?\W*(?:\d|$)|danh sach nay co"
    r"|nguoi lap|ngay\b|thu truong|giam doc"
)
ALIKE = 0.75


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell: row as Excel counts, column letter or "", words."""

    row: int
    column: str
    text: str

    def __str__(self):
        column = f", cột {self.column}" if self.column else ""
        return f"Dòng {self.row}{column}: {self.text}"


@dataclass
class Line:
    """A line with a name; `cells`: {column number: text}."""

    row: int
    name: str
    birth: str = ""
    unit: str = ""
    cells: dict = field(default_factory=dict)


@dataclass
class NamedSheet:
    """The table of names of a workbook; `headings`: {column number: words}."""

    title: str
    name_column: int
    headings: dict
    lines: list
    heading_row: int = 1

    def column(self, words):
        """The first column whose heading is one of these (folded), 0 for none."""
        return next((n for n, text in self.headings.items() if fold(text) in words), 0)


def read_named_sheet(data):
    """The first table of names in a workbook; IntakeError for a file without one."""
    for sheet in read_workbook(data).sheets:
        if found := _table_of(sheet):
            return found
    raise IntakeError(
        "no_people",
        "Không thấy cột “Họ và tên” trong tệp. Ghi tiêu đề cột là Họ và tên rồi gửi lại, "
        "hoặc dùng tệp mẫu của lớp.",
    )


def _table_of(sheet):
    decoder = Decoder(sheet)  # old fonts are read as everywhere
    grid = [
        [_text(_decoded(decoder, value, row, column)) for column, value in enumerate(values, 1)]
        for row, values in enumerate(sheet.rows, 1)
    ]
    for place, row in enumerate(grid[:HEADING_ROWS]):
        keys = [fold(text) for text in row]
        name = next((n for n, key in enumerate(keys, 1) if key in NAME), 0)
        given = 0
        if not name:
            name = next((n for n, key in enumerate(keys, 1) if key in FAMILY), 0)
            given = next((n for n, key in enumerate(keys, 1) if key in GIVEN), 0)
            if not (name and given):
                continue
        return _read(sheet.name, grid, place, name, given)
    return None


def _read(title, grid, place, name, given):
    headings, first = _headings(grid, place, name)
    given = given or _second_half(grid, first, name, headings)
    birth = next((n for n, text in headings.items() if fold(text) in BIRTH), 0)
    unit = next((n for n, text in headings.items() if fold(text) in UNIT), 0)
    lines = []
    for number, row in enumerate(grid[first:], first + 1):
        text = tidy(" ".join(filter(None, [_at(row, name), _at(row, given) if given else ""])))
        if not text or text.isdigit():
            continue
        if STOP.match(fold(text)):
            break
        cells = {n: _at(row, n) for n in headings if _at(row, n)}
        lines.append(Line(number, text, _at(row, birth), _at(row, unit), cells))
    return NamedSheet(title, name, headings, lines, place + 1)


def _headings(grid, place, name):
    """({column: words}, index of the first data row): the heading may go on below, with dates."""
    top = {n: text for n, text in enumerate(grid[place], 1) if text}
    headings, first = dict(top), place + 1
    for row in grid[place + 1 : place + HEADING_DEPTH]:
        if _at(row, name) or not any(row):
            break
        if _is_index(row):
            first += 1
            break
        for n, text in enumerate(row, 1):
            if text:
                headings[n] = tidy(f"{headings.get(n) or _left(top, n)} {text}")
        first += 1
    return headings, first


def _left(top, n):
    """The heading of a merged range, which stands in its first column."""
    return next((top[m] for m in range(n, 0, -1) if m in top), "")


def _is_index(row):
    told = [text for text in row if text]
    return bool(told) and all(text.strip("()").isdigit() for text in told)


def _second_half(grid, first, name, headings):
    """The column of given names where “Họ và tên” is spread over two columns, 0 else."""
    if name + 1 in headings:
        return 0
    below = [_at(row, name + 1) for row in grid[first : first + 5]]
    return name + 1 if any(below) else 0


def _at(row, number):
    return row[number - 1] if 0 < number <= len(row) else ""


def _decoded(decoder, value, row, column):
    return decoder.text(value, row, column) if isinstance(value, str) else value


def _text(value):
    """The value of a cell as text; days as dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return show(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy(str(value))


# ---- names to learners -------------------------------------------------------------------------


def match(sheet, learners):
    """({line row: learner}, [Problem]) : each learner once; doubtful and unknown names told."""
    by_name = defaultdict(list)
    for learner in learners:
        by_name[same_key(learner.official.full_name)].append(learner)
        by_name[fold(learner.official.full_name)].append(learner)
    found, problems, taken = {}, [], {}
    letter = column_letter(sheet.name_column)
    for line in sheet.lines:
        learner, why = _one(line, by_name)
        if learner is not None and learner.pk in taken:
            why = f"{line.name} đã có ở dòng {taken[learner.pk]}. Bỏ một dòng."
        if why:
            problems.append(Problem(line.row, letter, why))
            continue
        taken[learner.pk] = line.row
        found[line.row] = learner
    return found, problems


def _one(line, by_name):
    """(the learner, "") or (None, why not)."""
    exact = dict.fromkeys(by_name.get(same_key(line.name), ()))
    candidates = list(exact or dict.fromkeys(by_name.get(fold(line.name), ())))
    if not candidates:
        near = get_close_matches(fold(line.name), list(by_name), 1, ALIKE)
        hint = f" Gần nhất: {by_name[near[0]][0].official.full_name}." if near else ""
        return None, f"không có “{line.name}” trong lớp.{hint} Sửa tên cho khớp danh sách lớp."
    if len(candidates) > 1:
        candidates = _narrowed(line, candidates)
    if len(candidates) == 1:
        return candidates[0], ""
    return None, f"lớp có nhiều người tên “{line.name}”. Ghi thêm cột Ngày sinh hoặc Đơn vị."


def _narrowed(line, candidates):
    """Those whose birth or unit the line tells."""
    if line.birth:
        try:
            told = PartialDate.parse(line.birth)
        except ValueError:
            told = None
        if told:
            fitting = [c for c in candidates if c.official.birth and c.official.birth.fits(told)]
            if len(fitting) == 1:
                return fitting
    if line.unit:
        fitting = [c for c in candidates if c.unit and fold(line.unit) in fold(c.unit.name)]
        if len(fitting) == 1:
            return fitting
    return candidates

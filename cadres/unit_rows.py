"""Rows that tell about units: read from a CSV file, or recognised on a sheet of a roster."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date

from cadres.choices import UnitKind
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import DAY, PartialDate
from trainingplans.lib.text import fold, tidy, unit_name

COLUMNS = [
    "code",
    "name",
    "kind",
    "parent",
    "valid_from",
    "valid_to",
    "minority_area",
    "languages",
]
LONGEST = {"code": 40, "name": 200, "parent": 200}
KINDS = {kind.value: kind.value for kind in UnitKind} | {
    kind.label.casefold(): kind.value for kind in UnitKind
}
MARKS = {"1": True, "0": False}
NONE_SPOKEN = {"khong", "khong co", "-"}


@dataclass
class Problem:
    """What is wrong in one cell, or in a whole row (no column)."""

    line: int
    column: str
    value: str
    message: str

    def __str__(self):
        where = f"Dòng {self.line}" + (f", cột {self.column}" if self.column else "")
        return f"{where}: {self.message}"


@dataclass
class UnitRow:
    """What one row tells of a unit; "" and None are "not told"."""

    line: int
    name: str = ""
    code: str = ""
    kind: str = ""
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    minority_area: bool | None = None
    languages: list[str] | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self):
        """What the row says, to compare with another row."""
        spoken = None if self.languages is None else sorted(self.languages)
        return [getattr(self, name) for name in COLUMNS[:-1]] + [spoken]

    def wrong(self, column, value, message):
        """Note a problem of this row."""
        self.problems.append(Problem(self.line, column, str(value), message))


def read_units_csv(data):
    """(rows, unknown columns) of a CSV file's bytes; Refused where it cannot be read as one."""
    lines = _records(_decoded(data))
    start = next(lines, None)
    if start is None:
        raise Refused("Tệp trống: cần dòng tiêu đề và mỗi đơn vị một dòng.")
    columns = [tidy(cell).casefold() for cell in start[1]]
    if "name" not in columns:
        raise Refused(
            f"Dòng {start[0]}: không có cột “name”. Các cột đọc được: {', '.join(COLUMNS)}."
        )
    if double := {name for name in columns if name in COLUMNS and columns.count(name) > 1}:
        raise Refused(f"Dòng {start[0]}: cột {', '.join(sorted(double))} có hai lần.")
    rows = [_row(line, columns, cells) for line, cells in lines]
    return rows, [name for name in columns if name and name not in COLUMNS]


def _decoded(data):
    """The text of the bytes: UTF-8 with or without a mark, or UTF-16 with one."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("Đây là tệp Excel. Lưu lại ở dạng CSV UTF-8 rồi nạp.")
    code = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(code)
    except UnicodeDecodeError:
        raise Refused("Tệp không ghi bằng Unicode. Lưu lại ở dạng CSV UTF-8 rồi nạp.") from None
    if "\0" in text:
        raise Refused("Tệp không phải là văn bản CSV.")
    return text


def _records(text):
    """(line in the file, cells) of each record that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            blank = not any(cell.strip() for cell in cells)
            if not blank and not cells[0].casefold().startswith("sep="):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise Refused(f"Dòng {line}: dấu ngoặc kép chưa đóng hoặc đặt sai chỗ.") from None


def _delimiter(text):
    """What separates the cells: the commonest of comma, semicolon and tab in the heading."""
    rows = [row for row in text.split("\n", 3) if row.strip() and not row.startswith("sep=")]
    heading = rows[0] if rows else ""
    return max(",;\t", key=heading.count)


def _row(line, columns, cells):
    """The UnitRow of one record, with the problems of its cells."""
    row = UnitRow(line)
    if any(cell.strip() for cell in cells[len(columns) :]):
        row.wrong("", "", "nhiều ô hơn dòng tiêu đề; để ô có dấu phân cách trong ngoặc kép.")
    for column, cell in zip(columns, cells, strict=False):
        if column in READERS and (text := tidy(cell)):
            try:
                setattr(row, column, READERS[column](text))
            except ValueError as problem:
                row.wrong(column, text, str(problem))
    if not row.name and not any(problem.column == "name" for problem in row.problems):
        row.wrong("name", "", "thiếu tên đơn vị.")
    for column, longest in LONGEST.items():
        if len(getattr(row, column)) > longest:
            row.wrong(column, getattr(row, column), f"dài quá {longest} ký tự.")
    return row


def _kind(text):
    try:
        return KINDS[text.casefold()]
    except KeyError:
        raise ValueError(f"không có loại “{text}”. Ghi một trong: {', '.join(KINDS)}.") from None


def _day(text):
    day = PartialDate.parse(text)
    if day.precision != DAY:
        raise ValueError(f"“{text}” chưa đủ ngày, tháng, năm; ghi dạng 2025-07-01.")
    return day.first


def _mark(text):
    try:
        return MARKS[text]
    except KeyError:
        raise ValueError(f"“{text}” không phải là 0 hoặc 1.") from None


def languages_in(text):
    """The languages named in a cell, separated by ";" or ","; none for "Không"."""
    parts = [part.strip() for part in re.split(r"[;,]", text)]
    return [part for part in parts if part and fold(part) not in NONE_SPOKEN]


READERS = {
    "code": str,
    "name": unit_name,
    "kind": _kind,
    "parent": unit_name,
    "valid_from": _day,
    "valid_to": _day,
    "minority_area": _mark,
    "languages": languages_in,
}

# What the headings of a sheet of units begin with or contain, folded.
SHEET_HEADINGS = {
    "languages": re.compile(r"\b(tieng|ngon ngu)\b"),
    "minority_area": re.compile(r"\b(vung|dia ban|thuoc)\b.*\b(dtts|dan toc)"),
    "parent": re.compile(r"^(thuoc )?(huyen|quan|thi xa|cap huyen|truc thuoc|don vi cap tren)\b"),
    "code": re.compile(r"^ma\b"),
    "name": re.compile(r"^(ten )?(xa|phuong|thi tran|don vi|dia phuong|co quan)\b"),
}
OF_PEOPLE = re.compile(r"\b(ho va ten|ho ten|ngay sinh|nam sinh|chuc vu|chuc danh)\b")
SEARCHED_ROWS = 20


def recognise_unit_sheet(grid):
    """The UnitRows of a sheet (rows of cell texts) that lists units with areas or languages.

    None for a sheet that does not: no such headings, or headings of people. Superior units come
    first, as rows of their own.
    """
    for number, cells in enumerate(grid[:SEARCHED_ROWS], start=1):
        columns = _sheet_columns(cells)
        if columns is None:
            return None
        if "name" in columns and columns.keys() & {"minority_area", "languages"}:
            rows = _sheet_rows(grid, number, columns)
            return _superiors(rows) + rows
    return None


def _sheet_columns(cells):
    """{field: column index} of a row of headings; None where it heads a table of people."""
    found = {}
    for index, cell in enumerate(cells):
        heading = fold(cell)
        if OF_PEOPLE.search(heading):
            return None
        kind = next((k for k, words in SHEET_HEADINGS.items() if words.search(heading)), None)
        if kind:
            found.setdefault(kind, index)
    return found


def _sheet_rows(grid, heading, columns):
    """The rows below the heading that name a unit; an index row (1) (2) … is none."""
    rows = []
    for number, cells in enumerate(grid[heading:], start=heading + 1):
        told = {kind: tidy(cells[i]) if i < len(cells) else "" for kind, i in columns.items()}
        name = unit_name(told["name"])
        if not re.search(r"[^\W\d_]", name) or fold(name).startswith(("tong", "cong ")):
            continue
        row = UnitRow(number, name, told.get("code", ""), parent=unit_name(told.get("parent", "")))
        if "minority_area" in columns:
            row.minority_area = fold(told["minority_area"]) not in {"", "0", "khong", "-"}
        if told.get("languages"):
            row.languages = languages_in(told["languages"])
        rows.append(row)
    return rows


def _superiors(rows):
    """A row for each superior unit that the rows name and do not tell about."""
    names = dict.fromkeys(row.parent for row in rows if row.parent)
    first = {row.parent: row.line for row in reversed(rows)}
    told = {row.name for row in rows}
    return [UnitRow(first[name], name) for name in names if name not in told]

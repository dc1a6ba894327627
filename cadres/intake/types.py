"""What passes between reading, understanding and importing a roster: plain data, no models."""

import re
from dataclasses import dataclass, field
from functools import cache

LAST_COLUMN = 16_384  # XFD, the last one of Excel
LETTERS = re.compile(r"[A-Z]{1,3}")
PART = re.compile(r"(.*?) ?\(bảng [1-9]\d*\)", re.DOTALL)
LONGEST_NAME = 85  # of a sheet, with what is put behind it
PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})?")


@cache
def column_letter(number):
    """1 -> A, 27 -> AA; ValueError for what is no column."""
    if number < 1:
        raise ValueError(f"no column: {number}")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def first_letters(count):
    """The letters of the first columns: (A, B, C …)."""
    return tuple(map(column_letter, range(1, count + 1)))


@cache
def column_number(letters):
    """A -> 1, AA -> 27; ValueError for what are no letters of a column."""
    if not LETTERS.fullmatch(letters):
        raise ValueError(f"no column: {letters}")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def is_column(letters):
    """Whether a table can have that column: A to XFD."""
    return bool(LETTERS.fullmatch(letters)) and column_number(letters) <= LAST_COLUMN


def column_place(text):
    """ "B" -> ("B", None); "B12", column B of the table with a heading in row 12 -> ("B", 12)."""
    match = PLACE.fullmatch(text)
    if not match or not is_column(match[1]):
        return None
    return match[1], int(match[2]) if match[2] else None


def part_name(sheet, number, taken):
    """What one of several tables beside each other is called; no name that is `taken` already."""
    while (name := f"{sheet[:LONGEST_NAME]} (bảng {number})".strip()) in taken:
        number += 1
    return name


def sheet_of_part(name, sheets):
    """Which of the sheets of a file a name speaks of: by its own, or as a part; None for none."""
    if name in sheets:
        return name
    match = PART.fullmatch(name)
    return next((s for s in sheets if match and s[:LONGEST_NAME] == match[1]), None)


class IntakeError(Exception):
    """A file that cannot be read: `code` for programs, `message` in Vietnamese with the cure."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(slots=True)
class Cell:
    """`value`: str, int, float, bool, date, datetime or None; `text`: as the clerk sees it."""

    value: object = None
    text: str = ""
    font: str = ""
    # The value came out of an error cell (#N/A, #REF!…) or "formula" without a stored result.
    error: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet as read. rows[i][j] is the plain value of row i + 1, column j + 1 (None = empty);
    everything else is 1-based. Plain values, not cells: a province has 2.5 million of them."""

    name: str
    hidden: bool = False
    rows: list[list] = field(default_factory=list)
    # (first row, first column, last row, last column), inclusive.
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    # (row, column) -> font name, only where the font tells a legacy encoding.
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    # (row, column) -> "#N/A"…, or "formula" where a formula has no stored result.
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    """`kind`: xlsx xlsm xlsb xls ods csv, by the bytes; `date_system`: 1900 or 1904."""

    kind: str
    date_system: int = 1900
    sheets: list[Sheet] = field(default_factory=list)


@dataclass(slots=True)
class Issue:
    """Something the clerk should see; an error rejects its row, a warning leaves the value out."""

    sheet: str
    row: int
    column: str | None
    field: str | None
    value: str
    severity: str
    code: str
    message: str
    suggestion: str = ""


@dataclass(slots=True)
class ParsedTable:
    """A table found on a sheet and what its columns mean."""

    header_rows: tuple[int, int]
    first_row: int
    last_row: int
    # field -> "B", or ["C", "D"] where several columns make one field.
    columns: dict[str, str | list[str]] = field(default_factory=dict)
    # column letter -> heading, for columns that were not understood.
    unmapped: dict[str, str] = field(default_factory=dict)
    # column letter -> heading as the clerk wrote it, parents joined by " > ".
    headings: dict[str, str] = field(default_factory=dict)
    # 0..1; below 0.6 the page asks.
    confidence: float = 1.0
    # column letter -> [(field, confidence)], best first.
    alternatives: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    # The row with the headings of each person's second line; 0 where there is none.
    second_row: int = 0


@dataclass(slots=True)
class ParsedSheet:
    """One sheet: what was found, and its grid for the preview."""

    name: str
    used: bool = False
    hidden: bool = False
    # The unit told for the whole sheet (sheet name, letterhead, line above), list number stripped.
    unit: str | None = None
    tables: list[ParsedTable] = field(default_factory=list)
    # row -> data header index group total title note signature blank
    row_kinds: dict[int, str] = field(default_factory=dict)
    # grid[i][j]: decoded text of row i + 1, column j + 1, as the clerk sees it.
    grid: list[list[str]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    # Why a sheet is not used: "hidden", "empty", "no_people".
    ignored_because: str = ""
    # The sheet of the file, where this is one of the tables that stand beside each other on it.
    part_of: str | None = None

    @property
    def sheet(self):
        """The name of the sheet in the file."""
        return self.name if self.part_of is None else self.part_of


@dataclass(slots=True)
class ParsedRow:
    """One person's row. `values` has the keys and forms of the samples' README."""

    sheet: str
    row: int
    values: dict = field(default_factory=dict)
    # field -> column letter it was read from.
    cells: dict[str, str] = field(default_factory=dict)
    # The decoded texts of the whole row, shared with the sheet's grid.
    line: list[str] = field(default_factory=list)
    unit_text: str | None = None
    # "cell", "group", "line", "sheet", "letterhead", "title" or None.
    source_of_unit: str | None = None
    # What may be a part of that unit or a unit of its own: only the tree of units tells.
    office: str | None = None
    # The unit told outside a row whose own cell may name only a part of it.
    around: str | None = None
    # The field for which the row cannot be imported (no name, CCCD of another row).
    reject_field: str | None = None
    # (sheet, row) of the earlier identical row.
    duplicate_of: tuple[str, int] | None = None


@dataclass(slots=True)
class ParsedRoster:
    """All that a file tells. `text`: unicode tcvn3 vni mixed."""

    kind: str
    text: str = "unicode"
    date_system: int = 1900
    sheets: list[ParsedSheet] = field(default_factory=list)
    rows: list[ParsedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    # Non-empty rows of used sheets that are not data rows.
    other_rows: int = 0

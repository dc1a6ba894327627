"""The sender's own workbook with the faulty cells marked and a last column of messages."""

import re
from collections import defaultdict
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from cadres.intake.issues import MESSAGES_HEADING
from cadres.intake.types import column_number
from trainingplans.lib.sheets import looks_like_formula

FILLS = {
    "error": PatternFill("solid", start_color="FFF4C7C3", end_color="FFF4C7C3"),
    "warning": PatternFill("solid", start_color="FFFCE8B2", end_color="FFFCE8B2"),
}
AUTHOR = "Cổng đào tạo"
BELOW = f"\n\n{AUTHOR}: "  # between a remark of the sender and ours on the same cell
WRAP = Alignment(wrap_text=True, vertical="top")
WIDTH, NARROWEST, WIDEST = 60, 6, 30
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
REACHES_OUT = re.compile(
    r"HYPERLINK|WEBSERVICE|FILTERXML|RTD|DDE|CALL|REGISTER|EXEC|IMAGE|[\[|]", re.IGNORECASE
)
UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, BadZipFile, InvalidFileException)


def annotated(data, outcome, edits=()):
    """The bytes of an xlsx: a copy of the file if it is one, else a new one with its texts.

    `edits`: [(sheet, row, column letter, text)] typed on the page; the copy has them too.
    """
    parsed = outcome.parsed
    book = _copy(data) if parsed.kind in ("xlsx", "xlsm") else None
    if book:
        _keep_formulas(book, data)
        _write_edits(book, edits)
    book = book or _from_grids(parsed)
    notes = defaultdict(list)
    for issue in outcome.issues:
        if issue.row:
            notes[issue.sheet].append(issue)
    for name, sheets in _by_page(parsed).items():
        if any(sheet.used for sheet in sheets):
            _mark(book[name], sheets, [issue for s in sheets for issue in notes[s.name]])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def harmless(data, parsed):
    """The bytes of an xlsx with the same sheets and no macro, link to elsewhere or formula."""
    book = (_copy(data) if parsed.kind in ("xlsx", "xlsm") else None) or _from_grids(parsed)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _copy(data):
    """The workbook with stored results instead of formulas: so that it can be read again."""
    try:
        return load_workbook(BytesIO(data), data_only=True, keep_links=False, rich_text=True)
    except UNREADABLE:  # a dialect that only the reader of imports understands
        return None


def _keep_formulas(book, data):
    """Formulas that no program has worked out yet stay: Excel does so when it opens the copy.

    Those that reach out of the workbook stay as texts.
    """
    with ZipFile(BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if SHEET.match(name)]
        if not any(b"<f" in parts.read(name) for name in sheets):
            return
    for page in load_workbook(BytesIO(data), keep_links=False):
        for cell in page._cells.values():
            if cell.data_type == "f" and isinstance(cell.value, str):
                copy = book[page.title].cell(cell.row, cell.column)
                if copy.value is None and REACHES_OUT.search(cell.value):
                    _write(copy, cell.value)
                elif copy.value is None:
                    copy.value = cell.value


def _write_edits(book, edits):
    for sheet, row, letter, text in edits:
        cell = book[sheet].cell(row, column_number(letter))
        if not isinstance(cell, MergedCell):
            _write(cell, text)


def _by_page(parsed):
    """{title of a page: [ParsedSheet]}: tables beside each other are of one page."""
    pages = defaultdict(list)
    for sheet in parsed.sheets:
        pages[sheet.sheet or "Danh sách"].append(sheet)
    return pages


def _from_grids(parsed):
    book = Workbook()
    book.remove(book.active)
    for name, sheets in _by_page(parsed).items():
        page = book.create_sheet(name)
        for sheet in sheets:
            for i, texts in enumerate(sheet.grid, 1):
                for j, text in enumerate(texts, 1):
                    if text:
                        _write(page.cell(i, j), text)
        for first_row, first_column, last_row, last_column in (m for s in sheets for m in s.merges):
            page.merge_cells(
                start_row=first_row,
                start_column=first_column,
                end_row=last_row,
                end_column=last_column,
            )
        _widen(page)
    return book


def _widen(page):
    """Columns wide enough for what stands in them; titles and notes run over the next ones."""
    for column in page.iter_cols():
        lengths = [len(str(cell.value)) for cell in column if cell.value]
        longest = max((length for length in lengths if length <= WIDEST), default=NARROWEST)
        letter = get_column_letter(column[0].column)
        page.column_dimensions[letter].width = max(longest + 2, NARROWEST)


def _write(cell, text):
    """A text as a text, even where it looks like a formula."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(text)


def _mark(page, sheets, issues):
    column = _message_column(sheets)
    for table in (table for sheet in sheets for table in sheet.tables):
        _write(page.cell(table.header_rows[0], column), MESSAGES_HEADING)
    page.column_dimensions[page.cell(1, column).column_letter].width = WIDTH
    _forget_marks(page)
    for row, kind in (place for sheet in sheets for place in sheet.row_kinds.items()):
        if kind in ("data", "more"):
            page.cell(row, column).value = None
    by_row, by_cell = defaultdict(list), defaultdict(list)
    for issue in issues:
        by_row[issue.row].append(issue.message)
        if issue.column:
            by_cell[issue.row, issue.column].append(issue)
    for row, messages in by_row.items():
        cell = page.cell(row, column)
        _write(cell, "\n".join(messages))
        cell.alignment = WRAP
    for (row, letter), found in by_cell.items():
        _point_out(page.cell(row, column_number(letter)), found)


def _forget_marks(page):
    """Take away the colours and remarks of an earlier round: a mended cell is as any other."""
    colours = {fill.start_color.rgb for fill in FILLS.values()}
    for cell in list(page._cells.values()):  # not the empty ones between them
        remark = cell.comment
        if remark and (remark.author == AUTHOR or BELOW in remark.text):
            own, mark, _ = remark.text.partition(BELOW)
            cell.comment = Comment(own, remark.author) if mark else None
            if cell.fill.start_color.rgb in colours:
                cell.fill = PatternFill()


def _message_column(sheets):
    """The column of messages of an earlier round, else the one after the last used."""
    for sheet in sheets:
        for table in sheet.tables:
            for row in range(table.header_rows[0], table.header_rows[1] + 1):
                texts = sheet.grid[row - 1] if row <= len(sheet.grid) else []
                if MESSAGES_HEADING in texts:
                    return texts.index(MESSAGES_HEADING) + 1
    return max((len(texts) for sheet in sheets for texts in sheet.grid), default=0) + 1


def _point_out(cell, issues):
    if isinstance(cell, MergedCell):
        return
    worst = "error" if any(i.severity == "error" for i in issues) else "warning"
    cell.fill = FILLS[worst]
    told, own = "\n".join(issue.message for issue in issues), cell.comment
    cell.comment = Comment(f"{own.text}{BELOW}{told}", own.author) if own else Comment(told, AUTHOR)

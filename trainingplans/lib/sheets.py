"""Writing workbooks: rows as a stream, dates as dates, and no text that acts as a formula."""

import re
import unicodedata
from datetime import date, datetime
from tempfile import NamedTemporaryFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

DATE_FORMAT = "dd/mm/yyyy"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HEADING_FONT = Font(bold=True)
HEADING_FILL = PatternFill("solid", fgColor="DDE6F4")
HEADING_ALIGNMENT = Alignment(wrap_text=True, vertical="center")


def looks_like_formula(text):
    """Whether a program may take `text` for a formula, whatever invisible stands before it."""
    for letter in text:
        if letter in FORMULA_SIGNS:
            return True
        invisible = unicodedata.category(letter) in {"Cf", "Cc", "Mn"}
        if not letter.isspace() and not invisible and letter not in "\u115f\u1160\u2800\u3164'":
            return False
    return False


def cell_of(sheet, value):
    """A cell for a write-only sheet: texts are typed as texts, quoted where they look like more."""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=None)
        cell._value, cell.data_type = CONTROLS.sub("", value)[:32_767], "s"
        if looks_like_formula(value):
            cell.quotePrefix = True
        return cell
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = DATE_FORMAT
    return cell


def heading_cell(sheet, text):
    """A cell of the heading row."""
    cell = cell_of(sheet, text)
    cell.font, cell.fill, cell.alignment = HEADING_FONT, HEADING_FILL, HEADING_ALIGNMENT
    return cell


def new_sheet(book, title, headings, widths):
    """A write-only sheet with a frozen heading row; `widths` in characters."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([heading_cell(sheet, text) for text in headings])
    return sheet


def new_book():
    """A workbook that is written row by row."""
    return Workbook(write_only=True)


def append(sheet, values):
    """One row of plain values."""
    sheet.append([None if v is None or v == "" else cell_of(sheet, v) for v in values])


def bytes_of(book):
    """The finished workbook."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        file.seek(0)
        return file.read()

"""Reads .ods as a stream."""

import math
import zipfile

from cadres.intake.reading import limits
from cadres.intake.reading.collecting import Budget, Collector
from cadres.intake.reading.legacy_fonts import is_legacy
from cadres.intake.reading.ooxml_parts import open_part
from cadres.intake.reading.refusals import refusal, too_large
from cadres.intake.reading.serials import iso_date
from cadres.intake.reading.xmlstream import local, parse, plain_attributes
from cadres.intake.types import Workbook

NUMBERS = ("float", "percentage", "currency")
CELLS = ("table-cell", "covered-table-cell")


class ContentReader:
    """Expat handlers for content.xml (and styles.xml, for the fonts)."""

    def __init__(self, result):
        self.result, self.budget = result, Budget()
        self.fonts, self.hidden_styles, self.style = {}, set(), None
        self.out, self.row, self.column, self.deep = None, 0, 0, 0
        self.cell, self.pieces, self.skip, self.repeat_row = None, [], 0, 1
        self.default_fonts = []

    # Styles

    def _style(self, tag, plain):
        if tag == "style":
            self.style = plain.get("name")
            parent = self.fonts.get(plain.get("parent-style-name"))
            if parent:
                self.fonts[self.style] = parent
        elif tag == "text-properties" and self.style:
            name = plain.get("font-name") or plain.get("font-family") or ""
            if is_legacy(name.strip("'\"")):
                self.fonts[self.style] = name.strip("'\"")
            elif name:
                self.fonts.pop(self.style, None)
        elif tag == "table-properties" and plain.get("display") == "false":
            self.hidden_styles.add(self.style)

    # Content

    def start(self, tag, attributes):
        tag = local(tag)
        if tag in ("annotation", "shapes", "tracked-changes", "dde-links"):
            self.skip += 1
        if self.skip:
            return
        plain = plain_attributes(attributes) if attributes else {}
        if tag in CELLS:
            self._start_cell(tag, plain)
        elif tag == "table-row":
            self._start_row(plain)
        elif tag == "table":
            self._start_table(plain)
        elif tag == "table-column":
            self._start_column(plain)
        elif self.cell is not None:
            self._inside_cell(tag, plain)
        else:
            self._style(tag, plain)

    def _inside_cell(self, tag, plain):
        if tag == "p" and self.pieces:
            self.pieces.append("\n")
        elif tag == "s":
            self.pieces.append(" " * min(int(plain.get("c", "1")), 1000))
        elif tag in ("line-break", "tab"):
            self.pieces.append("\n" if tag == "line-break" else " ")

    def text(self, data):
        if self.cell is not None and not self.skip:
            self.pieces.append(data)

    def end(self, tag):
        tag = local(tag)
        if tag in ("annotation", "shapes", "tracked-changes", "dde-links"):
            self.skip -= 1
        elif self.skip:
            return
        elif tag in CELLS:
            self._end_cell()
        elif tag == "table-row":
            self._end_row()
        elif tag == "table":
            self.out = None

    def _start_table(self, plain):
        if len(self.result.sheets) >= limits.SHEETS:
            raise too_large("Số trang tính trong tệp", limits.SHEETS)
        hidden = plain.get("style-name") in self.hidden_styles
        self.out = Collector(plain.get("name", ""), hidden, self.budget)
        self.result.sheets.append(self.out.sheet)
        self.row, self.default_fonts, self.next_column = 0, [], 1

    def _start_column(self, plain):
        number = min(int(plain.get("number-columns-repeated", "1")), limits.COLUMNS)
        if plain.get("visibility", "visible") != "visible":
            last = min(self.next_column + number - 1, limits.COLUMNS)
            self.out.sheet.hidden_columns.update(range(self.next_column, last + 1))
        self.next_column += number
        font = self.fonts.get(plain.get("default-cell-style-name"), "")
        self.default_fonts += [font] * min(number, limits.COLUMNS - len(self.default_fonts))

    def _start_row(self, plain):
        self.row, self.column = self.row + 1, 0
        self.repeat_row = int(plain.get("number-rows-repeated", "1"))
        self.found = []
        self.hidden_row = plain.get("visibility", "visible") != "visible"

    def _end_row(self):
        times = self.repeat_row if self.found else 1
        if self.found and self.row + times - 1 > limits.ROWS:
            raise too_large(f"Số dòng của trang “{self.out.sheet.name}”", limits.ROWS)
        for row in range(self.row, self.row + times):
            for column, value, font, error in self.found:
                self._put(row, column, value, font, error)
        if self.hidden_row:
            last = min(self.row + self.repeat_row - 1, limits.ROWS)
            self.out.sheet.hidden_rows.update(range(self.row, last + 1))
        self.row += self.repeat_row - 1

    def _put(self, row, column, value, font, error):
        self.out.put(row, column, value)
        if error:
            self.out.sheet.errors[row, column] = error
        if font and isinstance(value, str):
            self.out.sheet.fonts[row, column] = font

    def _start_cell(self, tag, plain):
        self.column += 1
        self.cell, self.pieces = plain, []
        rows = int(plain.get("number-rows-spanned", "1"))
        columns = int(plain.get("number-columns-spanned", "1"))
        if tag == "table-cell" and (rows > 1 or columns > 1):
            place = (self.row, self.column, self.row + rows - 1, self.column + columns - 1)
            self.out.sheet.merges.append(place)

    def _end_cell(self):
        plain, self.cell = self.cell, None
        times = int(plain.get("number-columns-repeated", "1"))
        value, error = self._value(plain)
        if value is not None or error:
            if self.column + times - 1 > limits.COLUMNS:
                raise too_large(f"Số cột của trang “{self.out.sheet.name}”", limits.COLUMNS)
            for column in range(self.column, self.column + times):
                self.found.append((column, value, self._font(plain, column), error))
        self.column += times - 1

    def _font(self, plain, column):
        if "style-name" in plain:
            return self.fonts.get(plain["style-name"], "")
        return self.default_fonts[column - 1] if column <= len(self.default_fonts) else ""

    def _value(self, plain):
        kind = plain.get("value-type", "")
        text = "".join(self.pieces).strip("\n")
        if kind in NUMBERS:
            return _number(plain.get("value", ""), text), ""
        if kind == "date":
            return iso_date(plain.get("date-value", text)), ""
        if kind == "boolean":
            return plain.get("boolean-value") == "true", ""
        if text.startswith(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "Err:")):
            return None, text
        if not text and plain.get("formula") and kind == "":
            return None, "formula"
        return plain.get("string-value") or text or None, ""


def _number(text, shown):
    try:
        number = float(text)
    except ValueError:
        return shown or None
    if not math.isfinite(number):
        return None
    # Zeros in front are part of the number format; what is shown keeps them.
    if shown.startswith("0") and shown.isdigit() and len(shown) > 1:
        return shown
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def read_opendocument(path):
    """The workbook in the file."""
    result = Workbook("ods")
    with zipfile.ZipFile(path) as archive:
        reader = ContentReader(result)
        for name in ("styles.xml", "content.xml"):
            stream = open_part(archive, name)
            if stream:
                parse(stream, reader.start, reader.end, reader.text)
            elif name == "content.xml":
                raise refusal("damaged")
    return result

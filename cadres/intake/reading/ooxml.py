"""Reads xlsx and xlsm: every cell that the XML holds, whatever <dimension> says."""

import math
import re
import zipfile

from cadres.intake.reading import limits
from cadres.intake.reading.collecting import Budget, Collector
from cadres.intake.reading.ooxml_parts import (
    RichText,
    open_part,
    read_shared,
    read_styles,
    read_workbook_part,
    relations,
    workbook_path,
)
from cadres.intake.reading.refusals import refusal, too_large
from cadres.intake.reading.serials import from_serial, iso_date
from cadres.intake.reading.xmlstream import parse, unescape
from cadres.intake.types import Workbook, column_number

REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
TRUE = ("1", "true", "on")


class SheetReader:
    """Expat handlers for one worksheet part."""

    def __init__(self, collector, book):
        self.out, self.book, self.sheet = collector, book, collector.sheet
        self.row_number, self.column, self.cells = 0, 0, None
        self.kind, self.style, self.value = "n", 0, None
        self.has_formula, self.in_value = False, False
        self.rich = RichText()

    def start(self, tag, attributes):
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self.value, self.in_value = "", True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self.has_formula = True
        elif tag in ("t", "rPh", "rFont"):
            self.rich.start(tag, attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden", "0").lower() in TRUE:
            self._hidden_columns(attributes)

    def text(self, data):
        if self.in_value:
            self.value += data
        elif self.rich.inside:
            self.rich.pieces.append(data)

    def end(self, tag):
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "v":
            self.in_value = False
        elif tag == "c":
            self._end_cell()
        elif tag in ("t", "rPh"):
            self.rich.end(tag)

    def _start_row(self, attributes):
        number = attributes.get("r")
        self.row_number = int(number) if number else self.row_number + 1
        self.column, self.cells = 0, None
        if attributes.get("hidden", "0").lower() in TRUE and self.row_number <= limits.ROWS:
            self.sheet.hidden_rows.add(self.row_number)

    def _start_cell(self, attributes):
        self.column += 1
        if reference := attributes.get("r"):
            match = REFERENCE.match(reference)
            if not match:
                raise refusal("damaged")
            self.column = column_number(match.group(1))
            row = int(match.group(2))
            if row != self.row_number:
                self.row_number, self.cells = row, None
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", "0"))
        self.value, self.has_formula = None, False
        if self.kind == "inlineStr":
            self.rich.reset()

    def _end_cell(self):
        if self.value is None and self.kind != "inlineStr":
            if self.has_formula:
                self._put(None)
                self.sheet.errors[self.row_number, self.column] = "formula"
            return
        self._put(self._typed())

    def _put(self, value):
        if value is None or value == "":
            if not self.has_formula and self.kind != "e":
                return
            value = None
        if self.cells is None:
            self.cells = self.out.row(self.row_number)
        self.out.put(self.row_number, self.column, value, self.cells)
        if type(value) is str and self.style < len(self.book.styles.fonts):
            font = self.book.styles.fonts[self.style]
            if font:
                self.sheet.fonts.setdefault((self.row_number, self.column), font)

    def _typed(self):
        kind = self.kind
        if kind == "s":
            return self._shared()
        if kind == "n":
            return self._number()
        if kind == "inlineStr":
            return self._inline()
        if kind == "b":
            return self.value.strip().lower() in TRUE
        if kind == "d":
            return iso_date(self.value)
        if kind == "e":
            self.sheet.errors[self.row_number, self.column] = self.value.strip() or "#LỖI!"
            return None
        return unescape(self.value)

    def _shared(self):
        try:
            index = int(self.value)
            value = self.book.texts[index]
        except (ValueError, IndexError):
            raise refusal("damaged") from None
        if index in self.book.text_fonts:
            self.sheet.fonts[self.row_number, self.column] = self.book.text_fonts[index]
        return value

    def _inline(self):
        if self.rich.font:
            self.sheet.fonts[self.row_number, self.column] = self.rich.font
        return self.rich.value()

    def _number(self):
        if not self.value.strip():
            return None
        try:
            number = float(self.value)
        except ValueError:
            return self.value
        if not math.isfinite(number):
            return self.value
        styles = self.book.styles
        if self.style < len(styles.dates):
            if styles.dates[self.style]:
                date = from_serial(number, self.book.system)
                # No such day (60, negative): the bare number is shown and warned about.
                return number if date is None else date
            if (zeros := styles.zeros[self.style]) > 1 and number.is_integer() and number >= 0:
                return f"{int(number):0{zeros}d}"
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _merge(self, reference):
        first, _, last = reference.partition(":")
        start, end = REFERENCE.match(first), REFERENCE.match(last or first)
        if start and end and len(self.sheet.merges) < 200_000:
            c1, r1, c2, r2 = *start.groups(), *end.groups()
            self.sheet.merges.append((int(r1), column_number(c1), int(r2), column_number(c2)))

    def _hidden_columns(self, attributes):
        first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
        self.sheet.hidden_columns.update(range(first, min(last, limits.COLUMNS) + 1))


class Book:
    """What all sheets of a workbook share."""

    def __init__(self, archive):
        path = workbook_path(archive)
        if open_part(archive, path) is None:
            raise refusal("damaged")
        self.system, self.parts = read_workbook_part(archive, path)
        by_kind = {kind: target for kind, target in relations(archive, path).values()}
        self.styles = read_styles(archive, by_kind.get("styles", "xl/styles.xml"))
        shared = by_kind.get("sharedStrings", "xl/sharedStrings.xml")
        self.texts, self.text_fonts = read_shared(archive, shared)


def read_ooxml(path, kind):
    """The workbook in the file; rows out of order and without numbers are put where they belong."""
    with zipfile.ZipFile(path) as archive:
        book, budget = Book(archive), Budget()
        if len(book.parts) > limits.SHEETS:
            raise too_large("Số trang tính trong tệp", limits.SHEETS)
        result = Workbook(kind, book.system)
        for part in book.parts:
            collector = Collector(part.name, part.hidden, budget)
            stream = open_part(archive, part.path)
            if stream is None:
                raise refusal("damaged")
            reader = SheetReader(collector, book)
            parse(stream, reader.start, reader.end, reader.text)
            result.sheets.append(collector.sheet)
    return result

"""Reads xlsx and xlsm: every cell that the XML holds, whatever <dimension> says."""

import io
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
from cadres.intake.reading.quick import NotPlain, QuickReader
from cadres.intake.reading.refusals import refusal, too_large
from cadres.intake.reading.serials import as_shown, from_serial, iso_date
from cadres.intake.reading.xmlstream import parse, unescape
from cadres.intake.types import Workbook, column_number

REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
LETTERS = re.compile(r"\$?[A-Z]{1,3}\$?")
DIGITS = "0123456789"
# Their values keep the limits already (shared texts are measured once).
PLAIN_KINDS = ("s", "n", "b")
TRUE = ("1", "true", "on")


class SheetReader:
    """Expat handlers for one worksheet part."""

    def __init__(self, collector, book):
        self.out, self.book, self.sheet = collector, book, collector.sheet
        self.row_number, self.row_text, self.column, self.cells = 0, "", 0, None
        self.known_columns = {}
        self.kind, self.style, self.value = "n", 0, None
        self.has_formula, self.in_value = False, False
        self.rich = RichText()
        self.rare = {
            "row": self._start_row,
            "f": self._start_formula,
            "mergeCell": self._start_merge,
            "col": self._start_column,
        }

    def start(self, tag, attributes):
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self.value, self.in_value = "", True
        elif ":" in tag:
            self.start(tag.rpartition(":")[2], attributes)
        elif tag in self.rare:
            self.rare[tag](attributes)
        elif tag in ("t", "rPh", "rFont"):
            self.rich.start(tag, attributes)

    def text(self, data):
        if self.in_value:
            self.value += data
        elif self.rich.inside:
            self.rich.pieces.append(data)

    def end(self, tag):
        if tag == "c":
            # A cell of format only is the commonest of all.
            if self.value is not None or self.has_formula or self.kind == "inlineStr":
                self._end_cell()
        elif tag == "v":
            self.in_value = False
        elif ":" in tag:
            self.end(tag.rpartition(":")[2])
        elif tag in ("t", "rPh"):
            self.rich.end(tag)

    def _start_formula(self, _attributes):
        self.has_formula = True

    def _start_merge(self, attributes):
        self._merge(attributes.get("ref", ""))

    def _start_column(self, attributes):
        if attributes.get("hidden", "0").lower() in TRUE:
            self._hidden_columns(attributes)

    def _start_row(self, attributes):
        number = attributes.get("r")
        self.row_number = int(number) if number else self.row_number + 1
        self.row_text = str(self.row_number)
        self.column, self.cells = 0, None
        if attributes.get("hidden", "0").lower() in TRUE and self.row_number <= limits.ROWS:
            self.sheet.hidden_rows.add(self.row_number)

    def _start_cell(self, attributes):
        self.column += 1
        if reference := attributes.get("r"):
            letters = reference.rstrip(DIGITS)
            if reference[len(letters) :] != self.row_text:
                self._jump(reference)
            self.column = self.known_columns.get(letters) or self._column(letters)
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", "0"))
        self.value, self.has_formula = None, False
        if self.kind == "inlineStr":
            self.rich.reset()

    def _jump(self, reference):
        """A cell that names another row than the one it stands in."""
        match = REFERENCE.match(reference)
        if not match:
            raise refusal("damaged")
        self.row_number, self.row_text, self.cells = int(match.group(2)), match.group(2), None

    def _column(self, letters):
        if not LETTERS.fullmatch(letters):
            raise refusal("damaged")
        self.known_columns[letters] = number = column_number(letters.replace("$", ""))
        return number

    def _end_cell(self):
        kind = self.kind
        # "<v></v>" holds no result either, unless the result is a text, which may be empty.
        if self.has_formula and kind == "n" and self.value is not None and not self.value.strip():
            self.value = None
        if kind == "s" and self.value is not None:
            value = self._shared()
        elif kind == "n" and self.value is not None:
            value = self.book.number(self.style, self.value)
        else:
            value = self._other()
        if value is None or value == "":
            if not self.has_formula and kind != "e":
                return
            value = None
        cells = self.cells
        if cells is None:
            cells = self.cells = self.out.row(self.row_number, self.column)
        if self.column == len(cells) + 1 <= limits.COLUMNS and kind in PLAIN_KINDS:
            cells.append(value)
            self.out.count += 1
        else:
            self.out.put(self.row_number, self.column, value, cells)
        if self.book.legacy and type(value) is str:
            self._note_font()

    def _note_font(self):
        fonts = self.book.styles.fonts
        if self.style < len(fonts) and fonts[self.style]:
            self.sheet.fonts.setdefault((self.row_number, self.column), fonts[self.style])

    def _other(self):
        kind = self.kind
        if kind == "inlineStr":
            return self._inline()
        if self.value is None:
            self.sheet.errors[self.row_number, self.column] = "formula"
            return None
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
        by_kind = dict(relations(archive, path).values())
        self.styles = read_styles(archive, by_kind.get("styles", "xl/styles.xml"))
        shared = by_kind.get("sharedStrings", "xl/sharedStrings.xml")
        self.texts, self.text_fonts = read_shared(archive, shared)
        self.legacy = any(self.styles.fonts)

    def number(self, style, text):
        """The value of a number cell: int, float, date, or text where zeros in front are shown."""
        special = self.styles.special[style] if style < len(self.styles.special) else False
        if not special and text.isdigit() and len(text) < 16:
            return int(text)
        try:
            number = float(text)
        except ValueError:
            return text.strip() or None
        if not math.isfinite(number):
            return text
        if special:
            return self._styled(style, number)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _styled(self, style, number):
        if self.styles.dates[style]:
            date = from_serial(number, self.system)
            # No such day (60, negative): the bare number is shown and warned about.
            return number if date is None else as_shown(date, self.styles.parts[style])
        if number.is_integer() and number >= 0:
            return f"{int(number):0{self.styles.zeros[style]}d}"
        return number


def read_ooxml(path, kind):
    """The workbook in the file; rows out of order and without numbers are put where they belong."""
    with zipfile.ZipFile(path) as archive:
        book, budget = Book(archive), Budget()
        if len(book.parts) > limits.SHEETS:
            raise too_large("Số trang tính trong tệp", limits.SHEETS)
        result = Workbook(kind, book.system)
        for part in book.parts:
            collector = _read_sheet(archive, part, book, budget)
            budget.spend(collector.count)
            result.sheets.append(collector.sheet)
    return result


def _read_sheet(archive, part, book, budget):
    """The collector of one sheet: the quick way if the XML is plain, else the patient one."""
    stream = open_part(archive, part.path)
    if stream is None:
        raise refusal("damaged")
    collector = Collector(part.name, part.hidden, budget)
    quick = QuickReader(collector, book)
    try:
        with stream:
            quick.read(stream)
        reader = SheetReader(collector, book)
        parse(io.BytesIO(quick.around.encode()), reader.start, reader.end, reader.text)
    except (NotPlain, IndexError):
        collector = Collector(part.name, part.hidden, budget)
        reader = SheetReader(collector, book)
        parse(open_part(archive, part.path), reader.start, reader.end, reader.text)
    return collector

"""Reads worksheets as Excel, LibreOffice and the common libraries write them, many cells at once.

Anything out of the ordinary (prefixes, comments, odd attributes, rows out of order) is given up,
and the sheet is read again by the patient reader in ooxml.py. Never in part: all or nothing.
"""

import codecs
import re

from cadres.intake.reading import limits
from cadres.intake.reading.plans import Plans, text_of
from cadres.intake.types import column_number, first_letters

CHUNK = 1 << 20
KEPT = 50_000  # meanings of cells that are remembered
BEGIN = '<c r="'
# What follows a cell's reference: style, type, formula, whether there is a value, it or a text.
INSIDE = re.compile(
    r'(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?(?:/>|>'
    r"(<f(?:/>| [^<>]*/>|(?: [^<>]*)?>[^<]*</f>))?"
    r"(?:(<v)(?:/>|(?: [^<>]*)?>([^<]*)</v>)|<is><t(?: [^<>]*)?>([^<]*)</t></is>)?</c>)\s*"
)
EMPTY = object()  # a cell of format only
AT_ITS_PLACE = object()
ROW = re.compile(r'\s*<row((?: [\w:.\-]+="[^"<>]*")*)\s*(/?)>')
EMPTY_ROWS = re.compile(r"(?:\s*<row(?: [^<>]*)?/>)+")
ROW_NUMBER = re.compile(r' r="(\d+)"')
HIDDEN = re.compile(r' hidden="(?:1|true|on)"', re.IGNORECASE)
DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w-]+)", re.IGNORECASE)
OPENING, CLOSING = "<sheetData>", "</sheetData>"
TRUE = ("1", "true", "on")
NUMERIC = ("", "n")  # a text may be empty as the result of a formula, a number may not


class NotPlain(Exception):
    """The sheet is written in a way that only the patient reader understands."""


class QuickReader:
    """Fills a collector from the stream of one worksheet; `around` is the XML beside the rows."""

    def __init__(self, collector, book):
        self.out, self.sheet, self.book = collector, collector.sheet, book
        self.last_row = 0
        self.beginnings = set()  # attributes of rows but their numbers; none of them is hidden
        self.letters = first_letters(limits.COLUMNS + 1)
        # XML inside a cell -> value or EMPTY: what it meant before, it means again.
        self.known = {}
        # Whether no font tells of an old encoding, so that a cell is what its XML says.
        self.plain = not book.text_fonts and not book.legacy
        self.plans = Plans(book, limits.COLUMNS) if self.plain else None
        self.around = ""

    def read(self, stream):
        """Raises NotPlain where the sheet is not plain."""
        head, text, pieces = self._head(stream)
        self.around = head
        ended = False
        for piece in pieces:
            text += piece
            if (end := text.find(CLOSING)) >= 0:
                self.around += "<sheetData/>" + text[end + len(CLOSING) :]
                text, ended = text[:end], True
            text = self._rows(text)
            if ended:
                break
        if not ended or text.strip():
            raise NotPlain
        self.around += "".join(pieces)

    def _head(self, stream):
        first = stream.read(CHUNK)
        declared = DECLARED.match(first.lstrip(b"\xef\xbb\xbf"))
        if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
            raise NotPlain
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            text = decoder.decode(first)
        except UnicodeDecodeError:
            raise NotPlain from None
        start = text.find(OPENING)
        if start < 0:
            raise NotPlain
        return text[:start], "", self._pieces(text[start + len(OPENING) :], stream, decoder)

    def _pieces(self, first, stream, decoder):
        yield first
        while chunk := stream.read(CHUNK):
            try:
                yield decoder.decode(chunk)
            except UnicodeDecodeError:
                raise NotPlain from None

    def _rows(self, text):
        """Reads the whole rows in the text; what is left over comes back."""
        if "<!" in text or "<?" in text or "\x00" in text:
            raise NotPlain
        parts = text.split("</row>")
        for part in parts[:-1]:
            self._row(part)
        return parts[-1][self._empty_rows(parts[-1], 0) :]

    def _empty_rows(self, text, start):
        """Rows without cells close themselves; where they end."""
        many = EMPTY_ROWS.match(text, start)
        if many and " hidden=" not in many[0]:
            # A million of them in some files; they hold nothing, only their last number counts.
            last = many[0].rfind("<row")
            self._number(many[0][last + 4 :])
            return many.end()
        while (match := ROW.match(text, start)) and match[2]:
            self._number(match[1])
            start = match.end()
        return start

    def _number(self, attributes):
        found = ROW_NUMBER.search(attributes)
        number = int(found[1]) if found else 0
        if number <= self.last_row:
            raise NotPlain
        self.last_row = number
        if number <= limits.ROWS and HIDDEN.search(attributes):
            self.sheet.hidden_rows.add(number)
        return number

    def _row(self, part):
        number, cells = self._next(part) or self._any(part)
        if self.plans and len(cells) <= limits.TEXT:
            line = self.plans.line(number, cells)
            if line is not None:
                self._whole(number, line)
                return
        before, *cells = cells.split(BEGIN)
        if before.strip():
            raise NotPlain
        self._cells(number, cells)

    def _next(self, part):
        """(number, XML of its cells) of a row that follows upon the last one and is begun as others
        were; None if it is not so.
        """
        number = self.last_row + 1
        beginning = f'<row r="{number}"'
        if not part.startswith(beginning):
            return None
        attributes, _, cells = part[len(beginning) :].partition(">")
        if attributes not in self.beginnings:
            return None
        self.last_row = number
        return number, cells

    def _any(self, part):
        """As `_next`, of any other row."""
        match = ROW.match(part, self._empty_rows(part, 0))
        if not match:
            raise NotPlain
        number = self._number(match[1])
        beginning = f' r="{number}"'
        if match[1].startswith(beginning) and not HIDDEN.search(match[1]):
            self.beginnings.add(match[1].removeprefix(beginning))
        return number, part[match.end() :]

    def _whole(self, number, line):
        if line:
            self.out.row(number, len(line)).extend(line)
            self.out.count += len(line)

    def _cells(self, number, cells):
        """Puts the cells of one row, as the XML behind their beginnings, in their places."""
        shown, line, width = str(number), None, 0
        known, letters = self.known, self.letters
        for cell in cells:
            reference, _, inside = cell.partition('"')
            value = known.get(inside)
            if value is None:
                value = self._meaning(inside)
            if value is EMPTY:
                continue
            if line is None or reference != letters[width] + shown:
                line, width = self._place(number, shown, reference, line, width)
            else:
                width += 1
            if value is AT_ITS_PLACE:
                self._put_at(number, width, line, inside)
            else:
                line.append(value)
        self.out.count += len(cells)

    def _meaning(self, inside):
        """The value of a cell, EMPTY, or AT_ITS_PLACE where more is to be noted than a value."""
        style, kind, formula, has, value, inline = _parts(inside)
        if not (has or inline or formula):
            result = EMPTY
        elif not self.plain or kind == "e" or not (value or inline):
            return AT_ITS_PLACE
        else:
            result = self._value(style, kind, value or inline)
            if result is None or (type(result) is str and len(result) > limits.TEXT):
                return AT_ITS_PLACE
        self._remember(inside, result)
        return result

    def _value(self, style, kind, text):
        if kind == "s":
            return self.book.texts[int(text)] or None
        if kind in ("", "n"):
            return self.book.number(int(style or 0), text)
        if kind in ("str", "inlineStr"):
            return text_of(text)
        if kind == "b":
            return text.strip().lower() in TRUE
        raise NotPlain

    def _remember(self, inside, value):
        if len(self.known) >= KEPT:
            self.known.clear()
        self.known[inside] = value

    def _place(self, number, shown, reference, line, width):
        """(list, column) of a cell that does not follow right upon another one of its row."""
        letters = reference.removesuffix(shown)
        try:
            column = column_number(letters)
        except ValueError:
            raise NotPlain from None
        if letters == reference:
            raise NotPlain
        if line is None:
            line = self.out.row(number, column)
        if column != width + 1 or column > limits.COLUMNS:
            self._skip(number, column, width, line)
        return line, column

    def _skip(self, number, column, width, line):
        """Fills the columns between the last cell and this one; the limit of columns is checked."""
        if column <= width:
            raise NotPlain
        self._put(number, column, None, line)
        line.pop()

    def _put(self, row, column, value, line):
        self.out.put(row, column, value, line)

    def _put_at(self, number, column, line, inside):
        """Puts a cell whose error or font is to be noted, or whose text may be too long."""
        style, kind, formula, has, value, inline = _parts(inside)
        place, result = (number, column), None
        if not (has or inline) or (formula and kind in NUMERIC and not value.strip()):
            self.sheet.errors[place] = "formula"
        elif kind == "e":
            self.sheet.errors[place] = value.strip() or "#LỖI!"
        else:
            result = self._value(style, kind, value or inline)
        if column == len(line) + 1 and not (type(result) is str and len(result) > limits.TEXT):
            line.append(result)
        else:
            self._put(number, column, result, line)
        if kind == "s" and int(value) in self.book.text_fonts:
            self.sheet.fonts[place] = self.book.text_fonts[int(value)]
        if self.book.legacy and type(result) is str and style:
            self._note_font(place, self.book.styles.fonts[int(style)])

    def _note_font(self, place, font):
        if font:
            self.sheet.fonts.setdefault(place, font)


def _parts(inside):
    """(style, type, formula, whether there is a value, its XML, XML text) of a cell."""
    match = INSIDE.fullmatch(inside)
    if not match:
        raise NotPlain
    return match.groups("")

"""Reads worksheets as Excel, LibreOffice and the common libraries write them, many cells at once.

Anything out of the ordinary (prefixes, comments, odd attributes, rows out of order) is given up,
and the sheet is read again by the patient reader in ooxml.py. Never in part: all or nothing.
"""

import codecs
import re
from html import unescape as unescape_entities

from cadres.intake.reading import limits
from cadres.intake.reading.xmlstream import unescape
from cadres.intake.types import column_number

CHUNK = 1 << 20
CELL = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?(?:/>|>'
    r"(<f(?:/>| [^<>]*/>|(?: [^<>]*)?>[^<]*</f>))?"
    r"(?:(<v)(?:/>|(?: [^<>]*)?>([^<]*)</v>)|<is><t(?: [^<>]*)?>([^<]*)</t></is>)?</c>)"
)
ROW = re.compile(r'\s*<row((?: [\w:.\-]+="[^"<>]*")*)\s*(/?)>')
EMPTY_ROWS = re.compile(r"(?:\s*<row(?: [^<>]*)?/>)+")
ROW_NUMBER = re.compile(r' r="(\d+)"')
HIDDEN = re.compile(r' hidden="(?:1|true|on)"', re.IGNORECASE)
DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w-]+)", re.IGNORECASE)
OPENING, CLOSING = "<sheetData>", "</sheetData>"
TRUE = ("1", "true", "on")
TEXTS = frozenset(("inlineStr", "str"))


class NotPlain(Exception):
    """The sheet is written in a way that only the patient reader understands."""


def _is_as_written(text):
    """Whether a text of the XML is the cell's: nothing in it is escaped, and it is not too long."""
    return 0 < len(text) <= limits.TEXT and "&" not in text and "_x" not in text


class QuickReader:
    """Fills a collector from the stream of one worksheet; `around` is the XML beside the rows."""

    def __init__(self, collector, book):
        self.out, self.sheet, self.book = collector, collector.sheet, book
        self.columns, self.last_row, self.dates = {}, 0, {}
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
        match = ROW.match(part, self._empty_rows(part, 0))
        if not match:
            raise NotPlain
        number, start = self._number(match[1]), match.end()
        cells = CELL.findall(part, start)
        if (
            len(cells) != part.count("<c ", start) + part.count("<c>", start)
            or part.find("<row", start) >= 0
        ):
            raise NotPlain
        self._cells(number, cells)

    def _cells(self, number, cells):
        """Puts the cells of one row in their places."""
        shown, place, line, width, columns = str(number), self._put, None, 0, self.columns
        texts, special = self.book.texts, self.book.styles.special
        plain_texts = not self.book.text_fonts and not self.book.legacy
        for letters, row, style, kind, formula, has, value, inline in cells:
            if not has and not inline and not formula:
                continue
            if row != shown:
                raise NotPlain
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters)
            if line is None:
                line = self.out.row(number, column)
            if column != width + 1 or column > limits.COLUMNS:
                if column <= width:
                    raise NotPlain
                place(number, column, None, line)
                line.pop()
            if kind == "s" and plain_texts and value:
                line.append(texts[int(value)])
            elif (
                not kind
                and value.isdigit()
                and len(value) < 16
                and not (style and special[int(style)])
            ):
                line.append(int(value))
            elif plain_texts and kind in TEXTS and _is_as_written(text := value or inline):
                line.append(text)
            else:
                self._other(number, column, line, (style, kind, has, value, inline))
            width = column
        self.out.count += len(cells)

    def _put(self, row, column, value, line):
        self.out.put(row, column, value, line)

    def _other(self, number, column, line, cell):
        style, kind, has, value, inline = cell
        place = (number, column)
        result = None
        if not has and not inline:
            self.sheet.errors[place] = "formula"
        elif kind == "e":
            self.sheet.errors[place] = value.strip() or "#LỖI!"
        elif kind == "s":
            result = self._shared(place, value)
        elif kind == "b":
            result = value.strip().lower() in TRUE
        elif kind in ("", "n"):
            result = self._number_value(style, value)
        elif kind in ("str", "inlineStr"):
            result = unescape(unescape_entities(value or inline)) or None
        else:
            raise NotPlain
        self._put(number, column, result, line)
        if (
            self.book.legacy
            and isinstance(result, str)
            and style
            and self.book.styles.fonts[int(style)]
        ):
            self.sheet.fonts.setdefault(place, self.book.styles.fonts[int(style)])

    def _shared(self, place, value):
        index = int(value)
        if index in self.book.text_fonts:
            self.sheet.fonts[place] = self.book.text_fonts[index]
        return self.book.texts[index]

    def _number_value(self, style, value):
        known = self.dates.get((style, value))
        if known is None:
            known = self.dates[style, value] = self._convert(style, value)
        return known

    def _convert(self, style, value):
        return self.book.number(int(style or 0), value)

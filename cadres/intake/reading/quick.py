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
KEPT = 50_000  # meanings of cells that are remembered
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


class NotPlain(Exception):
    """The sheet is written in a way that only the patient reader understands."""


class QuickReader:
    """Fills a collector from the stream of one worksheet; `around` is the XML beside the rows."""

    def __init__(self, collector, book):
        self.out, self.sheet, self.book = collector, collector.sheet, book
        self.columns, self.last_row = {}, 0
        # (style, type, XML text) -> value: what it meant before, it means again.
        self.known = {}
        # Whether no font tells of an old encoding, so that a cell is what its XML says.
        self.plain = not book.text_fonts and not book.legacy
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
        shown, line, width, columns = str(number), None, 0, self.columns
        texts, known, plain = self.book.texts, self.known, self.plain
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
                self._skip(number, column, width, line)
            text = value or inline
            if not plain or not text:
                self._other(number, column, line, (style, kind, has, value, inline))
            elif kind == "s":
                line.append(texts[int(text)])
            elif not kind and not style and len(text) < 16 and text.isdigit():
                line.append(int(text))
            elif (found := known.get((style, kind, text))) is not None:
                line.append(found)
            else:
                self._other(number, column, line, (style, kind, has, value, inline))
                if kind != "e" and len(known) < KEPT:
                    known[style, kind, text] = line[-1]
            width = column
        self.out.count += len(cells)

    def _skip(self, number, column, width, line):
        """Fills the columns between the last cell and this one; the limit of columns is checked."""
        if column <= width:
            raise NotPlain
        self._put(number, column, None, line)
        line.pop()

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
            result = self.book.number(int(style or 0), value)
        elif kind in ("str", "inlineStr"):
            result = unescape(unescape_entities(value or inline)) or None
        else:
            raise NotPlain
        if column == len(line) + 1 and not (type(result) is str and len(result) > limits.TEXT):
            line.append(result)
        else:
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

"""The texts of a sheet as the clerk sees them: decoded, and what each value looks like."""

import datetime
import unicodedata
from itertools import zip_longest

from cadres.intake.reading.legacy_fonts import encoding_of, is_capitals
from cadres.intake.understanding.decoding import decode_doubtful, guess, only_unicode, to_unicode

# Different texts from which on a column tells its own encoding.
FEW = 5
BLOCK = 1_000  # rows turned into columns at once


def shown(value):
    """The display text of a plain value."""
    if value is None:
        return ""
    kind = type(value)
    if kind is str:
        return value
    if kind is bool:
        return "TRUE" if value else "FALSE"
    if kind is float:
        return _number(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y %H:%M") if value.time() != datetime.time() else _day(value)
    if isinstance(value, datetime.date):
        return _day(value)
    return str(value)


def _day(value):
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def _number(value):
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


class Decoder:
    """Decodes the texts of one sheet and counts what it met."""

    def __init__(self, sheet):
        self.fonts = sheet.fonts
        texts = _foreign_texts(sheet)
        self.columns, self.mixed = column_encodings(texts)
        # Beside legacy columns, a column with too few texts to tell follows the sheet.
        self.met = {"unicode": 0, "tcvn3": 0, "vni": 0}
        legacy = [code for code in self.columns.values() if code != "unicode"]
        self.common = max(set(legacy), key=legacy.count) if legacy else None
        # Neither a font nor a column of an old encoding: all texts are what they are.
        self.has_nothing_to_do = not self.fonts and not legacy
        # Known of texts that stay as they are; what is decoded is looked at afterwards.
        self.is_composed = self.has_nothing_to_do and all(
            is_composed(text) for column in texts.values() for text in column
        )
        if self.has_nothing_to_do:
            self.met["unicode"] = len(self.columns)

    def text(self, value, row, column):
        """The decoded text of a string value at that place (1-based)."""
        font = self.fonts.get((row, column)) if self.fonts else None
        if font:
            return self._by_font(value, font)
        if value.isascii():
            return value
        code = self.columns.get(column) or self.common
        if code in (None, "unicode"):
            if self.common and column not in self.columns:
                code = self.common
            else:
                self.met["unicode"] += 1
                return value
        return self._count(value, decode_doubtful(value, code, column not in self.mixed), code)

    def _by_font(self, value, font):
        code = encoding_of(font)
        if value.isascii() and not is_capitals(font):
            return value
        if only_unicode(value) and decode_doubtful(value, code) == value:
            self.met["unicode"] += 1
            return value.upper() if is_capitals(font) else value
        self.met[code] += not value.isascii()
        return to_unicode(value, code, is_capitals(font))

    def _count(self, value, decoded, code):
        self.met[code if decoded != value else "unicode"] += 1
        return decoded


def column_encodings(texts):
    """({column: unicode, tcvn3 or vni}, columns that also hold texts that can only be Unicode).

    `texts`: {column: those whose font tells nothing}.
    """
    found = {c: guess(column) for c, column in texts.items()}
    mixed = {
        c
        for c, code in found.items()
        if code in ("tcvn3", "vni") and any(map(only_unicode, texts[c]))
    }
    return {c: code for c, code in _of_one_mind(found, texts).items() if code}, mixed


def _of_one_mind(found, texts):
    """Columns of few words follow the sheet, where nothing on it can only be Unicode."""
    if any(only_unicode(text) for column in texts.values() for text in column):
        return found
    common = guess(text for column in texts.values() for text in column)
    if common in (None, "unicode"):
        return found
    return {
        c: common if code == "unicode" or len(texts[c]) < FEW else code for c, code in found.items()
    }


def _foreign_texts(sheet):
    """{column: {text: None}} of the texts beyond ASCII whose font tells nothing, as they come."""
    texts = {}
    if sheet.fonts:
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                if type(value) is str and not value.isascii() and (r, c) not in sheet.fonts:
                    texts.setdefault(c, {})[value] = None
        return texts
    for start in range(0, len(sheet.rows), BLOCK):
        for c, column in enumerate(zip_longest(*sheet.rows[start : start + BLOCK]), 1):
            for value in dict.fromkeys(column):
                if type(value) is str and not value.isascii():
                    texts.setdefault(c, {})[value] = None
    return texts


def grid_of(sheet, decoder):
    """rows of display texts in NFC, blanks empty, all as long as their row of values."""
    grid = _texts(sheet, decoder)
    if decoder.is_composed or all(is_composed(text) for row in grid for text in row):
        return grid
    return [[unicodedata.normalize("NFC", text) for text in row] for row in grid]


def is_composed(text):
    """Whether a text is in NFC; some programs write a letter and its tone apart."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _texts(sheet, decoder):
    if decoder.has_nothing_to_do:
        return [
            [("" if v.isspace() else v) if type(v) is str else shown(v) for v in row]
            for row in sheet.rows
        ]
    text = decoder.text
    return [
        [
            ("" if value.isspace() else text(value, r, c)) if type(value) is str else shown(value)
            for c, value in enumerate(row, 1)
        ]
        for r, row in enumerate(sheet.rows, 1)
    ]


def text_kind(met):
    """unicode, tcvn3, vni or mixed, by how many cells of each were met."""
    kinds = [code for code, number in met.items() if number]
    legacy = [code for code in kinds if code != "unicode"]
    if not legacy:
        return "unicode"
    return legacy[0] if len(kinds) == 1 else "mixed"

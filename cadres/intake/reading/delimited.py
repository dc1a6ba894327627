"""Reads csv: UTF-8, UTF-16, windows-1258 or a legacy code page; comma, semicolon, tab or bar."""

import csv
import io
import re

from cadres.intake.reading import limits
from cadres.intake.reading.collecting import Budget, Collector
from cadres.intake.reading.refusals import refusal
from cadres.intake.types import Workbook
from cadres.intake.understanding.decoding import score, to_unicode

AS_TEXT = re.compile(r'^="((?:[^"]|"")*)"$')
DELIMITERS = ";,\t|"


def decode(data):
    """The text of the bytes."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:2048]:
        little = data[1:2048:2].count(0) > data[0:2048:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(data)


def _code_page(data):
    """windows-1258 against the legacy encodings (which are kept as windows-1252 characters)."""
    western = data.decode("cp1252", "replace") if _maps(data, "cp1252") else data.decode("latin-1")
    vietnamese = data.decode("cp1258", "replace")
    legacy = max(score(to_unicode(western[:20000], code)) for code in ("tcvn3", "vni"))
    return western if legacy > score(vietnamese[:20000]) else vietnamese


def _maps(data, encoding):
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(text):
    """The character that splits the first lines into the most and evenest columns."""
    lines = [line for line in text[:50000].splitlines() if line.strip()][:40]

    def rank(mark):
        counts = [line.count(mark) for line in lines]
        return sum(c > 0 for c in counts), max(counts, default=0), sum(counts)

    return max(DELIMITERS, key=rank)


def read_delimited(path):
    """A workbook of one sheet without a name; a row is a record, blank lines count."""
    with open(path, "rb") as stream:
        text = decode(stream.read())
    mark = delimiter_of(text)
    # Excel writes sep=; as a first line of its own.
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:
        mark = text[4]
    csv.field_size_limit(limits.TEXT * 4)
    out = Collector("", False, Budget())
    try:
        records = csv.reader(
            io.StringIO(text.replace("\x00", "\ufffd"), newline=""), delimiter=mark
        )
        for number, record in enumerate(records, 1):
            _put_record(out, number, record)
    except csv.Error:
        raise refusal("damaged") from None
    return Workbook("csv", 1900, [out.sheet])


def _put_record(out, number, record):
    if not any(record):
        return
    cells = out.row(number)
    for column, value in enumerate(record, 1):
        if match := AS_TEXT.match(value):
            value = match.group(1).replace('""', '"')
        if value.strip():
            out.put(number, column, value, cells)

"""A workbook as lines of JSON: how the child hands it over. Nothing in them is executed."""

import datetime
import json

import orjson

from cadres.intake.reading import limits
from cadres.intake.reading.refusals import too_large
from cadres.intake.types import IntakeError, Sheet, Workbook

# In front of a date's ISO form; cannot begin a text of a cell (see _out).
DATE = "\x01"
ESCAPED = b'"\\u0001'

PLAIN = frozenset((int, float, bool, type(None)))


def _out(value):
    if type(value) is not str:
        return DATE + value.isoformat()
    return value.lstrip(DATE) if value[:1] == DATE else value


def _line(row):
    """The row as JSON; what orjson does not write (halves of characters, NaN) the patient way."""
    try:
        line = orjson.dumps(row, _out, orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError:
        return _patient_line(row)
    # A text of a cell that begins with the mark of dates is cut; its dates begin with it too.
    if ESCAPED in line and any(type(v) is str and v[:1] == DATE for v in row):
        return _patient_line(row)
    return line


def _patient_line(row):
    values = [v if type(v) in PLAIN else _out(v) for v in row]
    return json.dumps(values, check_circular=False).encode()


def _json(value):
    return json.dumps(value).encode() + b"\n"


def _pairs(places):
    return [[r, c, text] for (r, c), text in places.items()]


def write(workbook, stream):
    """Writes the workbook as bytes, a line a row; refuses more text than its cells can be worth."""
    head = {"kind": workbook.kind, "system": workbook.date_system, "sheets": len(workbook.sheets)}
    stream.write(_json(head))
    room = limits.ANSWER
    for sheet in workbook.sheets:
        about = {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "rows": len(sheet.rows),
            "merges": sheet.merges,
            "hidden_rows": sorted(sheet.hidden_rows),
            "hidden_columns": sorted(sheet.hidden_columns),
            "fonts": _pairs(sheet.fonts),
            "errors": _pairs(sheet.errors),
        }
        stream.write(_json(about))
        for row in sheet.rows:
            line = _line(row)
            room += limits.ANSWER_PER_CELL * len(row) - len(line)
            if room < 0:
                raise too_large("Tổng số ký tự của các ô trong tệp", limits.ANSWER)
            stream.write(line + b"\n")


def _moment(text):
    if "T" in text:
        return datetime.datetime.fromisoformat(text)
    return datetime.date.fromisoformat(text)


class _Kept(dict):
    """Equal texts are kept once."""

    def __missing__(self, text):
        value = _moment(text[1:]) if text[:1] == DATE else text
        self[text] = value
        return value


def _row(line):
    try:
        return orjson.loads(line)
    except ValueError:  # NaN, halves of characters
        return json.loads(line)


def read(stream):
    """The workbook, or the error, that `write` or `write_error` wrote."""
    head = json.loads(stream.readline())
    if "error" in head:
        raise IntakeError(head["error"], head["message"])
    result, kept = Workbook(head["kind"], head["system"]), _Kept()
    for _ in range(head["sheets"]):
        about = json.loads(stream.readline())
        sheet = Sheet(about["name"], about["hidden"])
        sheet.merges = [tuple(m) for m in about["merges"]]
        sheet.hidden_rows = set(about["hidden_rows"])
        sheet.hidden_columns = set(about["hidden_columns"])
        sheet.fonts = {(r, c): font for r, c, font in about["fonts"]}
        sheet.errors = {(r, c): text for r, c, text in about["errors"]}
        for _ in range(about["rows"]):
            row = _row(stream.readline())
            sheet.rows.append([kept[v] if type(v) is str else v for v in row])
        result.sheets.append(sheet)
    return result


def write_error(error, stream):
    """Writes why the file is refused."""
    stream.write(_json({"error": error.code, "message": error.message}))

"""Reads .xlsb; its format tells no fonts to this reader, so columns are judged by content.

The library that reads the values leaves error cells blank: they are looked up in the records.
"""

import datetime
import struct
import zipfile

import python_calamine

from cadres.intake.reading import limits
from cadres.intake.reading.collecting import Budget, Collector
from cadres.intake.reading.ooxml_parts import open_part, relations, workbook_path
from cadres.intake.reading.refusals import too_large
from cadres.intake.types import Workbook

SHOWN = python_calamine.SheetVisibleEnum.Visible
ROW, CELL_ERROR, FORMULA_ERROR, SHEET = 0, 3, 11, 156  # numbers of records
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def _plain(value):
    if value == "" or value is None:
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return str(value)
    return value


def read_binary(path):
    """The workbook in the file."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    if len(book.sheets_metadata) > limits.SHEETS:
        raise too_large("Số trang tính trong tệp", limits.SHEETS)
    result, budget, errors = Workbook("xlsb"), Budget(), _errors(path)
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        out = Collector(meta.name, meta.visible != SHOWN, budget)
        _fill(out, book.get_sheet_by_index(index))
        out.sheet.errors = errors.get(meta.name, {})
        result.sheets.append(out.sheet)
    return result


def _fill(out, source):
    top, left = source.start or (0, 0)
    for r, values in enumerate(source.to_python(skip_empty_area=True), top + 1):
        for c, value in enumerate(values, left + 1):
            plain = _plain(value)
            if plain is not None:
                out.put(r, c, plain)
    for (r1, c1), (r2, c2) in source.merged_cell_ranges or []:
        out.sheet.merges.append((r1 + 1, c1 + 1, r2 + 1, c2 + 1))


def _errors(path):
    """{sheet name: {(row, column): "#N/A"…}}."""
    with zipfile.ZipFile(path) as archive:
        book = workbook_path(archive)
        parts = relations(archive, book)
        sheets = [_sheet_of(data) for code, data in _records(archive, book) if code == SHEET]
        return {
            name: dict(_errors_of(_records(archive, parts[relation][1])))
            for relation, name in sheets
            if relation in parts
        }


def _sheet_of(data):
    """(relation, name) of the record that lists a sheet."""
    texts, start = [], 8
    for _ in range(2):
        (length,) = struct.unpack_from("<I", data, start)
        texts.append(data[start + 4 : start + 4 + 2 * length].decode("utf-16-le"))
        start += 4 + 2 * length
    return texts


def _errors_of(records):
    """((row, column), error) of the cells that hold one, by hand or by formula."""
    row = 0
    for code, data in records:
        if code == ROW:
            row = struct.unpack_from("<I", data)[0] + 1
        elif code in (CELL_ERROR, FORMULA_ERROR):
            (column,) = struct.unpack_from("<I", data)
            yield (row, column + 1), ERRORS.get(data[8], "#LỖI!")


def _records(archive, path):
    """(number, bytes) of each record of a part; both numbers are written seven bits a byte."""
    stream = open_part(archive, path)
    data = stream.read() if stream else b""
    place = 0
    while place < len(data):
        code, place = _number(data, place, 2)
        size, place = _number(data, place, 4)
        yield code, data[place : place + size]
        place += size


def _number(data, place, longest):
    value = 0
    for shift in range(0, 7 * longest, 7):
        byte = data[place]
        value |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            break
    return value, place

"""Reads .xlsb; its format tells no fonts to this reader, so columns are judged by content."""

import datetime

import python_calamine

from cadres.intake.reading import limits
from cadres.intake.reading.collecting import Budget, Collector
from cadres.intake.reading.refusals import too_large
from cadres.intake.types import Workbook


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
    result, budget = Workbook("xlsb"), Budget()
    for index, meta in enumerate(book.sheets_metadata):
        if "WorkSheet" not in str(meta.typ):
            continue
        out = Collector(meta.name, "Visible" not in str(meta.visible), budget)
        _fill(out, book.get_sheet_by_index(index))
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

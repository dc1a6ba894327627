"""Reads .xls of Excel 2 to 2003, with fonts and merges."""

import io

import xlrd

from cadres.intake.reading import limits
from cadres.intake.reading.collecting import Budget, Collector
from cadres.intake.reading.legacy_fonts import is_legacy
from cadres.intake.reading.refusals import refusal, too_large
from cadres.intake.reading.serials import from_serial
from cadres.intake.types import Workbook


class _Silent(io.TextIOBase):
    """xlrd tells its doubts to a file; nobody reads them."""

    def write(self, text):
        return len(text)


def _open(path):
    options = {"logfile": _Silent(), "on_demand": True, "ragged_rows": True}
    try:
        return xlrd.open_workbook(path, formatting_info=True, **options)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise refusal("password") from None
        raise
    except (NotImplementedError, AttributeError, IndexError, KeyError, AssertionError):
        # A damaged style table: the values may still be whole.
        return xlrd.open_workbook(path, **options)


def read_biff(path):
    """The workbook in the file."""
    book = _open(path)
    if book.nsheets > limits.SHEETS:
        raise too_large("Số trang tính trong tệp", limits.SHEETS)
    system = 1904 if book.datemode else 1900
    result, budget = Workbook("xls", system), Budget()
    for index in range(book.nsheets):
        result.sheets.append(_read_sheet(book, book.sheet_by_index(index), system, budget))
        book.unload_sheet(index)
    return result


def _read_sheet(book, source, system, budget):
    out = Collector(source.name, bool(source.visibility), budget)
    for r in range(source.nrows):
        types, values = source.row_types(r), source.row_values(r)
        for c, (kind, value) in enumerate(zip(types, values, strict=True)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                _put_cell(out, book, source, (r, c), kind, value, system)
    _layout(out.sheet, source)
    return out.sheet


def _put_cell(out, book, source, place, kind, value, system):
    row, column = place[0] + 1, place[1] + 1
    if kind == xlrd.XL_CELL_ERROR:
        out.sheet.errors[row, column] = xlrd.error_text_from_code.get(value, "#LỖI!")
        value = None
    elif kind == xlrd.XL_CELL_BOOLEAN:
        value = bool(value)
    elif kind == xlrd.XL_CELL_DATE:
        value = from_serial(value, system) or value
    elif kind == xlrd.XL_CELL_NUMBER:
        value = _number(book, source, place, value)
    elif font := _legacy_font(book, source, place):
        out.sheet.fonts[row, column] = font
    out.put(row, column, value)


def _number(book, source, place, value):
    if not value.is_integer() or abs(value) >= 1e15:
        return value
    if book.formatting_info:
        style = book.xf_list[source.cell_xf_index(*place)]
        code = (
            book.format_map[style.format_key].format_str
            if style.format_key in book.format_map
            else ""
        )
        if len(code) > 1 and not code.strip("0") and value >= 0:
            return f"{int(value):0{len(code)}d}"
    return int(value)


def _legacy_font(book, source, place):
    if not book.formatting_info:
        return ""
    runs = source.rich_text_runlist_map.get(place) or []
    names = [book.font_list[font].name for _, font in runs if font < len(book.font_list)]
    style = book.xf_list[source.cell_xf_index(*place)]
    names.append(book.font_list[style.font_index].name)
    return next((name for name in names if is_legacy(name)), "")


def _layout(sheet, source):
    for r1, r2, c1, c2 in source.merged_cells:
        sheet.merges.append((r1 + 1, c1 + 1, r2, c2))
    sheet.hidden_rows.update(r + 1 for r, info in source.rowinfo_map.items() if info.hidden)
    sheet.hidden_columns.update(c + 1 for c, info in source.colinfo_map.items() if info.hidden)

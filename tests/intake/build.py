"""Makes workbooks for the tests: lists of rows in, bytes out."""

import csv
import datetime
import io
import struct
import zipfile

import openpyxl
from openpyxl.styles import Font


def xlsx(sheets, merges=(), font=None, hidden_rows=(), edit=None):
    """Bytes of an xlsx; sheets {name: rows}; merges and hidden_rows are of the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    first = book.worksheets[0]
    for reference in merges:
        first.merge_cells(reference)
    for row in hidden_rows:
        first.row_dimensions[row].hidden = True
    if font:
        for line in first.iter_rows():
            for cell in line:
                cell.font = Font(name=font)
    if edit:
        edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def delimited(rows, mark=",", encoding="utf-8"):
    """Bytes of a csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def xls(rows, font="Arial", merges=()):
    """Bytes of an old .xls; merges (r1, r2, c1, c2) are 0-based, inclusive."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    style = xlwt.easyxf(f"font: name {font}")
    inside = {
        (r, c) for r1, r2, c1, c2 in merges for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)
    }
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value not in (None, "") and (r, c) not in inside:
                sheet.write(r, c, value, style)
    for r1, r2, c1, c2 in merges:
        sheet.write_merge(r1, r2, c1, c2, rows[r1][c1], style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows, name="Danh sách"):
    """Bytes of an ods."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name=name)
    for row in rows:
        line = TableRow()
        for value in row:
            if value in (None, ""):
                line.addElement(TableCell())
            elif isinstance(value, (int, float)):
                cell = TableCell(valuetype="float", value=str(value))
                cell.addElement(P(text=str(value)))
                line.addElement(cell)
            else:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=str(value)))
                line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def xlsb(rows, name="Sheet1", hidden=False):
    """Bytes of a binary workbook of one sheet; "#N/A" becomes an error cell, a date a day."""
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _record(129) + _record(148, size) + _record(145)
    for r, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHHBI", r, 0, 300, 0, 0, 0))
        for c, value in enumerate(row):
            sheet += _binary_cell(c, value)
    sheet += _record(146) + _record(130)
    about = struct.pack("<II", 1 if hidden else 0, 1) + _wide("rId1") + _wide(name)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.bin")),
        "xl/_rels/workbook.bin.rels": _relations(
            ("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")
        ),
        "xl/workbook.bin": _record(131) + _record(143) + _record(156, about) + _record(144)
        + _record(132),
        "xl/styles.bin": _record(278) + _record(617, struct.pack("<I", 2)) + _style(0) + _style(14)
        + _record(618) + _record(279),
        "xl/worksheets/sheet1.bin": sheet,
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in parts.items():
            archive.writestr(path, data)
    return out.getvalue()


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin"'
    ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def _relations(*targets):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}/{name}" Target="{target}"/>'
        for n, (name, target) in enumerate(targets, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{inside}</Relationships>'


def _record(code, data=b""):
    """One record of the binary format: its number and length, seven bits a byte, and its data."""
    head = bytes([code]) if code < 128 else bytes([code & 0x7F | 0x80, code >> 7])
    size = len(data)
    while size > 127:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + data


def _wide(text):
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _style(number_format):
    return _record(47, struct.pack("<HHHHHBBHH", 0, number_format, 0, 0, 0, 0, 0, 0, 0))


def _binary_cell(column, value):
    place = struct.pack("<II", column, 1 if isinstance(value, datetime.date) else 0)
    if value in (None, ""):
        return b""
    if value == "#N/A":
        return _record(3, place + b"\x2a")
    if isinstance(value, str):
        return _record(6, place + _wide(value))
    if isinstance(value, datetime.date):
        value = (value - datetime.date(1899, 12, 30)).days
    return _record(5, place + struct.pack("<d", value))

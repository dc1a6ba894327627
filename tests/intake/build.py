"""Makes workbooks for the tests: lists of rows in, bytes out."""

import csv
import io

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

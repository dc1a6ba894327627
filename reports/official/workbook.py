"""A filled form in Excel: letterhead, title, the original header grid, numbers, signatures."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from reports.official.grid import depth
from trainingplans.lib.dates import show
from trainingplans.lib.sheets import CONTROLS, looks_like_formula

TITLE_ROW, PERIOD_ROW, HEADER_ROW = 4, 5, 6  # as in the original of Mẫu số 1
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(vertical="center", wrap_text=True)
FONT, BOLD = Font(name="Times New Roman", size=11), Font(name="Times New Roman", size=11, bold=True)
WIDEST_LEAD = 34


def written(form, filled, asked, office):
    """The bytes of a filled form."""
    book = Workbook()
    sheet = book.active
    sheet.title = form.name.replace("/", "-")
    cells = form.header()
    width = max(cell.column + cell.columns for cell in cells)
    _letterhead(sheet, form, asked, office, width)
    for cell in cells:
        _header_cell(sheet, cell)
    first = HEADER_ROW + depth(cells)
    for number, line in enumerate(filled.lines):
        _line(sheet, first + number, line, filled, form)
    _foot(sheet, first + len(filled.lines) + 1, filled)
    _widths(sheet, form, width)
    return _bytes(book)


def _put(sheet, row, column, value, *, font=FONT, alignment=LEFT):
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value, cell.data_type = CONTROLS.sub("", value), "s"
        cell.quotePrefix = looks_like_formula(value)
    else:
        cell.value = value
    cell.font, cell.alignment = font, alignment
    return cell


def _letterhead(sheet, form, asked, office, width):
    _put(sheet, 1, 1, office, font=BOLD)
    if asked.unit:
        _put(sheet, 2, 1, asked.unit.name)
    _put(sheet, 1, max(width - 2, 4), form.name, font=BOLD)
    sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=width)
    _put(sheet, TITLE_ROW, 1, form.title.upper(), font=BOLD, alignment=CENTRE)
    days = f"Từ ngày {show(asked.first)} đến ngày {show(asked.last)}"
    told = days if form.is_period else f"Có mặt đến ngày {show(asked.last)}"
    sheet.merge_cells(start_row=PERIOD_ROW, end_row=PERIOD_ROW, start_column=1, end_column=width)
    _put(sheet, PERIOD_ROW, 1, f"{told}; đơn vị tính: {form.what}", alignment=CENTRE)


def _header_cell(sheet, cell):
    row, column = HEADER_ROW + cell.row, cell.column + 1
    last_row, last_column = row + cell.rows - 1, column + cell.columns - 1
    for r in range(row, last_row + 1):
        for c in range(column, last_column + 1):
            sheet.cell(r, c).border = BOX
    _put(sheet, row, column, cell.text, font=BOLD, alignment=CENTRE)
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=row, end_row=last_row, start_column=column, end_column=last_column
        )


def _line(sheet, row, line, filled, form):
    font = BOLD if line.strong else FONT
    for place, text in enumerate(line.lead, 1):
        _put(sheet, row, place, text, font=font).border = BOX
    for place, column in enumerate(filled.columns, form.lead + 1):
        value = filled.number(line.key, column)
        _put(sheet, row, place, value, font=font, alignment=CENTRE).border = BOX


def _foot(sheet, row, filled):
    for number, note in enumerate(filled.notes):
        _put(sheet, row + number, 1, note).alignment = Alignment(wrap_text=False)
    row += len(filled.notes) + 1
    _put(sheet, row, 1, "Người lập biểu", font=BOLD)
    _put(sheet, row, 8, "Thủ trưởng cơ quan", font=BOLD)


def _widths(sheet, form, width):
    leads = [6, 24, WIDEST_LEAD] if form.lead == 3 else [6, WIDEST_LEAD, 0]
    leads = [WIDEST_LEAD] if form.lead == 1 else leads[: form.lead]
    for place in range(1, width + 1):
        wide = leads[place - 1] if place <= form.lead else 9
        sheet.column_dimensions[get_column_letter(place)].width = wide
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _bytes(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()

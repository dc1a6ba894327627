"""Workbooks of figures and of the people behind them; each export leaves a trace."""

from io import BytesIO

from django.db import transaction
from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cadres.audit import record
from reports.board import EVERYBODY, GROUPS
from reports.people import with_levels
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import percent_shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 500
FIGURES = ["Đạt", "Tổng số", "Tỉ lệ %", "Ngưỡng %", "Còn thiếu", "Chưa đạt", "Chưa rõ"]


def figures_file(lines, words, scope):
    """One row a target: the figures of a page of targets."""
    head = ["Mục tiêu", "Tính trên", *FIGURES, "Hạn", "Căn cứ"]
    rows = [
        [line.name, words[line.target.pk], *_figures(line), line.due, line.target.legal_basis]
        for line in lines
    ]
    return workbook("Mục tiêu", _title("Mục tiêu", scope), head, rows)


def units_file(target, lines, scope):
    """One row a unit: the figures of one target."""
    rows = [[line.unit.code, line.unit_name, *_figures(line)] for line in lines]
    return workbook("Theo đơn vị", _title(target.name, scope), ["Mã", "Đơn vị", *FIGURES], rows)


def people_file(target, group, rows, scope):
    """One row a person of a group, in the order of names."""
    head = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ, chức danh", "Đơn vị", "Hiện có"]
    words = f"{target.name}: {GROUPS.get(group, 'tất cả người được tính')}"
    return workbook("Danh sách", _title(words, scope), head, _people(target, rows, scope))


def _people(target, rows, scope):
    for start in range(0, len(rows), CHUNK):
        part = with_levels(rows[start : start + CHUNK], target, scope)
        for number, person in enumerate(part, start + 1):
            official, standing = person.official, person.standing
            birth = official.birth.display if official.birth else ""
            name = official.full_name
            yield [number, name, birth, standing.position, standing.unit.name, person.held]


def _figures(line):
    percent = line.percent
    shown = None if percent is None else float(percent_shown(percent, line.threshold, 2))
    return [
        line.attained,
        line.population,
        shown,
        float(line.threshold),
        line.short_by,
        line.missing,
        line.unknown,
    ]


def _title(words, scope):
    return f"{words}; {scope.words}, số liệu đến {show(scope.on)}"


def workbook(sheet, title, head, rows):
    """The bytes of a workbook: a title, a heading row, rows; texts never become formulas."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A4"
    page.append([_bold(page, title)])
    page.append([])
    page.append([_bold(page, text) for text in head])
    for row in rows:
        page.append([_safe(value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(page, text):
    cell = WriteOnlyCell(page, _safe(text))
    cell.font = Font(bold=True)
    return cell


def _safe(value):
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


@transaction.atomic
def sent(content, name, *, by, subject=None, detail=None):
    """The download, recorded as an act of its author."""
    record("report.export", by=by, subject=subject, label=name, detail=detail)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def export_detail(scope, group="", rows=None):
    """What the record of an export says: day, unit, group, number of rows."""
    detail = {"on": scope.on.isoformat(), "unit": scope.unit.code if scope.unit else None}
    if group and group != EVERYBODY:
        detail["group"] = group
    return detail | ({"rows": rows} if rows is not None else {})

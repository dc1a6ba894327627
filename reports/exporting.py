"""Workbooks of figures and of the people behind them; each export leaves a trace."""

from django.db import transaction
from django.http import HttpResponse

from cadres.audit import record
from reports.board import EVERYBODY, GROUPS
from reports.people import with_levels
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import percent_shown
from trainingplans.lib.sheets import MIME, append, bytes_of, new_book, new_sheet

WIDTHS = {"Mục tiêu": 44, "Tính trên": 44, "Đơn vị": 34, "Họ và tên": 28, "Căn cứ": 34}
WIDTHS |= {"Chức vụ, chức danh": 34, "Hiện có": 24, "STT": 6}
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
    """The bytes of a workbook: rows under a heading row; a second sheet says what they are."""
    book = new_book()
    page = new_sheet(book, sheet, head, [WIDTHS.get(text, 12) for text in head])
    for row in rows:
        append(page, row)
    append(new_sheet(book, "Giải thích", ["Bảng này là"], [100]), [title])
    return bytes_of(book)


@transaction.atomic
def sent(content, name, *, by, subject=None, detail=None):
    """The download, recorded as an act of its author."""
    record("report.export", by=by, subject=subject, label=name, detail=detail)
    response = HttpResponse(content, content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def export_detail(scope, group="", rows=None):
    """What the record of an export says: day, unit, group, number of rows."""
    detail = {"on": scope.on.isoformat(), "unit": scope.unit.code if scope.unit else None}
    if group and group != EVERYBODY:
        detail["group"] = group
    return detail | ({"rows": rows} if rows is not None else {})

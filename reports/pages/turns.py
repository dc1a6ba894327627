"""Lượt and người of a period: a pivot by content, unit or person, always with distinct people."""

from datetime import date, timedelta
from itertools import pairwise

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cadres.models import Unit
from courses.models import Category, Enrolment, Form
from courses.turns import BY_WORDS, COUNTED_FORM, FORM, counted_turns, turns
from reports import exporting
from reports.dashboard import may_export_people
from reports.pages.asking import XLSX, Period, must
from reports.people import may_open
from reports.scope import UNIT, scope_of
from reports.structure import SMALL, in_department
from trainingplans.lib.access import needs
from trainingplans.lib.dates import add_months, show
from trainingplans.lib.listing import page_of
from trainingplans.lib.numbers import format_number
from trainingplans.lib.widgets import QuickSelect

ROWS, COLUMNS, KEY, PART = "hang", "cot", "o_hang", "o_cot"
BY_FORM, BY_QUARTER = "hinh-thuc", "quy"
COLUMN_CHOICES = [
    (BY_FORM, "Đào tạo, bồi dưỡng"),
    (BY_QUARTER, "Quý, hoặc năm"),
    ("", "Không chia cột"),
]
UNTOLD_KEY = "-"
PEOPLE_OF = {
    "category": "category__code",
    "unit": "unit__code",
    "ethnic_group": "ethnic_group__name",
    "gender": "gender",
    "staff_kind": "staff_kind",
}
COLUMNS_AT_MOST = 12


class TurnsForm(forms.Form):
    """What the table is divided by."""

    hang = forms.ChoiceField(choices=list(BY_WORDS.items()), label="Hàng", required=False)
    cot = forms.ChoiceField(choices=COLUMN_CHOICES, label="Cột", required=False)

    def __init__(self, request, units):
        asked = request.GET.copy()
        asked.setdefault(ROWS, "category")
        asked.setdefault(COLUMNS, BY_FORM)
        super().__init__(asked)
        self.fields[UNIT] = forms.ChoiceField(choices=units, label="Đơn vị", required=False)
        for field in self.fields.values():
            field.widget = QuickSelect(choices=field.choices)


class _Asked:
    """What the address asks for, and the lượt that the account may see."""

    def __init__(self, request):
        self.scope = scope_of(request)
        on = self.scope.on
        self.period = Period(request, date(on.year, 1, 1), on)
        branch = Unit.objects.branch_of(request.user).for_list()
        units = [("", "Mọi đơn vị"), *branch.values_list("code", "name")]
        self.form = TurnsForm(request, units)
        if not self.form.is_valid():
            raise Http404
        self.by = self.form.cleaned_data[ROWS] or "category"
        self.columns = self.form.cleaned_data[COLUMNS]
        self.among = Enrolment.objects.visible_to(request.user)
        self.units = self.scope.units if self.scope.unit else None

    def counted(self, first=None, last=None, form=None):
        """The Turns of the period or a part of it, of all forms or one."""
        among = self.among
        if form is not None:
            among = among.annotate(**{FORM: COUNTED_FORM}).filter(**{FORM: form})
        first, last = first or self.period.first, last or self.period.last
        return turns(first, last, units=self.units, by=self.by, among=among)

    def parts(self):
        """[(key, words, arguments of counted)] of the columns."""
        if self.columns == BY_FORM:
            forms_ = [*Form.choices, ("", "Chưa rõ hình thức")]
            return [(code or UNTOLD_KEY, words, {"form": code}) for code, words in forms_]
        if self.columns == BY_QUARTER:
            return list(_quarters(self.period.first, self.period.last))
        return []


def _quarters(first, last):
    """The quarters that a period touches, cut at its ends; its years where those are too many.

    All columns together are the period: of very many years the first ones share a column.
    """
    starts, words = _starts(first, last, 3), _quarter
    if len(starts) > COLUMNS_AT_MOST:
        years = _starts(first, last, 12)
        starts, words = [years[0], *years[1:][1 - COLUMNS_AT_MOST :]], _year
    for start, after in pairwise([*starts, last + timedelta(days=1)]):
        ends = {"first": max(start, first), "last": after - timedelta(days=1)}
        yield start.isoformat(), words(start, ends["last"]), ends


def _starts(first, last, months):
    """The first days of the parts of so many months (3 or 12) that a period touches."""
    starts = [date(first.year, (first.month - 1) // months * months + 1, 1)]
    while (after := add_months(starts[-1], months)) <= last:
        starts.append(after)
    return starts


def _quarter(start, _ends):
    return f"Quý {(start.month - 1) // 3 + 1}/{start.year}"


def _year(start, ends):
    return f"Năm {start.year}" + (f"–{ends.year}" if ends.year > start.year else "")


@needs("courses.view_class")
@require_GET
def table(request):
    """The pivot of lượt and người."""
    asked = _Asked(request)
    whole = asked.counted()
    parts = [(key, words, asked.counted(**more)) for key, words, more in asked.parts()]
    parts = [part for part in parts if part[2].total.turns or part[0] != UNTOLD_KEY]
    hide = asked.by == "ethnic_group" and not in_department(request.user)
    rows = _rows(request, asked, whole, parts, hide)
    if asked.by == "category":
        _tell_parents(rows)
    if request.GET.get("export"):
        return _export(request, asked, parts, rows)
    total = whole.total
    page = {
        "scope": asked.scope,
        "period": asked.period,
        "form": asked.form,
        "tiles": _tiles(whole),
        "columns": [words for _key, words, _found in parts],
        "rows": rows,
        "by_words": BY_WORDS[asked.by],
        "overlap": sum(row.people for row in whole.rows) - total.people,
        "may_export": request.user.has_perm("reports.export"),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/turns.html", page)


def _tiles(whole):
    total = whole.total
    tiles = [
        {"label": "Lượt hoàn thành", "figure": format_number(total.turns), "unit": "lượt"},
        {"label": "Số người", "figure": format_number(total.people), "unit": "người"},
    ]
    for code, words in [*Form.choices, ("", "Chưa rõ hình thức")]:
        number = whole.forms[code]
        if code or number.turns:
            note = f"{format_number(number.people)} người"
            turns_ = format_number(number.turns)
            tiles.append({"label": words, "figure": turns_, "unit": "lượt", "note": note})
    return tiles


def _rows(request, asked, whole, parts, hide):
    by_key = [{row.key: row for row in found.rows} for _key, _words, found in parts]
    shown = [row for row in whole.rows if not (hide and row.people < SMALL)]
    rows = []
    for row in shown:
        cells = [
            (columns.get(row.key), part[0]) for columns, part in zip(by_key, parts, strict=True)
        ]
        numbers = [_cell(request, number, row.key, part) for number, part in cells]
        numbers.append(_cell(request, row, row.key, None))
        rows.append({"key": row.key, "label": row.name, "cells": numbers})
    if few := [row for row in whole.rows if row not in shown]:
        turns_ = sum(row.turns for row in few)
        blank = [{"turns": None, "people": None, "url": ""} for _ in parts]
        label = f"Các nhóm dưới {SMALL} người"
        cell = {"turns": turns_, "people": None, "url": ""}
        rows.append({"label": label, "cells": [*blank, cell]})
    total = [_cell(request, found.total, ALL, key) for key, _words, found in parts]
    total.append(_cell(request, whole.total, ALL, None))
    return [*rows, {"label": "Cộng", "is_total": True, "cells": total}]


def _tell_parents(rows):
    """What a content belongs to, in `under`: "Đối tượng 4" alone says nothing. One query."""
    below = Category.objects.filter(parent__parent__isnull=False)
    parents = dict(below.values_list("code", "parent__name"))
    for row in rows:
        row["under"] = parents.get(row.get("key"), "")


ALL = object()


def _cell(request, number, key, part):
    if number is None or not number.turns:
        return {"turns": 0, "people": 0, "url": ""}
    query = request.GET.copy()
    for name in ("page", "export", KEY, PART):
        query.pop(name, None)
    if key is not ALL:
        query[KEY] = key or UNTOLD_KEY
    if part is not None:
        query[PART] = part
    url = f"{reverse('reports:turns_list')}?{query.urlencode()}"
    return {"turns": number.turns, "people": number.people, "url": url}


def _export(request, asked, parts, rows):
    must(request.GET["export"] == XLSX and request.user.has_perm("reports.export"))
    columns = [*(words for _key, words, _found in parts), "Cộng"]
    head = [BY_WORDS[asked.by]]
    head += [f"{words}: {what}" for words in columns for what in ("lượt", "người")]
    table_ = [
        [_whole_label(row), *(cell[what] for cell in row["cells"] for what in ("turns", "people"))]
        for row in rows
    ]
    content = exporting.workbook("Lượt và người", _title(asked), head, table_)
    detail = exporting.export_detail(asked.scope, rows=len(table_))
    return exporting.sent(content, "luot-nguoi", by=request.user, detail=detail)


def _whole_label(row):
    return f"{row['label']} ({row['under']})" if row.get("under") else row["label"]


def _title(asked):
    days = f"từ {show(asked.period.first)} đến {show(asked.period.last)}"
    return f"Lượt và người đã học, {asked.scope.words}, {days}"


@needs("courses.view_class")
@require_GET
def lessons(request):
    """The lượt behind one cell, with their people."""
    asked = _Asked(request)
    part = next((p for p in asked.parts() if p[0] == request.GET.get(PART)), None)
    if PART in request.GET and part is None:
        raise Http404
    rows = _behind(asked, part, request.GET.get(KEY))
    if request.GET.get("export"):
        return _export_lessons(request, asked, rows)
    page = page_of(request, rows)
    people = rows.order_by().values("official").distinct().count()
    mine = may_open([row.official_id for row in page], request.user)
    back = request.GET.copy()
    for name in ("page", KEY, PART):
        back.pop(name, None)
    context = {
        "scope": asked.scope,
        "period": asked.period,
        "lessons": page,
        "people": people,
        "mine": mine,
        "may_people": request.user.has_perm("cadres.view_official"),
        "back": f"{reverse('reports:turns')}?{back.urlencode()}",
        "may_export": may_export_people(request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/turns_list.html", context)


def _behind(asked, part, key):
    more = part[2] if part else {}
    first, last = more.get("first", asked.period.first), more.get("last", asked.period.last)
    rows = counted_turns(first, last, units=asked.units, among=asked.among)
    if "form" in more:
        rows = rows.filter(**{FORM: more["form"]})
    if key is not None:
        column = PEOPLE_OF[asked.by]
        if key == UNTOLD_KEY:
            blank = column in ("gender", "staff_kind")
            rows = rows.filter(**({column: ""} if blank else {f"{column}__isnull": True}))
        else:
            rows = rows.filter(**{column: key})
    rows = rows.select_related("official", "unit", "category")
    return rows.order_by("official__sort_key", "official_id", "ends_on", "pk")


def _export_lessons(request, asked, rows):
    must(request.GET["export"] == XLSX and may_export_people(request.user))
    head = ["Họ và tên", "Đơn vị khi học", "Khóa, lớp", "Nội dung", "Đến ngày", "Số tiết"]
    table_ = [
        [
            row.official.full_name,
            row.unit.name if row.unit else "",
            row.title,
            row.category.name if row.category else "",
            row.ends_on,
            row.hours,
        ]
        for row in rows
    ]
    content = exporting.workbook("Lượt", _title(asked), head, table_)
    detail = exporting.export_detail(asked.scope, rows=len(table_))
    return exporting.sent(content, "luot", by=request.user, detail=detail)

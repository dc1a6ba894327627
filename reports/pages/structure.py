"""The structure of the workforce: a pivot of two dimensions, and all breakdowns of the contract."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cadres.choices import StaffKind, UnitKind
from cadres.models import Unit
from cadres.rules import DIMENSIONS, RuleContext, matching, tally
from reports import exporting
from reports.dashboard import may_export_people
from reports.hiding import hidden_cells
from reports.pages.asking import XLSX, must
from reports.people import may_open
from reports.scope import UNIT, scope_of
from reports.structure import (
    BREAKDOWNS,
    MARKED,
    OTHERS,
    OTHERS_WORDS,
    SMALL,
    in_department,
    structure,
)
from trainingplans.lib.access import needs
from trainingplans.lib.dates import show
from trainingplans.lib.listing import page_of
from trainingplans.lib.numbers import format_number, format_percent, percent_of
from trainingplans.lib.widgets import QuickSelect

ROWS, COLUMNS, MEASURE, KIND, PLACE = "hang", "cot", "so_do", "loai", "noi"
ROW_KEY, COLUMN_KEY = "o_hang", "o_cot"
MEASURES = [("nguoi", "Số người"), ("theo-hang", "% của hàng"), ("theo-tong", "% của tổng")]
CHOICES = [(code, each.label) for code, each in DIMENSIONS.items()]
FEW, HIDDEN = f"dưới {SMALL}", "không hiện"
MARKS = {"women": "Nữ", "party_members": "Đảng viên", "ethnic_minority": "Dân tộc thiểu số"}


class PivotForm(forms.Form):
    """What the table is made of."""

    hang = forms.ChoiceField(choices=CHOICES, label="Hàng", required=False, initial="professional")
    cot = forms.ChoiceField(choices=[("", "Không chia cột"), *CHOICES], label="Cột", required=False)
    so_do = forms.ChoiceField(choices=MEASURES, label="Số đo", required=False)
    loai = forms.ChoiceField(
        choices=[("", "Mọi loại"), *StaffKind.choices], label="Loại cán bộ", required=False
    )
    noi = forms.ChoiceField(
        choices=[("", "Mọi nơi"), *UnitKind.choices], label="Loại đơn vị", required=False
    )

    def __init__(self, request, units):
        asked = request.GET.copy()
        asked.setdefault(ROWS, "professional")
        asked.setdefault(COLUMNS, "" if ROWS in request.GET else "staff_kind")
        super().__init__(asked)
        self.fields[UNIT] = forms.ChoiceField(choices=units, label="Đơn vị", required=False)
        self.fields[UNIT].widget = QuickSelect(choices=units)
        for name in (ROWS, COLUMNS, MEASURE, KIND, PLACE):
            self.fields[name].widget = QuickSelect(choices=self.fields[name].choices)

    @property
    def rule(self):
        """The rule of the filters."""
        told = self.cleaned_data
        parts = [{"staff_kind": [told[KIND]]}] if told[KIND] else []
        parts += [{"unit_kind": [told[PLACE]]}] if told[PLACE] else []
        return {"all": parts}


@dataclass
class Pivot:
    """People by two dimensions (the second may be None), with all sums."""

    rows: object
    columns: object
    found: dict
    context: RuleContext
    measure: str
    hide: bool  # cells of a few are not told apart

    def keys(self, dimension, place):
        """The keys that have people, in the dimension's order."""
        seen = {key[place] for key, number in self.found.items() if number}
        return [key for key in dimension.words(self.context) if key in seen]

    @property
    def row_keys(self):
        return self.keys(self.rows, 0)

    @property
    def column_keys(self):
        return self.keys(self.columns, 1) if self.columns else []

    @property
    def total(self):
        return sum(self.found.values())

    def number(self, row=None, column=None):
        """People of a cell; of a whole row or column where the other key is None."""
        return sum(
            number
            for key, number in self.found.items()
            if (row is None or key[0] == row) and (column is None or key[1] == column)
        )

    def shown(self, row=None, column=None):
        """A cell as it is written."""
        number = self.number(row, column)
        if (row, column) in self.hidden:
            return FEW if number < SMALL else HIDDEN
        if self.measure == "theo-hang" and (row, None) in self.hidden:
            return HIDDEN
        if self.measure == "theo-hang":
            return format_percent(percent_of(number, self.number(row)))
        if self.measure == "theo-tong":
            return format_percent(percent_of(number, self.total))
        return format_number(number)

    @cached_property
    def hidden(self):
        """The cells (row, column; None for a sum) that nobody may work out either."""
        if not self.hide:
            return set()
        return hidden_cells(self.row_keys, self.column_keys, self.number, SMALL)

    def opens(self, row=None, column=None):
        return not self.hide and bool(self.number(row, column))


def pivot_of(form, scope, context):
    """The Pivot that the form asks for; one query over people."""
    told = form.cleaned_data
    rows = DIMENSIONS[told[ROWS] or "professional"]
    columns = DIMENSIONS.get(told[COLUMNS]) if told[COLUMNS] != rows.code else None
    chosen = [each for each in (rows, columns) if each]
    found = tally(form.rule, chosen, on=scope.on, units=scope.units, context=context)
    hide = any(each.sensitive for each in chosen) and not in_department(scope.account)
    return Pivot(rows, columns, found, context, told[MEASURE] or "nguoi", hide)


def _asked(request):
    scope = scope_of(request)
    branch = Unit.objects.branch_of(request.user).for_list()
    units = [("", "Mọi đơn vị"), *branch.values_list("code", "name")]
    form = PivotForm(request, units)
    if not form.is_valid():
        raise Http404
    return scope, form


@needs("cadres.view_official")
@require_GET
def pivot(request):
    """The pivot with its filters, and every breakdown of `structure` below it."""
    scope, form = _asked(request)
    context = RuleContext(scope.on)
    found = pivot_of(form, scope, context)
    if request.GET.get("export"):
        return _export(request, scope, found)
    document = structure(request.user, scope.on, units=scope.units, rule=form.rule)
    page = {
        "scope": scope,
        "form": form,
        "pivot": found,
        "head": _head(found),
        "rows": _rows(request, found),
        "tiles": tiles_of(document, request),
        "breakdowns": list(_breakdowns(document, context, request)),
        "may_export": request.user.has_perm("reports.export"),
        "query": request.GET.urlencode(),
        "measure_words": dict(MEASURES)[found.measure],
        "few": FEW if found.hide else "",
    }
    return render(request, "reports/structure.html", page)


def _head(found):
    words = found.columns.words(found.context) if found.columns else {}
    return [words[key] for key in found.column_keys]


def _rows(request, found):
    words = found.rows.words(found.context)
    rows = [_row(request, found, key, words[key]) for key in found.row_keys]
    return [*rows, _row(request, found, None, "Cộng")]


def _row(request, found, key, label):
    cells = [_cell(request, found, key, column) for column in found.column_keys]
    return {
        "label": label,
        "is_total": key is None,
        "cells": [*cells, _cell(request, found, key, None)],
    }


def _cell(request, found, row, column):
    url = ""
    if found.opens(row, column):
        url = _people_url(request, found.rows, row, found.columns, column)
    return {"text": found.shown(row, column), "url": url, "number": found.number(row, column)}


def _people_url(request, rows, row, columns=None, column=None):
    """The address of the people of a cell, with the filters of this page."""
    query = request.GET.copy()
    for name in ("page", "export", ROW_KEY, COLUMN_KEY):
        query.pop(name, None)
    query[ROWS], query[COLUMNS] = rows.code, columns.code if columns else ""
    for name, key in ((ROW_KEY, row), (COLUMN_KEY, column)):
        if key is not None:
            query[name] = key
    return f"{reverse('reports:structure_people')}?{query.urlencode()}"


def tiles_of(document, request):
    """Total, women, party members, minorities with their shares and people."""
    total = document["total"]
    tiles = [{"label": "Tổng số", "figure": format_number(total), "unit": "người"}]
    for name, label in MARKS.items():
        tile = {"label": label, "figure": format_number(document[name])}
        tile["note"] = format_percent(percent_of(document[name], total))
        if document[name]:
            dimension, key = MARKED[name]
            tile["note"] += ", "
            tile |= {"url": _people_url(request, DIMENSIONS[dimension], key), "link": "xem tên"}
        tiles.append(tile)
    return tiles


def _breakdowns(document, context, request):
    for name, code in BREAKDOWNS.items():
        if code == "unit":
            continue
        words = DIMENSIONS[code].words(context) | {OTHERS: OTHERS_WORDS}
        opens = not DIMENSIONS[code].sensitive or in_department(request.user)
        rows = [
            {
                "label": words[key],
                "number": number,
                "percent": percent_of(number, document["total"]),
                "url": _people_url(request, DIMENSIONS[code], key) if number and opens else "",
            }
            for key, number in document[name].items()
        ]
        yield {"label": DIMENSIONS[code].label, "code": code, "rows": rows}


def _export(request, scope, found):
    must(request.GET["export"] == XLSX and request.user.has_perm("reports.export"))
    words = found.rows.words(found.context)
    head = [found.rows.label, *_head(found), "Cộng"]
    rows = [
        [label, *(_exported(found, key, column) for column in [*found.column_keys, None])]
        for key, label in [*((key, words[key]) for key in found.row_keys), (None, "Cộng")]
    ]
    title = f"Cơ cấu đội ngũ, {scope.words}, ngày {show(scope.on)}"
    content = exporting.workbook("Cơ cấu", title, head, rows)
    detail = exporting.export_detail(scope, rows=len(rows))
    return exporting.sent(content, "co-cau", by=request.user, detail=detail)


def _exported(found, row, column):
    """Numbers as numbers; shares and what is hidden as they are written."""
    text = found.shown(row, column)
    told = found.measure == "nguoi" and (row, column) not in found.hidden
    return found.number(row, column) if told else text


@needs("reports.view_people")
@require_GET
def people(request):
    """The people behind one cell of the pivot."""
    scope, form = _asked(request)
    context = RuleContext(scope.on)
    found = pivot_of(form, scope, context)
    row, column = request.GET.get(ROW_KEY), request.GET.get(COLUMN_KEY)
    if column is not None and found.columns is None:
        raise Http404
    if not found.opens(row, column):
        raise Http404
    rows = matching(form.rule, on=scope.on, units=scope.units, context=context)
    words = []
    for dimension, key in ((found.rows, row), (found.columns, column)):
        if key is not None and dimension:
            rows = rows.filter(dimension.q(key, context))
            words.append(f"{dimension.label.lower()}: {dimension.words(context)[key]}")
    if request.GET.get("export"):
        return _export_people(request, scope, rows, "; ".join(words))
    page = page_of(request, rows)
    mine = may_open([standing.official_id for standing in page], request.user)
    back = request.GET.copy()
    for name in ("page", ROW_KEY, COLUMN_KEY):
        back.pop(name, None)
    return render(
        request,
        "reports/structure_people.html",
        {
            "scope": scope,
            "people": page,
            "mine": mine,
            "words": "; ".join(words) or "tất cả",
            "back": f"{reverse('reports:structure')}?{back.urlencode()}",
            "may_export": may_export_people(request.user),
            "query": request.GET.urlencode(),
        },
    )


def _export_people(request, scope, rows, words):
    must(request.GET["export"] == XLSX and may_export_people(request.user))
    head = ["Họ và tên", "Chức vụ, chức danh", "Đơn vị"]
    table = [[row.official.full_name, row.position, row.unit.name] for row in rows]
    title = f"Cơ cấu đội ngũ, {words}, {scope.words}, ngày {show(scope.on)}"
    content = exporting.workbook("Danh sách", title, head, table)
    detail = exporting.export_detail(scope, words, len(table))
    return exporting.sent(content, "co-cau-nguoi", by=request.user, detail=detail)

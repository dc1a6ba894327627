"""Official forms: filled on the screen with every number openable, then written to Excel."""

from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from reports import exporting
from reports.dashboard import may_export_people
from reports.official.grid import by_row
from reports.official.registry import FORMS, Asked
from reports.official.workbook import written
from reports.pages.asking import XLSX, Period, must
from reports.people import may_open
from reports.scope import scope_of
from trainingplans.lib.access import needs
from trainingplans.lib.dates import show
from trainingplans.lib.listing import page_of
from trainingplans.lib.numbers import format_number

LINE, COLUMN = "o_dong", "o_cot"
BLANK = ""


@needs("cadres.view_official")
@require_GET
def forms(request):
    """The list of official forms."""
    rows = [
        {"form": form, "url": reverse("reports:form", args=[form.code])} for form in FORMS.values()
    ]
    return render(request, "reports/forms.html", {"rows": rows})


def _asked(request, code):
    """(form, Asked, Scope, Period) of an address; 404 for an unknown form."""
    if code not in FORMS:
        raise Http404
    scope = scope_of(request)
    scope.alone = False  # a form is of a unit with all below it
    period = Period(request, date(scope.on.year, 1, 1), scope.on)
    return FORMS[code], Asked(request.user, period.first, period.last, scope.unit), scope, period


@needs("cadres.view_official")
@require_GET
def form(request, code):
    """A form as it will be written; each number leads to what it counts."""
    shape, asked, scope, period = _asked(request, code)
    filled = shape.fill(asked)
    if request.GET.get("export"):
        return _export(request, shape, filled, asked, scope)
    lines = [_line(request, shape, filled, line) for line in filled.lines]
    context = {
        "form": shape,
        "scope": scope,
        "period": period,
        "header": by_row(shape.header()),
        "lines": lines,
        "is_empty": not any(cell["url"] for line in lines for cell in line["cells"]),
        "notes": filled.notes,
        "units": asked.people_units.model.objects.branch_of(request.user).for_list(),
        "may_export": request.user.has_perm("reports.export"),
        "query": request.GET.urlencode(),
        "may_freeze": request.user.has_perm("reports.freeze"),
        "freeze_url": _freeze_url(shape, asked),
    }
    return render(request, "reports/form.html", context)


def _freeze_url(shape, asked):
    """Where this form is frozen, with what is on the screen filled in."""
    told = {"kind": shape.code, "tu": show(asked.first), "den": show(asked.last)}
    told["name"] = f"{shape.name} đến {show(asked.last)}"
    if asked.unit:
        told["don_vi"] = asked.unit.code
    return f"{reverse('reports:snapshot_add')}?{urlencode(told)}"


def _line(request, shape, filled, line):
    return {
        "lead": line.lead,
        "strong": line.strong,
        "cells": [_cell(request, shape, filled, line, column) for column in filled.columns],
    }


def _cell(request, shape, filled, line, column):
    number = filled.number(line.key, column)
    if not number:
        return {"text": BLANK if number is None else "0", "url": ""}
    query = request.GET.copy()
    query.pop("export", None)
    query[LINE], query[COLUMN] = line.key, column
    url = f"{reverse('reports:form_people', args=[shape.code])}?{query.urlencode()}"
    return {"text": format_number(number), "url": url}


def _export(request, shape, filled, asked, scope):
    must(request.GET["export"] == XLSX and request.user.has_perm("reports.export"))
    content = written(shape, filled, asked, settings.PORTAL_OFFICE)
    detail = exporting.export_detail(scope, rows=len(filled.lines))
    detail |= {"form": shape.code, "from": asked.first.isoformat(), "to": asked.last.isoformat()}
    return exporting.sent(content, shape.code, by=request.user, detail=detail)


@needs("reports.view_people")
@require_GET
def form_people(request, code):
    """What one number of a form counts."""
    shape, asked, scope, period = _asked(request, code)
    filled = shape.fill(asked)
    line = next((row for row in filled.lines if row.key == request.GET.get(LINE)), None)
    column = request.GET.get(COLUMN)
    if line is None or column not in filled.columns or column is None:
        raise Http404
    facts = filled.behind(line.key, column)
    if request.GET.get("export"):
        return _export_facts(request, shape, asked, scope, facts)
    page = page_of(request, facts)
    ids = [fact.official for fact in page if fact.official]
    back = request.GET.copy()
    for name in ("page", LINE, COLUMN):
        back.pop(name, None)
    context = {
        "form": shape,
        "scope": scope,
        "period": period,
        "facts": page,
        "line": " ".join(text for text in line.lead if text),
        "mine": may_open(ids, request.user),
        "back": f"{reverse('reports:form', args=[shape.code])}?{back.urlencode()}",
        "may_export": may_export_people(request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/form_people.html", context)


def _export_facts(request, shape, asked, scope, facts):
    must(request.GET["export"] == XLSX and may_export_people(request.user))
    rows = [[fact.name, fact.unit, fact.what] for fact in facts]
    title = f"{shape.name}, {scope.words}, đến {show(asked.last)}"
    content = exporting.workbook("Danh sách", title, ["Họ và tên", "Đơn vị", "Nội dung"], rows)
    detail = exporting.export_detail(scope, rows=len(rows))
    detail |= {"form": shape.code, "on": asked.last.isoformat()}
    return exporting.sent(content, f"{shape.code}-danh-sach", by=request.user, detail=detail)

"""Quality of the data: completeness by unit and field, contradictions, effect on the targets."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cadres.filters import MISSING
from cadres.models import Unit
from reports import exporting
from reports.board import board_of
from reports.pages.asking import XLSX, must
from reports.quality import FIELDS, ID, KINDS, TWO_POSTS, completeness, faults, share_complete
from reports.scope import DAY, scope_of
from trainingplans.lib.access import needs
from trainingplans.lib.dates import show
from trainingplans.lib.listing import page_of
from trainingplans.plans.models import Target

KIND = "loai"
UNITS_SHOWN = 20


@needs("cadres.view_official")
@require_GET
def quality(request):
    """Which fields lack in which unit, what contradicts, what the unknown may change."""
    scope = scope_of(request)
    found, total = completeness(request.user, scope.on, scope.units)
    units = Unit.objects.in_bulk(list(found))
    rows = [_row(units[pk], numbers, scope) for pk, numbers in found.items()]
    rows.sort(key=lambda row: (row["share"], row["unit"].sort_key))
    if request.GET.get("export"):
        return _export(request, scope, rows)
    context = {
        "scope": scope,
        "fields": [MISSING[key][0] for key in FIELDS],
        "total": _cells(total, scope, scope.unit, alone=scope.alone),
        "people": total["people"],
        "share": share_complete(total),
        "units": rows[:UNITS_SHOWN],
        "more_units": rows[UNITS_SHOWN:],
        "kinds": _kinds(request, scope),
        "effects": _effects(request, scope),
        "may_export": request.user.has_perm("reports.export"),
        "export_query": scope.query(export=XLSX),
    }
    return render(request, "reports/quality.html", context)


def _row(unit, numbers, scope):
    return {
        "unit": unit,
        "people": numbers["people"],
        "share": share_complete(numbers),
        "cells": _cells(numbers, scope, unit, alone=True),
    }


def _cells(numbers, scope, unit, *, alone):
    """[{number, url}]: how many lack each field, and the list of just them."""
    place = {"don_vi": unit.pk} if unit else {}
    place |= {"rieng": 1} if unit and alone else {}
    place |= {DAY: show(scope.on)} if scope.asked_day else {}
    address = reverse("cadres:officials")
    return [
        {
            "number": numbers[key],
            "url": f"{address}?{urlencode({'thieu': key, **place})}" if numbers[key] else "",
        }
        for key in FIELDS
    ]


def _kinds(request, scope):
    query = scope.query()
    return [
        {
            "label": label,
            "count": len(faults(kind, request.user, scope.on, scope.units)),
            "url": f"{reverse('reports:faults', args=[kind])}?{query}",
        }
        for kind, label in KINDS.items()
    ]


def _effects(request, scope):
    """The targets that the unknown may move: worst and best case."""
    if not request.user.has_perm("plans.view_target"):
        return []
    targets = Target.objects.visible_to(request.user).for_list()
    lines = [line for line in board_of(targets, scope).lines if line.unknown]
    return sorted(lines, key=lambda line: -line.unknown)


@needs("cadres.view_official")
@require_GET
def fault_list(request, kind):
    """The records with one kind of fault, each with the form that mends it."""
    if kind not in KINDS:
        raise Http404
    scope = scope_of(request)
    page = page_of(request, faults(kind, request.user, scope.on, scope.units))
    page.object_list = [{"fault": fault, "url": mending(kind, fault)} for fault in page]
    context = {
        "scope": scope,
        "kind": KINDS[kind],
        "faults": page,
        "may_change": request.user.has_perm("cadres.change_official"),
    }
    return render(request, "reports/faults.html", context)


def mending(kind, fault):
    """The form where a fault is mended."""
    if kind == ID:
        return reverse("cadres:official_edit", args=[fault.official])
    if kind == TWO_POSTS:
        return reverse("cadres:official_postings", args=[fault.official])
    ids = {"pk": fault.official, "part": "van-bang", "row": fault.row}
    return reverse("cadres:part_edit", kwargs=ids)


def _export(request, scope, rows):
    must(request.GET["export"] == XLSX and request.user.has_perm("reports.export"))
    head = ["Mã", "Đơn vị", "Số người", *(f"Thiếu {MISSING[key][0].lower()}" for key in FIELDS)]
    table = [
        [row["unit"].code, row["unit"].name, row["people"], *(c["number"] for c in row["cells"])]
        for row in rows
    ]
    title = f"Mức đầy đủ của hồ sơ, {scope.words}, ngày {show(scope.on)}"
    content = exporting.workbook("Chất lượng dữ liệu", title, head, table)
    detail = exporting.export_detail(scope, rows=len(table))
    return exporting.sent(content, "chat-luong", by=request.user, detail=detail)

"""Frozen reports: the list, freezing one, and what has been restated since."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cadres.edits import make_once
from cadres.forms.fields import DayField, OnceFields
from cadres.models import Unit
from cadres.rules import DIMENSIONS, RuleContext
from reports import exporting
from reports.actions import freeze, period_problem
from reports.dashboard import may_export_people
from reports.frozen import ATTAINMENT, KINDS, OF_PERIOD, flat, verified
from reports.frozenwords import row_words
from reports.models import Snapshot
from reports.official.freezing import asked_of, cell_words, leads, sent_form
from reports.official.grid import by_row
from reports.official.registry import FORMS
from reports.official.workbook import written as form_file
from reports.pages.asking import XLSX, must
from reports.structure import BREAKDOWNS, OTHERS_WORDS
from trainingplans.lib.access import needs
from trainingplans.lib.dates import today
from trainingplans.lib.listing import page_of
from trainingplans.lib.numbers import NOTHING, format_number
from trainingplans.lib.widgets import QuickSelect
from trainingplans.plans.models import Target

FORM_FILE = "bieu"  # the sent form itself, in Excel


class FreezeForm(OnceFields):
    """What is sent: a kind, a name, the days, the unit, to whom."""

    kind = forms.ChoiceField(label="Loại báo cáo", choices=list(KINDS.items()))
    name = forms.CharField(label="Tên báo cáo", max_length=250)
    first = DayField(label="Từ ngày (lượt và người, biểu mẫu)")
    on = DayField(label="Số liệu đến ngày", required=True)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Đơn vị", required=False, empty_label="Toàn tỉnh"
    )
    note = forms.CharField(label="Nơi nhận, ghi chú", max_length=300, required=False)

    def __init__(self, account, *args, **options):
        super().__init__(*args, **options)
        self.fields["unit"].queryset = Unit.objects.branch_of(account).for_list()
        for name in ("kind", "unit"):
            field = self.fields[name]
            field.widget = QuickSelect(choices=field.choices)
        for name in ("name", "first", "on", "note"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean(self):
        told = super().clean()
        first = told.get("first") if told.get("kind") in OF_PERIOD else None
        if told.get("on") and (problem := period_problem(first, told["on"])):
            self.add_error("first", problem)
        return told


@needs("reports.view_dashboard")
@require_GET
def snapshots(request):
    """The reports that were frozen, the newest first."""
    rows = Snapshot.objects.visible_to(request.user).select_related("unit", "sent_by")
    page = page_of(request, rows.defer("rows", "figures", "definition"))
    may = request.user.has_perm("reports.freeze")
    context = {"page": page, "kinds": KINDS, "may_freeze": may}
    return render(request, "reports/snapshots.html", context)


@needs("reports.freeze")
@require_http_methods(["GET", "POST"])
def snapshot_add(request):
    """Freeze a report."""
    start = {"on": today(), "kind": ATTAINMENT} | _asked_for(request)
    form = FreezeForm(request.user, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        snapshot, _new = make_once(form, by=request.user, make=lambda: _frozen(form, request.user))
        rows = format_number(len(snapshot.rows))
        messages.success(request, f"Đã chốt “{snapshot.name}”, {rows} dòng.")
        return redirect("reports:snapshot", snapshot.pk)
    return render(request, "reports/snapshot_add.html", {"form": form})


def _frozen(form, account):
    told = {key: value for key, value in form.cleaned_data.items() if key != "token"}
    kind, first = told.pop("kind"), told.pop("first")
    targets = Target.objects.visible_to(account).for_list() if kind == ATTAINMENT else ()
    first = first if kind in OF_PERIOD else None
    return freeze(kind, by=account, first=first, targets=targets, **told)


def _asked_for(request):
    """What the address fills in: kind, name, days and unit, as the page of a form links here."""
    query, found = request.GET, {}
    for field, name in (("kind", "kind"), ("name", "name"), ("first", "tu"), ("on", "den")):
        if query.get(name):
            found[field] = query[name]
    if code := query.get("don_vi"):
        found["unit"] = Unit.objects.branch_of(request.user).filter(code=code).first()
    return found


@needs("reports.view_people")
@require_GET
def snapshot(request, pk):
    """A frozen report: its figures, and what has been restated since and why."""
    found = get_object_or_404(Snapshot.objects.visible_to(request.user), pk=pk)
    if request.GET.get("export"):
        return _export(request, found)
    check = verified(found)
    for item in check["definitions"]:
        item["name"] = _definition_name(found, item["code"])
    context = {
        "snapshot": found,
        "kind": KINDS.get(found.kind, found.kind),
        "check": check,
        "people": page_of(request, check["people"]),
        "figures": list(main_figures(found)),
        "changed": changed_figures(found, check),
        "in_units": sum(by_unit(item["what"]) for item in check["restated"]),
        "may_export": may_export_people(request.user),
        "grid": _grid(found) if found.kind in FORMS else None,
    }
    return render(request, "reports/snapshot.html", context)


def _definition_name(found, code):
    """A target of a report by its name, a form by its own."""
    names = {target["code"]: target["name"] for target in found.figures.get("targets", ())}
    return f"Mục tiêu “{names[code]}”" if code in names else KINDS.get(code, code)


def _grid(found):
    """A sent form as the page of the form shows one, without links."""
    sent = sent_form(found)
    lines = [
        {
            "lead": line.lead,
            "strong": line.strong,
            "cells": [_cell(sent.number(line.key, column)) for column in sent.columns],
        }
        for line in sent.lines
    ]
    form = FORMS[found.kind]
    header = by_row(form.header())
    return {"form": form, "header": header, "lines": lines, "notes": sent.notes}


def _cell(number):
    return {"text": "" if number is None else format_number(number), "url": ""}


WORDS = {
    "population": "tổng số",
    "attained": "đạt",
    "unknown": "chưa rõ",
    "percent": "tỉ lệ %",
    "met": "đạt ngưỡng",
    "short_by": "còn thiếu",
    "total": "Tổng số",
    "women": "Nữ",
    "party_members": "Đảng viên",
    "ethnic_minority": "Dân tộc thiểu số",
    "turns": "Lượt",
    "people": "Người",
    "dao_tao": "Đào tạo",
    "boi_duong": "Bồi dưỡng",
    "unknown_form": "Chưa rõ hình thức",
}


def main_figures(found):
    """[(words, value)] of what a report says at its top, the parts by unit left out."""
    if found.kind == ATTAINMENT:
        for target in found.figures["targets"]:
            share = "—" if target["percent"] is None else f"{written(target['percent'])} %"
            told = f"{written(target['attained'])} / {written(target['population'])}, {share}"
            yield target["name"], told
        return
    if found.kind in FORMS:
        return
    context = RuleContext(found.on)
    for path, value in flat(found.figures):
        if isinstance(value, int) and not by_unit(path):
            yield in_words(path, found, context), written(value)


def changed_figures(found, check):
    """[{what, frozen, now}] in words of the figures that differ, those of units left out."""
    context = RuleContext(found.on)
    return [
        {
            "what": in_words(item["what"], found, context),
            "frozen": written(item["frozen"]),
            "now": written(item["now"]),
        }
        for item in check["restated"]
        if not by_unit(item["what"])
    ]


def by_unit(path):
    """Whether a figure is that of one unit."""
    return "by_unit" in path.split(".")


def in_words(path, found, context):
    """The name of a figure as readers know it: the target, the level, the content."""
    if found.kind in FORMS:
        return cell_words(path, leads(found)) or "Ghi chú của biểu"
    head, *rest = path.split(".")
    if head == "targets":
        names = {target["code"]: target["name"] for target in found.figures["targets"]}
        return f"{names.get(rest[0], rest[0])}: {WORDS.get(rest[-1], rest[-1])}"
    if head in BREAKDOWNS:
        dimension = DIMENSIONS[BREAKDOWNS[head]]
        words = dimension.words(context).get(rest[0], OTHERS_WORDS)
        return f"{dimension.label}: {words}"
    if head == "rows":
        names = {row["key"]: row["name"] for row in found.figures["rows"]}
        return f"{names.get(rest[0], rest[0])}: {WORDS.get(rest[-1], rest[-1]).lower()}"
    return ", ".join(WORDS.get(part, part) for part in (head, *rest))


def written(value):
    """A stored value as a page writes it."""
    if isinstance(value, bool):
        return "có" if value else "không"
    return format_number(value) if isinstance(value, int | float) else str(value or NOTHING)


def _export(request, found):
    must(request.GET["export"] in (XLSX, FORM_FILE) and may_export_people(request.user))
    if request.GET["export"] == FORM_FILE:
        must(found.kind in FORMS)
        content = form_file(
            FORMS[found.kind], sent_form(found), asked_of(found), settings.PORTAL_OFFICE
        )
        detail = {"report": found.pk, "form": found.kind}
        return exporting.sent(content, found.kind, by=request.user, subject=found, detail=detail)
    head = ["Số", "Họ và tên", "Đơn vị", "Giá trị"]
    told = row_words(found)
    rows = [[key, name, unit, told(values)] for key, name, unit, values in found.rows]
    content = exporting.workbook("Danh sách", f"{found.name}; mã kiểm tra {found.hash}", head, rows)
    detail = {"report": found.pk, "rows": len(rows)}
    return exporting.sent(content, "bao-cao", by=request.user, subject=found, detail=detail)

"""Many items at once: pasted from Excel, out of a workbook, copied from another plan."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cadres.edits import make_once
from cadres.forms.fields import OnceFields
from cadres.intake.reading.running import read_workbook
from cadres.intake.types import IntakeError
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.money import UNITS
from trainingplans.plans.actions.pasting import add_lines
from trainingplans.plans.actions.plans import copy_from
from trainingplans.plans.lookups import Lookups
from trainingplans.plans.models import Plan
from trainingplans.plans.planpages import may_edit, money_unit
from trainingplans.plans.plantables import (
    check_sums,
    mark_taken_codes,
    rows_of_sheet,
    rows_of_text,
    text_of_rows,
    understand,
)
from trainingplans.plans.views.plans import kept_plan, plan_of, turned_away

CHANGE = "plans.change_plan"
LONGEST = 400_000  # characters
MOST_ROWS = 2_000


class PasteForm(OnceFields):
    """The rows as they come out of Excel, or the file itself."""

    rows = forms.CharField(
        label="Các dòng chép từ Excel",
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Chọn vùng trong Excel cả dòng tiêu đề, Ctrl+C, rồi Ctrl+V vào đây.",
    )
    file = forms.FileField(
        label="Hoặc tệp Excel",
        required=False,
        help_text="Bảng kế hoạch của cơ quan: STT, nội dung, số lớp, số học viên, thời gian, "
        "đơn vị chủ trì, nơi đào tạo, kinh phí theo nguồn.",
    )

    def clean(self):
        data = super().clean()
        upload = data.get("file")
        if upload:
            data["rows"] = self._from_file(upload)
        if not data.get("rows", "").strip() and not self.errors:
            self.add_error("rows", "Chưa có dòng nào. Dán các dòng hoặc chọn tệp Excel.")
        if data.get("rows", "").count("\n") > MOST_ROWS:
            self.add_error("rows", f"Nhiều hơn {MOST_ROWS} dòng. Chia làm nhiều lần.")
        return data

    def _from_file(self, upload):
        if upload.size > settings.UPLOAD_LIMIT:
            self.add_error("file", "Tệp quá lớn. Chỉ giữ trang có bảng kế hoạch rồi chọn lại.")
            return ""
        try:
            book = read_workbook(upload.read(), upload.name)
        except IntakeError as fault:
            self.add_error("file", fault.message)
            return ""
        sheets = [rows_of_sheet(sheet) for sheet in book.sheets if not sheet.hidden and sheet.rows]
        best = max(sheets, key=_filled, default=[])
        return text_of_rows(best)


def _filled(rows):
    return sum(1 for row in rows for cell in row if cell)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def plan_paste(request, pk):
    """Rows → preview with the faulty cells marked → the good ones become items of the draft."""
    plan = kept_plan(request, pk)
    if not may_edit(plan, request.user):
        return turned_away(request, plan)
    sent = request.method == "POST"
    form = PasteForm(request.POST, request.FILES) if sent else PasteForm()
    table = done = None
    if sent and form.is_valid():
        lookups, text = Lookups(), form.cleaned_data["rows"]
        table = understand(rows_of_text(text), lookups, money_unit=money_unit(request))
        mark_taken_codes(table, plan.items.values_list("code", flat=True))
        if "apply" in request.POST:
            table, text, done = _apply(request, plan, form, table, lookups)
            if done is not None and not table.lines:
                return redirect("plans:plan", pk)
        form = PasteForm(initial={"rows": text})
    context = {"plan": plan, "form": form, "done": done, **_preview(table)}
    return render(request, "plans/plan_paste.html", context, status=422 if form.errors else 200)


def _apply(request, plan, form, table, lookups):
    """(what is left of the table, its text, how many were added)."""
    good = [line for line in table.lines if line.good]

    def make():
        add_lines(plan, good, lookups, by=request.user)
        return plan

    try:
        make_once(form, by=request.user, make=make)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return table, text_of_rows([*table.heading_rows, *(li.cells for li in table.lines)]), None
    added = len(good)
    messages.success(request, f"Đã thêm {added} dòng vào kế hoạch.")
    table.lines = _left_of(table)
    if left := len(table.of_kind("data")):
        messages.warning(request, f"{left} dòng chưa thêm được, còn nguyên ở ô bên dưới.")
    rows = [*table.heading_rows, *(line.cells for line in table.lines)]
    return table, text_of_rows(rows), added


def _left_of(table):
    """The rows that are not good, each under the heading of its group, whose number it takes."""
    left, group = [], None
    for line in table.lines:
        if line.kind == "group":
            group = line
        elif line.kind == "data" and not line.good:
            left += [group, line] if group else [line]
            group = None
    return left


def _preview(table):
    """What the page shows of the table: a line each with its cells and what is wrong with them."""
    if table is None:
        return {"lines": []}
    width = len(table.columns)
    return {
        "columns": table.columns,
        "lines": [
            {
                "line": line,
                "cells": [
                    {
                        "text": line.cells[place] if place < len(line.cells) else "",
                        "fault": line.faults.get(place, ""),
                        "note": line.notes.get(place, ""),
                    }
                    for place in range(width)
                ],
            }
            for line in table.of_kind("data")
        ],
        "good": sum(1 for line in table.lines if line.good),
        "bad": sum(1 for line in table.of_kind("data") if not line.good),
        "skipped": table.of_kind("group", "sum"),
        "sums": check_sums(table),
        "money_words": "nghìn đồng" if table.scale == 1000 else UNITS[table.money_unit][0],
    }


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def plan_copy(request, pk):
    """Choose the items of another plan to copy into this draft."""
    plan = kept_plan(request, pk)
    if not may_edit(plan, request.user):
        return turned_away(request, plan)
    others = Plan.objects.visible_to(request.user).exclude(pk=pk).for_list()
    chosen = request.POST.get("tu") or request.GET.get("tu", "")
    source = plan_of(request, chosen) if chosen.isdecimal() else None
    if request.method == "POST" and source is not None:
        codes = request.POST.getlist("muc")
        try:
            copies, skipped = copy_from(plan, source, codes, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã lấy {len(copies)} dòng từ {source}.")
            if skipped:
                told = f"Bỏ qua mục {', '.join(skipped)}: mã đã có trong kế hoạch này."
                messages.warning(request, told)
        return redirect("plans:plan", pk)
    have = set(plan.items.values_list("code", flat=True))
    context = {
        "plan": plan,
        "others": others[:50],
        "source": source,
        "items": source.items.select_related("category") if source else [],
        "have": have,
    }
    return render(request, "plans/plan_copy.html", context)

"""The tree of units, one unit's page, and its forms."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.actions import (
    Refused,
    add_mark,
    add_unit,
    change_unit,
    close_unit,
    delete_mark,
    end_mark,
    restore_mark,
)
from cadres.choices import UnitKind
from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.forms.units import (
    CloseUnitForm,
    EndMarkForm,
    LanguageForm,
    NewUnitForm,
    TraitForm,
    UnitForm,
)
from cadres.models import AuditEvent, Unit, UnitLanguage, UnitSuccession, UnitTrait
from cadres.record import period_words
from cadres.tree import heads, tree_of
from cadres.unit_history import changes_of
from cadres.views.common import day_asked, done, offer_undo, show_conflict
from trainingplans.lib.access import needs
from trainingplans.lib.dates import FOREVER, show, today
from trainingplans.lib.listing import render_page_or_part


@require_GET
@needs("cadres.view_unit")
def units(request):
    """The tree with people of a day; a search keeps what leads to the matches."""
    on, told_well = day_asked(request)
    text, kind = request.GET.get("q", "")[:120], request.GET.get("loai", "")
    closed = request.GET.get("da_dong") == "1"
    visible = Unit.objects.visible_to(request.user)
    rows = tree_of(visible, on, search=text, kind=kind, closed=closed)
    context = {
        "rows": rows,
        "total": len(rows),
        "on": on,
        "day_query": f"&ngay={show(on)}" if on != today() else "",
        "odd_day": not told_well,
        "q": text,
        "kind": kind,
        "closed": closed,
        "kinds": UnitKind.choices,
        "may_change": request.user.has_perm("cadres.change_unit"),
        "may_see_people": request.user.has_perm("cadres.view_official"),
    }
    return render_page_or_part(request, "cadres/units.html", "cadres/_units_table.html", context)


def unit_of(request, pk):
    """The unit, if the account may open it; 404 otherwise."""
    return get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), pk=pk)


@require_GET
@needs("cadres.view_unit")
def unit(request, pk):
    """One unit: people, what is below it, traits and languages over time, history."""
    found, day = unit_of(request, pk), today()
    visible = Unit.objects.visible_to(request.user)
    counts = heads(day, Unit.objects.below(found))
    below = visible.filter(parent=found).for_list()
    successions = UnitSuccession.objects.select_related("change", "old", "new")
    context = {
        "unit": found,
        "above": visible.filter(pk__in=found.path.strip("/").split("/")[:-1]).order_by("path"),
        "own": counts.get(found.pk, 0),
        "branch": sum(counts.values()),
        "below": [(child, counts.get(child.pk, 0)) for child in below],
        "period": period_words(found),
        "is_open": found.valid_from <= day < found.valid_to,
        "traits": [(row, period_words(row)) for row in found.traits.order_by("-valid_from")],
        "languages": [
            (row, period_words(row))
            for row in found.languages.select_related("language").order_by("-valid_from")
        ],
        "came_from": successions.filter(new=found),
        "went_to": successions.filter(old=found),
        "changes": changes_of(found),
        "may_change": request.user.has_perm("cadres.change_unit"),
        "may_see_people": request.user.has_perm("cadres.view_official"),
    }
    return render(request, "cadres/unit.html", context)


def _form_page(request, form, title, back, submit):
    context = {"form": form, "title": title, "cancel_url": back, "submit": submit}
    return render(request, "cadres/unit_form.html", context)


@require_http_methods(["GET", "POST"])
@needs("cadres.change_unit")
def unit_add(request):
    initial = {
        "parent": request.GET.get("thuoc") if request.GET.get("thuoc", "").isdecimal() else None
    }
    again, made = sent_before(request)
    form = add_form(NewUnitForm, request, initial=initial)
    if again or form.is_valid():
        if not again:
            made, _ = make_once(
                form, by=request.user, make=lambda: add_unit(form.instance, by=request.user)
            )
        return done(request, f"Đã thêm {made or 'đơn vị'}.", reverse("cadres:units"))
    return _form_page(request, form, "Thêm đơn vị", reverse("cadres:units"), "Thêm đơn vị")


@require_http_methods(["GET", "POST"])
@needs("cadres.change_unit")
def unit_edit(request, pk):
    found = unit_of(request, pk)
    back, name = reverse("cadres:unit", args=[pk]), found.name
    form = edit_form(UnitForm, request, found)
    if form.is_valid():
        conflict = change_unit(form, by=request.user)
        if conflict:
            return show_conflict(request, conflict, title=f"Sửa {name}", back=back)
        return done(request, f"Đã lưu {form.instance}.", back)
    return _form_page(request, form, f"Sửa {name}", back, "Lưu đơn vị")


@require_http_methods(["GET", "POST"])
@needs("cadres.change_unit")
def unit_close(request, pk):
    found = unit_of(request, pk)
    closed = found.until is not None
    back, title = reverse("cadres:unit", args=[pk]), f"Đóng {found.name}"
    title = f"Đổi ngày đóng {found.name}" if closed else title
    form = edit_form(CloseUnitForm, request, found)
    if form.is_valid():
        try:
            conflict = close_unit(form, by=request.user)
        except Refused as refusal:
            form.add_error("valid_to", str(refusal))
        else:
            if conflict:
                return show_conflict(request, conflict, title=title, back=back)
            told = "đóng" if form.cleaned_data["valid_to"] < FOREVER else "mở lại"
            return done(request, f"Đã {told} {found.name}.", back)
    return _form_page(request, form, title, back, "Lưu ngày đóng" if closed else "Đóng đơn vị")


@require_http_methods(["GET", "POST"])
@needs("cadres.change_unit")
def trait_add(request, pk):
    return _mark_add(request, pk, TraitForm, "đặc điểm địa bàn")


@require_http_methods(["GET", "POST"])
@needs("cadres.change_unit")
def language_add(request, pk):
    return _mark_add(request, pk, LanguageForm, "tiếng tại địa bàn")


def _mark_add(request, pk, form_class, noun):
    found = unit_of(request, pk)
    back = reverse("cadres:unit", args=[pk])
    again, _ = sent_before(request)
    form = add_form(form_class, request, unit=found)
    if again or form.is_valid():
        if not again:
            make_once(form, by=request.user, make=lambda: add_mark(form.instance, by=request.user))
        return done(request, f"Đã thêm {noun} của {found}.", back)
    return _form_page(request, form, f"Thêm {noun} của {found}", back, f"Thêm {noun}")


@require_http_methods(["GET", "POST"])
@needs("cadres.change_unit")
def trait_end(request, pk, row):
    return _mark_end(request, pk, UnitTrait, row)


@require_http_methods(["GET", "POST"])
@needs("cadres.change_unit")
def language_end(request, pk, row):
    return _mark_end(request, pk, UnitLanguage, row)


def _mark_end(request, pk, model, row):
    found = unit_of(request, pk)
    mark = get_object_or_404(model.objects.filter(unit=found), pk=row)
    back = reverse("cadres:unit", args=[pk])
    form = add_form(EndMarkForm, request, mark=mark)
    if form.is_valid():
        end_mark(mark, form.cleaned_data["valid_to"], by=request.user)
        return done(request, f"Đã kết thúc “{mark}” của {found}.", back)
    return _form_page(request, form, f"Kết thúc “{mark}” của {found}", back, f"Kết thúc “{mark}”")


@require_POST
@needs("cadres.change_unit")
def trait_delete(request, pk, row):
    return _mark_delete(request, pk, UnitTrait, row)


@require_POST
@needs("cadres.change_unit")
def language_delete(request, pk, row):
    return _mark_delete(request, pk, UnitLanguage, row)


def _mark_delete(request, pk, model, row):
    found = unit_of(request, pk)
    mark = get_object_or_404(model.objects.filter(unit=found), pk=row)
    event = delete_mark(mark, by=request.user)
    undo = reverse("cadres:mark_restore", args=[pk, event.pk])
    offer_undo(request, f"Đã xóa “{mark}” của {found}.", undo)
    return redirect("cadres:unit", pk)


@require_POST
@needs("cadres.change_unit")
def mark_restore(request, pk, event):
    """Brings back a trait or language that was deleted."""
    found = unit_of(request, pk)
    acts = ["unittrait.delete", "unitlanguage.delete"]
    deleted = get_object_or_404(AuditEvent.objects.filter(act__in=acts, unit=found), pk=event)
    try:
        mark = restore_mark(deleted, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("cadres:unit", pk)
    return done(request, f"Đã khôi phục “{mark}”.", reverse("cadres:unit", args=[pk]))

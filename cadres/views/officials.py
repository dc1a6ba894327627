"""The list of officials, its workbook, adding and changing a person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cadres.actions import add_official, change_official
from cadres.contradictions import contradictions
from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.exporting import blank_template, export_people
from cadres.filters import PeopleFilter
from cadres.forms.officials import NewOfficialForm, OfficialForm
from cadres.people import RELATED, persons, standings_for
from cadres.views.common import day_asked, done, official_of, show_conflict
from trainingplans.lib.access import needs
from trainingplans.lib.dates import show
from trainingplans.lib.listing import page_by_keys, render_page_or_part, rows_of
from trainingplans.lib.sheets import MIME


@require_GET
@needs("cadres.view_official")
def officials(request):
    """The list: search, filters, order, pages; `?xuat=xlsx` gives it as a workbook."""
    on, _ = day_asked(request)
    found = PeopleFilter(request.GET, standings_for(request.user, on), request=request)
    rows = rows_of(found)
    if request.GET.get("xuat") == "xlsx":
        return _workbook(request, found, rows, on)
    page = page_by_keys(request, rows, related=RELATED)
    context = {
        "form": found.form,
        "page": page,
        "people": persons(page.object_list, on),
        "total_note": _note(found.form, on),
        "ordering": "" if request.GET.get("q") else "name",
        "on": on,
        "may_change": request.user.has_perm("cadres.change_official"),
        "may_export": request.user.has_perm("cadres.export_official"),
        "more_open": any(request.GET.get(n) for n in list(found.form.fields)[4:]),
    }
    return render_page_or_part(
        request, "cadres/officials.html", "cadres/_officials_table.html", context
    )


def _note(form, on):
    state = {"da-thoi": "đã thôi", "tat-ca": "đang công tác và đã thôi"}
    told = form.cleaned_data.get("tinh_trang") if form.is_valid() else ""
    return f"{state.get(told, 'đang công tác')} ngày {show(on)}"


def _workbook(request, found, rows, on):
    if not request.user.has_perm("cadres.export_official"):
        raise PermissionDenied
    content = export_people(rows, on, by=request.user, words=conditions(found.form))
    return download(content, f"danh-sach-can-bo-{on:%Y-%m-%d}.xlsx")


def conditions(form):
    """The conditions of a filter form in words, for the audit log and the workbook."""
    told = []
    for bound in form:
        value = form.cleaned_data.get(bound.name) if form.is_valid() else None
        if value in (None, ""):
            continue
        if bound.name == "q":
            words = "có" if str(value).replace(" ", "").isdigit() else str(value)
        elif hasattr(value, "year"):
            words = show(value)
        else:
            words = _choice(bound.field, value)
        told.append(f"{bound.label}: {words}")
    return told


def _choice(field, value):
    for key, label in getattr(field, "choices", []):
        pairs = label if isinstance(label, list | tuple) else [(key, label)]
        for one, words in pairs:
            if str(one) == str(value):
                return str(words)
    return str(value)


def download(content, name):
    """An answer that the browser saves under `name`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=MIME, headers=headers)


@require_GET
@needs("cadres.import_roster")
def roster_template(request):
    """The blank workbook with drop-downs."""
    return download(blank_template(), "mau-danh-sach-can-bo.xlsx")


@require_http_methods(["GET", "POST"])
@needs("cadres.change_official")
def official_add(request):
    """A new person with the first post."""
    again, person = sent_before(request)
    form = add_form(NewOfficialForm, request, account=request.user)
    if not again and form.is_valid():
        person, _ = make_once(
            form,
            by=request.user,
            make=lambda: add_official(form.instance, form.posting(), by=request.user),
        )
    if person is not None:
        warn(request, person)
        return done(request, f"Đã thêm {person}.", reverse("cadres:official", args=[person.pk]))
    if again:
        return redirect("cadres:officials")
    context = {"form": form, "title": "Thêm người", "cancel_url": reverse("cadres:officials")}
    return render(request, "cadres/official_form.html", context)


@require_http_methods(["GET", "POST"])
@needs("cadres.change_official")
def official_edit(request, pk):
    """The person's own data."""
    person = official_of(request, pk)
    back = reverse("cadres:official", args=[pk])
    form = edit_form(OfficialForm, request, person)
    if form.is_valid():
        conflict = change_official(form, by=request.user)
        if conflict:
            return show_conflict(request, conflict, title=f"Sửa hồ sơ {person}", back=back)
        warn(request, form.instance)
        return done(request, f"Đã lưu hồ sơ {form.instance}.", back)
    name = official_of(request, pk).full_name
    context = {"form": form, "title": f"Sửa hồ sơ {name}", "cancel_url": back, "person": name}
    return render(request, "cadres/official_form.html", context)


def warn(request, person):
    """Say what the personal id contradicts; nothing is refused for it."""
    for sentence in contradictions(person.personal_id, person.gender, person.birth):
        messages.warning(request, sentence)

"""Programmes: the tree, one programme, its forms, its document; sources and contents to read."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.edits import add_form, edit_form, make_once, save_versioned
from courses.models import Category, Form
from trainingplans.lib.access import needs
from trainingplans.lib.documents import CONTENT_TYPES
from trainingplans.plans import actions
from trainingplans.plans.forms import DocumentForm, NewProgrammeForm, ProgrammeForm
from trainingplans.plans.models import FundingSource, Plan, PlanItem, Programme, Target
from trainingplans.plans.trees import flat_tree
from trainingplans.plans.undo import offer_undo, take_undo

VIEW, CHANGE = "plans.view_programme", "plans.change_programme"
PLANS_SHOWN = 20


@needs(VIEW)
@require_GET
def programme_list(request):
    visible = Target.objects.visible_to(request.user)
    plans = Plan.objects.visible_to(request.user)
    rows = flat_tree(Programme.objects.with_target_counts(visible).with_plan_counts(plans))
    context = {
        "rows": rows,
        "undo": take_undo(request),
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "plans/programme_list.html", context)


@needs(VIEW)
@require_GET
def programme(request, pk):
    row = get_object_or_404(Programme.objects.select_related("parent"), pk=pk)
    return _page(request, row, DocumentForm(programme=row))


def _page(request, row, document_form, status=200):
    targets = Target.objects.visible_to(request.user).filter(programme=row)
    plans = Plan.objects.visible_to(request.user)
    context = {
        "programme": row,
        "facts": facts_of(row),
        "plans": plans.serving(row).with_sums().for_list()[:PLANS_SHOWN],
        "items": PlanItem.objects.visible_to(request.user)
        .filter(programme=row)
        .select_related("plan")[:PLANS_SHOWN],
        "children": row.children.order_by("starts_on", "number", "title"),
        "targets": targets.for_list(),
        "document_form": document_form,
        "may_change": request.user.has_perm(CHANGE),
        "may_see_figures": request.user.has_perm("plans.view_target"),
    }
    return render(request, "plans/programme_detail.html", context, status=status)


def facts_of(row):
    """What _facts.html prints about a programme."""
    period = f"{_day(row.starts_on)} – {_day(row.ends_on)}" if row.starts_on or row.ends_on else ""
    return [
        {"label": "Loại", "value": row.get_kind_display()},
        {"label": "Số, ký hiệu", "value": row.number},
        {"label": "Cơ quan ban hành", "value": row.issuer},
        {"label": "Ngày ban hành", "value": _day(row.issued_on, "")},
        {"label": "Thời gian thực hiện", "value": period},
    ]


def _day(day, nothing="…"):
    return f"{day:%d/%m/}{day.year:04d}" if day else nothing


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def programme_new(request):
    form = add_form(NewProgrammeForm, request)
    if request.method == "POST" and form.is_valid():

        def make():
            return actions.add_programme(form.instance, by=request.user)

        row, _new = make_once(form, by=request.user, make=make)
        if row is None:
            return redirect("plans:programmes")
        messages.success(request, f"Đã thêm {row}.")
        return redirect("plans:programme", row.pk)
    context = {"form": form, "cancel_url": reverse("plans:programmes")}
    return render(request, "plans/programme_form.html", context, status=422 if form.errors else 200)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def programme_edit(request, pk):
    row = get_object_or_404(Programme, pk=pk)
    form = edit_form(ProgrammeForm, request, row)
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_versioned(form, by=request.user, act="programme.change")
        if conflict is None:
            messages.success(request, f"Đã lưu {form.instance}.")
            return redirect("plans:programme", pk)
        if conflict.gone:
            raise Http404
    back = reverse("plans:programme", args=[pk])
    context = {
        "form": form,
        "programme": row,
        "programme_name": Programme.objects.get(pk=pk),
        "conflict": conflict and {**vars(conflict), "cancel_url": back},
        "cancel_url": back,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "plans/programme_form.html", context, status=status)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def programme_delete(request, pk):
    row = get_object_or_404(Programme, pk=pk)
    problem = ""
    if request.method == "POST":
        label = str(row)
        try:
            actions.delete_programme(row, by=request.user)
            offer_undo(request, "plans:programme_restore", pk, f"Đã xóa {label}.")
            return redirect("plans:programmes")
        except actions.Refused as refusal:
            problem = str(refusal)
    context = {"programme": row, "problem": problem}
    return render(request, "plans/programme_delete.html", context, status=409 if problem else 200)


@needs(CHANGE)
@require_POST
def programme_restore(request, pk):
    try:
        row = actions.restore_programme(pk, by=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:programmes")
    messages.success(request, f"Đã hoàn tác: {row} trở lại như trước khi xóa.")
    return redirect("plans:programme", row.pk)


@needs(VIEW)
@require_GET
def programme_document(request, pk):
    """The text of a programme as a download; nobody reaches the stored file by its own address."""
    row = get_object_or_404(Programme.objects.exclude(document=""), pk=pk)
    kind = row.document.name.rsplit(".", 1)[-1]
    try:
        content = row.document.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = (row.number or row.title)[:80].replace("/", "-")
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"{name}.{kind}",
        content_type=CONTENT_TYPES.get(kind, "application/octet-stream"),
    )


@needs(CHANGE)
@require_POST
def programme_attach(request, pk):
    row = get_object_or_404(Programme.objects.select_related("parent"), pk=pk)
    if "drop" in request.POST:
        actions.attach_document(row, "", by=request.user)
        messages.success(request, "Đã bỏ tệp văn bản.")
        return redirect("plans:programme", pk)
    form = DocumentForm(request.POST, request.FILES, programme=row)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    actions.attach_document(row, form.cleaned_data["document"], by=request.user)
    messages.success(request, "Đã lưu tệp văn bản.")
    return redirect("plans:programme", pk)


@needs(VIEW)
@require_GET
def references(request):
    """Funding sources and training contents, as plans and forms use them; read only."""
    contents = list(Category.objects.order_by("form", "code"))
    context = {
        "sources": FundingSource.objects.all(),
        "groups": [
            (label, flat_tree([row for row in contents if row.form == form]))
            for form, label in Form.choices
        ],
        "may_manage": request.user.has_perm("cadres.manage_catalogues"),
    }
    return render(request, "plans/references.html", context)

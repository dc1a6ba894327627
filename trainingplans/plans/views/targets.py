"""Definitions of targets: composing, trying, saving, history, deleting and taking that back."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.composing.drafts import words_of
from cadres.edits import add_form, edit_form, make_once, save_versioned
from cadres.rules import RuleContext
from trainingplans.lib.access import needs
from trainingplans.plans import actions
from trainingplans.plans.forms import NewTargetForm, TargetForm
from trainingplans.plans.models import Target
from trainingplans.plans.trying import TargetDraft, tried
from trainingplans.plans.undo import offer_undo
from trainingplans.plans.versions import versions_of

CHANGE = "plans.change_target"
SAVE = "save"


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def target_new(request):
    draft = _draft(request)
    form = add_form(NewTargetForm, draft.request)
    if draft.is_sent and form.is_valid() and not draft.has_errors:

        def make():
            return actions.save_target(form.instance, by=request.user)

        row, _new = make_once(form, by=request.user, make=make)
        if row is None:
            return redirect("reports:targets")
        messages.success(request, f"Đã thêm mục tiêu {row}.")
        return redirect("reports:target", row.pk)
    return _page(request, draft, form, None)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def target_edit(request, pk):
    row = _target(request, pk)
    draft = _draft(request, row)
    form = edit_form(TargetForm, draft.request, row)
    if draft.is_sent and form.is_valid() and not draft.has_errors:
        conflict = save_versioned(form, by=request.user, act="target.change")
        if conflict is None:
            messages.success(request, f"Đã lưu mục tiêu {form.instance}.")
            return redirect("reports:target", pk)
        return _conflict(request, row, conflict)
    return _page(request, draft, form, row)


def _draft(request, row=None):
    """What was typed, with the rules composed from their rows; as stored for GET."""
    return TargetDraft(request, row, RuleContext())


def _target(request, pk):
    return get_object_or_404(Target.objects.visible_to(request.user), pk=pk)


def _page(request, draft, form, row):
    """The form with everything typed; a step of composing is no attempt to save."""
    failed = draft.is_sent and (form.errors or draft.has_errors)
    if request.method == "POST" and not draft.is_sent:
        form.errors.clear()
    context = {
        "form": form,
        "target": row,
        "target_name": Target.objects.get(pk=row.pk).name if row else "",
        "draft": draft,
        "cancel_url": reverse("reports:target", args=[row.pk])
        if row
        else reverse("reports:targets"),
        **draft.presented(),
        "result": tried(draft, request.user),
    }
    return render(request, "plans/target_form.html", context, status=422 if failed else 200)


def _conflict(request, row, conflict):
    """Both values; rules in words."""
    if conflict.gone:
        raise Http404
    for item in conflict.fields:
        if item["name"] in ("population", "attained"):
            item |= {side: words_of(item[side]) for side in ("mine", "theirs")}
    data = {**vars(conflict), "cancel_url": reverse("reports:target", args=[row.pk])}
    context = {"target": row, "conflict": SimpleNamespace(**data)}
    return render(request, "plans/target_conflict.html", context, status=409)


@needs(CHANGE)
@require_POST
def target_count(request):
    """The figures of the rules as they are typed; a part that htmx puts beside the form."""
    draft = TargetDraft(request, None, RuleContext())
    context = {"result": tried(draft, request.user), "draft": draft}
    return render(request, "plans/_result.html", context)


@needs(CHANGE)
@require_GET
def target_history(request, pk):
    row = _target(request, pk)
    return render(
        request, "plans/target_history.html", {"target": row, "versions": versions_of(row)}
    )


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def target_delete(request, pk):
    row = _target(request, pk)
    problem = ""
    if request.method == "POST":
        label = str(row)
        try:
            actions.delete_target(row, by=request.user)
            offer_undo(request, "plans:target_restore", pk, f"Đã xóa mục tiêu {label}.")
            return redirect("reports:targets")
        except actions.Refused as refusal:
            problem = str(refusal)
    context = {"target": row, "problem": problem}
    return render(request, "plans/target_delete.html", context, status=409 if problem else 200)


@needs(CHANGE)
@require_POST
def target_restore(request, pk):
    try:
        row = actions.restore_target(pk, by=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:targets")
    messages.success(request, f"Đã hoàn tác: mục tiêu {row} trở lại như trước khi xóa.")
    return redirect("reports:target", row.pk)

"""Plans: the list, a plan with its contents, its forms, its moves."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cadres.edits import add_form, edit_form, make_once, save_versioned
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.documents import CONTENT_TYPES
from trainingplans.lib.listing import page_of, render_page_or_part
from trainingplans.lib.money import UNITS
from trainingplans.lib.text import lower_first
from trainingplans.plans.actions import plans as actions
from trainingplans.plans.filters import PlanFilter
from trainingplans.plans.items import items_with_costs
from trainingplans.plans.lookups import Lookups
from trainingplans.plans.models import Plan, PlanState
from trainingplans.plans.names import UnitNames
from trainingplans.plans.norms import exceeding
from trainingplans.plans.planforms import ApprovalForm, NewPlanForm, PlanForm, ReasonForm
from trainingplans.plans.planpages import (
    groups_of,
    may_edit,
    money_unit,
    moves_of,
    plan_before,
    row_of,
    sources_of,
    status_of,
    steps_of,
    sums_by_source,
    sums_by_unit,
    tiles_of,
)
from trainingplans.plans.progress import unfinished
from trainingplans.plans.states import PLAN
from trainingplans.plans.tabs import tabs_of
from trainingplans.plans.totals import totals_of
from trainingplans.plans.undo import take_undo

VIEW, CHANGE, APPROVE = "plans.view_plan", "plans.change_plan", "plans.approve_plan"


@needs(VIEW)
@require_GET
def plan_list(request):
    plans = Plan.objects.visible_to(request.user).with_sums().for_list()
    found = PlanFilter(request.GET, plans)
    context = {
        "filter": found,
        "page": page_of(request, found.qs if found.is_valid() else plans.none()),
        "may_change": request.user.has_perm(CHANGE),
    }
    return render_page_or_part(request, "plans/plan_list.html", "plans/_plan_table.html", context)


def plan_of(request, pk):
    """The plan among those that the account may see; 404 otherwise."""
    plans = Plan.objects.visible_to(request.user).select_related("unit", "replaces")
    return get_object_or_404(plans, pk=pk)


def kept_plan(request, pk):
    """The plan among those that the account may work on; 404 otherwise."""
    return get_object_or_404(Plan.objects.kept_by(request.user).select_related("unit"), pk=pk)


@needs(VIEW)
@require_GET
def plan(request, pk):
    return plan_page(request, plan_of(request, pk))


def plan_page(request, row, *, bound=None, status=200):
    """The page of a plan; `bound` is a form over one of its items with what was typed."""
    context = contents_of(request, row, bound)
    totals = context["totals"]
    before = plan_before(row, Plan.objects.visible_to(request.user))
    sums = before and totals_of(items_with_costs(before))
    norms = exceeding(context["items"], row.starts_on, context["lookups"])
    newer = Plan.objects.visible_to(request.user).filter(replaces=row).first()
    context |= {
        "status": status_of(row),
        "steps": steps_of(row),
        "tiles": tiles_of(totals, sums, before and f"năm {before.starts_on.year}"),
        "by_source": sums_by_source(totals, context["lookups"]),
        "by_unit": sums_by_unit(context["items"], totals, UnitNames()),
        "warnings": [{"text": one.words, "item": one.item} for one in norms],
        "moves": moves_of(row, request.user),
        "tabs": tabs_of(row, request.user, "plans:plan"),
        "before": before,
        "newer": newer,
        "may_adjust": _may_adjust(row, request.user, newer),
        "undo": take_undo(request),
        "programmes": row.programmes.all(),
        "money_units": [(code, words) for code, (words, _) in UNITS.items()],
    }
    return render(request, "plans/plan.html", context, status=status)


def contents_of(request, row, bound=None):
    """The rows of the grid and their sums."""
    lookups, unit = Lookups(), money_unit(request)
    items = list(items_with_costs(row))
    sources = sources_of(items, lookups)
    totals = totals_of(items)
    rows = [
        row_of(item, sources, unit, bound if bound and bound.instance.pk == item.pk else None)
        for item in items
    ]
    return {
        "plan": row,
        "items": items,
        "lookups": lookups,
        "sources": sources,
        "source_sums": [totals.by_source.get(source.pk, 0) for source in sources],
        "rows": rows,
        "groups": groups_of(rows, lookups),
        "totals": totals,
        "money_unit": unit,
        "money_words": UNITS[unit][0],
        "may_edit": may_edit(row, request.user),
    }


def _may_adjust(row, account, newer):
    kept = Plan.objects.kept_by(account).filter(pk=row.pk).exists()
    agreed = row.state in (PlanState.APPROVED, PlanState.RUNNING)
    return account.has_perm(CHANGE) and kept and agreed and newer is None


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def plan_new(request):
    form = add_form(NewPlanForm, request, account=request.user)
    if request.method == "POST" and form.is_valid():

        def make():
            chosen = form.cleaned_data["programmes"]
            return actions.add_plan(form.instance, by=request.user, programmes=chosen)

        try:
            row, _new = make_once(form, by=request.user, make=make)
        except Refused as refusal:
            form.add_error("unit", str(refusal))
        else:
            if row is None:
                return redirect("plans:plans")
            messages.success(request, f"Đã lập {row}. Thêm nội dung ở bảng bên dưới.")
            return redirect("plans:plan", row.pk)
    context = {"form": form, "cancel_url": reverse("plans:plans")}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


def turned_away(request, plan):
    """Back to the plan, with the reason why its contents may not change."""
    state = lower_first(plan.get_state_display())
    messages.error(request, f"{plan}: không sửa được khi {state}.")
    return redirect("plans:plan", plan.pk)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def plan_edit(request, pk):
    row = kept_plan(request, pk)
    if not may_edit(row, request.user):
        return turned_away(request, row)
    form = edit_form(PlanForm, request, row, account=request.user)
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_versioned(
            form, by=request.user, act="plan.change", write=lambda _: form.save(), unit=row.unit
        )
        if conflict is None:
            messages.success(request, f"Đã lưu {form.instance}.")
            return redirect("plans:plan", pk)
        if conflict.gone:
            raise Http404
    back = reverse("plans:plan", args=[pk])
    context = {
        "form": form,
        "plan": Plan.objects.get(pk=pk),
        "conflict": conflict and {**vars(conflict), "cancel_url": back},
        "cancel_url": back,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "plans/plan_form.html", context, status=status)


MOVE_FORMS = {"approve": ApprovalForm}


@needs(VIEW)
@require_http_methods(["GET", "POST"])
def plan_move(request, pk, code):
    """A move of the table PLAN: what it asks, then doing it."""
    row = plan_of(request, pk)
    move = PLAN.moves.get(code)
    if move is None:
        raise Http404
    form_class = MOVE_FORMS.get(code) or (ReasonForm if move.needs_reason else None)
    sent = request.method == "POST"
    form = form_class and form_class(*((request.POST, request.FILES) if sent else ()))
    problem = _refusal(row, code, request.user) if not sent else ""
    if sent and (form is None or form.is_valid()):
        try:
            _do_move(row, code, form, request.user)
        except Refused as refusal:
            problem = str(refusal)
            actions.note_refusal(row, code, problem, by=request.user)
        else:
            messages.success(request, f"{move.label}: đã xong.")
            return redirect("plans:plan", pk)
    totals = totals_of(items_with_costs(row))
    context = {"plan": row, "move": move, "form": form, "problem": problem, "totals": totals}
    context["unfinished"] = unfinished(row) if code == "close" else ""
    status = 409 if problem and sent else 422 if form and form.errors else 200
    return render(request, "plans/plan_move.html", context, status=status)


def _refusal(row, code, account):
    """Why the account cannot make the move now; "" when it can."""
    try:
        PLAN.check(row, code, by=account, reason="…")
    except Refused as refusal:
        return str(refusal)
    return ""


def _do_move(row, code, form, account):
    told = form.cleaned_data if form else {}
    if code == "approve":
        actions.move_plan(row, code, by=account, approval=actions.Approval(**told))
    else:
        actions.move_plan(row, code, by=account, reason=told.get("reason", ""))


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def plan_adjust(request, pk):
    """A new version of an approved plan, with the reason."""
    row = kept_plan(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.new_version(row, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"Đã lập bản {new.version_no} để điều chỉnh.")
            return redirect("plans:plan", new.pk)
    context = {"plan": row, "form": form, "problem": problem}
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "plans/plan_adjust.html", context, status=status)


@needs(VIEW)
@require_GET
def plan_signed(request, pk):
    """The signed paper of an approved plan as a download."""
    row = plan_of(request, pk)
    if not row.approved_file:
        raise Http404
    kind = row.approved_file.name.rsplit(".", 1)[-1]
    try:
        content = row.approved_file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = (row.approved_number or row.title)[:80].replace("/", "-")
    kind_name = CONTENT_TYPES.get(kind, "application/octet-stream")
    return FileResponse(
        content, as_attachment=True, filename=f"{name}.{kind}", content_type=kind_name
    )

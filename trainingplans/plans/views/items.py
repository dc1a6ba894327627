"""Items of a plan: a row of the grid, a page of its own, adding, taking out and back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cadres.composing.drafts import rule_words, words_of
from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.models import AuditEvent
from cadres.rules import RuleContext
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.money import UNITS
from trainingplans.plans.actions import items as actions
from trainingplans.plans.items import items_with_costs
from trainingplans.plans.lookups import Lookups
from trainingplans.plans.models import PlanItem
from trainingplans.plans.names import UnitNames
from trainingplans.plans.planforms import CellsForm, ItemForm, NewItemForm
from trainingplans.plans.planpages import keeps, may_edit, money_unit, row_of, sources_of
from trainingplans.plans.progress import progress_of
from trainingplans.plans.trying import ItemDraft, fitting
from trainingplans.plans.undo import KEY
from trainingplans.plans.views.plans import contents_of, kept_plan, plan_of, plan_page, turned_away

VIEW, CHANGE = "plans.view_plan", "plans.change_plan"


@needs(CHANGE)
@require_POST
def item_cells(request, pk, row):
    """Save one row of the grid; htmx gets the row's small changes, others the page again."""
    plan = kept_plan(request, pk)
    item = get_object_or_404(items_with_costs(plan), pk=row)
    lookups = Lookups()
    form = edit_form(
        CellsForm,
        request,
        item,
        lookups=lookups,
        sources=sources_of(list(items_with_costs(plan)), lookups),
        money_unit=money_unit(request),
    )
    conflict = None
    if form.is_valid():
        try:
            conflict = actions.change_cells(form, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if "HX-Request" in request.headers:
        return _saved_part(request, plan, item, form, conflict)
    if conflict:
        return _conflict_page(request, plan, item, conflict, request.path)
    if form.errors:
        return plan_page(request, plan, bound=form, status=422)
    return redirect(f"{reverse('plans:plan', args=[pk])}#dong-{row}")


def _saved_part(request, plan, item, form, conflict):
    """The foot of the row, and the sums that changed with it."""
    context = contents_of(request, plan)
    found = [one for one in context["rows"] if one.item.pk == item.pk]
    failed = row_of(item, context["sources"], context["money_unit"], form) if form.errors else None
    context |= {
        "row": failed or (found[0] if found else None),
        "group": _group_with(context["groups"], item),
        "conflict": conflict,
        "saved": not form.errors and conflict is None,
        "swap": True,
    }
    return render(request, "plans/_row_saved.html", context)


def _group_with(groups, item):
    """The group of the grid that an item stands in, None where it is the only one."""
    found = [group for group in groups if any(row.item.pk == item.pk for row in group.rows)]
    return found[0] if found and len(groups) > 1 else None


def _conflict_page(request, plan, item, conflict, action):
    if conflict.gone:
        raise Http404
    back = reverse("plans:item", args=[plan.pk, item.pk])
    context = {
        "plan": plan,
        "item_name": str(PlanItem.objects.get(pk=item.pk)),
        "conflict": {**vars(conflict), "cancel_url": back, "action": action},
    }
    return render(request, "plans/item_conflict.html", context, status=409)


@needs(VIEW)
@require_http_methods(["GET", "POST"])
def item(request, pk, row):
    """An item on a page of its own: to read, or to change where the account may."""
    plan = plan_of(request, pk)
    found = get_object_or_404(items_with_costs(plan), pk=row)
    if request.method == "POST" and not keeps(plan, request.user):
        raise Http404
    # What was typed while somebody else submitted the plan is refused below, and stays.
    if request.method == "GET" and not may_edit(plan, request.user):
        return _read(request, plan, found)
    lookups, draft = Lookups(), ItemDraft(request, found, RuleContext())
    options = {"lookups": lookups, "money_unit": money_unit(request)}
    form = edit_form(ItemForm, draft.request, found, **options)
    if draft.is_sent and form.is_valid() and not draft.has_errors:
        try:
            conflict = actions.change_item(form, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if conflict:
                return _conflict_page(request, plan, found, in_words(conflict), "")
            messages.success(request, f"Đã lưu mục {form.instance.code}.")
            return redirect(f"{reverse('plans:plan', args=[pk])}#dong-{row}")
    return _form_page(request, plan, form, draft, PlanItem.objects.get(pk=row))


def in_words(conflict):
    """The conflict with its rule in words."""
    for one in conflict.fields or []:
        if one["name"] in ItemDraft.asked:
            one |= {side: words_of(one[side]) for side in ("mine", "theirs")}
    return conflict


def _form_page(request, plan, form, draft, found=None):
    """The form with everything typed; a step of composing is no attempt to save."""
    failed = draft.is_sent and (form.errors or draft.has_errors)
    if request.method == "POST" and not draft.is_sent:
        form.errors.clear()
    context = {
        "plan": plan,
        "item": found,
        "form": form,
        "lookups": form.lookups,
        "result": fitting(draft, plan, request.user),
        **draft.presented(),
        "money_words": UNITS[money_unit(request)][0],
        "cancel_url": reverse("plans:plan", args=[plan.pk]),
    }
    return render(request, "plans/item_form.html", context, status=422 if failed else 200)


@needs(CHANGE)
@require_POST
def item_count(request, pk):
    """How many the audience fits as it is typed; a part that htmx puts beside the form."""
    plan = kept_plan(request, pk)
    draft = ItemDraft(request, None, RuleContext())
    return render(request, "plans/_fitting.html", {"result": fitting(draft, plan, request.user)})


def _read(request, plan, found):
    names, costs = UnitNames(), found.costs.select_related("source")
    context = {
        "plan": plan,
        "item": found,
        "facts": facts_of(found),
        "costs": [
            {"source": c.source.name, "unit": names(c.unit_id) or "—", "amount": c.amount}
            for c in costs
        ],
        "progress": progress_of([found.pk])[found.pk],
        "classes": found.planned_classes.select_related("training_class"),
        "may_open": request.user.has_perm("courses.change_class"),
    }
    return render(request, "plans/item.html", context)


def facts_of(found):
    """What parts/_defs.html prints about an item."""
    quarter = f"Quý {found.quarter}" if found.quarter else ""
    return [
        {"label": "Nhóm nội dung", "value": str(found.category or "")},
        {"label": "Đối tượng", "value": found.audience_text},
        {"label": "Dành cho", "value": rule_words(found.audience, "")},
        {"label": "Thời gian", "value": quarter},
        {"label": "Hình thức học", "value": found.get_mode_display()},
        {"label": "Nơi dạy", "value": str(found.institution or found.institution_text)},
        {"label": "Địa điểm", "value": found.place},
        {"label": "Đơn vị chủ trì", "value": str(found.lead_unit or "")},
        {"label": "Phục vụ mục tiêu", "value": ", ".join(map(str, found.targets.all()))},
        {"label": "Ghi chú", "value": found.note},
    ]


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def item_new(request, pk):
    plan = kept_plan(request, pk)
    if request.method == "GET" and not may_edit(plan, request.user):
        return turned_away(request, plan)
    lookups, draft = Lookups(), ItemDraft(request, None, RuleContext())
    if draft.is_sent and sent_before(request)[0]:
        return redirect("plans:plan", pk)
    blank = PlanItem(plan=plan, code=actions.next_code(plan), lead_unit=plan.unit)
    options = {"instance": blank, "lookups": lookups, "money_unit": money_unit(request)}
    form = add_form(NewItemForm, draft.request, **options)
    if draft.is_sent and form.is_valid() and not draft.has_errors:

        def make():
            return actions.add_item(plan, form, by=request.user)

        try:
            made, _new = make_once(form, by=request.user, make=make)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã thêm mục {made.code}." if made else "Mục đã được thêm.")
            return redirect("plans:plan", pk)
    return _form_page(request, plan, form, draft)


@needs(CHANGE)
@require_POST
def items_delete(request, pk):
    """Take the chosen items out; the undo bar brings them back."""
    plan = kept_plan(request, pk)
    asked = set(request.POST.getlist("muc"))
    chosen = [one for one in plan.items.all() if str(one.pk) in asked]
    try:
        event = actions.delete_items(plan, chosen, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        count = len(event.detail["codes"])
        url = reverse("plans:items_restore", args=[pk, event.pk])
        request.session[KEY] = {"url": url, "text": f"Đã bỏ {count} dòng khỏi kế hoạch."}
    return redirect("plans:plan", pk)


@needs(CHANGE)
@require_POST
def items_restore(request, pk, event):
    plan = kept_plan(request, pk)
    mine = AuditEvent.objects.filter(act="plan.item_delete", subject_id=plan.pk)
    try:
        count = actions.restore_items(plan, get_object_or_404(mine, pk=event), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã hoàn tác: {count} dòng trở lại kế hoạch.")
    return redirect("plans:plan", pk)

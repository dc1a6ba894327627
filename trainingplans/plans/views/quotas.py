"""Quotas: the seats of an item for each unit, and the sheet of all items and units."""

import re

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cadres.models import Unit
from cadres.units import UnitFinder, UnitNotFound
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.text import tidy
from trainingplans.plans.actions.quotas import Wanted, set_quotas, take_proposal
from trainingplans.plans.models import PlanItem
from trainingplans.plans.planpages import keeps, may_edit
from trainingplans.plans.plantables import NUMBER as WHOLE
from trainingplans.plans.proposals import propose
from trainingplans.plans.quotasheet import quota_sheet
from trainingplans.plans.tabs import tabs_of
from trainingplans.plans.views.plans import plan_of

VIEW = "plans.view_plan"
MOST, BLANK_ROWS = 100_000, 2
NO_ROW = {"unit": "", "seats": "", "reason": ""}


@needs(VIEW)
@require_http_methods(["GET", "POST"])
def quotas(request, pk, row):
    """The seats of one item: proposed, agreed, why changed."""
    plan = plan_of(request, pk)
    item = get_object_or_404(PlanItem.objects.select_related("plan__unit"), plan=plan, pk=row)
    editable = may_edit(plan, request.user)
    if request.method == "POST" and not keeps(plan, request.user):
        raise Http404
    proposal = propose(item, on=today())
    typed, more, problems, status = {}, [], [], 200
    if request.method == "POST" and "propose" in request.POST:
        return _take(request, item, proposal)
    units = units_for(plan, request.user)
    if request.method == "POST":
        typed, wanted, problems = _read(request.POST)
        more = _read_more(request.POST, UnitFinder(units), typed, wanted, problems)
        if not problems:
            problems = _save(request, item, wanted, proposal, typed)
        if not problems:
            messages.success(request, f"Đã lưu suất của mục {item.code}.")
            return redirect("plans:quotas", pk, row)
        status = 422
    context = _page(plan, item, proposal, typed) | {
        "problems": problems,
        "more": [*more, *[NO_ROW] * (BLANK_ROWS - len(more))],
        "units": units.at(today()).order_by("sort_key") if editable else [],
        "may_edit": editable or bool(typed),  # what was typed stays, whatever happened since
        "reserve": typed.get("reserve", item.reserve),
    }
    return render(request, "plans/quotas.html", context, status=status)


def _take(request, item, proposal):
    try:
        seats = take_proposal(item, by=request.user, proposal=proposal)
        messages.success(request, f"Đã lấy đề xuất: phân {seats} suất.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plans:quotas", item.plan_id, item.pk)


def _read(data):
    """({unit id: typed texts}, [Wanted], problems)."""
    typed, wanted, problems = {"reserve": data.get("reserve", "0")}, [], []
    for unit in data.getlist("unit"):
        if not unit.isdecimal():
            continue
        seats, reason = data.get(f"seats-{unit}", ""), tidy(data.get(f"reason-{unit}", ""))[:250]
        seen = data.get(f"seen-{unit}", "0")
        typed[int(unit)] = {"seats": seats, "reason": reason, "seen": seen, "bad": False}
        try:
            number = _number(seats)
            wanted.append(Wanted(int(unit), number, reason, _number(seen)))
        except ValueError as fault:
            typed[int(unit)]["bad"] = True
            problems.append({"unit": int(unit), "text": str(fault)})
    try:
        _number(typed["reserve"])
    except ValueError as fault:
        problems.append({"unit": None, "text": f"Suất dự phòng: {fault}"})
    return typed, wanted, problems


def units_for(plan, account):
    """The units that may get seats of a plan: those under it that the account keeps."""
    units = Unit.objects.branch_of(account)
    return units.below(plan.unit) if plan.unit_id else units


def _read_more(data, finder, typed, wanted, problems):
    """Add the units typed below the table to `typed` and `wanted`; the rows that were not read."""
    names = ("more-unit", "more-seats", "more-reason")
    failed = []
    for row in zip(*map(data.getlist, names), strict=False):
        name, seats, reason = map(tidy, row)
        if not name and not seats:
            continue
        try:
            unit, number = finder.find(name), _number(seats)
        except (UnitNotFound, ValueError) as fault:
            problems.append({"unit": None, "text": f"Đơn vị thêm: {fault}"})
            failed.append({"unit": name, "seats": seats, "reason": reason})
            continue
        if unit.pk in typed:
            told = f"{unit.name} đã có trong bảng. Sửa số suất ở dòng đó."
            problems.append({"unit": unit.pk, "text": told})
            continue
        typed[unit.pk] = {"seats": seats, "reason": reason[:250], "seen": "0", "bad": False}
        wanted.append(Wanted(unit.pk, number, reason[:250]))
    return failed


def _number(text):
    text = tidy(text) or "0"
    number = int(re.sub(r"[.,\s]", "", text)) if WHOLE.match(text) else None
    if number is None or number > MOST:
        raise ValueError(f"“{text}” không phải là số suất. Ghi số nguyên từ 0.")
    return number


def _save(request, item, wanted, proposal, typed):
    """The problems that kept the quotas from being saved; what others wrote is shown beside."""
    known = set(units_for(item.plan, request.user).values_list("pk", flat=True))
    wanted = [w for w in wanted if w.unit in known]
    reserve = _number(typed["reserve"])
    try:
        clashes = set_quotas(item, wanted, by=request.user, proposal=proposal, reserve=reserve)
    except Refused as refusal:
        return [{"unit": None, "text": text} for text in refusal.problems]
    for clash in clashes:
        typed[clash.unit] |= {"seen": str(clash.version), "theirs": clash.theirs, "bad": True}
    return [
        {
            "unit": clash.unit,
            "text": f"người khác vừa ghi {clash.theirs} suất. Lưu lần nữa để lấy số của bạn.",
        }
        for clash in clashes
    ]


def _page(plan, item, proposal, typed):
    """The lines of the page: a unit each, most people first."""
    stored = {quota.unit_id: quota for quota in item.quotas.all()}
    wanted = set(proposal.units) | set(stored) | {unit for unit in typed if unit != "reserve"}
    units = Unit.objects.filter(pk__in=wanted).order_by("sort_key")
    lines = [_line(unit, proposal, stored.get(unit.pk), typed.get(unit.pk)) for unit in units]
    lines.sort(key=lambda line: -line["people"])
    return {
        "plan": plan,
        "item": item,
        "lines": lines,
        "words": proposal.words,
        "people": sum(proposal.people.values()),
        "proposed": sum(proposal.seats.values()),
        "carried": sum(proposal.carried.values()),
        "given": sum(quota.seats for quota in stored.values()),
        "left": item.learners - item.reserve - sum(q.seats for q in stored.values()),
    }


def _line(unit, proposal, quota, typed):
    seats, reason = (quota.seats, quota.reason) if quota else (0, "")
    proposed = proposal.seats.get(unit.pk, 0)
    return {
        "unit": unit,
        "people": proposal.people.get(unit.pk, 0),
        "carried": proposal.carried.get(unit.pk, 0),
        "proposed": proposed,
        "stored": seats,
        "seats": typed["seats"] if typed else str(seats),
        "reason": typed["reason"] if typed else reason,
        "seen": typed["seen"] if typed else str(quota.version if quota else 0),
        "bad": bool(typed and typed["bad"]),
        "changed": bool(quota) and seats != proposed,
    }


@needs(VIEW)
@require_GET
def plan_quotas(request, pk):
    """The quota sheet: units down, items across, sums on both sides."""
    plan = plan_of(request, pk)
    context = {
        "plan": plan,
        "tabs": tabs_of(plan, request.user, "plans:plan_quotas"),
        "sheet": quota_sheet(plan, request.user),
    }
    return render(request, "plans/plan_quotas.html", context)

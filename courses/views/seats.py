"""The seats of units in a class: read by units, given by the department in a grid."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.models import AuditEvent
from cadres.views.common import done, offer_undo
from courses.actions.seats import ACT, change_seats, undo_seats
from courses.class_page import class_of, shell_of
from courses.seats import seats_of
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused

VIEW, CHANGE = "courses.view_class", "courses.change_class"
TAB = "courses:class_seats"
NOW, BEFORE = "suat-", "truoc-"
MOST = 2000


@require_GET
@needs(VIEW)
def class_seats(request, pk):
    """Given, taken, waiting, left; for the department a number to type for each unit."""
    return _page(request, class_of(request, pk))


def _page(request, row, *, typed=None, problems=(), status=200):
    may_change = request.user.has_perm(CHANGE)
    found = seats_of(row, request.user, all_units=may_change)
    typed = typed or {}
    given = sum(one.seats for one in found)
    context = shell_of(request, row, TAB) | {
        "rows": [{"seats": one, "typed": typed.get(one.unit.pk, one.seats or "")} for one in found],
        "given": given,
        "left": row.capacity - given,
        "used": sum(one.used for one in found),
        "waiting": sum(one.waiting for one in found),
        "problems": problems,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "courses/class_seats.html", context, status=status)


def _read(post):
    """({unit id: (before, now)}, {unit id: text as typed}, problems)."""
    pairs, texts, problems = {}, {}, []
    for name in post:
        unit = name.removeprefix(NOW)
        if name == unit or not (unit.isascii() and unit.isdigit() and len(unit) < 10):
            continue
        texts[int(unit)] = text = post[name].strip()[:12]
        now, before = _number(text), _number(post.get(BEFORE + unit, ""))
        if now is None or before is None:
            problems.append(f"“{text}” không phải là số suất. Ghi số từ 0 đến {MOST}.")
        else:
            pairs[int(unit)] = (before, now)
    return pairs, texts, problems


def _number(text):
    text = text.strip()
    if not text:
        return 0
    whole = text.isascii() and text.isdigit() and len(text) < 6
    return int(text) if whole and int(text) <= MOST else None


@require_POST
@needs(CHANGE)
def seats_save(request, pk):
    """Save the numbers of all units, all or none."""
    row = class_of(request, pk)
    pairs, texts, problems = _read(request.POST)
    if problems:
        return _page(request, row, typed=texts, problems=problems, status=422)
    try:
        event = change_seats(row, pairs, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        return _page(request, row, typed=texts, problems=refusal.problems, status=409)
    if event is None:
        messages.info(request, "Không có gì thay đổi.")
    else:
        count = len(event.detail["seats"])
        undo = reverse("courses:seats_undo", args=[pk, event.pk])
        offer_undo(request, f"Đã sửa suất của {count} đơn vị.", undo)
    return redirect(TAB, pk)


@require_POST
@needs(CHANGE)
def seats_undo(request, pk, event):
    row = class_of(request, pk)
    events = AuditEvent.objects.filter(act=ACT, subject=row._meta.label_lower, subject_id=row.pk)
    try:
        undo_seats(row, get_object_or_404(events, pk=event), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(TAB, pk)
    return done(request, "Đã hoàn tác suất.", reverse(TAB, args=[pk]))

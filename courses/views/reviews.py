"""The department checks what the units have sent, in bulk; reserves; undo."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cadres.models import AuditEvent
from cadres.views.common import offer_undo
from courses.actions import reviews as acts
from courses.busy import seats_of
from courses.class_page import class_of, shell_of
from courses.models import Nomination, NominationState
from courses.nominating import override_words
from courses.overview import unit_rows
from courses.states import NOMINATION, NOMINATION_KINDS, REVIEW, REVIEWING
from courses.views.nominations import report
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.listing import ids_of, page_of
from trainingplans.lib.numbers import format_number

PAGE = "courses:class_review"
S = NominationState
TABS = [
    ("cho-xet", "Chờ xét", [S.SUBMITTED]),
    ("chap-nhan", "Được chấp nhận", [S.ACCEPTED, S.DECIDED, S.ENROLLED]),
    ("du-bi", "Dự bị", [S.RESERVE]),
    ("khac", "Trả lại, từ chối, đã rút", [S.RETURNED, S.REJECTED, S.WITHDRAWN]),
]
WORDS = {
    "accept": "Đã chấp nhận {} người.",
    "reserve": "Đã xếp dự bị {} người.",
    "return": "Đã trả lại đơn vị {} người.",
    "reject": "Đã từ chối {} người.",
    "reconsider": "Đưa {} người về chờ xét.",
}
ICONS = {"accept": "check", "reserve": "clock", "return": "undo-2", "reject": "x"}
ICONS |= {"reconsider": "clock"}


@require_http_methods(["GET", "POST"])
@needs(REVIEW)
def class_review(request, pk):
    """All units' nominations for a class, with seats; POST decides on the chosen ones."""
    row = class_of(request, pk)
    if request.method == "POST":
        return _review(request, row)
    key, _label, states = _tab(request)
    rows = Nomination.objects.filter(training_class=row)
    page = page_of(request, _ordered(rows.filter(state__in=states)))
    page.object_list = [
        {"row": one, "kind": NOMINATION_KINDS[one.state], "overridden": override_words(one)}
        for one in page.object_list
    ]
    seats = seats_of(row)
    context = shell_of(request, row, PAGE) | {
        "page": page,
        "tab": key,
        "parts": _parts(rows, key),
        "units": unit_rows(row),
        "tiles": _tiles(seats, rows),
        "actions": _actions(states),
        "next": acts.next_reserves(row, seats.free) if seats.free else [],
        "undo": request.session.pop("undo", None),
    }
    return render(request, "courses/class_review.html", context)


def _ordered(rows):
    rows = rows.select_related("official__ethnic_group", "unit", "signed_by")
    return rows.order_by("unit__sort_key", "rank", "pk")


def _tab(request):
    asked = request.GET.get("phan", "")
    return next((tab for tab in TABS if tab[0] == asked), TABS[0])


def _parts(rows, active):
    """The tabs within the page, with counts."""
    states = list(rows.values_list("state", flat=True))
    return [
        {
            "label": label,
            "url": f"?phan={key}",
            "active": key == active,
            "count": sum(state in wanted for state in states),
        }
        for key, label, wanted in TABS
    ]


def _tiles(seats, rows):
    waiting = rows.filter(state=S.SUBMITTED).count()
    reserve = rows.filter(state=S.RESERVE).count()
    return [
        {"label": "Số chỗ", "figure": format_number(seats.training_class.capacity)},
        {"label": "Đã chấp nhận", "figure": format_number(seats.taken), "unit": "người"},
        {"label": "Còn trống", "figure": format_number(seats.free), "unit": "chỗ"},
        {"label": "Chờ xét", "figure": format_number(waiting), "unit": "người"},
        {"label": "Dự bị", "figure": format_number(reserve), "unit": "người"},
    ]


def _actions(states):
    """The buttons that the table of states has for what is shown."""
    moves = [NOMINATION.moves[code] for code in REVIEWING]
    return [
        {"label": move.label, "name": "lam", "value": move.code, "icon": ICONS[move.code]}
        for move in moves
        if set(move.sources) & set(states)
    ]


def _review(request, row):
    code, reason = request.POST.get("lam", ""), request.POST.get("ly_do", "")[:300]
    back = f"{reverse(PAGE, args=[row.pk])}?{request.GET.urlencode()}".rstrip("?")
    try:
        if code == "dua-len":
            code, outcome = "accept", acts.promote(row, by=request.user)
        else:
            ids = ids_of(request, "chon")
            outcome = acts.review(row, ids, code, by=request.user, reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    report(request, outcome)
    if outcome.done:
        undo = reverse("courses:review_undo", args=[row.pk, outcome.event.pk])
        offer_undo(request, WORDS[code].format(len(outcome.done)), undo)
    elif not outcome.skipped:
        messages.warning(request, "Chưa chọn ai. Đánh dấu ít nhất một người.")
    return redirect(back)


@require_POST
@needs(REVIEW)
def review_undo(request, pk, event):
    """Take an act of the check back; what was moved since stays."""
    row = class_of(request, pk)
    found = AuditEvent.objects.filter(act=acts.ACT, subject_id=row.pk)
    event = get_object_or_404(found, pk=event)
    try:
        outcome = acts.undo_review(event, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(PAGE, pk)
    report(request, outcome)
    if outcome.done:
        messages.success(request, f"Đã hoàn tác cho {len(outcome.done)} người.")
    return redirect(PAGE, pk)

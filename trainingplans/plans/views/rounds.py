"""Needs rounds: the list, one round with what each unit sent, its forms and bulk acts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.edits import add_form, edit_form, make_once, save_versioned
from cadres.models import AuditEvent
from cadres.roles import ALL
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.listing import ids_of, page_of
from trainingplans.lib.text import lower_first
from trainingplans.plans import needs as reading
from trainingplans.plans.actions import rounds as actions
from trainingplans.plans.models import NeedRound, NeedState, UnitNeed
from trainingplans.plans.needforms import NewRoundForm, RoundForm
from trainingplans.plans.refusals import refused
from trainingplans.plans.states import NEED_KINDS, NOT_SENT, ROUND, ROUND_KINDS
from trainingplans.plans.undo import offer_undo_at
from trainingplans.plans.views.needs import late_by

VIEW, RUN = "plans.view_need", "plans.run_round"
LATE = "tre"
NAMES_SHOWN = 3


def round_of(request, pk):
    """The round; one that is not open yet exists for the department only."""
    row = get_object_or_404(NeedRound.objects.select_related("plan"), pk=pk)
    if request.user.scope != ALL and row.state == NeedRound.State.DRAFT:
        raise Http404
    return row


@needs(VIEW)
@require_GET
def rounds(request):
    """The rounds for the department, the own answers for a unit."""
    if request.user.scope != ALL:
        page = page_of(request, reading.own_answers(request.user))
        for answer in page:
            answer.kind, answer.late_by = NEED_KINDS[answer.state], late_by(answer, today())
        return render(request, "needs/own.html", {"page": page})
    rows = [_line(row) for row in NeedRound.objects.all()]
    context = {"rows": rows, "may_run": request.user.has_perm(RUN)}
    return render(request, "needs/rounds.html", context)


def _line(row):
    counts = reading.tally(row.answers.all())
    sent = counts[NeedState.SIGNED] + counts[NeedState.ACCEPTED]
    return {"round": row, "kind": ROUND_KINDS[row.state], "sent": sent, "all": sum(counts.values())}


@needs(VIEW)
@require_GET
def round_page(request, pk):
    """What each unit sent; a unit with one answer goes straight to it."""
    row, on = round_of(request, pk), today()
    mine = UnitNeed.objects.visible_to(request.user).filter(round=row)
    if request.user.scope != ALL and len(only := list(mine[:2])) == 1:
        return redirect("plans:need", only[0].pk)
    state, text = request.GET.get("trang_thai", ""), request.GET.get("q", "")[:120]
    page = page_of(request, reading.narrowed(mine, state, text, on))
    lines = reading.coverage(page.object_list)
    for answer in lines:
        answer.kind, answer.late_by = NEED_KINDS[answer.state], late_by(answer, on)
    context = {
        "round": row,
        "kind": ROUND_KINDS[row.state],
        "tiles": _tiles(mine, on),
        "page": page,
        "lines": lines,
        "state": state,
        "states": [*NeedState.choices, (LATE, "Trễ hạn")],
        "q": text,
        "moves": ROUND.open_to(request.user, row.state),
        "may_run": request.user.has_perm(RUN),
        "bulk": _bulk_buttons(row, request),
        "not_sent": mine.filter(state__in=NOT_SENT).count(),
        "signed": mine.filter(state=NeedState.SIGNED).count(),
    }
    return render(request, "needs/round.html", context)


def _tiles(answers, on):
    counts = reading.tally(answers)
    late = reading.late_among(answers, on).count()
    return [
        {"label": "Đơn vị", "figure": sum(counts.values())},
        {
            "label": "Đã gửi",
            "figure": counts[NeedState.SIGNED] + counts[NeedState.ACCEPTED],
            "note": f"đã tiếp nhận {counts[NeedState.ACCEPTED]}",
        },
        {"label": "Chờ lãnh đạo ký", "figure": counts[NeedState.SUBMITTED]},
        {
            "label": "Đang lập",
            "figure": counts[NeedState.WRITING] + counts[NeedState.RETURNED],
            "note": f"bị trả lại {counts[NeedState.RETURNED]}",
        },
        {"label": "Trễ hạn", "figure": late, "status": "alert" if late else None},
    ]


def _bulk_buttons(row, request):
    if not request.user.has_perm(RUN) or row.state != NeedRound.State.OPEN:
        return []
    return [
        {"label": "Nhắc đơn vị đã chọn", "icon": "bell", "name": "act", "value": "remind"},
        {"label": "Tiếp nhận đã chọn", "icon": "check", "name": "act", "value": "accept"},
    ]


@needs(RUN)
@require_http_methods(["GET", "POST"])
def round_new(request):
    form = add_form(NewRoundForm, request)
    if request.method == "POST" and form.is_valid():

        def make():
            return actions.add_round(form.instance, by=request.user)

        row, _ = make_once(form, by=request.user, make=make)
        if row is None:
            return redirect("plans:rounds")
        messages.success(request, f"Đã thêm {row}. Xem lại rồi mở đợt cho các đơn vị.")
        return redirect("plans:round", row.pk)
    context = {"form": form, "cancel_url": reverse("plans:rounds")}
    return render(request, "needs/round_form.html", context, status=422 if form.errors else 200)


@needs(RUN)
@require_http_methods(["GET", "POST"])
def round_edit(request, pk):
    row = round_of(request, pk)
    form, conflict = edit_form(RoundForm, request, row), None
    if request.method == "POST" and form.is_valid():
        conflict = save_versioned(form, by=request.user, act="round.change")
        if conflict is None:
            messages.success(request, f"Đã lưu {form.instance}.")
            return redirect("plans:round", pk)
        if conflict.gone:
            raise Http404
    back = reverse("plans:round", args=[pk])
    context = {
        "form": form,
        "round": NeedRound.objects.get(pk=pk),
        "conflict": conflict and {**vars(conflict), "cancel_url": back},
        "cancel_url": back,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "needs/round_form.html", context, status=status)


@needs(RUN)
@require_POST
def round_move(request, pk):
    row = round_of(request, pk)
    code = request.POST.get("move", "")
    if code in ROUND.moves:
        try:
            moved = actions.move_round(row, code, by=request.user)
            messages.success(request, f"{moved}: {lower_first(moved.get_state_display())}.")
        except Refused as refusal:
            refused(f"round.{code}", refusal, by=request.user, subject=row)
            messages.error(request, str(refusal))
    return redirect("plans:round", pk)


@needs(RUN)
@require_POST
def round_bulk(request, pk):
    """Remind or accept the chosen units, all that are late, or add units that came later."""
    row, act = round_of(request, pk), request.POST.get("act", "")
    chosen = list(ids_of(request, "chon"))
    try:
        if act == "units":
            added = actions.add_missing_units(row, by=request.user)
            messages.success(request, _added(added))
        elif act == "accept":
            _accept(request, row, chosen)
        elif act in ("remind", "remind_all"):
            _remind(request, row, None if act == "remind_all" else chosen)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plans:round", pk)


def _added(names):
    if not names:
        return "Không thiếu đơn vị nào."
    return f"Đã thêm {len(names)} đơn vị: {', '.join(names)}."


def _remind(request, row, chosen):
    if chosen is None:
        chosen = list(row.answers.filter(state__in=NOT_SENT).values_list("pk", flat=True))
    found = actions.remind(row, chosen, by=request.user)
    if found.done:
        messages.success(request, f"Đã nhắc {len(found.done)} đơn vị.")
    _say_skipped(request, found, "nhắc")


def _accept(request, row, chosen):
    found = actions.accept_many(row, chosen, by=request.user)
    if found.event:
        undo = reverse("plans:round_undo", args=[row.pk, found.event.pk])
        offer_undo_at(request, undo, f"Đã tiếp nhận nhu cầu của {len(found.done)} đơn vị.")
    _say_skipped(request, found, "tiếp nhận")


def _say_skipped(request, found, verb):
    if not found.done and not found.skipped:
        messages.error(request, "Chưa chọn đơn vị nào. Đánh dấu ít nhất một đơn vị.")
    if found.skipped:
        parts = [f"{name} ({why})" for name, why in list(found.skipped.items())[:NAMES_SHOWN]]
        more = len(found.skipped) - len(parts)
        words = "; ".join(parts) + (f" và {more} đơn vị khác" if more else "")
        messages.warning(request, f"Không {verb} {len(found.skipped)} đơn vị: {words}.")


@needs(RUN)
@require_POST
def round_undo(request, pk, event):
    """Take back a bulk acceptance."""
    row = round_of(request, pk)
    told = get_object_or_404(AuditEvent, pk=event, act="need.accept_many", subject_id=pk)
    back, kept = actions.undo_accept(row, told, by=request.user)
    words = f"Đã hoàn tác tiếp nhận của {back} đơn vị."
    if kept:
        words += f" Giữ {kept} đơn vị đã được xử lý tiếp."
    messages.success(request, words)
    return redirect("plans:round", pk)

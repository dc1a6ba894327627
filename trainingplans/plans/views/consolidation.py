"""The consolidation of a needs round: by content, by unit, by person; into the draft plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.models import AuditEvent, Unit
from cadres.roles import ALL
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show, today
from trainingplans.lib.listing import page_of
from trainingplans.lib.sheets import MIME
from trainingplans.plans.actions import consolidation as actions
from trainingplans.plans.consolidating import grouped_by_form, matrix, summary_of
from trainingplans.plans.models import NeedRound, Target, UnitNeed
from trainingplans.plans.needsheets import workbook
from trainingplans.plans.states import EDITABLE, SENT
from trainingplans.plans.undo import offer_undo_at
from trainingplans.plans.views.rounds import round_of

VIEW, RUN = "plans.view_need", "plans.run_round"
TABS = {"noi-dung": "Theo nội dung", "don-vi": "Nội dung × đơn vị", "nguoi": "Theo người"}


def _answers(request, row):
    """The answers that count: those sent, or with ?ca=1 also what units still write."""
    mine = UnitNeed.objects.visible_to(request.user).filter(round=row)
    return mine if request.GET.get("ca") == "1" else mine.filter(state__in=SENT)


def _summary(request, row):
    account = request.user
    units = None if account.scope == ALL else Unit.objects.branch_of(account)
    targets = list(Target.objects.visible_to(account).for_list())
    answers = _answers(request, row)
    return summary_of(answers, targets, today(), plan=row.plan, units=units)


@needs(VIEW)
@require_GET
def round_summary(request, pk):
    row = round_of(request, pk)
    summary = _summary(request, row)
    if request.GET.get("export") == "xlsx":
        return _export(request, row, summary)
    shown = request.GET.get("xem", "noi-dung")
    shown = shown if shown in TABS else "noi-dung"
    context = {
        "round": row,
        "summary": summary,
        "tiles": _tiles(request, row, summary),
        "shown": shown,
        "tabs": _tabs(request, shown),
        "everything": request.GET.get("ca") == "1",
        "may_draft": request.user.has_perm(RUN) and row.plan and row.plan.state in EDITABLE,
        "may_run": request.user.has_perm(RUN),
        "size": actions.CLASS_SIZE,
        **_part(request, summary, shown),
    }
    return render(request, "needs/summary.html", context)


def _part(request, summary, shown):
    """What the open tab needs."""
    if shown == "don-vi":
        page = page_of(request, summary.units)
        return {"page": page, "matrix": matrix(summary, page.object_list)}
    if shown == "nguoi":
        doubtful = request.GET.get("xem_lai") == "1"
        people = summary.doubtful if doubtful else summary.people
        return {"page": page_of(request, people), "only_doubtful": doubtful}
    return {"groups": grouped_by_form(summary.contents)}


def _tiles(request, row, summary):
    mine = UnitNeed.objects.visible_to(request.user).filter(round=row)
    return [
        {
            "label": "Đơn vị đã gửi",
            "figure": mine.filter(state__in=SENT).count(),
            "note": f"trên {mine.count()} đơn vị",
        },
        {"label": "Lượt cần học", "figure": summary.number, "note": "mỗi nội dung một lượt"},
        {
            "label": "Người đã nêu tên",
            "figure": len(summary.people),
            "note": f"{summary.in_several} người ở nhiều nội dung",
        },
        {"label": "Suất chưa nêu tên", "figure": summary.unnamed},
        {
            "label": "Người cần xem lại",
            "figure": len(summary.doubtful),
            "status": "alert" if summary.doubtful else None,
        },
    ]


def _tabs(request, shown):
    more = "&ca=1" if request.GET.get("ca") == "1" else ""
    return [
        {"label": label, "url": f"?xem={key}{more}", "active": key == shown, "count": None}
        for key, label in TABS.items()
    ]


def _export(request, row, summary):
    title = f"{row}: nhu cầu tổng hợp, số liệu đến {show(today())}"
    actions.record_export(row, len(summary.people), by=request.user)
    headers = {"Content-Disposition": f'attachment; filename="nhu-cau-{row.year}.xlsx"'}
    return HttpResponse(workbook(summary, title), content_type=MIME, headers=headers)


@needs(RUN)
@require_POST
def round_items(request, pk):
    """Put the chosen contents into the draft plan."""
    row = round_of(request, pk)
    chosen = set(request.POST.getlist("chon"))
    size = request.POST.get("size", "")
    if not size.isascii() or not size.isdigit() or not 1 <= int(size) <= actions.MOST_IN_CLASS:
        words = (
            f"Số người mỗi lớp “{size[:20]}” chưa đúng. Ghi số từ 1 đến {actions.MOST_IN_CLASS}."
        )
        messages.error(request, words)
        return redirect("plans:round_summary", pk)
    contents = [c for c in _summary(request, row).contents if str(c.category.pk) in chosen]
    if not contents:
        messages.error(request, "Chưa chọn nội dung nào. Đánh dấu ít nhất một nội dung.")
        return redirect("plans:round_summary", pk)
    try:
        drafted = actions.draft_items(row, contents, int(size), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:round_summary", pk)
    if drafted.event:
        undo = reverse("plans:round_items_undo", args=[pk, drafted.event.pk])
        offer_undo_at(request, undo, f"Đã đưa {len(drafted.items)} nội dung vào {row.plan}.")
    if drafted.skipped:
        parts = "; ".join(f"{name} ({why})" for name, why in drafted.skipped.items())
        messages.warning(request, f"Không đưa {len(drafted.skipped)} nội dung: {parts}.")
    return redirect("plans:round_summary", pk)


@needs(RUN)
@require_POST
def round_items_undo(request, pk, event):
    row = get_object_or_404(NeedRound.objects.select_related("plan"), pk=pk)
    told = get_object_or_404(AuditEvent, pk=event, act="round.items", subject_id=pk)
    try:
        gone, kept = actions.undo_items(row, told, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:round_summary", pk)
    words = f"Đã hoàn tác: bỏ {gone} mục khỏi dự thảo kế hoạch."
    if kept:
        words += " Giữ: " + "; ".join(f"mục {code} ({why})" for code, why in kept.items()) + "."
    messages.success(request, words)
    return redirect("plans:round_summary", pk)

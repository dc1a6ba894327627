"""The first page: what waits for me for staff and units, the dashboard for leaders, links else."""

from datetime import timedelta

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cadres import waiting as people_waiting
from courses import late as classes_late
from courses import waiting as classes_waiting
from courses import waiting_results
from courses.evaluation import waiting as evaluation_waiting
from reports import waiting as targets_waiting
from reports.agenda import SOURCES as AGENDA
from reports.agenda import day_words
from trainingplans.lib.access import any_account
from trainingplans.lib.agenda import events_of
from trainingplans.lib.dates import show, today
from trainingplans.lib.inbox import UNDATED, collect, grouped
from trainingplans.plans import waiting as plans_waiting
from trainingplans.plans.models import NeedRound
from trainingplans.plans.states import SENT

# An app that has something waiting for people adds its source here.
SOURCES = [
    people_waiting.imports,
    *plans_waiting.SOURCES,
    *classes_late.SOURCES,
    evaluation_waiting.asked,
    *classes_waiting.SOURCES,
    targets_waiting.targets,
    people_waiting.gaps,
    people_waiting.doubles,
    waiting_results.results,
    waiting_results.certificates,
    waiting_results.reviews,
    waiting_results.repayments,
]
LEADERS = {"leader", "province_leader"}
WORKERS = {"staff", "clerk", "unit_leader", "school", "official"}
FEW_PAGES = {"school", "official"}  # what they may open stands beside what waits for them
COMING, AHEAD = 6, timedelta(days=120)
# (permission, url name, words, what for) of the first pages of the other roles
STARTS = [
    ("cadres.view_own", "cadres:my_record", "Hồ sơ của tôi", "Xem những gì cổng ghi về bạn."),
    (
        "courses.wish",
        "courses:wishes",
        "Nguyện vọng học",
        "Lớp đang chiêu sinh, khóa muốn học.",
    ),
    ("cadres.change_unit", "cadres:units", "Cây đơn vị", "Thêm, đổi tên, đóng đơn vị."),
    ("cadres.manage_accounts", "cadres:accounts", "Tài khoản", "Cấp, khóa tài khoản."),
    ("cadres.view_audit", "cadres:audit", "Nhật ký hệ thống", "Ai đã làm gì, lúc nào."),
    ("plans.view_programme", "plans:programmes", "Chương trình, đề án", "Văn bản và mục tiêu."),
]


@any_account("each role gets its own first page; every source asks for its own permission")
@require_GET
def home(request):
    role = request.user.role
    if role in LEADERS:
        return redirect("reports:dashboard")
    if role in WORKERS:
        return redirect("todo")
    return render(request, "home/start.html", {"starts": starts_of(request.user)})


def starts_of(account):
    """The pages that the account may open, with what they are for."""
    return [
        {"url": reverse(name), "label": label, "text": text}
        for permission, name, label, text in STARTS
        if account.has_perm(permission)
    ]


@any_account("every source asks for its own permission")
@require_GET
def todo(request):
    """What waits for the account, late first."""
    on = today()
    items = collect(SOURCES, request.user, on)
    late = sum(1 for item in items if item.due and item.due < on)
    context = {
        "groups": grouped(items, on),
        "undated": UNDATED,
        "total": len(items),
        "late": late,
        "day": day_words(on),
        "coming": coming(request.user, on),
        "rounds": rounds_now(request.user),
        "starts": starts_of(request.user) if request.user.role in FEW_PAGES else [],
        "may_import": request.user.has_perm("cadres.import_roster"),
    }
    return render(request, "home/inbox.html", context)


def coming(account, on):
    """What _timeline.html prints: the next days of the calendar."""
    events = events_of(AGENDA, account, on, on + AHEAD)
    return [
        {
            "when": f"{max(event.first, on):%d/%m}",
            "future": True,
            "url": event.url,
            "link": event.title,
            "note": f"đến {show(event.last)}" if event.last > event.first else "",
        }
        for event in events
        if event.first >= on
    ][:COMING]


def rounds_now(account):
    """How far the needs rounds that are open have come, for those who run them."""
    if not account.has_perm("plans.run_round"):
        return []
    return [
        {"round": row, "sent": row.sent, "all": row.asked}
        for row in NeedRound.objects.filter(state=NeedRound.State.OPEN).annotate(
            asked=Count("answers"), sent=Count("answers", filter=Q(answers__state__in=SENT))
        )
    ]

"""Levels that wait for a review before they are written into the records."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cadres.models import AuditEvent
from cadres.views.common import offer_undo
from courses.actions import grants as acts
from courses.results import awaiting_review, grants_of
from trainingplans.lib.access import needs
from trainingplans.lib.listing import ids_of, page_of

PAGE = "courses:grants"
REVIEW = "courses.decide_nomination"
SIZE = 200


@require_http_methods(["GET", "POST"])
@needs(REVIEW)
def grants(request):
    """Levels of courses with a review and of lists of the past: write or leave them, in bulk."""
    waiting = awaiting_review(request.user)
    if request.method == "POST":
        return _decide(request, waiting.filter(pk__in=ids_of(request, "chon")))
    page = page_of(request, waiting, SIZE)
    given = grants_of(page.object_list)
    context = {
        "page": page,
        "rows": [(row, given[row.course_id]) for row in page.object_list],
        "undo": request.session.pop("undo", None),
    }
    return render(request, "courses/grants.html", context)


def _decide(request, chosen):
    if request.POST.get("viec") == "bo":
        number, event = acts.decline_grants(chosen, by=request.user)
        text = f"Đã bỏ qua {number} trình độ, không ghi vào hồ sơ."
    else:
        number, event = acts.confirm_grants(chosen, by=request.user)
        text = f"Đã ghi trình độ vào hồ sơ của {number} người."
    if event:
        offer_undo(request, text, reverse("courses:grants_undo", args=[event.pk]))
    else:
        messages.warning(request, "Chưa chọn ai còn chờ xác nhận. Đánh dấu ít nhất một người.")
    return redirect(PAGE)


@require_POST
@needs(REVIEW)
def grants_undo(request, event):
    """Take back one act of the review."""
    found = AuditEvent.objects.filter(act__in=[acts.CONFIRM, acts.DECLINE])
    number = acts.undo_grants(get_object_or_404(found, pk=event), by=request.user)
    messages.success(request, f"Đã hoàn tác: {number} trình độ chờ xác nhận lại.")
    return redirect(PAGE)

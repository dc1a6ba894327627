"""The tab "Kinh phí" of a class: planned and spent by source, typed in a grid."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.models import AuditEvent
from cadres.views.common import done
from cadres.views.common import offer_undo as offer
from courses.class_page import class_of, shell_of
from trainingplans.lib.access import needs
from trainingplans.plans.actions.costs import ACT, save_costs, undo_costs
from trainingplans.plans.costforms import grid, with_versions
from trainingplans.plans.costing import by_source

VIEW, CHANGE = "plans.view_plan", "courses.change_class"
TAB = "plans:class_costs"


@require_GET
@needs(VIEW)
def class_costs(request, pk):
    """Each cost, and the sums by source."""
    return _page(request, class_of(request, pk))


def _page(request, row, *, rows=None, status=200):
    costs = list(row.costs.select_related("source"))
    may_change = request.user.has_perm(CHANGE)
    sources = by_source(row)
    context = shell_of(request, row, TAB) | {
        "costs": costs,
        "sources": sources,
        "planned": sum(one["planned"] for one in sources),
        "spent": sum(one["spent"] for one in sources),
        "grid": (rows or grid(None, costs)) if may_change else None,
    }
    return render(request, "plans/class_costs.html", context, status=status)


@require_POST
@needs(CHANGE)
def costs_save(request, pk):
    """Save the grid, all rows or none."""
    row = class_of(request, pk)
    rows = grid(request.POST, [])
    if not rows.is_valid():
        return _page(request, row, rows=rows, status=422)
    saved = save_costs(row, rows.rows(), by=request.user)
    if saved.problems:
        rows = grid(with_versions(request.POST, saved.versions), [])
        for form in rows.forms:
            if form.number in saved.problems:
                form.add_error(None, saved.problems[form.number])
        return _page(request, row, rows=rows, status=409)
    if saved.event is None:
        messages.info(request, "Không có gì thay đổi.")
    else:
        undo = reverse("plans:costs_undo", args=[pk, saved.event.pk])
        offer(request, f"Đã lưu {saved.count} khoản chi.", undo)
    return redirect(TAB, pk)


@require_POST
@needs(CHANGE)
def costs_undo(request, pk, event):
    row = class_of(request, pk)
    events = AuditEvent.objects.filter(act=ACT, subject=row._meta.label_lower, subject_id=row.pk)
    back, kept = undo_costs(row, get_object_or_404(events, pk=event), by=request.user)
    words = f"Đã hoàn tác {back} khoản chi."
    if kept:
        words += f" Giữ lại {kept} khoản đã được sửa sau đó."
    return done(request, words, reverse(TAB, args=[pk]))

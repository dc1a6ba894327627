"""A plan against life: each item from planned to spent, worst first."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from trainingplans.lib.access import needs
from trainingplans.lib.dates import today
from trainingplans.lib.listing import page_of
from trainingplans.lib.numbers import format_money, format_number
from trainingplans.plans import life
from trainingplans.plans.tabs import tabs_of
from trainingplans.plans.views.plans import plan_of


@needs("plans.view_plan")
@require_GET
def plan_progress(request, pk):
    plan, on = plan_of(request, pk), today()
    lives = life.items_of(plan, on)
    total, sums = life.total_of(lives)
    units = life.by_unit(plan, request.user)
    unders = life.plans_under(plan, request.user)
    only_late = request.GET.get("tre") == "1"
    shown = [one for one in lives if one.late] if only_late else lives
    context = {
        "plan": plan,
        "tabs": tabs_of(plan, request.user, "plans:plan_progress"),
        "on": on,
        "page": page_of(request, shown),
        "late": sum(1 for one in lives if one.late),
        "only_late": only_late,
        "total": total,
        "sums": sums,
        "tiles": tiles_of(total, sums),
        "sources": life.money_by_source(plan),
        "units": units,
        "unit_sum": life.summed(units),
        "moved": life.targets_moved(plan, request.user, on),
        "unders": unders,
        "under_total": life.sum_of(unders),
        "may_see_targets": request.user.has_perm("plans.view_target"),
    }
    return render(request, "plans/plan_progress.html", context)


def tiles_of(total, sums):
    """Planned, and what came of it."""
    of_money = f"trên {format_money(sums['amount'])}"
    return [
        {"label": "Lớp đã mở", "figure": format_number(total.opened), "note": _of(sums["classes"])},
        {"label": "Đã đề cử", "figure": format_number(total.nominated), "unit": "lượt"},
        {
            "label": "Đã vào lớp",
            "figure": format_number(total.enrolled),
            "note": f"{_of(sums['learners'])} người",
        },
        {"label": "Đã đạt", "figure": format_number(total.passed), "unit": "lượt"},
        {"label": "Đã chi", "figure": format_money(total.spent), "note": of_money},
    ]


def _of(number):
    return f"trên {format_number(number)}"

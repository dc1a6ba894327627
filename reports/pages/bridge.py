"""Why a target's figure moved: the waterfall, the table of its steps, the people of each."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from reports import exporting
from reports.bridge import STEPS, bridge_of
from reports.dashboard import may_export_people
from reports.figures import pair_of
from reports.pages.asking import XLSX, Period, end_of_last_year, must, target_asked
from reports.people import may_open
from trainingplans.lib import charts
from trainingplans.lib.access import needs
from trainingplans.lib.dates import show
from trainingplans.lib.listing import page_of
from trainingplans.lib.numbers import format_percent_figure, format_signed, percent_of

STEP = "buoc"


def panel_of(request, target, scope):
    """What _bridge_panel.html prints: both days, the drawing, the table of steps."""
    period = Period(request, end_of_last_year(scope.on), scope.on)
    found = bridge_of(pair_of(target), period.first, period.last, scope.units)
    ends = [format_percent_figure(_percent(side), target.threshold) for side in _ends(found)]
    return {
        "bridge": found,
        "period": period,
        "bridge_title": _title(*ends),
        "chart": charts.bridge(drawn(found)),
        "bridge_label": f"Cầu nối số người đạt từ {found.start.attained} đến {found.end.attained}",
        "bridge_rows": table_rows(found, target, scope),
        "bridge_hidden": [(key, value) for key, value in request.GET.items() if key in KEPT],
    }


KEPT = ("don_vi", "rieng", "nhom", "ngay", STEP)


def _ends(found):
    return found.start, found.end


def _percent(figure):
    return percent_of(figure.attained, figure.population)


def _title(before, now):
    return f"Vì sao vẫn {now} %" if before == now else f"Vì sao từ {before} thành {now} %"


def drawn(found):
    """The steps as the chart takes them; what moves nobody who attained is in the table only."""
    first = {"label": "Đầu kỳ", "note": show(found.first)}
    last = {"label": "Đến", "note": show(found.last)}
    steps = [
        {"label": step.words, "value": step.attained, "is_total": False}
        for step in found.steps
        if step.attained
    ]
    return [
        {**first, "value": found.start.attained, "is_total": True},
        *steps,
        {**last, "value": found.end.attained, "is_total": True},
    ]


def table_rows(found, target, scope):
    """[{label, url, attained, population, percent, is_total}] with the share after each step."""
    attained, population = found.start.attained, found.start.population
    rows = [_total_row(f"Đầu kỳ {show(found.first)}", attained, population)]
    for step in found.steps:
        attained, population = attained + step.attained, population + step.population
        rows.append(
            {
                "label": step.words,
                "note": step.explained,
                "url": step_url(found, target, scope, step.why),
                "people": len(step.people),
                "attained": format_signed(step.attained),
                "population": format_signed(step.population),
                "percent": percent_of(attained, population),
            }
        )
    rows.append(_total_row(f"Đến {show(found.last)}", attained, population))
    return rows


def _total_row(label, attained, population):
    return {
        "label": label,
        "is_total": True,
        "attained": attained,
        "population": population,
        "percent": percent_of(attained, population),
    }


def step_url(found, target, scope, why):
    """The address of the people of a step."""
    query = scope.query(tu=show(found.first), den=show(found.last), **{STEP: why})
    return f"{reverse('reports:bridge', args=[target.pk])}?{query}#nguoi"


@needs("plans.view_target")
@require_GET
def bridge(request, key):
    """The bridge between two days, with the names of one step or of all."""
    target, scope = target_asked(request, key)
    panel = panel_of(request, target, scope)
    why = request.GET.get(STEP, "")
    if why and why not in STEPS:
        raise Http404
    moves = moves_of(panel["bridge"], why)
    if request.GET.get("export"):
        return _export(request, target, scope, panel["bridge"], moves)
    context = {"target": target, "scope": scope, "why": why, "words": STEPS.get(why), **panel}
    if request.user.has_perm("reports.view_people"):
        context |= _people(request, scope, moves)
    return render(request, "reports/bridge.html", context)


def moves_of(found, why=""):
    """[(words of the step, Move)] of one step, or of all in their order."""
    steps = [step for step in found.steps if not why or step.why == why]
    return [(step.words, move) for step in steps for move in step.people]


def _people(request, scope, moves):
    page = page_of(request, moves)
    mine = may_open([move.standing.official_id for _words, move in page], scope.account)
    page.object_list = [
        {"words": words, "move": move, "may_open": move.standing.official_id in mine}
        for words, move in page
    ]
    may = may_export_people(request.user)
    return {"people": page, "may_export": may, "query": request.GET.urlencode()}


def _export(request, target, scope, found, moves):
    must(request.GET["export"] == XLSX and may_export_people(request.user))
    head = ["Họ và tên", "Chức vụ, chức danh", "Đơn vị", "Vì sao", "Đạt", "Tổng số"]
    rows = [
        [
            move.standing.official.full_name,
            move.standing.position,
            move.standing.unit.name,
            words,
            move.attained,
            move.population,
        ]
        for words, move in moves
    ]
    title = f"{target.name}: từ {show(found.first)} đến {show(found.last)}, {scope.words}"
    content = exporting.workbook("Từng bước", title, head, rows)
    detail = exporting.export_detail(scope, rows=len(rows))
    return exporting.sent(content, "vi-sao", by=request.user, subject=target, detail=detail)

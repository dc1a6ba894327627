"""Pages of figures: the dashboard, all targets, one target with the people behind it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cadres.rules import RuleContext
from reports import dashboard as boards
from reports import exporting, kept, sentences
from reports.board import board_of, readable, unit_lines, worst_first
from reports.definition import definition_of, target_named
from reports.pages.bridge import panel_of
from reports.pages.forecast import found_for, needed_words, part_rows, tile_of
from reports.people import group_asked, page_of_people, standings
from reports.scope import scope_of
from trainingplans.lib.access import needs
from trainingplans.lib.listing import render_page_or_part, wants_part
from trainingplans.plans.models import Programme, Target
from trainingplans.plans.undo import take_undo

UNITS_SHOWN = 12
UNITS_IN_HEAT = 10
XLSX = "xlsx"


def may(account):
    """What the links of these pages depend on."""
    return {
        "export": account.has_perm("reports.export"),
        "export_people": boards.may_export_people(account),
        "change_target": account.has_perm("plans.change_target"),
        "nominate": account.has_perm("courses.nominate"),
    }


# ---- all targets -------------------------------------------------------------------------------


@needs("plans.view_target")
@require_GET
def targets(request):
    scope = scope_of(request)
    programme = _programme_asked(request)
    board = board_of(_targets_of(request.user, programme), scope)
    words = {line.target.pk: board.words(line) for line in board.lines}
    if request.GET.get("export") == XLSX:
        return _export_targets(request, board, words, scope)
    context = {
        "scope": scope,
        "may": may(request.user),
        "board": board,
        "rows": [{"line": line, "words": words[line.target.pk]} for line in board.lines],
        "programme": programme,
        "lead": sentences.opening(board.lines, scope.on),
        "undo": take_undo(request),
    }
    return render_page_or_part(
        request, "reports/targets.html", "reports/_target_lines.html", context
    )


def _targets_of(account, programme=None):
    """The targets that the account sees, of a programme with all below it or of all."""
    found = Target.objects.visible_to(account).for_list()
    return found.filter(programme__in=programme.with_all_below()) if programme else found


def _programme_asked(request):
    """The programme that the address names, None without one; 404 for one that there is not."""
    number = request.GET.get("chuong_trinh", "")
    found = Programme.objects.filter(pk=number).first() if number.isdecimal() else None
    if number and found is None:
        raise Http404
    return found


def _export_targets(request, board, words, scope):
    _check(request.user.has_perm("reports.export"))
    content = exporting.figures_file(board.lines, words, scope)
    detail = exporting.export_detail(scope, rows=len(board.lines))
    return exporting.sent(content, "muc-tieu", by=request.user, detail=detail)


# ---- one target --------------------------------------------------------------------------------


@needs("plans.view_target")
@require_GET
def target(request, key):
    found, scope = _target_asked(request, key), scope_of(request)
    context = RuleContext(scope.on)
    _good, broken = readable([found], context)
    if broken:
        page = {"target": found, "may": may(request.user), "broken": broken[0]}
        return render(request, "reports/target_broken.html", page)
    if request.GET.get("export"):
        return _export_target(request, found, scope, context)
    page = _page_of(request, found, scope, context)
    return render_page_or_part(request, "reports/target.html", "reports/_people.html", page)


def _target_asked(request, key):
    try:
        return target_named(key, request.user)
    except Target.DoesNotExist:
        raise Http404 from None


def _page_of(request, found, scope, context):
    """All that the page of one target shows."""
    board = board_of([found], scope, by_unit=True, context=context)
    [line] = board.lines
    units = sorted(unit_lines(board, scope).values(), key=unit_order)
    ahead = found_for(found, scope)
    ahead_url = f"{reverse('reports:forecast', args=[found.pk])}?{scope.query()}"
    return {
        "target": found,
        "scope": scope,
        "may": may(request.user),
        "exports": boards.exports_of(line, request.user),
        "line": line,
        "lead": sentences.of_one(line),
        "tiles": [*boards.tiles_of(line), tile_of(ahead, ahead_url)],
        "parts": part_rows(ahead),
        "needed": needed_words(ahead),
        "ahead_url": ahead_url,
        **panel_of(request, found, scope),
        "definition": definition_of(found, context),
        "units": units[:UNITS_SHOWN],
        "unit_count": len(units),
        "short_count": sum(1 for unit in units if unit.short_by),
        **_people_of(request, found, line, scope, context),
    }


def unit_order(line):
    """Units with most people short first, then the lowest share, then by name."""
    kind, short, margin, _order, _name = worst_first(line)
    return (kind, short, margin, line.unit.sort_key)


def _people_of(request, found, line, scope, context):
    """The names of one group, a page of them; nothing for those who may see figures only."""
    if not request.user.has_perm("reports.view_people"):
        return {"people": None}
    group = group_asked(request)
    page = page_of_people(request, found, group, scope, context)
    query = f"{scope.query(nhom=group)}&export={XLSX}"
    tabs = boards.tabs_of(line, group)
    return {"people": page, "group": group, "tabs": tabs, "export_query": query}


@needs("plans.view_target")
@require_GET
def target_units(request, key):
    """All units of one target; worst first."""
    found, scope = _target_asked(request, key), scope_of(request)
    if readable([found], RuleContext(scope.on))[1]:
        raise Http404
    board = board_of([found], scope, by_unit=True)
    units = sorted(unit_lines(board, scope).values(), key=unit_order)
    context = {
        "target": found,
        "scope": scope,
        "may": may(request.user),
        "line": board.lines[0],
        "units": units,
    }
    return render(request, "reports/target_units.html", context)


def _export_target(request, found, scope, context):
    """The figures by unit, or the names of a group."""
    if request.GET["export"] != XLSX:
        raise Http404
    _check(request.user.has_perm("reports.export"))
    if request.GET.get("gi") == "don-vi":
        board = board_of([found], scope, by_unit=True)
        rows = sorted(unit_lines(board, scope).values(), key=unit_order)
        content = exporting.units_file(found, rows, scope)
        detail = exporting.export_detail(scope, rows=len(rows))
        return exporting.sent(content, "theo-don-vi", by=request.user, subject=found, detail=detail)
    _check(boards.may_export_people(request.user))
    group = group_asked(request)
    rows = list(standings(found, group, scope, context))
    content = exporting.people_file(found, group, rows, scope)
    detail = exporting.export_detail(scope, group, len(rows))
    return exporting.sent(content, f"nguoi-{group}", by=request.user, subject=found, detail=detail)


def _check(allowed):
    if not allowed:
        raise PermissionDenied


# ---- the dashboard -----------------------------------------------------------------------------


@needs("reports.view_dashboard")
@require_GET
def dashboard(request):
    scope = scope_of(request)

    def made():
        return {"scope": scope, **boards.overview(_targets_of(request.user), scope)}

    body = kept.part("reports/_dashboard_body.html", scope, made)
    return render(request, "reports/dashboard.html", {"scope": scope, "body": body})


@needs("reports.view_dashboard")
@require_GET
def heat(request):
    """Units × targets: the worst ten for the dashboard's part, all on the page of its own."""
    scope = scope_of(request)
    limits = {"most": UNITS_IN_HEAT, "columns": boards.ROWS_SHOWN} if wants_part(request) else {}

    def made():
        return {"scope": scope, **boards.heat_of(_targets_of(request.user), scope, **limits)}

    if wants_part(request):
        context = {"body": kept.part("reports/_heat_part.html", scope, made)}
    else:
        context = made()
    return render_page_or_part(request, "reports/heat.html", "reports/_heat_kept.html", context)

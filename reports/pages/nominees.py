"""From what a target lacks to nominations: ranked people, a class, one button."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cadres.roles import ALL
from cadres.rules import RuleContext
from courses.actions.nominations import move_list, propose, submit_directly
from courses.eligibility import day_of
from courses.models import Nomination
from courses.views.nominations import ids_of, report
from reports.board import board_of, readable
from reports.definition import target_named
from reports.nominees import classes_for, first_choice, nominees_in, purpose_of
from reports.scope import scope_of
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.plans.models import Target

SHOWN, BLOCKED_SHOWN, FIRST = 80, 50, 20


@needs("courses.nominate")
@require_http_methods(["GET", "POST"])
def target_nominees(request, key):
    """Who misses the target, ranked for a class; POST nominates the chosen, grouped by unit."""
    target, scope = _target(request, key), scope_of(request)
    rules = RuleContext(scope.on)
    if readable([target], rules)[1]:
        raise Http404
    helping, others = classes_for(target, request.user, rules)
    chosen = _class(request, helping, others)
    if request.method == "POST":
        return _nominate(request, target, chosen)
    day = day_of(chosen) if chosen else scope.on
    ranked = nominees_in(scope.units, target, day, chosen)
    eligible = [one for one in ranked if one.eligible]
    blocked = [one for one in ranked if not one.eligible]
    [line] = board_of([target], scope).lines
    ticked = first_choice(ranked, chosen, FIRST) if chosen else set()
    context = {
        "target": target,
        "scope": scope,
        "line": line,
        "classes": [("Lớp giúp đạt mục tiêu", helping), ("Lớp khác", others)],
        "helping": helping,
        "others": others,
        "chosen": chosen,
        "eligible": eligible[:SHOWN],
        "eligible_count": len(eligible),
        "blocked": blocked[:BLOCKED_SHOWN],
        "blocked_count": len(blocked),
        "ticked": ticked,
        "directly": request.user.scope == ALL,
    }
    return render(request, "reports/target_nominees.html", context)


def _target(request, key):
    try:
        return target_named(key, request.user)
    except Target.DoesNotExist:
        raise Http404 from None


def _class(request, helping, others):
    """The class that the address or the form names; the first that helps without a name."""
    asked = request.POST.get("lop") or request.GET.get("lop", "")
    if not asked:
        return helping[0] if helping else None
    found = next((row for row in [*helping, *others] if str(row.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _nominate(request, target, training_class):
    """Nominations of the chosen people: to the check for the department, to the leader else."""
    back = f"{reverse('reports:target_nominees', args=[target.code])}?{request.GET.urlencode()}"
    ids = ids_of(request, "chon")
    if training_class is None or not ids:
        messages.error(request, "Chưa chọn ai hoặc chưa chọn lớp. Đánh dấu ít nhất một người.")
        return redirect(back)
    try:
        outcome = propose(
            training_class,
            ids,
            by=request.user,
            origin=Nomination.Origin.TARGET,
            purpose=target.name,
            target=purpose_of(target),
        )
        words = _send(request, training_class, [row.pk for row in outcome.done])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    report(request, outcome)
    if outcome.done:
        units = len({row.unit_id for row in outcome.done})
        messages.success(request, words.format(len(outcome.done), units))
    page = "courses:class_review" if request.user.scope == ALL else "courses:class_nominations"
    return redirect(page, training_class.pk)


def _send(request, training_class, ids):
    if request.user.scope == ALL:
        submit_directly(training_class, ids, by=request.user)
        return "Đã đề cử {} người của {} đơn vị, chờ xét."
    move_list(training_class, ids, "prepare", by=request.user)
    return "Đã đề cử {} người, chờ lãnh đạo đơn vị ký."

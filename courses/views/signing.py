"""The unit's leader signs what the clerk has prepared; that sends it to the department."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.actions.nominations import move_list
from courses.class_page import class_of, shell_of
from courses.models import NominationState
from courses.nominating import sent_of, tiles_of, why_closed
from courses.states import SIGN
from courses.views.nominations import report
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.listing import ids_of

PAGE = "courses:class_sign_off"
MOVES = {
    "ky": ("sign", "Đã ký trình Sở Nội vụ {} người."),
    "tra": ("send_back", "Đã trả lại {} người."),
}


@require_http_methods(["GET", "POST"])
@needs(SIGN)
def class_sign_off(request, pk):
    """What waits for the leader's sign-off, and what was sent before."""
    row = class_of(request, pk)
    if request.method == "POST":
        return _sign(request, row)
    rows = sent_of(row, request.user)
    waiting = [one for one in rows if one["row"].state == NominationState.PREPARED]
    context = shell_of(request, row, PAGE) | {
        "waiting": waiting,
        "sent": [one for one in rows if one not in waiting],
        "tiles": tiles_of(row, request.user.unit, request.user) if request.user.unit else [],
        "closed": why_closed(row, request.user),
    }
    return render(request, "courses/class_sign_off.html", context)


def _sign(request, row):
    code, words = MOVES.get(request.POST.get("lam"), MOVES["ky"])
    reason = request.POST.get("ly_do", "")[:300]
    try:
        outcome = move_list(row, ids_of(request, "chon"), code, by=request.user, reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(PAGE, row.pk)
    report(request, outcome)
    if outcome.done:
        messages.success(request, words.format(len(outcome.done)))
    elif not outcome.skipped:
        messages.warning(request, "Chưa chọn ai. Đánh dấu ít nhất một người.")
    return redirect(PAGE, row.pk)

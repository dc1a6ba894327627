"""A unit's nominations: choosing among its people, exceptions, one nomination, withdrawing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cadres.edits import add_form, edit_form
from cadres.models import Official
from cadres.roles import ALL
from cadres.views.common import done, show_conflict
from courses.actions import nominations as acts
from courses.actions.changes import change_nomination
from courses.class_page import class_of, period_words, shell_of
from courses.forms.nominations import ExceptionForm, NominationForm, ReasonForm
from courses.models import ClassState, Nomination, NominationState, TrainingClass
from courses.nominating import (
    quota_of,
    sent_of,
    sheet_of,
    tiles_of,
    unit_asked,
    why_closed,
)
from courses.overview import calling_rows, unit_rows
from courses.states import NOMINATE, NOMINATION, REVIEW
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.listing import ids_of

PAGE = "courses:class_nominations"
SHOWN_REASONS = 5
AT_UNIT = [NominationState.DRAFT, NominationState.RETURNED]


@require_GET
@needs(NOMINATE)
def nominations(request):
    """The classes that call for nominations, with the unit's seats and what it has sent."""
    context = {"rows": calling_rows(request.user)}
    return render(request, "courses/nominations.html", context)


@require_http_methods(["GET", "POST"])
@needs(NOMINATE)
def class_nominations(request, pk):
    """The unit's people for a class; POST keeps the chosen ones, or hands them over."""
    row = class_of(request, pk)
    unit = unit_asked(request, request.user)
    if request.method == "POST":
        return _choose(request, row, unit)
    context = shell_of(request, row, PAGE) | {"period": period_words(row), "unit": unit}
    if unit is None:
        if request.user.scope != ALL:
            raise Http404
        context |= {"units": unit_rows(row)}
        return render(request, "courses/class_nominations_units.html", context)
    sheet = sheet_of(row, request.user, unit)
    context |= {
        "sheet": sheet,
        "sent": sent_of(row, request.user, unit),
        "tiles": tiles_of(row, unit, request.user),
        "quota": quota_of(row, unit),
        "closed": why_closed(row, request.user),
        "may_submit": request.user.has_perm(REVIEW),
        "undo": request.session.pop("undo", None),
        "query": f"?don_vi={unit.code}" if request.user.scope == ALL else "",
    }
    return render(request, "courses/class_nominations.html", context)


def _choose(request, row, unit):
    """Bring the list to what is ticked; "trinh" and "gui" send it on its way."""
    picked, shown = ids_of(request, "chon"), ids_of(request, "hien")
    back = f"{reverse(PAGE, args=[row.pk])}{'?' + request.GET.urlencode() if request.GET else ''}"
    try:
        drafts = _drafts(row, request.user)
        origin = "file" if request.POST.get("nguon") == "tep" else "clerk"
        purpose = request.POST.get("muc_dich", "")
        fresh = picked - drafts
        outcome = acts.propose(row, fresh, by=request.user, origin=origin, purpose=purpose)
        removed = acts.remove_drafts(row, (shown - picked) & drafts, by=request.user)
        told = [f"Đã đưa {len(outcome.done)} người vào danh sách."] if outcome.done else []
        told += [f"Đã bỏ {removed} người khỏi danh sách."] if removed else []
        sent = _send(request, row, picked)
        told += [sent] if sent else []
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    report(request, outcome)
    messages.success(request, " ".join(told) or "Danh sách giữ nguyên.")
    return redirect(back)


def _send(request, row, picked):
    """Hand the chosen drafts to the leader, or (the department) among those to be checked."""
    what = request.POST.get("lam", "")
    if what not in ("trinh", "gui"):
        return ""
    mine = Nomination.objects.visible_to(request.user).filter(training_class=row)
    ids = mine.filter(state__in=AT_UNIT, official__in=picked).values_list("pk", flat=True)
    if not ids:
        raise Refused("Chưa chọn ai. Đánh dấu ít nhất một người rồi trình.")
    if what == "gui":
        outcome = acts.submit_directly(row, ids, by=request.user)
        return f"Đã đưa {len(outcome.done)} người vào danh sách xét."
    outcome = acts.move_list(row, ids, "prepare", by=request.user)
    return f"Đã trình lãnh đạo đơn vị {len(outcome.done)} người."


def _drafts(row, account):
    mine = Nomination.objects.visible_to(account).filter(training_class=row)
    return set(mine.filter(state__in=AT_UNIT).values_list("official", flat=True))


def report(request, outcome):
    """Name whom an act left out, and why."""
    for name, why in outcome.skipped[:SHOWN_REASONS]:
        messages.warning(request, f"{name}: {why}")
    more = len(outcome.skipped) - SHOWN_REASONS
    if more > 0:
        messages.warning(request, f"Còn {more} người khác cũng được giữ nguyên.")


@require_http_methods(["GET", "POST"])
@needs(NOMINATE)
def nominate_exception(request, pk, official):
    """Somebody who is not eligible is proposed all the same: with a reason and a document."""
    row = class_of(request, pk)
    people = Official.objects.visible_to(request.user)
    person = get_object_or_404(people, pk=official)
    back = reverse(PAGE, args=[pk])
    form = add_form(ExceptionForm, request)
    if form.is_valid():
        try:
            outcome = acts.propose(row, [official], by=request.user, override=form.override)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            report(request, outcome)
            if outcome.done:
                return done(request, f"Đã đề cử ngoại lệ {person}.", back)
            return redirect(back)
    context = {
        "form": form,
        "row": row,
        "person": person,
        "back": back,
        "blocked": _blocked_by(row, request.user, official),
    }
    return render(request, "courses/nominate_exception.html", context)


def _blocked_by(row, account, official):
    ranked = acts.rank(
        acts.candidates(row, account, [official]), on=acts.day_of(row), training_class=row
    )
    return ranked[0].marks if ranked else []


def nomination_of(request, pk):
    """The nomination, if the account may see it; 404 otherwise."""
    rows = Nomination.objects.visible_to(request.user).select_related("official", "unit")
    row = get_object_or_404(rows, pk=pk)
    get_object_or_404(TrainingClass.objects.visible_to(request.user), pk=row.training_class_id)
    return row


@require_http_methods(["GET", "POST"])
@needs(NOMINATE)
def nomination(request, pk):
    """One nomination: its place on the list and what it is for."""
    row = nomination_of(request, pk)
    back = reverse(PAGE, args=[row.training_class_id])
    form = edit_form(NominationForm, request, row)
    if form.is_valid():
        try:
            conflict = change_nomination(form, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if conflict:
                return show_conflict(request, conflict, title=f"Sửa đề cử {row}", back=back)
            return done(request, f"Đã lưu đề cử {row.official}.", back)
    context = {"form": form, "row": row, "back": back, "title": f"Đề cử {row.official}"}
    return render(request, "courses/nomination_form.html", context)


@require_http_methods(["GET", "POST"])
@needs(NOMINATE)
def nomination_withdraw(request, pk):
    """Take a nomination back; a reserve of the unit comes next."""
    row = nomination_of(request, pk)
    back = reverse(PAGE, args=[row.training_class_id])
    form = add_form(ReasonForm, request)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            outcome = acts.move_list(
                row.training_class, [pk], "withdraw", by=request.user, reason=reason
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            report(request, outcome)
            if outcome.done:
                messages.success(request, f"Đã rút đề cử {row.official}.")
            return redirect(back)
    context = {
        "form": form,
        "row": row,
        "back": back,
        "move": NOMINATION.moves["withdraw"],
        "is_open": row.training_class.state == ClassState.CALLING,
    }
    return render(request, "courses/nomination_withdraw.html", context)

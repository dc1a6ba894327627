"""The decision of a class: draft, list, Word file, signed file, approval."""

from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.edits import add_form, edit_form
from cadres.models import Unit
from cadres.roles import ALL, BRANCH
from cadres.views.common import done, show_conflict
from courses.actions import decisions as acts
from courses.class_page import class_of, shell_of
from courses.forms.nominations import DecisionForm, ReasonForm, SignedFileForm
from courses.models import ClassState, Decision, NominationState
from courses.papers import decision_file
from courses.states import APPROVE, REVIEW
from courses.views.nominations import report
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.documents import CONTENT_TYPES, DOCX
from trainingplans.lib.listing import ids_of

PAGE = "courses:class_decision"
VIEW = "courses.view_class"


@require_GET
@needs(VIEW)
def class_decision(request, pk):
    """The decisions of a class with their lists; units see their own people only."""
    row = class_of(request, pk)
    account = request.user
    whole = account.scope == ALL
    rows = row.decisions.select_related("approved_by").order_by("pk")
    rows = rows if whole else rows.exclude(approved_at=None)
    accepted = row.nominations.filter(state=NominationState.ACCEPTED).count() if whole else 0
    context = shell_of(request, row, PAGE) | {
        "decisions": [_part(decision, account) for decision in rows],
        "accepted": accepted,
        "whole": whole,
        "may_review": account.has_perm(REVIEW),
        "may_approve": account.has_perm(APPROVE),
        "may_unapprove": row.state in (ClassState.CALLING, ClassState.DECIDED),
        "has_draft": any(decision.approved_at is None for decision in rows),
        "upload": SignedFileForm(),
    }
    return render(request, "courses/class_decision.html", context)


def _part(decision, account):
    people = decision.nominations.select_related("official", "unit")
    if account.scope == BRANCH:
        people = people.filter(unit__in=Unit.objects.branch_of(account).values("pk"))
    elif account.scope != ALL:
        people = people.filter(official=account.official_id) if account.official_id else []
    if account.scope in (ALL, BRANCH):
        people = people.order_by("unit__sort_key", "official__sort_key")
    return {"decision": decision, "people": list(people)}


def decision_of(request, pk):
    """The decision, for those who see everybody on it; 404 otherwise."""
    if request.user.scope != ALL:
        raise Http404
    return get_object_or_404(Decision.objects.select_related("training_class"), pk=pk)


def _answer(request, row, act):
    """Run an act of a decision and say what it did."""
    try:
        words = act()
    except Refused as refusal:
        for line in refusal.problems:
            messages.error(request, line)
    else:
        messages.success(request, words)
    return redirect(PAGE, row.pk)


@require_POST
@needs(REVIEW)
def decision_draft(request, pk):
    """A draft of everybody who is accepted."""
    row = class_of(request, pk)

    def act():
        outcome = acts.draft_decision(row, by=request.user)
        report(request, outcome)
        return f"Đã đưa {len(outcome.done)} người vào dự thảo quyết định."

    return _answer(request, row, act)


@require_http_methods(["GET", "POST"])
@needs(REVIEW)
def decision_edit(request, pk):
    """Number, date, signer, bases."""
    decision = decision_of(request, pk)
    back = reverse(PAGE, args=[decision.training_class_id])
    if decision.approved_at:
        messages.error(request, f"{decision} đã được phê duyệt, không sửa nữa.")
        return redirect(back)
    form = edit_form(DecisionForm, request, decision)
    if form.is_valid():
        conflict = acts.change_decision(form, by=request.user)
        if conflict:
            return show_conflict(request, conflict, title="Sửa quyết định", back=back)
        return done(request, f"Đã lưu {form.instance}.", back)
    context = {"form": form, "training_class": decision.training_class, "back": back}
    return render(
        request, "courses/decision_form.html", context, status=422 if form.errors else 200
    )


@require_POST
@needs(REVIEW)
def decision_take_out(request, pk):
    """Take the chosen people out of a draft."""
    decision = decision_of(request, pk)

    def act():
        outcome = acts.take_out(decision, ids_of(request, "chon"), by=request.user)
        return f"Đã đưa {len(outcome.done)} người ra khỏi dự thảo."

    return _answer(request, decision.training_class, act)


@require_GET
@needs(VIEW)
def decision_word(request, pk):
    """The Word file with the list."""
    decision = decision_of(request, pk)
    name = f"quyet-dinh-{decision.training_class.code}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = decision_file(decision)
    return HttpResponse(content, content_type=CONTENT_TYPES[DOCX], headers=headers)


@require_http_methods(["GET", "POST"])
@needs(REVIEW)
def decision_upload(request, pk):
    """Keep the signed file; an earlier one stays in the history."""
    decision = decision_of(request, pk)
    back = reverse(PAGE, args=[decision.training_class_id])
    if request.method == "GET":
        return redirect(back)
    form = SignedFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("file", ["Tệp chưa dùng được."])))
        return redirect(back)
    acts.keep_file(decision, form.cleaned_data["file"], by=request.user)
    return done(request, f"Đã lưu bản đã ký của {decision}.", back)


@require_GET
@needs(VIEW)
def decision_signed(request, pk):
    """The signed file as it was sent."""
    decision = decision_of(request, pk)
    if not decision.file:
        raise Http404
    kind = decision.file.name.rsplit(".", 1)[-1]
    try:
        content = decision.file.open("rb")
    except OSError:
        raise Http404 from None
    name = f"quyet-dinh-{uuid4().hex[:8]}.{kind}"
    return FileResponse(
        content, as_attachment=True, filename=name, content_type=CONTENT_TYPES.get(kind)
    )


@require_POST
@needs(APPROVE)
def decision_approve(request, pk):
    """Approve: everybody on the list is in the class."""
    decision = decision_of(request, pk)

    def act():
        number = acts.approve_decision(decision, by=request.user)
        return f"Đã phê duyệt {decision}: {number} người vào lớp."

    return _answer(request, decision.training_class, act)


@require_http_methods(["GET", "POST"])
@needs(APPROVE)
def decision_unapprove(request, pk):
    """Take an approval back before the class starts."""
    decision = decision_of(request, pk)
    row = decision.training_class
    form = add_form(ReasonForm, request)
    if form.is_valid():

        def act():
            reason = form.cleaned_data["reason"]
            number = acts.undo_approval(decision, by=request.user, reason=reason)
            return f"Đã bỏ phê duyệt {decision}: {number} người ra khỏi lớp."

        return _answer(request, row, act)
    context = {
        "form": form,
        "decision": decision,
        "training_class": row,
        "number": decision.nominations.count(),
    }
    return render(request, "courses/decision_unapprove.html", context)

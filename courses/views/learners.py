"""One learner of a class: leaving with a reason, coming back, a substitute."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.views.common import offer_undo
from courses.actions.learners import OPEN_FOR_CHANGES, rejoin, replace, unreplace, withdraw
from courses.attendance import missed
from courses.class_page import class_of, shell_of
from courses.forms.learners import LeaveForm, ReplaceForm
from courses.models import Enrolment
from courses.results import STUDYING, learners_of
from courses.views.running import RUN
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused

TAB = "courses:class_attendance"
CHANGE = "courses.change_class"


def learner_of(request, training_class, row):
    """The enrolment of this class, if the account may see it; 404 otherwise."""
    return get_object_or_404(learners_of(training_class, request.user), pk=row)


@require_GET
@needs(RUN)
def class_learner(request, pk, row):
    """The learner with attendance, and the forms for leaving and for a substitute."""
    training_class = class_of(request, pk)
    return _page(request, training_class, learner_of(request, training_class, row))


def _page(request, training_class, learner, leave=None, substitute=None, status=200):
    marks = dict(learner.attendance.values_list("session", "mark"))
    may_change = training_class.state in OPEN_FOR_CHANGES
    may_replace = may_change and request.user.has_perm(CHANGE)
    newcomer = Enrolment.objects.filter(replaces=learner).select_related("official").first()
    context = shell_of(request, training_class, TAB) | {
        "learner": learner,
        "gone": missed(marks),
        "studying": learner.state in STUDYING,
        "may_leave": may_change and learner.state == Enrolment.State.ENROLLED,
        "may_replace": may_replace and learner.state == Enrolment.State.ENROLLED,
        "may_return": may_change and learner.state == Enrolment.State.WITHDRAWN,
        "may_unreplace": may_replace and learner.state == Enrolment.State.REPLACED,
        "newcomer": newcomer,
        "leave": leave or LeaveForm(prefix="thoi"),
        "substitute": substitute
        or (ReplaceForm(prefix="thay", enrolment=learner) if may_replace else None),
    }
    return render(request, "courses/learner.html", context, status=status)


@require_POST
@needs(RUN)
def class_withdraw(request, pk, row):
    training_class = class_of(request, pk)
    learner = learner_of(request, training_class, row)
    form = LeaveForm(request.POST, prefix="thoi")
    if form.is_valid():
        told = form.cleaned_data
        try:
            withdraw(learner, told["on"], told["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("courses:class_rejoin", args=[pk, row])
            offer_undo(request, f"Đã cho {learner.official} thôi học.", undo)
            return redirect("courses:class_learner", pk, row)
    return _page(request, training_class, learner, leave=form, status=422)


@require_POST
@needs(RUN)
def class_rejoin(request, pk, row):
    """Take a withdrawal or, for who may change classes, a substitution back."""
    learner = learner_of(request, class_of(request, pk), row)
    replaced = learner.state == Enrolment.State.REPLACED and request.user.has_perm(CHANGE)
    try:
        (unreplace if replaced else rejoin)(learner, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{learner.official} lại đang học.")
    return redirect("courses:class_learner", pk, row)


@require_POST
@needs(CHANGE)
def class_replace(request, pk, row):
    training_class = class_of(request, pk)
    learner = learner_of(request, training_class, row)
    form = ReplaceForm(request.POST, prefix="thay", enrolment=learner)
    if form.is_valid():
        told = form.cleaned_data
        try:
            new = replace(learner, told["official"], told["on"], told["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("courses:class_rejoin", args=[pk, row])
            offer_undo(request, f"{new.official} học thay {learner.official}.", undo)
            return redirect("courses:class_learner", pk, row)
    return _page(request, training_class, learner, substitute=form, status=422)

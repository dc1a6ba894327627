"""Evaluation: the tab of a class, the sheet that somebody answers, scores, questionnaires."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.actions.evaluation import change_questionnaire
from courses.class_page import class_of, shell_of
from courses.evaluation.questionnaires import in_use
from courses.evaluation.rounds import (
    OVER,
    answer,
    open_rounds,
    open_tokens_of,
    printed_links,
    remind,
    token_of,
    tokens_of,
    why_closed,
)
from courses.evaluation.scores import FEWEST, lines_of, scores_by, scores_of_rounds
from courses.forms.evaluation import AnswerForm, QuestionFormSet, QuestionnaireForm
from courses.models import EvaluationRound, Questionnaire, TrainingClass
from trainingplans.lib.access import any_account, needs, open_to_everyone
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.numbers import format_number

VIEW, RUN, CHANGE = "courses.view_evaluation", "courses.run_class", "courses.change_catalogue"
TAB = "courses:class_evaluation"
WAYS = {"institution": "Cơ sở đào tạo", "course": "Khóa", "teacher": "Giảng viên"}


# The class


@require_GET
@needs(VIEW)
def of_class(request, pk):
    """What was answered about a class, round by round."""
    row = class_of(request, pk)
    return render(request, "courses/evaluation.html", _class_context(request, row))


def _class_context(request, row):
    rounds = list(row.evaluations.select_related("questionnaire").order_by("pk"))
    scored = scores_of_rounds(rounds)
    runs = request.user.has_perm(RUN) and row.state in OVER
    return shell_of(request, row, TAB) | {
        "rounds": [_round(one, scored[one.pk]) for one in rounds],
        "fewest": FEWEST,
        "may_open": runs,
        "is_over": row.state in OVER,
    }


def _round(one, scored):
    tokens = list(one.tokens.values_list("used", flat=True))
    now = today()
    return {
        "round": one,
        "invited": len(tokens),
        "answered": scored.answers,
        "waiting": tokens.count(False),
        "is_open": one.opens_on <= now <= one.closes_on,
        "is_shown": scored.is_shown,
        "mean": scored.mean.value,
        "lines": lines_of(one, scored) if scored.is_shown else [],
        "missing": max(FEWEST - scored.answers, 0),
    }


@require_POST
@needs(RUN)
def open_for_class(request, pk):
    """Open the rounds of a class that has ended, or invite those who came since."""
    row = class_of(request, pk)
    try:
        rounds = open_rounds(row, by=request.user)
        messages.success(
            request, f"Đã mở {format_number(len(rounds))} đợt đánh giá và gửi lời mời."
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(TAB, pk=pk)


def _round_of(request, pk, row):
    """A round of a class that the account may open; 404 otherwise."""
    rounds = EvaluationRound.objects.select_related("questionnaire", "training_class")
    return get_object_or_404(rounds, pk=row, training_class=class_of(request, pk))


@require_POST
@needs(RUN)
def remind_round(request, pk, row):
    """Send new links to those who have not answered."""
    sent = remind(_round_of(request, pk, row), by=request.user)
    messages.success(request, f"Đã gửi nhắc {format_number(sent)} nơi nhận được.")
    return redirect(TAB, pk=pk)


@never_cache
@require_POST
@needs(RUN)
def print_links(request, pk, row):
    """Links to hand out on paper, for those without account or e-mail; earlier ones stop."""
    one = _round_of(request, pk, row)
    links = printed_links(one, by=request.user)
    base = request.build_absolute_uri("/").rstrip("/")
    context = {
        "title": "Liên kết đánh giá",
        "round": one,
        "links": [{"name": name, "address": f"{base}{path}"} for name, path in links],
    }
    return render(request, "courses/evaluation_links.html", context)


# Answering


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_everyone("the link holds a secret that only the person asked was sent")
def evaluate(request, token):
    """The sheet of whoever holds the link."""
    found = token_of(token)
    if found is None:
        raise Http404("Liên kết đánh giá không còn dùng được.")
    return _sheet(request, found)


@never_cache
@require_http_methods(["GET", "POST"])
@any_account("everybody answers only what was sent to the own record or unit")
def evaluate_mine(request, pk):
    """The sheet of somebody who is logged in, without a link."""
    related = ("round__training_class", "round__questionnaire")
    return _sheet(
        request, get_object_or_404(tokens_of(request.user).select_related(*related), pk=pk)
    )


@require_GET
@any_account("everybody sees only what was sent to the own record or unit")
def mine(request):
    """What the account was asked and has not answered."""
    rows = open_tokens_of(request.user, today())
    return render(
        request, "courses/evaluations_mine.html", {"title": "Phiếu đánh giá", "rows": rows}
    )


def _sheet(request, token):
    questions = token.round.questionnaire.questions
    form = AnswerForm(request.POST if request.method == "POST" else None, questions=questions)
    context = {
        "title": "Phiếu đánh giá",
        "training_class": token.round.training_class,
        "questionnaire": token.round.questionnaire,
        "closes_on": token.round.closes_on,
        "form": form,
        "closed": why_closed(token),
    }
    if request.method == "POST" and not context["closed"] and form.is_valid():
        try:
            answer(token, form.cleaned_data)
            return render(request, "courses/evaluate_done.html", context)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/evaluate.html", context, status=status)


# Scores and questionnaires


@require_GET
@needs(VIEW)
def scores(request):
    """What learners say of institutions, courses and teachers, the worst first."""
    by = request.GET.get("theo") if request.GET.get("theo") in WAYS else "institution"
    year = request.GET.get("nam", "")
    classes = TrainingClass.objects.visible_to(request.user)
    if year.isascii() and year.isdecimal() and len(year) == 4:
        classes = classes.filter(ends_on__year=int(year))
    rows = [
        {"name": name, "classes": number, "answers": scored.answers, "mean": scored.mean.value}
        for name, number, scored in scores_by(classes.values("pk"), by)
    ]
    context = {
        "title": "Kết quả đánh giá",
        "rows": rows,
        "by": by,
        "by_label": WAYS[by],
        "tabs": [
            {"label": label, "url": f"?theo={way}&nam={year}", "active": way == by, "count": None}
            for way, label in WAYS.items()
        ],
        "year": year,
        "fewest": FEWEST,
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "courses/evaluations.html", context)


@require_GET
@needs(CHANGE)
def questionnaires(request):
    """The questionnaires, with what they ask."""
    in_use()
    rows = Questionnaire.objects.order_by("audience", "pk")
    return render(request, "courses/questionnaires.html", {"title": "Phiếu đánh giá", "rows": rows})


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def questionnaire(request, pk):
    """Change the words and questions of one."""
    row = get_object_or_404(Questionnaire, pk=pk)
    form = QuestionnaireForm(request.POST or None, instance=row)
    lines = QuestionFormSet(request.POST or None, initial=row.questions, prefix="cau")
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        questions = [question for line in lines.forms if (question := line.question())]
        try:
            change_questionnaire(form, questions, by=request.user)
            messages.success(request, f"Đã lưu {row.title}.")
            return redirect("courses:questionnaires")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"title": row.title, "form": form, "lines": lines, "questionnaire": row}
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/questionnaire.html", context, status=status)

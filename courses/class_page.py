"""What every page of a class shows: its head, its steps, its tabs, the moves open to the reader."""

from django.shortcuts import get_object_or_404

from courses.models import ClassState, TrainingClass
from courses.states import KINDS, STEPS, buttons_of, problems_of
from courses.tabs import tabs_of
from trainingplans.lib.dates import show


def class_of(request, pk):
    """The class, if the account may open it; 404 otherwise."""
    visible = TrainingClass.objects.visible_to(request.user)
    related = visible.select_related("course__category", "institution", "organiser")
    return get_object_or_404(related, pk=pk)


def shell_of(request, training_class, active):
    """The context of courses/_class_base.html; `active` is the URL name of the open tab."""
    moves = buttons_of(training_class, request.user)
    return {
        "training_class": training_class,
        "state_kind": KINDS[training_class.state],
        "steps": steps_of(training_class),
        "tabs": tabs_of(training_class, request.user, active),
        "period": period_words(training_class),
        "onward": [move for move in moves if not move.needs_reason],
        "backward": [move for move in moves if move.needs_reason],
        "may_change": request.user.has_perm("courses.change_class"),
    }


def period_words(training_class):
    """03/11–18/12/2026, with the year once where both days are of one year."""
    first, last = training_class.starts_on, training_class.ends_on
    if not first:
        return f"bế giảng {show(last)}" if last else "chưa xếp ngày"
    if not last or first == last:
        return show(first)
    start = f"{first:%d/%m}" if first.year == last.year else show(first)
    return f"{start}–{show(last)}"


def steps_of(training_class):
    """What parts/_steps.html prints; a cancelled class shows how far it came."""
    since = {}
    rows = training_class.history.order_by("history_date", "history_id")
    for state, day in rows.values_list("state", "state_since"):
        since[state] = day
    now = training_class.state
    reached = STEPS.index(now) if now in STEPS else -1
    steps = [
        {
            "label": state.label,
            "note": show(since.get(state)) if place <= reached else "",
            "state": "done" if place < reached else "now" if place == reached else "",
        }
        for place, state in enumerate(STEPS)
    ]
    if now == ClassState.CANCELLED:
        label, day = ClassState.CANCELLED.label, show(training_class.state_since)
        steps = [{"label": label, "note": day, "state": "now"}]
    return steps


def missing_of(training_class, code):
    """What templates/parts/_inbox.html prints of the problems before a move."""
    return [
        {
            "icon": problem.icon,
            "url": problem.url,
            "title": problem.text,
            "source": problem.note,
            "age": "",
            "due": show(problem.due) if problem.due else "",
            "late": False,
        }
        for problem in problems_of(training_class, code)
    ]

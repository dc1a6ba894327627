"""The sessions of a class: the timetable with its clashes, the grid, sessions from a pattern."""

from datetime import date, timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.edits import make_once, sent_before
from cadres.models import AuditEvent
from cadres.views.common import done, offer_undo
from courses.actions.sessions import ACT, add_pattern, save_sessions, undo_sessions
from courses.clashes import clashes_between, clashes_of
from courses.class_page import class_of, shell_of
from courses.forms.sessions import PatternForm, grid, with_more_rows, with_versions
from courses.sessions import in_order, sums_words, weekday_words
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import add_months, today
from trainingplans.lib.listing import page_of

VIEW, CHANGE = "courses.view_class", "courses.change_class"
CLASHES = "courses.run_class"  # whoever can mend one: the department, the school
TAB = "courses:class_sessions"


@require_GET
@needs(VIEW)
def class_sessions(request, pk):
    """The timetable; for the department a grid to type into."""
    return _page(request, class_of(request, pk))


def _page(request, row, *, rows=None, pattern=None, status=200):
    sessions = list(in_order(row.sessions))
    found = clashes_of(row, request.user)
    hit = {slot for clash in found for slot in clash.slots}
    may_change = request.user.has_perm(CHANGE)
    if may_change:
        rows = rows if rows is not None else grid(None, sessions)
        pattern = pattern or PatternForm(training_class=row)
    context = shell_of(request, row, TAB) | {
        "sessions": [_told(session, hit) for session in sessions],
        "sums": sums_words(row, sessions),
        "outside": outside_of(row, sessions),
        "clashes": [told_clash(clash, row, request.user) for clash in found],
        "grid": rows if may_change else None,
        "pattern": pattern if may_change else None,
    }
    return render(request, "courses/class_sessions.html", context, status=status)


def _told(session, hit):
    return {
        "session": session,
        "weekday": weekday_words(session.on),
        "clashes": (session.on, session.part) in hit,
    }


@require_GET
@needs(CLASHES)
def clashes(request):
    """Who and what is in two classes at one half-day, in a month."""
    first = month_asked(request.GET.get("thang", ""))
    last = add_months(first, 1) - timedelta(days=1)
    found = clashes_between(first, last, request.user)
    context = {
        "month": f"tháng {first.month}/{first.year}",
        "before": f"{add_months(first, -1):%Y-%m}",
        "after": f"{add_months(first, 1):%Y-%m}",
        "page": page_of(request, found),
    }
    return render(request, "courses/clashes.html", context)


def month_asked(text):
    """The first day of the month "2026-11"; of this month for anything else."""
    try:
        year, month = text.split("-")
        asked = date(int(year), int(month), 1)
    except ValueError:
        asked = today()
    return (asked if 2000 <= asked.year <= 2100 else today()).replace(day=1)


def outside_of(row, sessions):
    """The sessions that lie outside the days of the class."""
    return [
        session
        for session in sessions
        if (row.starts_on and session.on < row.starts_on)
        or (row.ends_on and session.on > row.ends_on)
    ]


def told_clash(clash, row, account):
    """A clash as the page of `row` tells it: with which other class, when."""
    [other] = [one for one in clash.classes if one.pk != row.pk]
    seen = type(row).objects.visible_to(account).filter(pk=other.pk).exists()
    return {
        "what": clash.what,
        "other": other.title if seen else "một lớp khác",
        "url": reverse("courses:class", args=[other.pk]) if seen else "",
        "when": clash.when,
    }


@require_POST
@needs(CHANGE)
def sessions_save(request, pk):
    """Save the grid, all rows or none; "more" only gives more empty rows."""
    row = class_of(request, pk)
    sessions = list(in_order(row.sessions))
    if request.POST.get("step") == "more":
        rows = grid(with_more_rows(request.POST), sessions)
        for form in rows.forms:
            form.errors.clear()
        return _page(request, row, rows=rows)
    rows = grid(request.POST, sessions)
    if not rows.is_valid():
        return _page(request, row, rows=rows, status=422)
    saved = save_sessions(row, rows.rows(), by=request.user)
    if saved.problems:
        rows = grid(with_versions(request.POST, saved.versions), sessions)
        for form in rows.forms:
            if form.number in saved.problems:
                form.add_error(None, saved.problems[form.number])
        return _page(request, row, rows=rows, status=409)
    if saved.event is None:
        messages.info(request, "Không có gì thay đổi.")
    else:
        _offer(request, row, saved)
    return redirect(TAB, pk)


def _offer(request, row, saved):
    skipped = f" Bỏ qua {saved.skipped} buổi đã có." if saved.skipped else ""
    undo = reverse("courses:sessions_undo", args=[row.pk, saved.event.pk])
    offer_undo(request, saved.words + skipped, undo)


@require_POST
@needs(CHANGE)
def sessions_pattern(request, pk):
    """Make sessions from … to … on weekdays."""
    row = class_of(request, pk)
    again, _ = sent_before(request)
    if again:
        return redirect(TAB, pk)
    form = PatternForm(request.POST, training_class=row)
    if not form.is_valid():
        return _page(request, row, pattern=form, status=422)
    made = []

    def make():
        made.append(add_pattern(row, form.pattern(), by=request.user))
        return row

    try:
        make_once(form, by=request.user, make=make)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, pattern=form, status=409)
    for saved in made:
        _offer(request, row, saved)
    return redirect(TAB, pk)


@require_POST
@needs(CHANGE)
def sessions_undo(request, pk, event):
    row = class_of(request, pk)
    events = AuditEvent.objects.filter(act=ACT, subject=row._meta.label_lower, subject_id=row.pk)
    back, kept = undo_sessions(row, get_object_or_404(events, pk=event), by=request.user)
    words = f"Đã hoàn tác {back} buổi."
    if kept:
        words += f" Giữ lại {kept} buổi đã được sửa hoặc điểm danh sau đó."
    return done(request, words, reverse(TAB, args=[pk]))

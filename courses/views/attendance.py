"""Attendance: the grid of a class, the roll of one session, sheets to print, fill in and send."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from courses import mark_sheets
from courses.actions.attendance import OPEN_FOR_MARKS, set_marks
from courses.attendance import ABSENT, EXCUSED, MARKS, PRESENT, grid_of, missed, too_often
from courses.class_page import class_of, shell_of
from courses.results import STUDYING
from courses.typed import grid_typed, letter, marks_shown, roll_typed, shown_marks
from courses.views.running import ACCEPT, RUN, SheetForm, read_upload, tell, workbook
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today

TAB = "courses:class_attendance"
SHORT = {PRESENT: ("✓", "m-yes", "có mặt"), EXCUSED: ("P", "m-leave", "vắng có phép")}
SHORT |= {ABSENT: ("V", "m-no", "vắng không phép"), "": ("·", "m-none", "chưa ghi")}
DAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]


@require_http_methods(["GET", "POST"])
@needs(RUN)
def class_attendance(request, pk):
    """Who was there in which session; with ?sua=1 the whole grid to type x, p, v into."""
    training_class = class_of(request, pk)
    grid = grid_of(training_class, request.user)
    if request.method == "POST":
        return _save_grid(request, training_class, grid)
    if request.GET.get("sua") == "1":
        return _edit_page(request, training_class, grid, {}, {})
    sessions, learners, marks = grid
    context = shell_of(request, training_class, TAB) | {
        "sessions": [_heading(row) for row in sessions],
        "rows": [_row(row, sessions, marks[row.pk]) for row in learners],
        "present": [_present(row, marks) for row in sessions],
        "marked": sum(1 for row in sessions if any(row.pk in told for told in marks.values())),
        "next": next_session(sessions, learners, marks),
        "may_mark": training_class.state in OPEN_FOR_MARKS,
        "sheet_form": SheetForm(),
        "accept": ACCEPT,
    }
    return render(request, "courses/attendance.html", context)


def _heading(row):
    return {
        "session": row,
        "day": f"{row.on:%d/%m}",
        "part": row.get_part_display().lower(),
        "is_today": row.on == today(),
    }


def _row(row, sessions, told):
    gone, held = missed(told)
    return {
        "row": row,
        "gone": gone,
        "held": held,
        "too_often": too_often(gone, held),
        "left": row.state not in STUDYING,
        "cells": [
            (*SHORT[told.get(session.pk, "")], session.on == today()) for session in sessions
        ],
    }


def _present(session, marks):
    told = [row[session.pk] for row in marks.values() if session.pk in row]
    return (told.count(PRESENT) if told else None, session.on == today())


def next_session(sessions, learners, marks):
    """The first session of which somebody in the class has no mark; the last one else."""
    here = [row.pk for row in learners if row.state in STUDYING]
    for session in sessions:
        if any(session.pk not in marks[pk] for pk in here):
            return session
    return sessions[-1] if sessions else None


def _save_grid(request, training_class, grid):
    sessions, learners, _ = grid
    marks, strange = grid_typed(request.POST, sessions, learners)
    if strange:
        messages.error(request, f"Chưa ghi: có {len(strange)} ô không rõ. Ghi x, p hoặc v.")
        return _edit_page(request, training_class, grid, marks, strange, status=422)
    try:
        done = set_marks(training_class, marks, by=request.user, shown=marks_shown(request.POST))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _edit_page(request, training_class, grid, marks, strange, status=422)
    tell(request, done, "ô điểm danh", training_class)
    return redirect(TAB, training_class.pk)


def _edit_page(request, training_class, grid, typed, strange, *, status=200, problems=()):
    """The grid to type into: marks of the database, over them what was typed or sent."""
    sessions, learners, marks = grid
    rows = []
    for row in learners:
        cells = []
        for session in sessions:
            place = (session.pk, row.pk)
            held = marks[row.pk].get(session.pk, "")
            text = strange.get(place, letter(typed.get(place, held)))
            words = f"{row.official}, buổi {session.number}"
            cells.append((f"m-{session.pk}-{row.pk}", text, place in strange, words))
        rows.append({"row": row, "cells": cells})
    context = shell_of(request, training_class, TAB) | {
        "sessions": [_heading(row) for row in sessions],
        "rows": rows,
        "shown": shown_marks(marks),
        "problems": problems,
        "from_file": bool(problems or typed) and status == 200,
    }
    return render(request, "courses/attendance_grid.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(RUN)
def class_attendance_upload(request, pk):
    """The school's own sheet into the grid; nothing is written before the grid is saved."""
    training_class = class_of(request, pk)
    grid = grid_of(training_class, request.user)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (sheet := read_upload(form)):
        marks, strange, problems = mark_sheets.marks_of_sheet(sheet, grid[0], grid[1])
        return _edit_page(request, training_class, grid, marks, strange, problems=problems)
    context = shell_of(request, training_class, TAB) | {
        "form": form,
        "accept": ACCEPT,
        "template_url": reverse("courses:class_attendance_template", args=[pk]),
        "back": reverse(TAB, args=[pk]),
        "what": "điểm danh",
        "how": "Mỗi buổi một cột, tiêu đề là ngày (03/11/2026 Sáng) hoặc Buổi 1, Buổi 2. "
        "Trong ô ghi x có mặt, p vắng có phép, v vắng không phép.",
    }
    return render(request, "courses/sheet_upload.html", context)


@require_GET
@needs(RUN)
def class_attendance_template(request, pk):
    """The sheet to fill in, with what is known already."""
    training_class = class_of(request, pk)
    data = mark_sheets.template_of(*grid_of(training_class, request.user))
    return workbook(data, f"diem-danh-{training_class.code}.xlsx")


@require_http_methods(["GET", "POST"])
@needs(RUN)
def class_roll(request, pk, session):
    """One session, one learner a line: made for a phone in the class-room."""
    training_class = class_of(request, pk)
    sessions, learners, marks = grid_of(training_class, request.user)
    learners = [row for row in learners if row.state in STUDYING]
    now = _session_of(sessions, session)
    typed = {(now.pk, row.pk): marks[row.pk].get(now.pk, "") for row in learners}
    if request.method == "POST":
        typed = roll_typed(request.POST, now, learners)
        if "all" in request.POST:
            typed = {place: mark or PRESENT for place, mark in typed.items()}
        else:
            try:
                done = set_marks(
                    training_class, typed, by=request.user, shown=marks_shown(request.POST)
                )
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                tell(request, done, f"người của buổi {now.number}", training_class)
                return redirect("courses:class_roll", pk, now.pk)
    context = _roll_context(training_class, sessions, learners, marks, now, typed)
    return render(request, "courses/roll.html", context)


def _session_of(sessions, pk):
    found = next((row for row in sessions if row.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _roll_context(training_class, sessions, learners, marks, now, typed):
    told = list(typed.values())
    rows = []
    for row in learners:
        others = {pk: mark for pk, mark in marks[row.pk].items() if pk != now.pk}
        gone, held = missed(others)
        rows.append({"row": row, "mark": typed[now.pk, row.pk], "gone": gone, "held": held})
    return {
        "training_class": training_class,
        "sessions": [{"session": row, "words": words_of(row)} for row in sessions],
        "now": now,
        "now_words": words_of(now),
        "rows": rows,
        "choices": [(PRESENT, "Có mặt", ""), (EXCUSED, "Có phép", "leave")]
        + [(ABSENT, "Vắng", "absent")],
        "shown": shown_marks({pk: {now.pk: v[now.pk]} for pk, v in marks.items() if now.pk in v}),
        "told": len(told) - told.count(""),
        "counts": [told.count(mark) for mark in MARKS],
        "may_mark": training_class.state in OPEN_FOR_MARKS,
    }


def words_of(session):
    """Buổi 9: sáng Thứ Hai 23/11/2026."""
    day = f"{DAYS[session.on.weekday()]} {session.on:%d/%m/%Y}"
    return f"Buổi {session.number}: {session.get_part_display().lower()} {day}"


@require_GET
@needs(RUN)
def class_roll_choose(request, pk):
    """Where the list of sessions above the roll leads without script."""
    training_class = class_of(request, pk)
    chosen = request.GET.get("buoi", "")
    found = training_class.sessions.filter(pk=chosen).first() if chosen.isdecimal() else None
    if found is None:
        return redirect(TAB, pk)
    return redirect("courses:class_roll", pk, found.pk)


@require_GET
@needs(RUN)
def class_sign_in(request, pk, session):
    """The list that learners sign, for A4 paper."""
    training_class = class_of(request, pk)
    sessions, learners, _ = grid_of(training_class, request.user)
    now = _session_of(sessions, session)
    context = {
        "training_class": training_class,
        "now": now,
        "now_words": words_of(now),
        "learners": [row for row in learners if row.state in STUDYING],
    }
    return render(request, "courses/sign_in.html", context)

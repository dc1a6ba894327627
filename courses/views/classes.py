"""Classes: the list and its workbook, the page of one class, its form, its moves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.roles import ALL
from cadres.views.common import done, show_conflict
from cadres.views.officials import conditions, download
from courses.actions.classes import add_class, change_class, clone_class, move_class
from courses.class_page import class_of, missing_of, period_words, shell_of
from courses.exporting import export_classes
from courses.filters import ClassFilter
from courses.forms.classes import ClassForm, CloneClassForm, NewClassForm, first_values
from courses.models import TrainingClass
from courses.states import CLASS, KINDS, WITH_DECISION, buttons_of
from courses.summaries import learners_of, summary_of
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.listing import page_of, render_page_or_part, rows_of

VIEW, CHANGE, RUN = "courses.view_class", "courses.change_class", "courses.run_class"


@require_GET
@needs(VIEW)
def classes(request):
    """The list: search, filters, order, pages; `?xuat=xlsx` gives it as a workbook."""
    learners = Count("enrolments", filter=Q(enrolments__state__in=["enrolled", "finished"]))
    visible = TrainingClass.objects.visible_to(request.user).for_list()
    found = ClassFilter(request.GET, visible.annotate(learners=learners), request=request)
    rows = rows_of(found)
    if request.GET.get("xuat") == "xlsx":
        content = export_classes(rows, by=request.user, words=conditions(found.form))
        return download(content, f"danh-sach-lop-{today():%Y-%m-%d}.xlsx")
    page = page_of(request, rows)
    context = {
        "form": found.form,
        "page": page,
        "rows": [row_of(row) for row in page.object_list],
        "ordering": "-starts",
        "may_change": request.user.has_perm(CHANGE),
        "may_run": request.user.has_perm(RUN),
    }
    return render_page_or_part(
        request, "courses/classes.html", "courses/_classes_table.html", context
    )


def row_of(row):
    """One row of the list."""
    return {"class": row, "period": period_words(row), "kind": KINDS[row.state]}


@require_GET
@needs(VIEW)
def training_class(request, pk):
    """One class: what it is, who is in it, what is still missing."""
    row = class_of(request, pk)
    context = shell_of(request, row, "courses:class") | summary_of(row, request.user)
    context["page"] = page_of(request, learners_of(row, request.user))
    # Who sees a branch may find somebody here whose record has moved to another unit.
    everybody = request.user.scope == ALL
    context["opens_people"] = everybody and request.user.has_perm("cadres.view_official")
    return render(request, "courses/class.html", context)


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def class_add(request):
    """A new class, alone; plans open theirs through courses.actions.classes."""
    again, made = sent_before(request)
    form = add_form(NewClassForm, request, initial=_first_values(request))
    if not again and form.is_valid():
        made, _ = make_once(
            form, by=request.user, make=lambda: add_class(form.instance, by=request.user)
        )
    if made is not None:
        return done(request, f"Đã mở {made}.", reverse("courses:class", args=[made.pk]))
    if again:
        return redirect("courses:classes")
    context = {
        "form": form,
        "title": "Mở lớp",
        "submit": "Mở 1 lớp",
        "cancel_url": reverse("courses:classes"),
        "foot_note": "Lớp mở ra ở trạng thái dự kiến.",
    }
    return render(request, "courses/class_form.html", context, status=422 if form.errors else 200)


def _first_values(request):
    """The course from which the page was opened."""
    course = request.GET.get("khoa", "")
    return {"course": course} if course.isascii() and course.isdigit() else {}


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def class_clone(request, pk):
    """A class like this one: its fields are the first values; its timetable may be moved along."""
    row = class_of(request, pk)
    again, made = sent_before(request)
    form = add_form(CloneClassForm, request, initial=first_values(row))
    if not again and form.is_valid():
        made = _made_like(request, row, form)
    if made is not None:
        return done(request, f"Đã mở {made}.", reverse("courses:class", args=[made.pk]))
    back = reverse("courses:class", args=[pk])
    if again:
        return redirect(back)
    context = {
        "form": form,
        "title": "Mở lớp giống lớp này",
        "submit": "Mở 1 lớp",
        "cancel_url": back,
        "row": row,
        "foot_note": "Lớp mới ở trạng thái dự kiến, chưa có người.",
    }
    return render(request, "courses/class_form.html", context, status=422 if form.errors else 200)


def _made_like(request, row, form):
    """The class made from a valid form, once; None with the refusal in the form."""

    def make():
        return clone_class(form.instance, row, by=request.user, **form.what_to_take())

    try:
        return make_once(form, by=request.user, make=make)[0]
    except Refused as refusal:
        form.add_error("capacity", str(refusal))
        return None


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def class_edit(request, pk):
    row = class_of(request, pk)
    back, title = reverse("courses:class", args=[pk]), f"Sửa {row.title}"
    form = edit_form(ClassForm, request, row)
    if form.is_valid():
        try:
            conflict = change_class(form, by=request.user)
        except Refused as refusal:
            form.add_error("capacity", str(refusal))
        else:
            if conflict:
                return show_conflict(request, conflict, title=title, back=back)
            return done(request, f"Đã lưu {form.instance}.", back)
    context = {"form": form, "title": title, "submit": "Lưu lớp", "cancel_url": back, "row": row}
    return render(request, "courses/class_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(RUN)
def class_move(request, pk, move):
    """From state to state: what is missing, the reason; POST does it."""
    row = class_of(request, pk)
    if move not in CLASS.moves or move in WITH_DECISION:
        raise Http404
    chosen = CLASS.moves[move]
    if not request.user.has_perm(chosen.permission):
        raise PermissionDenied
    reason, problems = request.POST.get("reason", "")[:300], ()
    if request.method == "POST":
        try:
            moved = move_class(row, move, by=request.user, reason=reason)
        except Refused as refusal:
            problems = refusal.problems
        else:
            text = f"{moved}: {moved.get_state_display().lower()}."
            return done(request, text, reverse("courses:class", args=[pk]))
    elif chosen not in buttons_of(row, request.user):
        messages.error(request, f"Lớp đang ở trạng thái “{row.get_state_display()}”.")
        return redirect("courses:class", pk)
    context = {
        "class": row,
        "move": chosen,
        "target": CLASS.states(chosen.target).label,
        "missing": missing_of(row, move),
        "problems": problems,
        "reason": reason,
    }
    return render(request, "courses/class_move.html", context, status=409 if problems else 200)

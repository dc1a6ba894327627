"""The catalogue: the tree of contents with its courses, one course, its form."""

from types import SimpleNamespace

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cadres.choices import Ladder
from cadres.composing.drafts import rule_words, words_of
from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.rules import RuleContext
from cadres.views.common import done
from courses.actions.catalogue import add_row, change_row
from courses.class_page import period_words
from courses.composing import CourseDraft
from courses.forms.catalogue import CourseForm, NewCourseForm
from courses.models import Category, Course, Form, TrainingClass
from courses.states import KINDS
from courses.summaries import hours_words
from trainingplans.lib.access import needs
from trainingplans.lib.listing import page_of, render_page_or_part
from trainingplans.lib.text import fold

VIEW, CHANGE = "courses.view_class", "courses.change_catalogue"
LEVELS_SHOWN = 3


@require_GET
@needs(VIEW)
def catalogue(request):
    """The tree of contents, đào tạo and bồi dưỡng apart, with the courses of each."""
    text, unused = request.GET.get("q", "")[:120].replace("\0", ""), request.GET.get("ca_cu") == "1"
    rows = Course.objects.select_related("category", "grants_level", "grants_language")
    rows = rows if unused else rows.filter(is_active=True)
    if fold(text):
        rows = rows.filter(search_key__contains=fold(text))
    rows = list(rows.order_by("category__code", "sort_key"))
    runs = TrainingClass.objects.visible_to(request.user).order_by().values("course")
    counts = dict(runs.annotate(n=Count("pk")).values_list("course", "n"))
    context = {
        "q": text,
        "unused": unused,
        "total": len(rows),
        "forms": [(label, _tree(form, rows, counts, bool(text))) for form, label in Form.choices],
        "may_change": request.user.has_perm(CHANGE),
    }
    return render_page_or_part(
        request, "courses/catalogue.html", "courses/_catalogue_tree.html", context
    )


def _tree(form, courses, counts, only_with_courses):
    """[{category, depth, courses}] of one form; a search leaves out contents without a match."""
    found = []
    for category in Category.objects.filter(form=form).order_by("code"):
        mine = [row for row in courses if row.category_id == category.pk]
        below = any(row.category.code.startswith(f"{category.code}.") for row in courses)
        if only_with_courses and not mine and not below:
            continue
        told = [
            {"course": row, "grants": grants_words(row), "n": counts.get(row.pk, 0)} for row in mine
        ]
        depth = min(category.code.count("."), LEVELS_SHOWN)
        found.append({"category": category, "depth": depth, "courses": told})
    return found


def grants_words(course):
    """Tiếng dân tộc: Biết, tiếng Mông; "" for a course that writes no level."""
    level = course.grants_level
    if course.on_result == Course.OnResult.NOTHING or level is None:
        return ""
    words = f"{Ladder(level.ladder).label}: {level.name}"
    return f"{words}, tiếng {course.grants_language}" if course.grants_language else words


@require_GET
@needs(VIEW)
def course(request, pk):
    """One course: for whom, what it needs and grants, its classes."""
    related = Course.objects.select_related("category", "grants_level", "grants_language")
    row = get_object_or_404(related, pk=pk)
    classes = TrainingClass.objects.visible_to(request.user).filter(course=row).for_list()
    page = page_of(request, classes, 20)
    context = {
        "course": row,
        "facts": facts_of(row),
        "audience": rule_words(row.audience, "Ai cũng học được."),
        "prerequisites": rule_words(row.prerequisites, "Không cần điều kiện nào."),
        "page": page,
        "rows": [
            {"class": one, "period": period_words(one), "kind": KINDS[one.state]}
            for one in page.object_list
        ],
        "may_change": request.user.has_perm(CHANGE),
        "may_open": request.user.has_perm("courses.change_class"),
    }
    return render(request, "courses/course.html", context)


def facts_of(row):
    """What a course is, as templates/parts/_defs.html prints it."""
    again = f"sau {row.repeat_after_years} năm" if row.repeat_after_years else "không cần"
    return [
        {"label": "Mã", "value": row.code},
        {"label": "Nội dung", "value": f"{row.category.get_form_display()}: {row.category}"},
        {"label": "Thời lượng", "value": hours_words(row.hours)},
        {"label": "Khi học xong", "value": row.get_on_result_display()},
        {"label": "Đạt", "value": grants_words(row) or "không ghi bậc"},
        {"label": "Học lại", "value": again},
        {"label": "40 tiết mỗi năm", "value": "có tính" if row.counts_yearly else "không tính"},
        {"label": "Căn cứ", "value": row.legal_basis or "—"},
        {"label": "Tình trạng", "value": "đang dùng" if row.is_active else "không dùng nữa"},
    ]


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def course_add(request):
    again, made = sent_before(request) if request.POST.get("step") == "save" else (False, None)
    draft = CourseDraft(request, None, RuleContext())
    form = add_form(NewCourseForm, draft.request)
    if not again and draft.is_sent and form.is_valid() and not draft.has_errors:
        made, _ = make_once(form, by=request.user, make=lambda: add_row(form, by=request.user))
    if made is not None:
        return done(request, f"Đã thêm {made}.", reverse("courses:course", args=[made.pk]))
    if again:
        return redirect("courses:catalogue")
    return _form_page(request, draft, form, None)


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def course_edit(request, pk):
    row = get_object_or_404(Course, pk=pk)
    draft = CourseDraft(request, row, RuleContext())
    form = edit_form(CourseForm, draft.request, row)
    if draft.is_sent and form.is_valid() and not draft.has_errors:
        conflict = change_row(form, by=request.user)
        if conflict is None:
            back = reverse("courses:course", args=[pk])
            return done(request, f"Đã lưu {form.instance}.", back)
        return _conflict(request, pk, conflict)
    return _form_page(request, draft, form, row)


def _form_page(request, draft, form, row):
    """The form with everything typed; a step of composing is no attempt to save."""
    failed = draft.is_sent and (form.errors or draft.has_errors)
    if request.method == "POST" and not draft.is_sent:
        form.errors.clear()
    back = reverse("courses:course", args=[row.pk]) if row else reverse("courses:catalogue")
    name = Course.objects.get(pk=row.pk).name if row else ""
    context = {
        "form": form,
        "fields": [f for f in form.visible_fields() if f.name not in CourseDraft.asked],
        "title": f"Sửa khóa {name}" if row else "Thêm khóa",
        "cancel_url": back,
        "words": {
            asked.title: rule_words(draft.rules.get(key), asked.nothing)
            for key, asked in draft.asked.items()
        },
        **draft.presented(),
    }
    return render(request, "courses/course_form.html", context, status=422 if failed else 200)


def _conflict(request, pk, conflict):
    """Both values; rules in words."""
    if conflict.gone:
        raise Http404
    back = reverse("courses:course", args=[pk])
    for item in conflict.fields:
        if item["name"] in CourseDraft.asked:
            item |= {side: words_of(item[side]) for side in ("mine", "theirs")}
    shown = SimpleNamespace(**vars(conflict), action=request.path, cancel_url=back)
    context = {"title": "Sửa khóa", "back": back, "conflict": shown}
    return render(request, "cadres/conflict.html", context, status=409)

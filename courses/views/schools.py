"""Institutions and instructors: lists, pages, forms."""

from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.views.common import done, show_conflict
from courses.actions.catalogue import add_row, change_row
from courses.clashes import clashes_of_teacher
from courses.class_page import period_words
from courses.filters import InstructorFilter
from courses.forms.catalogue import (
    InstitutionForm,
    InstructorForm,
    NewInstitutionForm,
    NewInstructorForm,
)
from courses.models import Institution, Instructor, TrainingClass
from courses.sessions import in_order
from courses.states import KINDS
from courses.teaching import load_by_year, with_load
from trainingplans.lib.access import needs
from trainingplans.lib.dates import today
from trainingplans.lib.listing import page_of, render_page_or_part, rows_of

VIEW, CHANGE = "courses.view_class", "courses.change_catalogue"
TEACHERS = "courses.view_evaluation"  # whoever works with classes; officials only read theirs
CONTACTS = "courses.run_class"
COMING = 10


@require_GET
@needs(VIEW)
def institutions(request):
    """Where courses are taught: classes, learners and hours of this year."""
    year, visible = today().year, Institution.objects.visible_to(request.user).for_list()
    this_year = Q(classes__starts_on__year=year) & ~Q(classes__state="cancelled")
    rows = visible.annotate(
        run=Count("classes", filter=this_year, distinct=True),
        teachers=Count("instructors", filter=Q(instructors__is_active=True), distinct=True),
    )
    context = {
        "page": page_of(request, rows),
        "year": year,
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "courses/institutions.html", context)


@require_GET
@needs(VIEW)
def institution(request, pk):
    """One institution: contact, instructors, classes."""
    row = get_object_or_404(Institution.objects.visible_to(request.user).for_list(), pk=pk)
    visible = TrainingClass.objects.visible_to(request.user).filter(institution=row)
    page = page_of(request, visible.for_list(), 20)
    may_see = request.user.has_perm(TEACHERS)
    context = {
        "institution": row,
        "facts": _facts(row, request.user),
        "teachers": row.instructors.filter(is_active=True) if may_see else [],
        "page": page,
        "rows": [
            {"class": one, "period": period_words(one), "kind": KINDS[one.state]}
            for one in page.object_list
        ],
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "courses/institution.html", context)


def _facts(row, account):
    told = [
        ("Tên viết tắt", row.short_name),
        ("Địa chỉ", row.address),
        ("Học viên cùng lúc", row.capacity and f"{row.capacity} người"),
        ("Mẫu số chứng chỉ", row.certificate_series),
        ("Tài khoản trên cổng", row.unit),
        ("Tình trạng", "đang hợp tác" if row.is_active else "thôi hợp tác"),
    ]
    if account.has_perm(CONTACTS):
        told += [("Liên hệ", row.contact), ("Hợp đồng, thỏa thuận", row.contract)]
    return [{"label": label, "value": value} for label, value in told]


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def institution_add(request):
    return _add(request, NewInstitutionForm, "Thêm cơ sở đào tạo", "courses:institution")


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def institution_edit(request, pk):
    row = get_object_or_404(Institution, pk=pk)
    return _edit(request, InstitutionForm, row, "courses:institution")


@require_GET
@needs(TEACHERS)
def instructors(request):
    """Who teaches: languages, sessions and hours of this year."""
    year = today().year
    visible = Instructor.objects.visible_to(request.user).select_related("institution")
    found = InstructorFilter(request.GET, with_load(visible, year), request=request)
    page = page_of(request, rows_of(found).prefetch_related("languages"))
    context = {
        "form": found.form,
        "page": page,
        "year": year,
        "ordering": "name",
        "may_change": request.user.has_perm(CHANGE),
    }
    return render_page_or_part(
        request, "courses/instructors.html", "courses/_instructors_table.html", context
    )


@require_GET
@needs(TEACHERS)
def instructor(request, pk):
    """One instructor: languages, load by year, sessions to come, clashes."""
    visible = Instructor.objects.visible_to(request.user).select_related("institution")
    row = get_object_or_404(visible, pk=pk)
    seen = TrainingClass.objects.visible_to(request.user)
    coming = in_order(row.sessions).filter(on__gte=today(), training_class__in=seen)
    titles = set(seen.filter(sessions__instructor=row).values_list("pk", flat=True))
    context = {
        "instructor": row,
        "facts": _teacher_facts(row, request.user),
        "years": load_by_year(row),
        "total": row.sessions.exclude(training_class__state="cancelled").aggregate(
            hours=Sum("hours")
        )["hours"],
        "coming": coming.select_related("training_class")[:COMING],
        "clashes": [
            {
                "when": clash.when,
                "titles": [
                    one.title if one.pk in titles else "một lớp khác" for one in clash.classes
                ],
            }
            for clash in clashes_of_teacher(row)
        ],
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "courses/instructor.html", context)


def _teacher_facts(row, account):
    languages = ", ".join(f"tiếng {group}" for group in row.languages.all())
    told = [
        ("Học hàm, học vị", row.grade),
        ("Cơ sở đào tạo", row.institution or "giảng viên mời"),
        ("Dạy được bằng", languages or "tiếng Việt"),
        ("Tình trạng", "đang mời giảng" if row.is_active else "thôi mời giảng"),
    ]
    if account.has_perm(CONTACTS):
        told += [
            ("Điện thoại", row.phone),
            ("Thư điện tử", row.email),
            ("Ghi chú", row.note or "—"),
        ]
    return [{"label": label, "value": value} for label, value in told]


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def instructor_add(request):
    return _add(request, NewInstructorForm, "Thêm giảng viên", "courses:instructor")


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def instructor_edit(request, pk):
    row = get_object_or_404(Instructor, pk=pk)
    return _edit(request, InstructorForm, row, "courses:instructor")


def _add(request, form_class, title, page):
    again, made = sent_before(request)
    form = add_form(form_class, request)
    if not again and form.is_valid():
        made, _ = make_once(form, by=request.user, make=lambda: add_row(form, by=request.user))
    if made is not None:
        return done(request, f"Đã thêm {made}.", reverse(page, args=[made.pk]))
    if again:
        return redirect(f"{page}s")
    return _form(request, form, title, page, reverse(f"{page}s"))


def _edit(request, form_class, row, page):
    back, title = reverse(page, args=[row.pk]), f"Sửa {row}"
    form = edit_form(form_class, request, row)
    if form.is_valid():
        conflict = change_row(form, by=request.user)
        if conflict:
            return show_conflict(request, conflict, title=title, back=back)
        return done(request, f"Đã lưu {form.instance}.", back)
    return _form(request, form, title, page, back)


def _form(request, form, title, page, back):
    context = {
        "form": form,
        "title": title,
        "cancel_url": back,
        "list_url": reverse(f"{page}s"),
        "list_label": "Giảng viên" if page.endswith("instructor") else "Cơ sở đào tạo",
        "submit": title if title.startswith("Thêm") else "Lưu",
    }
    status = 422 if form.errors else 200
    return render(request, "courses/catalogue_form.html", context, status=status)

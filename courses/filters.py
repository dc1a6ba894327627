"""Filters of the lists of classes, courses, institutions and instructors."""

import django_filters as filters
from django import forms
from django.db.models import F, OrderBy, Q

from cadres.models import EthnicGroup
from courses.models import (
    Category,
    ClassState,
    Form,
    Institution,
    Instructor,
    TrainingClass,
)
from trainingplans.lib.text import fold
from trainingplans.lib.widgets import QuickSelect

CLASS_SORTS = {
    "title": "search_key",
    "course": "course__sort_key",
    "starts": "starts_on",
    "ends": "ends_on",
    "school": "institution__sort_key",
    "capacity": "capacity",
    "learners": "learners",
}
INSTRUCTOR_SORTS = {"name": "sort_key", "sessions": "load_sessions", "hours": "load_hours"}
ALL = "Tất cả"


def category_choices():
    """[(code, name indented by its depth)]."""
    rows = Category.objects.order_by("form", "code").values_list("code", "name")
    return [(code, "\u00a0\u00a0" * code.count(".") + name) for code, name in rows]


def schools_of(request):
    return Institution.objects.visible_to(request.user).order_by("sort_key")


class ClassFilter(filters.FilterSet):
    """The list of classes."""

    q = filters.CharFilter(
        label="Tìm",
        method="by_text",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên lớp, mã lớp, khóa"}),
    )
    trang_thai = filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=ClassState.choices, empty_label=ALL
    )
    nam = filters.ChoiceFilter(label="Năm", method="by_year", empty_label=ALL)
    noi_dung = filters.ChoiceFilter(
        widget=QuickSelect, label="Nội dung", method="by_category", empty_label=ALL
    )
    hinh_thuc = filters.ChoiceFilter(
        label="Hình thức",
        field_name="course__category__form",
        choices=Form.choices,
        empty_label=ALL,
    )
    noi_hoc = filters.ModelChoiceFilter(
        widget=QuickSelect,
        label="Cơ sở đào tạo",
        field_name="institution",
        queryset=schools_of,
        empty_label=ALL,
    )

    class Meta:
        model = TrainingClass
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = self.queryset.order_by().exclude(starts_on=None).dates("starts_on", "year")
        choices = [(str(day.year), str(day.year)) for day in sorted(years, reverse=True)]
        self.filters["nam"].extra["choices"] = choices
        self.filters["noi_dung"].extra["choices"] = category_choices()

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        asked = self.data.get("sort", "")
        column = CLASS_SORTS.get(asked.removeprefix("-"))
        if column:
            order = OrderBy(F(column), descending=asked.startswith("-"), nulls_last=True)
            return queryset.order_by(order, "code")
        return queryset.order_by(F("starts_on").desc(nulls_first=True), "code")

    def by_text(self, queryset, name, value):
        key = fold(value)
        return queryset.filter(
            Q(search_key__contains=key)
            | Q(code__icontains=value.strip())
            | Q(course__search_key__contains=key)
        )

    def by_year(self, queryset, name, value):
        return queryset.filter(starts_on__year=int(value))

    def by_category(self, queryset, name, value):
        return queryset.filter(
            Q(course__category__code=value) | Q(course__category__code__startswith=f"{value}.")
        )


class InstructorFilter(filters.FilterSet):
    """The list of instructors."""

    q = filters.CharFilter(
        label="Tìm",
        method="by_text",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Họ tên giảng viên"}),
    )
    noi_day = filters.ModelChoiceFilter(
        widget=QuickSelect,
        label="Cơ sở đào tạo",
        field_name="institution",
        queryset=schools_of,
        empty_label=ALL,
    )
    tieng = filters.ModelChoiceFilter(
        widget=QuickSelect,
        label="Dạy được bằng tiếng",
        field_name="languages",
        queryset=EthnicGroup.objects.order_by("name"),
        empty_label=ALL,
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[("thoi", "Thôi mời giảng"), ("tat-ca", "Tất cả")],
        method="as_it_is",
        empty_label="Đang mời giảng",
    )

    class Meta:
        model = Instructor
        fields = []

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("tinh_trang")
        if state != "tat-ca":
            queryset = queryset.filter(is_active=state != "thoi")
        asked = self.data.get("sort", "")
        column = INSTRUCTOR_SORTS.get(asked.removeprefix("-"), "sort_key")
        return queryset.order_by(
            f"-{column}" if asked.startswith("-") else column, "sort_key", "pk"
        )

    def by_text(self, queryset, name, value):
        return queryset.filter(search_key__contains=fold(value))

    def as_it_is(self, queryset, name, value):
        """Obeyed where all conditions are."""
        return queryset

"""Filters of the list of plans."""

import django_filters
from django import forms

from cadres.models import Unit
from trainingplans.lib.text import fold
from trainingplans.plans.models import Plan, PlanState


class PlanFilter(django_filters.FilterSet):
    """By words in the title or number, year, unit, state."""

    q = django_filters.CharFilter(
        label="Tìm",
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên hoặc số kế hoạch"}),
    )
    nam = django_filters.NumberFilter(label="Năm", method="by_year", min_value=1990, max_value=2100)
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị",
        field_name="unit",
        queryset=Unit.objects.filter(plans__isnull=False).distinct().order_by("sort_key"),
        empty_label="Tất cả",
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=PlanState.choices, empty_label="Tất cả"
    )

    class Meta:
        model = Plan
        fields = []

    def by_words(self, rows, _name, value):
        """Plans are few: their titles are folded here, so that no column has to keep it."""
        words = fold(value)
        found = [p.pk for p in Plan.objects.only("number", "title") if words in fold(str(p))]
        return rows.filter(pk__in=found)

    def by_year(self, rows, _name, value):
        return rows.filter(starts_on__year__lte=value, ends_on__year__gte=value)

"""Filters of the lists, read from the address."""

import django_filters as filters
from django import forms
from django.db.models import F, OrderBy, Q

from cadres.audit_words import ACTS
from cadres.choices import Gender, Ladder, StaffKind
from cadres.forms.accounts import GIVEN_ROLES
from cadres.forms.fields import DayField
from cadres.models import (
    Account,
    AuditEvent,
    EthnicGroup,
    ImportBatch,
    ImportRow,
    Level,
    Standing,
    Unit,
)
from cadres.models.standings import RANK_STEP, level_column
from cadres.people import best_first, search
from trainingplans.lib.widgets import QuickSelect

SORTS = {
    "name": "sort_key",
    "position": "position_key",
    "unit": "unit__sort_key",
    "kind": "staff_kind",
    "birth": "birth_first",
    "professional": level_column(Ladder.PROFESSIONAL),
    "political": level_column(Ladder.POLITICAL_THEORY),
    "state": level_column(Ladder.STATE_MANAGEMENT),
}
MISSING = {
    "ngay-sinh": ("Ngày sinh", Q(birth_first=None)),
    "gioi-tinh": ("Giới tính", Q(gender="")),
    "dan-toc": ("Dân tộc", Q(ethnic_group=None)),
    "cccd": ("Số CCCD", Q(official__personal_id=None)),
    "loai": ("Loại", Q(staff_kind="")),
    "chuc-vu": ("Chức vụ", Q(position="")),
    "ngach": ("Mã ngạch", Q(rank_code="")),
    "dang": ("Đảng viên", Q(party_member=None)),
    **{
        ladder.replace("_", "-"): (label, Q(**{level_column(ladder): None}))
        for ladder, label in Ladder.choices
    },
}


class DayFilter(filters.Filter):
    field_class = DayField


def level_choices():
    """From each level upwards, grouped by ladder."""
    by_ladder = {}
    levels = Level.objects.filter(rank__gt=0).order_by("rank", "code")
    for ladder, rank, code, name in levels.values_list("ladder", "rank", "code", "name"):
        choices = by_ladder.setdefault(ladder, [])
        choices.append((f"{ladder}:{rank}:{code}", f"{Ladder(ladder).label}: từ {name}"))
    return [(Ladder(ladder).label, by_ladder[ladder]) for ladder in Ladder if ladder in by_ladder]


def group_choices():
    """All minorities together, then each group."""
    names = EthnicGroup.objects.values_list("pk", "name")
    return [("dtts", "Dân tộc thiểu số"), *((str(pk), name) for pk, name in names)]


def units_of(request):
    return Unit.objects.branch_of(request.user).order_by("sort_key", "code")


class PeopleFilter(filters.FilterSet):
    """The list of officials; `request` gives the account whose units can be chosen."""

    q = filters.CharFilter(
        label="Tìm",
        method="by_text",
        max_length=120,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": "Họ tên, số CCCD, mã cán bộ, chức vụ"}
        ),
    )
    don_vi = filters.ModelChoiceFilter(
        widget=QuickSelect,
        label="Đơn vị",
        queryset=units_of,
        method="by_unit",
        empty_label="Tất cả",
    )
    loai = filters.ChoiceFilter(
        widget=QuickSelect,
        label="Loại",
        field_name="staff_kind",
        choices=StaffKind.choices,
        empty_label="Tất cả",
    )
    trinh_do = filters.ChoiceFilter(
        widget=QuickSelect, label="Trình độ", method="by_level", empty_label="Tất cả"
    )
    gioi_tinh = filters.ChoiceFilter(
        widget=QuickSelect,
        label="Giới tính",
        field_name="gender",
        choices=Gender.choices,
        empty_label="Tất cả",
    )
    dan_toc = filters.ChoiceFilter(
        widget=QuickSelect, label="Dân tộc", method="by_group", empty_label="Tất cả"
    )
    dang = filters.ChoiceFilter(
        widget=QuickSelect,
        label="Đảng viên",
        choices=[("co", "Đảng viên"), ("chua", "Chưa là đảng viên"), ("chua-ro", "Chưa rõ")],
        method="by_party",
        empty_label="Tất cả",
    )
    lanh_dao = filters.ChoiceFilter(
        widget=QuickSelect,
        label="Lãnh đạo, quản lý",
        choices=[("co", "Giữ chức vụ"), ("khong", "Không giữ")],
        method="by_leadership",
        empty_label="Tất cả",
    )
    thieu = filters.ChoiceFilter(
        widget=QuickSelect,
        label="Còn thiếu",
        choices=[(key, label) for key, (label, _) in MISSING.items()],
        method="by_missing",
        empty_label="Không xét",
    )
    tinh_trang = filters.ChoiceFilter(
        widget=QuickSelect,
        label="Tình trạng",
        choices=[("da-thoi", "Đã thôi"), ("tat-ca", "Đang công tác và đã thôi")],
        method="by_service",
        empty_label="Đang công tác",
    )
    rieng = filters.ChoiceFilter(
        widget=QuickSelect,
        label="Đơn vị bên dưới",
        choices=[("1", "Không tính")],
        method="by_unit_alone",
        empty_label="Tính cả",
    )
    ngay = DayFilter(label="Tính đến ngày", method="as_it_is")
    lan_nhap = filters.NumberFilter(label="Lần nhập số", method="by_import", min_value=1)

    class Meta:
        model = Standing
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["trinh_do"].extra["choices"] = level_choices()
        self.filters["dan_toc"].extra["choices"] = group_choices()

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("tinh_trang"):
            queryset = queryset.filter(in_service=True)
        return self.in_order(super().filter_queryset(queryset))

    def in_order(self, queryset):
        """By the heading that was chosen; a search puts the best matches first."""
        asked = self.data.get("sort", "")
        column = SORTS.get(asked.removeprefix("-"))
        if column:
            # The two databases disagree on where NULLs go: here they come last, both ways.
            order = OrderBy(F(column), descending=asked.startswith("-"), nulls_last=True)
            return queryset.order_by(order, "sort_key", "official_id")
        text = self.form.cleaned_data.get("q")
        return best_first(queryset, text) if text else queryset.order_by("sort_key", "official_id")

    def by_text(self, queryset, name, value):
        return search(queryset, value)

    def by_unit(self, queryset, name, unit):
        return queryset.filter(unit__path__startswith=unit.path)

    def by_unit_alone(self, queryset, name, value):
        """Of the chosen unit itself, as figures by unit count."""
        unit = self.form.cleaned_data.get("don_vi")
        return queryset.filter(unit=unit) if unit else queryset

    def by_level(self, queryset, name, value):
        ladder, rank, _ = value.split(":")
        return queryset.filter(**{f"{level_column(ladder)}__gte": int(rank) * RANK_STEP})

    def by_group(self, queryset, name, value):
        if value == "dtts":
            return queryset.filter(ethnic_group__is_minority=True)
        return queryset.filter(ethnic_group=value)

    def by_party(self, queryset, name, value):
        return queryset.filter(party_member={"co": True, "chua": False, "chua-ro": None}[value])

    def by_leadership(self, queryset, name, value):
        return queryset.filter(leadership=value == "co")

    def by_missing(self, queryset, name, value):
        return queryset.filter(MISSING[value][1])

    def by_service(self, queryset, name, value):
        return queryset.filter(in_service=False) if value == "da-thoi" else queryset

    def by_import(self, queryset, name, value):
        """Those that a roster added or changed; of imports that the account may open."""
        batches = ImportBatch.objects.visible_to(self.request.user).filter(pk=value)
        rows = ImportRow.objects.filter(batch__in=batches, action__in=("create", "update"))
        return queryset.filter(official__in=rows.values("official"))

    def as_it_is(self, queryset, name, value):
        """The day is obeyed where the standings are taken."""
        return queryset


class AccountFilter(filters.FilterSet):
    """The list of accounts."""

    q = filters.CharFilter(
        label="Tìm",
        method="by_text",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên đăng nhập, họ tên"}),
    )
    vai_tro = filters.ChoiceFilter(
        label="Vai trò", field_name="role", choices=GIVEN_ROLES, empty_label="Tất cả"
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[("dang-dung", "Đang dùng"), ("da-khoa", "Đã khóa")],
        method="by_state",
        empty_label="Tất cả",
    )

    class Meta:
        model = Account
        fields = []

    def by_text(self, queryset, name, value):
        return queryset.filter(Q(username__icontains=value) | Q(full_name__icontains=value))

    def by_state(self, queryset, name, value):
        return queryset.filter(is_active=value == "dang-dung")


class AuditFilter(filters.FilterSet):
    """The audit log."""

    ai = filters.ModelChoiceFilter(
        label="Ai", field_name="by", queryset=Account.objects.all(), empty_label="Tất cả"
    )
    viec = filters.ChoiceFilter(label="Việc", field_name="act", empty_label="Tất cả")
    tu = DayFilter(label="Từ ngày", method="from_day")
    den = DayFilter(label="Đến hết ngày", method="to_day")

    class Meta:
        model = AuditEvent
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["viec"].extra["choices"] = list(ACTS.items())

    def from_day(self, queryset, name, day):
        return queryset.filter(at__date__gte=day)

    def to_day(self, queryset, name, day):
        return queryset.filter(at__date__lte=day)

"""Forms of the import pages: files to send, history to filter."""

from pathlib import PurePath

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q

from cadres.models import ImportBatch, ImportCoverage, Unit
from cadres.roles import ALL, BRANCH
from trainingplans.lib.dates import today
from trainingplans.lib.numbers import format_number
from trainingplans.lib.text import fold

ACCEPT = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt"
FILES_AT_ONCE = 20
NAME_LENGTH = 250


class FilesInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; empty ones are let through, since each is refused with its own reason."""

    widget = FilesInput

    def __init__(self, **options):
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError("Chưa có tệp nào. Chọn ít nhất một tệp danh sách.")
        if len(files) > FILES_AT_ONCE:
            raise forms.ValidationError(
                f"Đã chọn {len(files)} tệp. Mỗi lần gửi nhiều nhất {FILES_AT_ONCE} tệp."
            )
        return files


class UploadForm(forms.Form):
    """What is sent and how to take it; a clerk's unit is fixed, the department's is a choice."""

    files = FilesField(label="Tệp danh sách")
    on = forms.DateField(
        label="Danh sách tính đến ngày",
        help_text="Ngày mà danh sách mô tả, thường ghi ngay dưới tên bảng.",
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Đơn vị",
        required=False,
        empty_label="Theo tệp (một hoặc nhiều đơn vị)",
        help_text="Chọn khi tệp không ghi tên đơn vị.",
    )
    absent = forms.ChoiceField(
        label="Người có trong hệ thống mà không còn trong danh sách",
        choices=[
            ("keep", "Giữ nguyên, chỉ liệt kê để xem"),
            ("end", "Kết thúc vị trí từ ngày của danh sách"),
        ],
        initial="keep",
        widget=forms.RadioSelect,
        help_text="Không ai bị xóa. Ở bước xem trước chọn lại được cho từng người.",
    )

    def __init__(self, *args, account, **options):
        super().__init__(*args, **options)
        limit = format_number(settings.UPLOAD_LIMIT // 1024 // 1024)
        self.fields[
            "files"
        ].help_text = (
            f"Excel (.xlsx, .xls…), LibreOffice (.ods) hoặc .csv; mỗi tệp không quá {limit} MB."
        )
        self.fields["on"].initial = today
        self.fixed_unit = account.unit if account.scope == BRANCH else None
        if self.fixed_unit:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = Unit.objects.branch_of(account).for_list()

    def clean_on(self):
        """Refuse a list of tomorrow: what it says is not known yet."""
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError("Ngày của danh sách ở sau hôm nay. Sửa lại ngày.")
        return self.cleaned_data["on"]

    def unit_chosen(self):
        """The unit that the files are for, or None when each file tells its own."""
        return self.fixed_unit or self.cleaned_data.get("unit")


def shown_name(name):
    """A file's own name for pages and downloads: no folders, no invisible marks, not too long."""
    name = PurePath(str(name).replace("\\", "/")).name
    name = "".join(c for c in name if c.isprintable()).strip() or "danh-sach"
    stem, dot, kind = name.rpartition(".")
    if len(name) <= NAME_LENGTH or not dot or len(kind) > 10:
        return name[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(kind) - 1]}.{kind}"


class HistoryFilter(django_filters.FilterSet):
    """The history of imports by file, unit, state and day."""

    q = django_filters.CharFilter(
        label="Tìm",
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "tên tệp hoặc người gửi"}),
    )
    unit = django_filters.ModelChoiceFilter(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        empty_label="Mọi đơn vị",
        method="of_unit",
    )
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=ImportBatch.State.choices, empty_label="Mọi trạng thái"
    )
    sent = django_filters.DateFilter(
        label="Gửi từ ngày", field_name="created_at", lookup_expr="date__gte"
    )

    class Meta:
        model = ImportBatch
        fields = ["q", "unit", "state", "sent"]

    def __init__(self, *args, account, **options):
        super().__init__(*args, **options)
        batches = ImportBatch.objects.visible_to(account).order_by()
        told = ImportCoverage.objects.filter(batch__in=batches.values("pk")).values("unit")
        units = Unit.objects.branch_of(account).filter(
            Q(pk__in=batches.values("unit")) | Q(pk__in=told)
        )
        self.filters["unit"].queryset = units.for_list()
        if account.scope != ALL:
            del self.filters["unit"]
        self.form.auto_id = "loc-%s"  # the upload form stands on the same page

    def of_unit(self, queryset, name, unit):
        """Imports made for the unit, and applied ones of several units that told of it."""
        told = ImportCoverage.objects.filter(unit=unit).values("batch")
        return queryset.filter(Q(unit=unit) | Q(pk__in=told))

    def by_words(self, queryset, name, value):
        """Imports whose file or sender has the words, without regard to diacritics."""
        words = fold(value)
        found = [
            pk
            for pk, file_name, sender in queryset.order_by().values_list(
                "pk", "file_name", "by__full_name"
            )
            if words in fold(f"{file_name} {sender}")
        ]
        return queryset.filter(pk__in=found)

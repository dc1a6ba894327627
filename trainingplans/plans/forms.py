"""Forms of programmes and targets."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from cadres.composing.rulefields import RuleField
from cadres.forms.fields import DayField, OnceForm, VersionedForm
from cadres.models import Unit
from trainingplans.lib.dates import today
from trainingplans.lib.documents import checked
from trainingplans.lib.text import fold
from trainingplans.plans.models import Programme, Target

PROGRAMME_FIELDS = [
    "kind",
    "number",
    "title",
    "parent",
    "issuer",
    "issued_on",
    "starts_on",
    "ends_on",
]


class ProgrammeFields(forms.Form):
    """What the forms that add and that change a programme share."""

    issued_on = DayField(label="Ngày ban hành")
    starts_on = DayField(label="Thực hiện từ ngày")
    ends_on = DayField(label="Đến ngày")

    sections = [
        ("Chương trình, đề án", ["kind", "number", "title", "parent"]),
        ("Căn cứ và thời gian", ["issuer", "issued_on", "starts_on", "ends_on"]),
    ]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["parent"].queryset = possible_parents(self.instance)
        self.fields["parent"].empty_label = "Không thuộc chương trình nào"
        self.fields["number"].help_text = "Ví dụ 1719/QĐ-TTg; dự án không có số riêng thì để trống."

    def clean(self):
        data = super().clean()
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error(
                "ends_on",
                f"Ngày kết thúc {ends:%d/%m/%Y} trước ngày bắt đầu {starts:%d/%m/%Y}."
                f" Chọn ngày từ {starts:%d/%m/%Y}.",
            )
        return data


class ProgrammeForm(ProgrammeFields, VersionedForm):
    class Meta:
        model = Programme
        fields = PROGRAMME_FIELDS


class NewProgrammeForm(ProgrammeFields, OnceForm):
    class Meta:
        model = Programme
        fields = PROGRAMME_FIELDS


class DocumentForm(forms.Form):
    """The text of a programme; `seen` is the file that the page showed."""

    document = forms.FileField(
        label="Tệp văn bản",
        help_text="PDF hoặc Word (.docx). Chỉ mở được từ cổng.",
        error_messages={
            "required": "Chưa chọn tệp. Chọn tệp PDF hoặc Word (.docx).",
            "empty": "Tệp rỗng. Chọn lại tệp PDF hoặc Word (.docx).",
        },
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, programme, **options):
        super().__init__(*args, **options)
        self.programme = programme
        self.initial["seen"] = programme.document.name

    def clean_document(self):
        return checked(self.cleaned_data["document"])

    def clean(self):
        data = super().clean()
        if data.get("seen", "") != (self.programme.document.name or ""):
            raise ValidationError(
                "Tệp văn bản vừa được người khác thay. Tải lại trang, xem tệp mới rồi chọn lại."
            )
        return data


def possible_parents(programme):
    """The programmes that `programme` may belong to: not itself, nothing below it."""
    others = Programme.objects.order_by("number", "title")
    return others.exclude(pk__in=programme.with_all_below()) if programme.pk else others


# ---- targets -----------------------------------------------------------------------------------

TARGET_FIELDS = [
    "name",
    "code",
    "programme",
    "legal_basis",
    "threshold",
    "due",
    "unit",
    "order",
    "population",
    "attained",
]
CODE = re.compile(r"^[A-Za-z0-9_.-]+$")
CODE_LENGTH = 40


class TargetFields(forms.Form):
    """What the forms that add and that change a target share."""

    code = forms.CharField(
        label="Mã",
        max_length=CODE_LENGTH,
        required=False,
        help_text="Chữ không dấu, số, gạch dưới; để trống thì cổng tự đặt theo tên.",
    )
    threshold = forms.DecimalField(
        label="Ngưỡng (%)",
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        localize=True,
        error_messages={
            "invalid": "Ngưỡng phải là số, ví dụ 85 hoặc 87,5.",
            "min_value": "Ngưỡng phải từ 0 đến 100.",
            "max_value": "Ngưỡng phải từ 0 đến 100.",
            "max_decimal_places": "Ngưỡng ghi tối đa ba chữ số sau dấu phẩy.",
        },
    )
    due = DayField(label="Hạn", required=True)
    order = forms.IntegerField(
        label="Thứ tự",
        min_value=0,
        max_value=30_000,
        required=False,
        help_text="Số nhỏ đứng trước khi hai mục tiêu thiếu như nhau.",
    )
    population = RuleField(label="Tính trên những ai")
    attained = RuleField(label="Đạt khi")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["programme"].queryset = Programme.objects.order_by("number", "title")
        self.fields["programme"].empty_label = "Không thuộc chương trình nào"
        units = Unit.objects.at(today()) | Unit.objects.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = units.order_by("sort_key", "code")
        self.fields["unit"].empty_label = "Toàn tỉnh"
        if self.instance.threshold is not None:
            self.initial["threshold"] = plain_decimal(self.instance.threshold)

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not code:
            return self.instance.code or free_code(self.data.get("name", ""))
        if code != self.instance.code and not CODE.match(code):
            raise ValidationError(
                f"Mã “{code}” có ký tự lạ. Chỉ dùng chữ không dấu, số, gạch dưới, ví dụ cc_tc."
            )
        return code

    def clean_order(self):
        return self.cleaned_data["order"] or 0


class TargetForm(TargetFields, VersionedForm):
    class Meta:
        model = Target
        fields = TARGET_FIELDS


class NewTargetForm(TargetFields, OnceForm):
    """A new target comes after the others; its place is changed later."""

    order = None

    class Meta:
        model = Target
        fields = [name for name in TARGET_FIELDS if name != "order"]


def plain_decimal(value):
    """85.000 as 85, so that the form shows what was set."""
    text = f"{Decimal(value):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def free_code(name):
    """A code from a name that no target has: "cc_dat_chuan", then "cc_dat_chuan_2"."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[: CODE_LENGTH - 5] or "muc_tieu"
    taken = set(Target.objects.filter(code__startswith=words).values_list("code", flat=True))
    numbered = (f"{words}_{n}" for n in range(2, len(taken) + 3))
    return words if words not in taken else next(c for c in numbered if c not in taken)

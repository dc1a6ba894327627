"""Forms of programmes and targets."""

from django import forms
from django.core.exceptions import ValidationError

from cadres.forms.fields import DayField, OnceForm, VersionedForm
from trainingplans.plans.documents import checked
from trainingplans.plans.models import Programme

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

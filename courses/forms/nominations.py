"""Forms of nominations: an exception, one nomination, the reason of an act."""

from django import forms

from cadres.forms.fields import DayField, VersionedForm
from courses.models import Decision, Nomination
from courses.papers import check_template
from trainingplans.lib.dates import show
from trainingplans.lib.documents import checked


class ReasonForm(forms.Form):
    """The reason of an act, which the people concerned can read."""

    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do, người liên quan đọc được."},
    )


class ExceptionForm(forms.Form):
    """Why somebody is sent although a rule speaks against it, and who allowed it."""

    reason = forms.CharField(
        label="Lý do cho học ngoài điều kiện",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do cho học ngoài điều kiện."},
    )
    document = forms.CharField(
        label="Văn bản cho phép",
        max_length=150,
        help_text="Số, ký hiệu, ngày của văn bản, ví dụ 215/SNV-ĐT ngày 12/11/2026.",
        error_messages={"required": "Ghi số và ngày của văn bản cho phép."},
    )

    @property
    def override(self):
        """(reason, document) of a valid form."""
        return self.cleaned_data["reason"], self.cleaned_data["document"]


class NominationForm(VersionedForm):
    """The place on the unit's list and what the course is for."""

    rank = forms.IntegerField(label="Thứ tự ưu tiên", min_value=1, max_value=9999)

    class Meta:
        model = Nomination
        fields = ["rank", "purpose"]


class DecisionForm(VersionedForm):
    """Number, date, signer and bases of a decision."""

    date = DayField(label="Ngày ký")
    sections = [
        ("Số và người ký", ["number", "date", "signer", "signer_title"]),
        ("Căn cứ", ["bases"]),
    ]

    class Meta:
        model = Decision
        fields = ["number", "date", "signer", "signer_title", "bases"]
        widgets = {"bases": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "number": "Ví dụ 812/QĐ-SNV. Chưa có số hoặc ngày thì bản Word ghi “DỰ THẢO”.",
            "bases": "Mỗi dòng một căn cứ; Sở Nội vụ tự ghi và chịu trách nhiệm.",
        }

    def clean_date(self):
        day, last = self.cleaned_data["date"], self.instance.training_class.ends_on
        if day and last and day > last:
            told = f"Ngày ký {show(day)} sau ngày bế giảng {show(last)}."
            raise forms.ValidationError(f"{told} Xem lại ngày, năm.")
        return day

    def clean_bases(self):
        # The lines stay lines: the common tidying would join them.
        return "\n".join(" ".join(line.split()) for line in self._lines() if line.strip())

    def _lines(self):
        return self.cleaned_data["bases"].splitlines()

    def clean(self):
        lines = self.cleaned_data.get("bases", "")
        cleaned = super().clean()
        self.cleaned_data["bases"] = lines
        return cleaned


class SignedFileForm(forms.Form):
    """The signed decision, scanned or as Word."""

    file = forms.FileField(
        label="Bản đã ký",
        help_text="PDF hoặc Word (.docx).",
        error_messages={"required": "Chưa chọn tệp."},
    )

    def clean_file(self):
        return checked(self.cleaned_data["file"])


class TemplateForm(forms.Form):
    """The office's own template of decisions."""

    file = forms.FileField(
        label="Mẫu quyết định của cơ quan",
        help_text="Tệp Word (.docx) sửa từ mẫu đang dùng, giữ các ô {{ … }}.",
        error_messages={"required": "Chưa chọn tệp."},
    )

    def clean_file(self):
        return check_template(self.cleaned_data["file"])


class NomineesFileForm(forms.Form):
    """The office's own list of nominees."""

    file = forms.FileField(
        label="Tệp danh sách đề cử",
        allow_empty_file=True,
        help_text="Bất kỳ bố cục nào có họ tên và ngày sinh. Xem trước rồi mới đưa vào danh sách.",
        error_messages={"required": "Chưa chọn tệp danh sách."},
    )

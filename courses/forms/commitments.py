"""Forms of commitments to serve."""

import re

from django import forms

from cadres.forms.fields import DayField, VersionedForm
from courses.models import Commitment
from trainingplans.lib.dates import today
from trainingplans.lib.numbers import format_number

COST_AT_MOST = 10**12


class DongField(forms.Field):
    """An amount in whole đồng, typed 12.000.000 or 12000000."""

    def prepare_value(self, value):
        return format_number(value, 0) if isinstance(value, int) else value

    def to_python(self, value):
        text = re.sub(r"[.\s\u00a0]", "", str(value or ""))
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or int(text) > COST_AT_MOST:
            raise forms.ValidationError(f"“{value}” không phải là số đồng. Ghi dạng 12.000.000.")
        return int(text)

    def has_changed(self, initial, data):
        try:
            return (initial or 0) != self.to_python(data)
        except forms.ValidationError:
            return True


class CommitmentForm(VersionedForm):
    """What staff enter: the paper, the whole cost of one person's study, the last day."""

    ends_on = DayField(label="Phục vụ đến hết ngày", required=True)
    cost = DongField(
        label="Chi phí đào tạo (đồng)",
        required=False,
        help_text="Học phí và mọi khoản chi cho khóa học của người này; không gồm lương, phụ cấp.",
    )

    class Meta:
        model = Commitment
        fields = ["document", "cost", "ends_on"]

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day < self.instance.starts_on:
            first = f"{self.instance.starts_on:%d/%m/%Y}"
            raise forms.ValidationError(f"Ngày hết hạn trước ngày bắt đầu {first}. Ghi lại ngày.")
        return day


class ReleaseForm(forms.Form):
    """From which day somebody is free of a commitment, and why."""

    on = DayField(label="Miễn từ ngày", required=True, initial=today)
    reason = forms.CharField(
        label="Lý do miễn",
        max_length=250,
        error_messages={"required": "Chưa ghi lý do."},
        help_text="Ví dụ: chuyển công tác theo quyết định, ốm đau, văn bản cho phép.",
    )

"""Forms of dated settings: how strict a check is, how many points a reason gives."""

from decimal import Decimal

from django import forms

from cadres.forms.fields import DayField
from courses.models import PolicyWeight, RuleSetting
from courses.policy import PLAIN, VALUES
from trainingplans.lib.dates import EVER, today


class SinceForm(forms.ModelForm):
    """A change from a day on."""

    since = DayField(label="Có hiệu lực từ ngày", required=True)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        first = self.instance.valid_from
        self.initial["since"] = first if first > today() else today()
        if first == EVER:
            self.fields["since"].help_text = "Trước ngày này vẫn theo mức cũ."

    @property
    def values(self):
        """{column: value} of a valid form."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class RuleForm(SinceForm):
    """How strict a check is and its value."""

    class Meta:
        model = RuleSetting
        fields = ["severity", "value", "legal_basis"]
        help_texts = {"legal_basis": "Số, ký hiệu văn bản mà cơ quan căn cứ."}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        key = self.instance.key
        if key in VALUES:
            self.fields["value"].label = f"Giá trị: {VALUES[key]}"
            self.fields["value"].required = True
        else:
            del self.fields["value"]
        if key in PLAIN:
            del self.fields["severity"]

    @property
    def values(self):
        return {n: self.cleaned_data[n] for n in self._meta.fields if n in self.fields}

    def clean_value(self):
        value = self.cleaned_data["value"]
        if value is not None and not (Decimal(0) <= value <= 100 and value == int(value)):
            raise forms.ValidationError("Ghi số nguyên từ 0 đến 100.")
        return value


class WeightForm(SinceForm):
    """The points of a reason."""

    class Meta:
        model = PolicyWeight
        fields = ["weight"]

    def clean_weight(self):
        weight = self.cleaned_data["weight"]
        if not -100 <= weight <= 100:
            raise forms.ValidationError("Ghi điểm từ −100 đến 100.")
        return weight

"""Forms of units, the traits of their area and the languages spoken there."""

from django import forms

from cadres.forms.fields import DayField, OnceForm, VersionedForm
from cadres.models import EthnicGroup, Unit, UnitLanguage, UnitTrait
from trainingplans.lib.dates import EVER, FOREVER, show, today


class UnitFields:
    """A unit: a code of its own, a parent that is not below it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        parents = Unit.objects.at(today()) | Unit.objects.filter(pk=self.instance.parent_id)
        if self.instance.pk:
            parents = parents.exclude(path__startswith=self.instance.path)
        self.fields["parent"].queryset = parents.order_by("sort_key", "code")
        self.fields["parent"].empty_label = "Không, đứng đầu cây"
        self.fields["code"].required = False
        self.fields["code"].help_text = "Để trống thì cổng tự đặt mã."

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        same = Unit.objects.filter(code__iexact=code).exclude(pk=self.instance.pk).first()
        if code and same:
            raise forms.ValidationError(f"Mã {code} đã dùng cho {same}. Ghi mã khác.")
        return code

    def clean(self):
        cleaned = super().clean()
        start, end = self.cleaned_data.get("valid_from"), self.instance.valid_to
        if start and start >= end:
            told = f"Ngày {show(start)} không trước ngày đóng {show(end)}. Chọn ngày sớm hơn."
            self.add_error("valid_from", told)
        elif start and self._moved() and (same := self._same_name(start, end)):
            above = same.parent or "Đầu cây"
            told = f"{above} đã có {same} (mã {same.code}). Mở đơn vị đó, hoặc ghi tên khác."
            self.add_error("name", told)
        return cleaned

    def _moved(self):
        """Whether the form gives the unit its place; what a file put beside another is left so."""
        return not self.instance.pk or {"name", "parent", "valid_from"} & {*self.changed_data}

    def _same_name(self, start, end):
        """Another unit of this name beside it in its days, which nobody could tell apart."""
        name, parent = self.cleaned_data.get("name"), self.cleaned_data.get("parent")
        beside = Unit.objects.filter(parent=parent, valid_from__lt=end, valid_to__gt=start)
        return beside.filter(name__iexact=name).exclude(pk=self.instance.pk).first()


class UnitForm(UnitFields, VersionedForm):
    valid_from = DayField(label="Từ ngày", empty=EVER, help_text="Để trống nếu chưa rõ.")

    class Meta:
        model = Unit
        fields = ["name", "code", "kind", "parent", "valid_from"]


class NewUnitForm(UnitFields, OnceForm):
    valid_from = DayField(label="Từ ngày", empty=EVER, help_text="Để trống nếu chưa rõ.")

    class Meta(UnitForm.Meta):
        pass


class CloseUnitForm(VersionedForm):
    valid_to = DayField(
        label="Đóng từ ngày", required=True, help_text="Ngày đầu tiên đơn vị không còn hoạt động."
    )

    class Meta:
        model = Unit
        fields = ["valid_to"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.until:
            field = self.fields["valid_to"]
            field.required, field.empty = False, FOREVER
            field.help_text = f"{field.help_text} Để trống thì đơn vị hoạt động lại."

    def clean_valid_to(self):
        day = self.cleaned_data["valid_to"]
        if day <= self.instance.valid_from:
            start = show(self.instance.valid_from)
            raise forms.ValidationError(
                f"Ngày {show(day)} không sau ngày thành lập {start}. Chọn ngày muộn hơn."
            )
        return day


class MarkFields:
    """A trait or language of a unit, during a period."""

    def __init__(self, *args, unit, **options):
        super().__init__(*args, **options)
        self.unit = self.instance.unit = unit

    def clean(self):
        cleaned = super().clean()
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if start and end and start >= end:
            self.add_error(
                "valid_to",
                f"Ngày {show(end)} không sau ngày bắt đầu {show(start)}. Chọn ngày muộn hơn.",
            )
        elif start and end and self._same(start, end):
            self.add_error(self.what, "Đơn vị đã có mục này trong thời gian đó. Mở dòng cũ.")
        return cleaned

    def _same(self, start, end):
        chosen = {self.what: self.cleaned_data.get(self.what), "unit": self.unit}
        rows = type(self.instance).objects.filter(**chosen)
        return rows.filter(valid_from__lt=end, valid_to__gt=start).exists()


class TraitForm(MarkFields, OnceForm):
    what = "trait"
    valid_from = DayField(label="Từ ngày", empty=EVER, help_text="Để trống nếu từ trước đến nay.")
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER)

    class Meta:
        model = UnitTrait
        fields = ["trait", "legal_basis", "valid_from", "valid_to"]


class LanguageForm(MarkFields, OnceForm):
    what = "language"
    language = forms.ModelChoiceField(
        EthnicGroup.objects.all(), label="Tiếng", empty_label="Chọn một thứ tiếng"
    )
    valid_from = DayField(label="Từ ngày", empty=EVER, help_text="Để trống nếu từ trước đến nay.")
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER)

    class Meta:
        model = UnitLanguage
        fields = ["language", "valid_from", "valid_to"]


class EndMarkForm(forms.Form):
    """The day from which a mark no longer counts."""

    valid_to = DayField(label="Không còn từ ngày", required=True)

    def __init__(self, *args, mark, **options):
        super().__init__(*args, **options)
        self.mark = mark
        self.initial.setdefault("valid_to", today())

    def clean_valid_to(self):
        day = self.cleaned_data["valid_to"]
        if day <= self.mark.valid_from:
            start = show(self.mark.valid_from)
            raise forms.ValidationError(
                f"Ngày {show(day)} không sau ngày bắt đầu {start}. Chọn ngày muộn hơn."
            )
        return day

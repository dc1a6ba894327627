"""Fields that several forms share: days, partial dates, levels; forms with version or token."""

import uuid
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cadres.choices import Ladder
from cadres.models import Level
from trainingplans.lib.dates import EVER, FIRST_YEAR, FOREVER, LAST_YEAR, PartialDate, show
from trainingplans.lib.text import tidy

HOW = "Ghi dạng dd/mm/yyyy, ví dụ 05/09/2026."
DASHES = "---------"
NOT_CHOSEN = "Chưa chọn. Chọn một dòng trong danh sách."
NOT_WRITTEN = "Chưa ghi mục này."
NO_SUCH_CHOICE = "Giá trị này không có trong danh sách. Chọn lại một dòng."
HOW_PARTIAL = "Ghi 05/09/1991, 09/1991 hoặc 1991."


class DayField(forms.Field):
    """A whole day, typed dd/mm/yyyy; `empty` stands for a blank (EVER, FOREVER or None)."""

    widget = forms.DateInput

    def __init__(self, *, empty=None, **options):
        options.setdefault("required", False)
        super().__init__(**options)
        self.empty = empty

    def prepare_value(self, value):
        return (
            ("" if value in (EVER, FOREVER) else show(value)) if isinstance(value, date) else value
        )

    def to_python(self, value):
        text = tidy(value)
        if not text:
            return None if self.required else self.empty
        found = _parse(text, HOW)
        if found.precision != "day":
            raise ValidationError(f"“{text}” chưa đủ ngày, tháng, năm. {HOW}", code="invalid")
        return found.first

    def clean(self, value):
        day = self.to_python(value)
        if day is None and self.required:
            raise ValidationError(f"Chưa ghi ngày. {HOW}", code="required")
        return day

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (self._tidied(data) or "")

    def _tidied(self, data):
        try:
            return self.prepare_value(self.to_python(data))
        except ValidationError:
            return data


class PartialDateField(forms.Field):
    """A date of which perhaps only the month or the year is known, typed in one box."""

    widget = forms.DateInput

    def __init__(self, **options):
        options.setdefault("required", False)
        options.setdefault("help_text", "Chỉ biết năm thì ghi năm; biết tháng thì ghi mm/yyyy.")
        super().__init__(**options)

    def prepare_value(self, value):
        return value.display if isinstance(value, PartialDate) else value

    def to_python(self, value):
        text = tidy(value)
        return _parse(text, HOW_PARTIAL) if text else None

    def has_changed(self, initial, data):
        try:
            typed = self.prepare_value(self.to_python(data))
        except ValidationError:
            typed = data
        return (self.prepare_value(initial) or "") != (typed or "")


def _parse(text, how):
    try:
        found = PartialDate.parse(text)
    except ValueError as problem:
        raise ValidationError(f"{str(problem).rstrip('.')}. {how}", code="invalid") from None
    if not FIRST_YEAR <= found.first.year <= LAST_YEAR:
        raise ValidationError(
            f"Năm {found.first.year} nằm ngoài {FIRST_YEAR}–{LAST_YEAR}. {how}", code="invalid"
        )
    return found


class LevelField(forms.ChoiceField):
    """Ladder and level in one list, grouped by ladder; "professional:" is a ladder alone."""

    def __init__(self, **options):
        super().__init__(choices=level_choices, **options)

    def split(self, value):
        """("professional", level id or None) of a chosen value."""
        ladder, _, level = value.partition(":")
        return ladder, int(level) if level else None


def level_choices():
    """[("", …), (ladder's name, [("ladder:level id", name), …])…]; one query."""
    by_ladder = {ladder: [] for ladder in Ladder.values}
    for level in Level.objects.order_by("ladder", "rank", "code"):
        by_ladder[level.ladder].append((f"{level.ladder}:{level.pk}", level.name))
    groups = [
        (Ladder(ladder).label, [*levels, (f"{ladder}:", "Khác, ghi ở mục Chi tiết")])
        for ladder, levels in by_ladder.items()
    ]
    return [("", "Chọn thang và bậc"), *groups]


class TidyForm(forms.ModelForm):
    """Texts are stored tidy; errors say where, what and how, in Vietnamese."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            chosen = isinstance(field, forms.ModelChoiceField | forms.ChoiceField)
            field.error_messages["required"] = NOT_CHOSEN if chosen else NOT_WRITTEN
            if chosen:
                field.error_messages["invalid_choice"] = NO_SUCH_CHOICE
                _name_the_blank(field)

    def clean(self):
        cleaned = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = tidy(value)
        return cleaned


def _name_the_blank(field):
    """The first line of a list says what a blank means, in words instead of dashes."""
    words = "Chọn một dòng" if field.required else "Chưa rõ"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif list(field.choices)[:1] == [("", DASHES)]:
        field.choices = [("", words), *list(field.choices)[1:]]


class VersionedForm(TidyForm):
    """A form over a row with a version; knows how to make itself over another state of the row."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        self._made_with = {k: v for k, v in options.items() if k not in {"instance", "data"}}
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version

    def clean_version(self):
        return self.cleaned_data.get("version") or 0

    def for_row(self, row):
        """The unbound form over `row`."""
        return type(self)(instance=row, **self._made_with)


def _new_token():
    return str(uuid.uuid4())


class OnceFields(forms.Form):
    """A form whose token makes a second sending harmless."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=_new_token)


class OnceForm(TidyForm):
    """A form that adds a row: its token makes a second sending harmless."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["token"] = _new_token()


class PartialDatesMixin:
    """Model forms with partial dates; partial_dates = {field: (date column, precision column)}."""

    partial_dates = {}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in self.partial_dates:
            self.initial[name] = getattr(self.instance, name)

    def clean(self):
        cleaned = super().clean()
        for name, (day, precision) in self.partial_dates.items():
            value = self.cleaned_data.get(name)
            setattr(self.instance, day, value.first if value else None)
            setattr(self.instance, precision, value.precision if value else "day")
        return cleaned

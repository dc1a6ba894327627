"""Fields of plan forms: things typed by name or code, money, costs in rows."""

import re

from django import forms
from django.core.exceptions import ValidationError

from trainingplans.lib.money import UNITS, parse_money, write_money
from trainingplans.lib.numbers import format_number
from trainingplans.lib.text import tidy
from trainingplans.plans.plantables import NUMBER as WHOLE
from trainingplans.plans.plantables import quarter_of

BLANK_ROWS = 2


class NamedField(forms.Field):
    """A row typed by its code or name; `find` gives it for a text, `rows` by id, `write` its text.

    A text box with suggestions of the list `listed`: lighter than a select in each of 300 rows.
    """

    def __init__(self, *, find, rows, write=str, listed="", **options):
        options.setdefault("required", False)
        attrs = {"list": listed, "autocomplete": "off"} if listed else {}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)
        self.find, self.rows, self.write = find, rows, write

    def prepare_value(self, value):
        if isinstance(value, int):
            value = self.rows().get(value)
        return value if isinstance(value, str) else self.write(value) if value else ""

    def to_python(self, value):
        try:
            return self.find(value or "")
        except ValueError as fault:
            raise ValidationError(str(fault), code="invalid") from None

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != self._tidied(data)

    def _tidied(self, data):
        try:
            return self.prepare_value(self.to_python(data))
        except ValidationError:
            return tidy(data)


class MoneyField(forms.CharField):
    """An amount in đồng, typed and shown in `unit` (dong, trieu, ty)."""

    def __init__(self, *, unit="trieu", **options):
        options.setdefault("required", False)
        super().__init__(**options)
        self.unit = unit
        self.widget.attrs |= {"inputmode": "decimal", "class": "form-control num"}

    def prepare_value(self, value):
        if isinstance(value, int):
            return write_money(value, self.unit) if value else ""
        return value

    def clean(self, value):
        try:
            return parse_money(value or "", self.unit)
        except ValueError as fault:
            raise ValidationError(str(fault), code="invalid") from None

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != (initial or 0)
        except ValidationError:
            return True


class WholeField(forms.Field):
    """A whole number from 0, typed 1200, 1.200 or 1 200 as offices write it."""

    def __init__(self, *, most, **options):
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **options)
        self.most = most

    def to_python(self, value):
        text = tidy(value)
        if not text:
            return None
        if text[0] in "-−":
            raise ValidationError("Không được âm.", code="min_value")
        if not WHOLE.match(text):
            raise ValidationError("Phải là số nguyên, ví dụ 30.", code="invalid")
        number = int(re.sub(r"[.,\s]", "", text))
        if number > self.most:
            raise ValidationError(f"Lớn quá, nhiều nhất {format_number(self.most)}.", code="max")
        return number


class QuarterField(forms.Field):
    """A quarter, typed 3, III or Quý 3; None for a blank."""

    def __init__(self, **options):
        options.setdefault("required", False)
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **options)

    def to_python(self, value):
        text = tidy(value)
        if not text:
            return None
        found = quarter_of(text)
        if found is None:
            raise ValidationError(
                f"“{text}” không phải là quý. Ghi 1, 2, 3 hoặc 4.", code="invalid"
            )
        return found


class CostsWidget(forms.Widget):
    """Rows of source, unit and amount; parallel lists of values."""

    template_name = "plans/widgets/costs.html"
    use_fieldset = True

    def __init__(self, sources, unit):
        super().__init__()
        self.sources, self.unit = sources, unit

    def value_from_datadict(self, data, files, name):
        if not hasattr(data, "getlist"):
            return data.get(name)
        lists = [data.getlist(f"{name}-{part}") for part in ("source", "unit", "amount")]
        return [row for row in zip(*lists, strict=False) if any(map(tidy, row[1:]))]

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-amount" not in data

    def format_value(self, value):
        return value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *([("", "", "")] * BLANK_ROWS)]
        context["rows"] = [
            {"source": str(source), "unit": unit, "amount": amount, "number": number}
            for number, (source, unit, amount) in enumerate(rows, 1)
        ]
        context["sources"] = [(str(row.pk), row.name) for row in self.sources]
        context["money_unit"] = UNITS[self.unit][0]
        context["invalid"] = (attrs or {}).get("aria-invalid")
        return context


class CostsField(forms.Field):
    """The costs of an item: [(source id, unit id or None, đồng)]."""

    def __init__(self, *, lookups, unit="trieu", **options):
        options.setdefault("required", False)
        self.lookups, self.unit = lookups, unit
        super().__init__(widget=CostsWidget(lookups.sources, unit), **options)

    def prepare_value(self, value):
        return [row if isinstance(row[2], str) else self._written(*row) for row in value or []]

    def _written(self, source, unit, amount):
        name = self.lookups.unit_by_id[unit].name if unit else ""
        return source, name, write_money(amount, self.unit)

    def clean(self, value):
        rows = [self._row(number, *row) for number, row in enumerate(value or [], 1)]
        return [row for row in rows if row[2]]

    def _row(self, number, source, unit, amount):
        if isinstance(amount, int):
            return source, unit, amount
        known = {str(row.pk): row.pk for row in self.lookups.sources}
        try:
            if str(source) not in known:
                raise ValueError("chưa chọn nguồn. Chọn một nguồn trong danh sách.")
            found = self.lookups.unit(unit)
            return known[str(source)], found and found.pk, parse_money(amount, self.unit)
        except ValueError as fault:
            raise ValidationError(f"Dòng kinh phí {number}: {fault}", code="invalid") from None

    def has_changed(self, initial, data):
        try:
            return sorted(self.clean(initial), key=str) != sorted(self.clean(data), key=str)
        except ValidationError:
            return True

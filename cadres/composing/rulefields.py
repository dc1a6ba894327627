"""A field that holds a rule: JSON text in the form, a checked rule in its data."""

import json

from django import forms
from django.core.exceptions import ValidationError

from cadres.composing.composer import same
from cadres.rules import RuleContext, RuleError, normalise, validate

LETTERS_AT_MOST = 100_000
EMPTY = {"all": []}


class RuleField(forms.CharField):
    """The population or the attained rule of a target."""

    widget = forms.Textarea

    def __init__(self, **options):
        options.setdefault("max_length", LETTERS_AT_MOST)
        super().__init__(**options)
        self.widget.attrs |= {"rows": 12, "spellcheck": "false", "class": "rule-text"}

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return json.dumps(value, ensure_ascii=False, indent=2)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        rule, context = read_json(text), RuleContext()
        if problems := validate(rule, context):
            raise ValidationError(problems)
        return normalise(rule, context)

    def has_changed(self, initial, data):
        """Whether the rules differ, not how they are written."""
        try:
            before = initial if isinstance(initial, dict) else json.loads(initial or "null")
            return not same(before, json.loads(data or "null"), RuleContext())
        except (ValueError, RuleError, AttributeError, TypeError, RecursionError):
            return self.prepare_value(initial) != data


class OptionalRuleField(RuleField):
    """A rule that may be missing: without conditions nothing is stored."""

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def to_python(self, value):
        rule = super().to_python(value)
        return None if rule == EMPTY else rule

    def has_changed(self, initial, data):
        return super().has_changed(initial or EMPTY, data or json.dumps(EMPTY))


def read_json(text):
    """The value of JSON text; ValidationError with the place of the fault."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise ValidationError(
            f"Dòng {fault.lineno}, cột {fault.colno}: không đọc được JSON."
            " Kiểm tra dấu phẩy, ngoặc và dấu nháy kép."
        ) from None
    except (ValueError, RecursionError):
        raise ValidationError("Không đọc được JSON: lồng quá sâu hoặc số quá lớn.") from None

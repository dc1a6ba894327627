"""Form controls that are written without templates."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class QuickSelect(forms.Select):
    """A select for lists of hundreds: Django renders three templates for each of its options."""

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, attrs)
        css = f"form-select {attrs.pop('class', '')}".strip()
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join("\n", "{}", ((part,) for part in self._parts(chosen)))
        shape = '<select name="{}" class="{}"{}>{}</select>'
        return format_html(shape, name, css, flatatt(attrs), options)

    def _parts(self, chosen):
        for value, label in self.choices:
            if isinstance(label, list | tuple):
                inner = format_html_join("", "{}", ((_option(v, t, chosen),) for v, t in label))
                yield format_html('<optgroup label="{}">{}</optgroup>', value, inner)
            else:
                yield _option(value, label, chosen)


def _option(value, label, chosen):
    key = "" if value is None else str(value)
    mark = SafeString(" selected") if key in chosen else ""
    return format_html('<option value="{}"{}>{}</option>', key, mark, label)

"""Tags and filters of the portal's pages. Thin: no queries; figures are written by lib.numbers."""

from functools import lru_cache
from math import ceil

import lucide
from django import template
from django.forms import NullBooleanField
from django.utils.choices import flatten_choices
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from trainingplans.lib import numbers
from trainingplans.lib.numbers import NOTHING

register = template.Library()
FILTERS_SHOWN = 4
ICON = (
    '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>'
)


@lru_cache(maxsize=256)
def _drawing(name):
    """The strokes of a Lucide icon; they come from the installed package, not from a user."""
    svg = lucide._render_icon(name, None)
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    strokes = mark_safe("".join(line.strip() for line in inner.splitlines()))  # noqa: S308
    return format_html(ICON, strokes)


@register.simple_tag
def icon(name):
    """{% icon "users" %}: an inline drawing, hidden from screen readers; words stand beside it."""
    return _drawing(str(name)) if name else ""


@register.filter
def number(value, places=None):
    """1234.5 → 1.234,5; None → —."""
    return numbers.format_number(value, places)


@register.filter
def signed(value, places=None):
    """A change with its sign: +61, −5."""
    return numbers.format_signed(value, places)


@register.filter
def percent(value, threshold=None):
    """81.86 → 81,9 %; None → —; never rounded up to a threshold that is not met."""
    return numbers.format_percent(value, None if threshold == "" else threshold)


@register.filter
def percent_figure(value, threshold=None):
    """Like percent, without the sign."""
    return numbers.format_percent_figure(value, None if threshold == "" else threshold)


@register.filter
def threshold(value):
    """85 → 85 %."""
    return numbers.format_threshold(value)


@register.filter
def money_short(value):
    """Đồng in words of size: 612,5 triệu, 3,74 tỷ."""
    return numbers.format_money(value)


@register.filter(expects_localtime=True)
def date_vi(value):
    """dd/mm/yyyy; a moment is told by its day here; a partial date writes itself (.display)."""
    if not value:
        return NOTHING
    if hasattr(value, "display"):
        return value.display
    return f"{value:%d/%m/}{value.year:04d}"


@register.filter
def minutes(delta):
    """A timedelta in whole minutes, rounded up."""
    return ceil(delta.total_seconds() / 60)


@register.filter
def plain(value):
    """A number for attributes (ids, values, SVG): digits and a point, never 1.234,5."""
    if value is None:
        return ""
    if isinstance(value, int | str):
        return str(value)
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


@register.filter
def bar_width(value):
    """Percent as a length of a bar: between 0 and 100, with a point."""
    return plain(min(max(float(value), 0), 100))


@register.filter
def attain_band(value, least):
    """Percent and threshold → far, below, near, met, over, or none."""
    return numbers.attain_band(value, least)


@register.filter
def is_short(value, least):
    """Whether a percentage is below its threshold; unknown is not short."""
    return numbers.attain_band(value, least) in {"far", "below", "near"}


@register.simple_tag
def error_places(*forms):
    """[{href, label, message}] of every error of the forms, in the order of the fields."""
    places = []
    for form in _flat(forms):
        places += [{"href": "", "label": "", "message": m} for m in form.non_field_errors()]
        for field in form:
            if field.errors:
                places.append(
                    {"href": _target(field), "label": field.label, "message": field.errors[0]}
                )
    return places


def _flat(forms):
    """One list of forms from forms and lists of forms; missing ones left out."""
    for form in forms:
        if hasattr(form, "non_field_errors"):
            yield form
        else:
            yield from form or []


def _target(field):
    """Where a link of the error summary goes: the control, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def form_sections(form):
    """[{title, fields}] by form.sections = [(title, [names])]; fields named nowhere come last."""
    sections = getattr(form, "sections", [])
    visible = {field.name: field for field in form.visible_fields()}
    parts = [
        {"title": title, "fields": [visible.pop(name) for name in names if name in visible]}
        for title, names in sections
    ]
    if visible:
        parts.append({"title": "Khác" if parts else "", "fields": list(visible.values())})
    return [part for part in parts if part["fields"]]


@register.simple_tag
def split_filters(form, shown=None):
    """{first, more}: the fields of a filter form before and behind the fold."""
    fields, count = form.visible_fields(), int(shown or FILTERS_SHOWN)
    return {"first": fields[:count], "more": fields[count:]}


@register.simple_tag(takes_context=True)
def chips_of(context, form):
    """[{label, url}]: the conditions of a bound filter form in words, each with a way out."""
    chips = []
    for field in form.visible_fields() if form else []:
        words = _words(field, getattr(form, "cleaned_data", {}).get(field.name))
        if words:
            query = context["request"].GET.copy()
            for name in (field.html_name, "page"):
                query.pop(name, None)
            chips.append({"label": f"{field.label}: {words}", "url": f"?{query.urlencode()}"})
    return chips


def _words(field, value):
    """A chosen value as the form shows it; several values with commas; "" for no condition."""
    if isinstance(value, bool):
        return "có" if value else "không" if isinstance(field.field, NullBooleanField) else ""
    if isinstance(value, slice):
        ends = zip(("từ", "đến"), (value.start, value.stop), strict=True)
        return " ".join(f"{word} {_word(field, end)}" for word, end in ends if end is not None)
    if value is None or value == "":
        return ""
    many = hasattr(value, "__iter__") and not isinstance(value, str)
    return ", ".join(_word(field, one) for one in (value if many else [value]))


def _word(field, value):
    """One value: a date, an object, or the words of a choice."""
    if hasattr(value, "year"):
        return date_vi(value)
    if hasattr(value, "pk") or not hasattr(field.field, "choices"):
        return str(value)
    names = {str(key): name for key, name in flatten_choices(field.field.choices)}
    return str(names.get(str(value), value))


@register.simple_tag
def page_numbers(page):
    """Page numbers around the current one, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.inclusion_tag("parts/_sort_heading.html", takes_context=True)
def sort_link(context, key, label, css=""):
    """A heading that sorts by `key` (?sort=key, -key); until then `ordering` of the context."""
    query = context["request"].GET.copy()
    now = query.get("sort") or context.get("ordering", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    query.pop("page", None)
    query["sort"] = f"-{key}" if state == "ascending" else key
    return {"href": f"?{query.urlencode()}", "label": label, "css": css, "state": state}

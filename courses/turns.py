"""Lượt and người: completed courses of a period and the distinct people behind them.

The one way to count them: the command, pages, forms and pivots call `turns`. A lượt belongs to the
day on which it ended, and to the unit, kind of staff, ethnic group and gender of its start.
"""

from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, Q, Value, When

from cadres.choices import Gender, StaffKind
from courses.models import Enrolment, Form

FORM = "counted_form"
# What the list wrote wins over what the category says.
COUNTED_FORM = Case(
    When(~Q(form=""), then=F("form")),
    When(category__isnull=False, then=F("category__form")),
    default=Value(""),
    output_field=CharField(),
)
# What to group by → the columns of key, name and order; None: the code itself is the name.
BY = {
    "category": ("category__code", "category__name"),
    "unit": ("unit__code", "unit__name"),
    "ethnic_group": ("ethnic_group__name", "ethnic_group__name"),
    "gender": ("gender", None),
    "staff_kind": ("staff_kind", None),
}
LABELS = {"gender": Gender, "staff_kind": StaffKind}
BY_WORDS = {
    "category": "Nội dung",
    "unit": "Đơn vị",
    "ethnic_group": "Dân tộc",
    "gender": "Giới tính",
    "staff_kind": "Loại",
}
UNTOLD = "Chưa rõ"


@dataclass(frozen=True)
class Number:
    """So many lượt by so many people."""

    turns: int = 0
    people: int = 0


@dataclass(frozen=True)
class Row(Number):
    """A part of all lượt; `key` None for those that nothing is told of."""

    key: str | None = None
    name: str = UNTOLD


@dataclass(frozen=True)
class Turns:
    """The lượt of a period, in sum, by form and by what was asked for.

    `forms` has every Form, and "" for those whose form nobody told; the turns of `forms` and those
    of `rows` sum to `total.turns`, their people do not: somebody may stand in several.
    """

    total: Number
    forms: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)


def turns(first, last, *, units=None, by=None, among=None):
    """The Turns from the day `first` to the day `last`, both counted.

    `units`: a queryset or ids of units, as of the start of each lượt; `by`: a key of BY;
    `among`: the Enrolments to count among, for an account those `visible_to` it.
    One query for the sums, one for the rows.
    """
    counted = counted_turns(first, last, units=units, among=among)
    return Turns(*_sums(counted), rows=_rows(counted, by) if by else [])


def counted_turns(first, last, *, units=None, among=None):
    """The Enrolments that are the lượt of a period: what `turns` counts and lists show."""
    counted = (Enrolment.objects.all() if among is None else among).turns(first, last).order_by()
    if units is not None:
        counted = counted.filter(unit__in=units)
    return counted.annotate(**{FORM: COUNTED_FORM})


def _sums(counted):
    """(Number of all, {form: Number})."""
    parts = {"all": Q(), **{form: Q(**{FORM: form}) for form in [*Form.values, ""]}}
    asked = {}
    for name, part in parts.items():
        asked[f"turns_{name}"] = Count("pk", filter=part)
        asked[f"people_{name}"] = Count("official", distinct=True, filter=part)
    found = counted.aggregate(**asked)
    numbers = {name: Number(found[f"turns_{name}"], found[f"people_{name}"]) for name in parts}
    return numbers.pop("all"), numbers


def _rows(counted, by):
    """The Rows of a breakdown, most lượt first, the untold last."""
    key, name = BY[by]
    groups = counted.values_list(*dict.fromkeys([key, name or key])).annotate(
        Count("pk"), Count("official", distinct=True)
    )
    labels = dict(LABELS[by].choices) if by in LABELS else {}
    rows = [_row(group, labels) for group in groups]
    return sorted(rows, key=lambda row: (row.key is None, -row.turns, row.key or ""))


def _row(group, labels):
    key, *names, turns_, people = group
    name = names[0] if names else labels.get(key, key)
    return Row(turns_, people, key or None, name if key else UNTOLD)


def document(found, first, last):
    """The JSON of the contract."""
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        **vars_of(found.total),
        **{form: vars_of(found.forms[form]) for form in Form.values},
        "unknown_form": vars_of(found.forms[""]),
        "rows": [{"key": row.key, "name": row.name, **vars_of(row)} for row in found.rows],
    }


def vars_of(number):
    """The two figures as the contract names them."""
    return {"turns": number.turns, "people": number.people}

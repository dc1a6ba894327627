"""Lượt and người: completed courses of a period and the distinct people behind them.

The one way to count them: the command, pages, forms and pivots call `turns`. A lượt belongs to the
day on which it ended, and to the unit, kind of staff, ethnic group and gender of its start.
"""

from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, Q, Sum, Value, When

from cadres.choices import Gender, StaffKind
from cadres.models import EthnicGroup, Unit
from courses.models import Category, Enrolment, Form

FORM = "counted_form"
# What the list wrote wins over what the category says.
COUNTED_FORM = Case(
    When(~Q(form=""), then=F("form")),
    When(category__isnull=False, then=F("category__form")),
    default=Value(""),
    output_field=CharField(),
)
# What to group by → the table of its keys and names, with their columns; or codes with labels.
BY = {
    "category": (Category, "code", "name"),
    "unit": (Unit, "code", "name"),
    "ethnic_group": (EthnicGroup, "name", "name"),
    "gender": Gender,
    "staff_kind": StaffKind,
}
BY_WORDS = {
    "category": "Nội dung",
    "unit": "Đơn vị",
    "ethnic_group": "Dân tộc",
    "gender": "Giới tính",
    "staff_kind": "Loại",
}
UNTOLD = "Chưa rõ"
FORMS = [*Form.values, ""]
UNTOLD_FORM = "untold"  # how a column is named for those of no form


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
    One query for the sums, two for the rows.
    """
    counted = _counted(first, last, units, among)
    return Turns(*_sums(counted), rows=_rows(counted, by) if by else [])


def counted_turns(first, last, *, units=None, among=None):
    """The Enrolments that are the lượt of a period: what `turns` counts and lists show."""
    return _counted(first, last, units, among).annotate(**{FORM: COUNTED_FORM})


def _counted(first, last, units, among):
    counted = (Enrolment.objects.all() if among is None else among).turns(first, last).order_by()
    return counted if units is None else counted.filter(unit__in=units)


def _sums(counted):
    """(Number of all, {form: Number}).

    First the lượt of each person, then persons: four times quicker than counting distinct ones.
    """
    parts = {"all": Q(), **{form or UNTOLD_FORM: Q(**{FORM: form}) for form in FORMS}}
    asked = {}
    for name in parts:
        asked[f"turns_{name}"] = Sum(f"of_{name}", default=0)
        asked[f"people_{name}"] = Count("official", filter=Q(**{f"of_{name}__gt": 0}))
    each = {f"of_{name}": Count("pk", filter=part) for name, part in parts.items()}
    counted = counted.annotate(**{FORM: COUNTED_FORM})
    found = counted.values("official").annotate(**each).aggregate(**asked)
    numbers = {name: Number(found[f"turns_{name}"], found[f"people_{name}"]) for name in parts}
    return numbers["all"], {form: numbers[form or UNTOLD_FORM] for form in FORMS}


def _rows(counted, by):
    """The Rows of a breakdown, most lượt first, the untold last.

    Grouped by what the index of lượt holds; keys and names are looked up afterwards.
    """
    groups = list(counted.values_list(by).annotate(Count("pk"), Count("official", distinct=True)))
    names = _names(by, [key for key, _, _ in groups])
    rows = [Row(turns_, people, *names.get(key, (None, UNTOLD))) for key, turns_, people in groups]
    return sorted(rows, key=lambda row: (row.key is None, -row.turns, row.key or ""))


def _names(by, keys):
    """{what is grouped by: (key, name)} of the told ones."""
    if isinstance(BY[by], tuple):
        model, key, name = BY[by]
        told = model.objects.filter(pk__in=[pk for pk in keys if pk])
        return {pk: (key, name) for pk, key, name in told.values_list("pk", key, name)}
    return {code: (code, label) for code, label in BY[by].choices}


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

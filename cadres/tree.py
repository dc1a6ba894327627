"""The tree of units for a page: rows in order, with depth and people of a day."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from cadres.models import Standing, Unit, UnitTrait
from trainingplans.lib.text import fold


@dataclass
class Row:
    """One unit in the tree: people of its own and of its whole branch, traits in words."""

    unit: Unit
    depth: int
    own: int = 0
    branch: int = 0
    traits: list = field(default_factory=list)


def heads(on, units=None):
    """{unit id: people in service whose main post is there on the day}; one query."""
    rows = Standing.objects.at(on).filter(in_service=True)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return dict(rows.order_by().values_list("unit").annotate(Count("pk")))


def tree_of(units, on, *, search="", kind="", closed=False):
    """Rows of the tree in order; a search keeps the matches and what is above them."""
    every = list((units if closed else units.at(on)).order_by("sort_key", "code"))
    rows = _ordered(every)
    _count(rows, heads(on))
    _name_traits(rows, on)
    kept = _kept(every, search, kind)
    return [row for row in rows if row.unit.pk in kept]


def _ordered(units):
    """Depth first; a unit whose parent is not shown stands at the top."""
    known = {unit.pk for unit in units}
    children = defaultdict(list)
    for unit in units:
        children[unit.parent_id if unit.parent_id in known else None].append(unit)
    rows, waiting = [], [(unit, 0) for unit in reversed(children[None])]
    while waiting:
        unit, depth = waiting.pop()
        rows.append(Row(unit, depth))
        waiting += [(child, depth + 1) for child in reversed(children[unit.pk])]
    return rows


def _count(rows, counts):
    by_path = {row.unit.path: row for row in rows}
    for row in rows:
        row.own = counts.get(row.unit.pk, 0)
        steps = row.unit.path.strip("/").split("/")
        for length in range(1, len(steps) + 1):
            above = by_path.get("/" + "/".join(steps[:length]) + "/")
            if above:
                above.branch += row.own


def _name_traits(rows, on):
    by_unit = {row.unit.pk: row for row in rows}
    for trait in UnitTrait.objects.at(on).filter(unit__in=by_unit).order_by("trait"):
        by_unit[trait.unit_id].traits.append(trait.get_trait_display())


def _kept(units, search, kind):
    """The ids to show: those that fit, and all above them."""
    words = fold(search)
    fit = [
        unit
        for unit in units
        if (not words or words in unit.search_key or words == unit.code.casefold())
        and (not kind or unit.kind == kind)
    ]
    return {int(step) for unit in fit for step in unit.path.strip("/").split("/")}

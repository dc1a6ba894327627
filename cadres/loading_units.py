"""Loading units from rows: matched by code, else by name; written together in one transaction.

A row that cannot be taken is named with its line; the others are written. Loading the same rows
again changes nothing.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from cadres.audit import record
from cadres.models import Unit
from cadres.unit_areas import Areas
from cadres.unit_matching import Loading
from cadres.units import new_code, set_keys
from trainingplans.lib.dates import EVER, FOREVER

KEYS = ["name_key", "search_key", "sort_key"]
KEPT_IN_AUDIT = 500
LOCK = 7_340_019  # any constant of its own: loads of units take turns on PostgreSQL


@dataclass
class Outcome:
    """What loading did: of each row create, update, unchanged or reject; every problem."""

    actions: list
    problems: list
    guessed_other: int = 0

    @property
    def counts(self):
        kinds = ("create", "update", "unchanged", "reject")
        rows = {"rows": len(self.actions)}
        return rows | {kind: self.actions.count(kind) for kind in kinds}


@transaction.atomic
def load_unit_rows(rows, *, by, label, move_existing=True):
    """Write what the rows tell and return an Outcome; one audit row if anything changed.

    `move_existing=False` leaves known units where they are in the tree and makes superior units
    only for new ones: for a sheet that came along with a roster.
    """
    _take_turn()
    loading = Loading(rows, move_existing)
    steps = loading.settled()
    created, updated = _write(loading, steps)
    changed_areas = _write_areas(steps)
    outcome = _outcome(rows, steps, loading, changed_areas)
    if created or updated or changed_areas:
        record("units.load", by=by, label=label, detail=_detail(outcome, steps, changed_areas))
        _keep_history(created, updated, by)
    return outcome


def _take_turn():
    """Wait until no other load writes units, so that nobody makes the same unit twice."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _write(loading, steps):
    """Save new and changed units with parents and paths; (created, updated)."""
    created = [step.unit for step in steps if step.is_new]
    used = set(loading.by_code)
    for unit in created:
        unit.code = unit.code or _free_code(used)
    Unit.objects.bulk_create(created, batch_size=1000)
    for step in steps:
        _move(step, loading)
    updated = [step.unit for step in steps if not step.is_new and step.changes]
    for unit in updated:
        unit.version += 1
        set_keys(unit)
    Unit.objects.bulk_update(updated, _columns(steps), batch_size=200)
    _write_paths([*loading.units, *created])
    return created, updated


def _columns(steps):
    """The columns of known units that some row changed."""
    named = {name for step in steps if not step.is_new for name, _, _ in step.changes}
    return ["version", *sorted(named), *(KEYS if "name" in named else [])]


def _free_code(used):
    """A made code that no unit has."""
    while (code := new_code()).casefold() in used:
        pass
    used.add(code.casefold())
    return code


def _move(step, loading):
    """Put the unit under its superior, which by now has an id."""
    if step.parent is None:
        return
    before = None if step.is_new else loading.old_parent[step.unit.pk]
    if before is not step.parent:
        step.unit.parent = step.parent
        if not step.is_new:
            step.changes.append(("parent", before.code if before else None, step.parent.code))


def _write_paths(units):
    """Save places in the tree, of new units and of all below moved ones; few queries."""
    by_pk = {unit.pk: unit for unit in units}
    paths = {}

    def path_of(unit):
        if unit.pk not in paths:
            above = by_pk.get(unit.parent_id)
            paths[unit.pk] = f"{path_of(above) if above else '/'}{unit.pk}/"
        return paths[unit.pk]

    moved = [unit for unit in units if unit.path != path_of(unit)]
    for unit in moved:
        unit.path = paths[unit.pk]
    Unit.objects.bulk_update(moved, ["parent", "path"], batch_size=400)


def _write_areas(steps):
    """Restate traits and languages; the ids of the units where something changed."""
    areas = Areas([step.unit.pk for step in steps if not step.is_new])
    for step in steps:
        row = step.row
        if row.minority_area is not None:
            areas.tell_minority_area(step.unit, row.minority_area, row.valid_from)
        if step.groups is not None:
            areas.tell_languages(step.unit, step.groups, row.valid_from)
    areas.write()
    return areas.changed


def _keep_history(created, updated, by):
    """The rows of history of what was written in bulk."""
    Unit.history.bulk_history_create(created, batch_size=500, default_user=by)
    Unit.history.bulk_history_create(updated, batch_size=500, update=True, default_user=by)


def _outcome(rows, steps, loading, changed_areas):
    """What became of each row."""
    actions = {id(row): "unchanged" for row in loading.same}
    guessed = 0
    for step in steps:
        changed = step.changes or step.unit.pk in changed_areas
        actions[id(step.row)] = "create" if step.is_new else "update" if changed else "unchanged"
        guessed += step.is_new and not step.row.kind and step.unit.kind == "other"
    idle = "reject" if loading.move_existing else "unchanged"
    return Outcome(
        [actions.get(id(row), "reject" if row.problems else idle) for row in rows],
        [problem for row in rows for problem in row.problems],
        guessed,
    )


def _detail(outcome, steps, changed_areas):
    """What the audit keeps: the counts, and what changed of known units."""
    known = [step for step in steps if not step.is_new]
    changes = [
        [step.unit.code, name, _plain(before), _plain(after)]
        for step in known
        for name, before, after in step.changes
    ]
    areas = [
        [step.unit.code, step.row.minority_area, [str(group) for group in step.groups or []]]
        for step in known
        if step.unit.pk in changed_areas
    ]
    kept = {"changes": changes[:KEPT_IN_AUDIT], "areas": areas[:KEPT_IN_AUDIT]}
    return {"counts": outcome.counts, **kept}


def _plain(value):
    return None if value in (None, EVER, FOREVER) else str(value)

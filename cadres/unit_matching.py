"""Matching rows about units with the units there are, and with each other, in memory."""

from collections import defaultdict
from dataclasses import dataclass, field

from cadres.catalogues import GroupFinder, GroupNotFound
from cadres.models import Unit
from cadres.units import guess_kind, set_keys
from trainingplans.lib.dates import FOREVER
from trainingplans.lib.text import fold, tidy, unit_key

DEEPEST = 15  # levels; `Unit.path` has room for as many ids of a dozen digits
MADE_CODE = "DV-"  # how the codes of `new_code` begin


@dataclass
class Step:
    """A row on its way: the unit it is about, where that belongs, what changed."""

    row: object
    unit: Unit
    is_new: bool
    parent: Unit | None = None  # the unit named in the row's `parent`
    groups: list | None = None
    changes: list = field(default_factory=list)  # (field, before, after) of an existing unit


class Loading:
    """The rows matched with the units there are, in memory: two queries, however many rows."""

    def __init__(self, rows, move_existing=True):
        self.rows = rows
        self.move_existing = move_existing
        self.units = list(Unit.objects.all())
        self.by_pk = {unit.pk: unit for unit in self.units}
        self.old_parent = {unit.pk: self.by_pk.get(unit.parent_id) for unit in self.units}
        self.by_code = {unit.code.casefold(): unit for unit in self.units}
        self.by_name = defaultdict(list)
        for unit in self.units:
            self.by_name[unit.name_key].append(unit)
        self.told_by = {}  # id(unit) -> the row that tells about it
        self.same = []  # rows that only repeat another one

    def settled(self):
        """The steps that can be taken; the others' rows have their problems."""
        groups = GroupFinder()
        steps = [step for row in self.rows if (step := self._step(row, groups))]
        if not self.move_existing:
            steps = _without_idle_superiors(steps)
        index = ParentIndex(self.units, steps)
        steps = [step for step in steps if self._placed(step, index)]
        return self._without_loops(steps)

    def _step(self, row, groups):
        """The Step of a row, or None when the row has problems or repeats another one."""
        spoken = _groups(row, groups)
        if row.problems:
            return None
        unit = self._match(row)
        if row.problems:
            return None
        if unit is not None and (earlier := self.told_by.get(id(unit))):
            if earlier.told == row.told:
                self.same.append(row)
            else:
                row.wrong("name", row.name, f"dòng {earlier.line} đã nói về đơn vị này.")
            return None
        is_new = unit is None
        unit = self._new(row) if is_new else unit
        self.told_by[id(unit)] = row
        step = Step(row, unit, is_new, groups=spoken)
        return step if self._fields(step) else None

    def _match(self, row):
        """The unit that a row is about; None for a new one."""
        key = unit_key(row.name)
        known = self.by_name[key]
        if row.code:
            if unit := self.by_code.get(row.code.casefold()):
                return unit
            # A unit that came without a code takes the one told now; another code, another unit.
            known = [unit for unit in known if unit.code.startswith(MADE_CODE) or not unit.code]
        if row.parent:
            here = [unit for unit in known if self._is_under(unit, row.parent)]
            # The same name elsewhere in this very file is another unit, not one to be moved.
            known = here or [unit for unit in known if id(unit) not in self.told_by]
        return self._only(row, known)

    def _only(self, row, known):
        """The one of several; among namesakes the one that is still open."""
        if len(known) > 1:
            known = [unit for unit in known if unit.valid_to == FOREVER] or known
        if len(known) > 1:
            codes = ", ".join(unit.code or "chưa có mã" for unit in known)
            row.wrong(
                "name", row.name, f"có nhiều đơn vị “{row.name}” ({codes}). Ghi mã ở cột code."
            )
        return known[0] if len(known) == 1 else None

    def _is_under(self, unit, text):
        """Whether the unit's superior (as stored, or as told in this file) is the one named."""
        row = self.told_by.get(id(unit))
        if row and row.parent:
            return unit_key(row.parent) == unit_key(text)
        parent = self.old_parent.get(unit.pk)
        return parent is not None and (
            parent.code.casefold() == text.casefold() or parent.name_key == unit_key(text)
        )

    def _new(self, row):
        unit = Unit(code=row.code, name=row.name, kind=row.kind or guess_kind(row.name))
        set_keys(unit)
        self.by_name[unit.name_key].append(unit)
        if unit.code:
            self.by_code[unit.code.casefold()] = unit
        return unit

    def _fields(self, step):
        """Put what is told into the unit; whether its period is possible."""
        row, unit = step.row, step.unit
        first, last = row.valid_from or unit.valid_from, row.valid_to or unit.valid_to
        if first >= last:
            row.wrong("valid_to", last, "ngày kết thúc phải sau ngày bắt đầu.")
            return False
        told = {"code": row.code, "kind": row.kind, "valid_from": first, "valid_to": last}
        if unit_key(row.name) != unit.name_key or row.code.casefold() == unit.code.casefold() != "":
            told["name"] = tidy(row.name)
        for name, value in told.items():
            before = getattr(unit, name)
            if value and value != before:
                setattr(unit, name, value)
                step.changes.append((name, before, value))
        return True

    def _placed(self, step, index):
        """Find the superior unit that the row names; whether it is one and known."""
        row = step.row
        if not row.parent or (not step.is_new and not self.move_existing):
            return True
        found = index.candidates(row.parent)
        if len(found) != 1:
            why = "có nhiều đơn vị" if found else "không có đơn vị"
            row.wrong("parent", row.parent, f"{why} “{row.parent}”. Ghi mã của cấp trên.")
            return False
        step.parent = found[0]
        return True

    def _without_loops(self, steps):
        """The steps that stand in a tree: no loop, no superior that was turned away."""
        while True:
            above = self._above(steps)
            taken = {id(step.unit) for step in steps if step.is_new}
            bad = [step for step in steps if self._in_loop(step, above)]
            bad = bad or [step for step in steps if self._hangs(step, above, taken)]
            if not bad:
                return steps
            gone = {id(step) for step in bad}
            steps = [step for step in steps if id(step) not in gone]

    def _above(self, steps):
        """{id(unit): its superior} as it would be."""
        above = {id(unit): self.old_parent[unit.pk] for unit in self.units}
        above.update({id(step.unit): step.parent for step in steps if step.parent or step.is_new})
        return above

    def _in_loop(self, step, above):
        """Whether going up from a unit that is put somewhere leads back to it."""
        seen, unit = {}, step.unit
        while unit is not None and id(unit) not in seen:
            seen[id(unit)] = unit
            unit = above.get(id(unit))
        if step.parent is None or unit is not step.unit:
            return False
        names = " → ".join([*(one.name for one in seen.values()), step.unit.name])
        step.row.wrong("parent", step.row.parent, f"các đơn vị trực thuộc vòng tròn: {names}.")
        return True

    def _hangs(self, step, above, taken):
        """Whether the superior was turned away itself, or stands too deep."""
        row, parent, depth = step.row, step.parent, 0
        if parent is not None and parent.pk is None and id(parent) not in taken:
            line = self.told_by[id(parent)].line
            row.wrong("parent", row.parent, f"cấp trên ở dòng {line} bị từ chối.")
            return True
        while parent is not None:
            parent, depth = above.get(id(parent)), depth + 1
        if depth >= DEEPEST:
            row.wrong("parent", row.parent, f"cây đơn vị sâu quá {DEEPEST} cấp.")
        return depth >= DEEPEST


class ParentIndex:
    """Units by code, name, name without marks: those there are and those the rows make."""

    def __init__(self, units, steps):
        self.by_code, self.by_name, self.by_folded = {}, defaultdict(dict), defaultdict(dict)
        for unit in units:
            self._remember(unit, unit.name_key, unit.code)
        for step in steps:
            self._remember(step.unit, unit_key(step.row.name), step.unit.code)

    def _remember(self, unit, key, code):
        if code:
            self.by_code[code.casefold()] = unit
        self.by_name[key][id(unit)] = unit
        self.by_folded[fold(key)][id(unit)] = unit

    def candidates(self, text):
        """The units that a text may mean; among namesakes those still open."""
        if unit := self.by_code.get(text.casefold()):
            return [unit]
        key = unit_key(text)
        found = self.by_name.get(key) or self.by_folded.get(fold(key)) or {}
        found = list(found.values())
        return [unit for unit in found if unit.valid_to == FOREVER] or found


def _without_idle_superiors(steps):
    """Without new units that tell nothing and that no other new unit stands under."""
    needed = {unit_key(step.row.parent) for step in steps if step.is_new}
    return [
        step
        for step in steps
        if not step.is_new
        or unit_key(step.row.name) in needed
        or step.row.minority_area is not None
        or step.row.languages is not None
        or step.row.parent
    ]


def _groups(row, finder):
    """The ethnic groups of the languages told; None where none are told."""
    if row.languages is None:
        return None
    groups = {}
    for text in row.languages:
        try:
            group = finder.find(text)
        except GroupNotFound as problem:
            row.wrong("languages", text, str(problem)[:1].lower() + str(problem)[1:])
            continue
        if not group.is_minority:
            row.wrong("languages", text, f"“{text}” không phải là tiếng dân tộc thiểu số.")
        groups[group.pk] = group
    return list(groups.values())

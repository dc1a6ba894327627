"""Composing a rule as rows of a form: read from a rule, read from what was typed, written back.

A rule is a list of items joined by all or any; an item is a condition or, one level down, a group
of conditions; each may be denied. What is nested deeper is kept as it is and shown in words.
Names of the form's fields begin with a place: "population", its third item "population-2".
"""

import json
from dataclasses import dataclass, field

from cadres.composing import editors
from cadres.rules import CONDITIONS, describe, normalise, validate

ALL, ANY, NOT = "all", "any", "not"
JOINS = [(ALL, "tất cả"), (ANY, "bất kỳ")]
CONDITION, GROUP, KEPT = "condition", "group", "kept"
ITEMS_AT_MOST = 200
KEPT_AT_MOST = 20_000  # letters of a part that is carried along as text


@dataclass
class Item:
    """A row of the form: a condition with what was typed, a group, or a part kept as it is."""

    place: str
    type: str
    denied: bool = False
    kind: str = ""
    typed: dict = field(default_factory=dict)
    join: str = ALL
    items: list = field(default_factory=list)
    kept: str = ""
    errors: list = field(default_factory=list)
    fresh: bool = False  # just added: the cursor goes there

    @property
    def condition(self):
        return CONDITIONS[self.kind]

    @property
    def is_group(self):
        return self.type == GROUP

    @property
    def is_kept(self):
        return self.type == KEPT


@dataclass
class Composer:
    """The rows of one rule; `place` is the name of the rule's field."""

    place: str
    join: str = ALL
    items: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    @property
    def all_errors(self):
        """Every message, those of the rows included."""
        return self.errors + [text for item in self.each() for text in item.errors]

    def each(self):
        """The items and the items of the groups."""
        for item in self.items:
            yield item
            yield from item.items


# ---- from a rule -------------------------------------------------------------------------------


def from_rule(place, rule, context):
    """The Composer that shows a valid rule."""
    join, parts = _parts(rule)
    composer = Composer(place, join)
    composer.items = [_item(f"{place}-{i}", part, context) for i, part in enumerate(parts)]
    return composer


def _parts(rule):
    """(join, list of rules) that say the same as the rule."""
    [(key, value)] = rule.items()
    return (key, value) if key in (ALL, ANY) else (ALL, [rule])


def _item(place, rule, context, deep=False):
    """The item of one part; below a group only conditions have rows of their own."""
    inner, denied = (rule[NOT], True) if NOT in rule else (rule, False)
    [(key, value)] = inner.items()
    if key in CONDITIONS:
        typed = editors.typed_of(CONDITIONS[key], value, context)
        return Item(place, CONDITION, denied, key, typed)
    if key in (ALL, ANY) and value and not deep:
        group = Item(place, GROUP, denied, join=key)
        group.items = [_item(f"{place}-{i}", r, context, deep=True) for i, r in enumerate(value)]
        return group
    return Item(place, KEPT, kept=json.dumps(rule, ensure_ascii=False))


# ---- from what was typed -----------------------------------------------------------------------


def from_post(place, data):
    """The Composer with all that was typed; nonsense in the names of fields is left out."""
    composer = Composer(place, _join(data, place))
    composer.items = list(_items(place, data, deep=False))
    return composer


def _items(place, data, deep):
    for number in range(_count(data, place)):
        here = f"{place}-{number}"
        item_type = data.get(f"{here}-type")
        denied = f"{here}-not" in data
        if item_type == CONDITION and data.get(f"{here}-kind") in CONDITIONS:
            kind = data[f"{here}-kind"]
            yield Item(here, CONDITION, denied, kind, editors.read(CONDITIONS[kind], data, here))
        elif item_type == GROUP and not deep:
            rows = list(_items(here, data, deep=True))
            yield Item(here, GROUP, denied, join=_join(data, here), items=rows)
        elif item_type == KEPT:
            yield Item(here, KEPT, kept=data.get(f"{here}-kept", "")[:KEPT_AT_MOST])


def _join(data, place):
    return ANY if data.get(f"{place}-join") == ANY else ALL


def _count(data, place):
    text = data.get(f"{place}-count", "")
    return min(int(text), ITEMS_AT_MOST) if text.isascii() and text.isdigit() else 0


# ---- what the buttons do -----------------------------------------------------------------------


def apply_step(composer, step, data):
    """Carry out a button such as "add:population", "group:…", "drop:population-2"."""
    act, _, place = step.partition(":")
    if not f"{place}-".startswith(f"{composer.place}-"):
        return
    owner = _owner(composer, place)
    kind = data.get(f"{place}-new", "")
    if act == "add" and owner is not None and kind in CONDITIONS:
        _append(owner, Item("", CONDITION, kind=kind, fresh=True))
    elif act == "group" and owner is composer:
        _append(owner, Item("", GROUP, join=ANY, fresh=True))
    elif act == "drop":
        for holder in (composer, *composer.items):
            holder.items = [item for item in holder.items if item.place != place]
    renumber(composer)


def _owner(composer, place):
    """The composer or the group that stands at a place."""
    groups = {item.place: item for item in composer.items if item.is_group}
    return composer if place == composer.place else groups.get(place)


def _append(owner, item):
    if len(owner.items) < ITEMS_AT_MOST:
        owner.items.append(item)


def renumber(holder):
    """Give the items the places that the form will have."""
    for number, item in enumerate(holder.items):
        item.place = f"{holder.place}-{number}"
        renumber(item)


# ---- back to a rule ----------------------------------------------------------------------------


def to_rule(composer, context):
    """The rule, or None with the errors noted on the composer and its rows."""
    parts = [_rule_of(item, context) for item in composer.items]
    if not parts and composer.join == ANY:
        composer.errors.append("Chưa có điều kiện nào. Thêm ít nhất một điều kiện.")
    if composer.all_errors:
        return None
    return parts[0] if len(parts) == 1 else {composer.join: parts}


def _rule_of(item, context):
    """The rule of one item, None with its errors noted."""
    if item.is_kept:
        return _kept_rule(item, context)
    rule = _group_rule(item, context) if item.is_group else _condition_rule(item, context)
    return {NOT: rule} if item.denied and rule else rule


def _condition_rule(item, context):
    value, item.errors = editors.value_of(item.condition, item.typed, context)
    return None if item.errors else {item.kind: value}


def _group_rule(item, context):
    rules = [_rule_of(row, context) for row in item.items]
    if not rules:
        item.errors = ["Nhóm chưa có điều kiện. Thêm điều kiện hoặc bỏ nhóm."]
    return {item.join: rules} if rules and all(rules) else None


def loaded(text):
    """The value of JSON text, None for what cannot be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _kept_rule(item, context):
    rule = loaded(item.kept)
    item.errors = validate(rule, context)
    return None if item.errors else rule


# ---- comparing, printing -----------------------------------------------------------------------


def same(one, other, context):
    """Whether two valid rules are built alike, lists of a single part aside."""
    return _bare(normalise(one, context)) == _bare(normalise(other, context))


def _bare(rule):
    [(key, value)] = rule.items()
    if key == NOT:
        return {NOT: _bare(value)}
    if key not in (ALL, ANY):
        return rule
    parts = [_bare(part) for part in value]
    return parts[0] if len(parts) == 1 else {key: parts}


def kept_words(item, context):
    """A kept part in words, or as text where it cannot be read."""
    rule = loaded(item.kept)
    return item.kept if validate(rule, context) else describe(rule, context)


def kinds():
    """[(code, label)] of the conditions to add, by label."""
    return sorted(((c.code, c.label) for c in CONDITIONS.values()), key=lambda pair: pair[1])

"""The rows of a composer as the templates print them."""

from cadres.composing import composer as compose
from cadres.composing.editors import FEW_FLAGS, NO, YES, editor_of

UNITS_OFFERED = 1500


def present(composer, context):
    """What composing/_composer.html prints."""
    return {
        "place": composer.place,
        "join": composer.join,
        "joins": compose.JOINS,
        "kinds": compose.kinds(),
        "errors": composer.errors,
        "rows": [row_of(item, context) for item in composer.items],
        "count": len(composer.items),
    }


def row_of(item, context):
    """A condition, a group or a kept part."""
    row = {
        "place": item.place,
        "type": item.type,
        "denied": item.denied,
        "errors": item.errors,
        "fresh": item.fresh,
    }
    if item.is_kept:
        return row | {"kept": item.kept, "words": compose.kept_words(item, context)}
    if item.is_group:
        rows = [row_of(inner, context) for inner in item.items]
        parts = {"join": item.join, "joins": compose.JOINS, "kinds": compose.kinds()}
        return row | parts | {"rows": rows, "count": len(rows)}
    return row | controls_of(item, context)


def controls_of(item, context):
    """The controls of a condition: which template, what to choose from, what was typed."""
    condition, typed = item.condition, item.typed
    editor = editor_of(condition)
    controls = {"kind": item.kind, "label": condition.label, "template": editor.template}
    if editor.template == "range":
        return controls | {"first": typed.get("from", ""), "last": typed.get("to", "")}
    if editor.template == "picked":
        return controls | _picked(condition, typed, context)
    chosen = typed.get("v", "")
    if editor.template == "completed":
        ends = {"first": typed.get("from", ""), "last": typed.get("to", "")}
        hours = {"hours": typed.get("hours", "")}
        return controls | ends | hours | {"groups": _options(condition, chosen, context)}
    if editor.template in ("select", "checks"):
        return controls | {"groups": _options(condition, chosen, context)}
    return controls | {"value": chosen}


def _picked(condition, typed, context):
    names = {unit.code: unit.name for unit in context.units.values()}
    is_units = condition.shape == "units"
    chosen = [
        {"value": value, "label": names.get(value, value) if is_units else value}
        for value in typed.get("v", [])
    ]
    where = "ds-don-vi" if is_units else "ds-dan-toc"
    what = "đơn vị" if is_units else "tên"
    return {"chosen": chosen, "more": typed.get("more", ""), "list": where, "what": what}


def _options(condition, chosen, context):
    """[{name, options: [{value, label, chosen}]}]: groups by what stands before a colon."""
    offered = condition.options(context)
    if condition.shape == "flag":
        if len(offered) < FEW_FLAGS:
            return []
        offered = [(YES if value else NO, label) for value, label in offered]
    chosen = chosen if isinstance(chosen, list) else [chosen]
    groups = {}
    for value, label in offered:
        group, colon, rest = label.partition(": ")
        name, words = (group, rest) if colon and condition.shape == "level" else ("", label)
        option = {"value": value, "label": _capital(words), "chosen": value in chosen}
        groups.setdefault(name, []).append(option)
    return [{"name": name, "options": options} for name, options in groups.items()]


def _capital(text):
    return text[:1].upper() + text[1:]


def datalists(presented, context):
    """{id: names} of the lists that the pickers in these composers use."""
    used = {row["list"] for rule in presented for row in _each(rule["rows"]) if "list" in row}
    lists = {}
    if "ds-don-vi" in used:
        units = sorted(context.units.values(), key=lambda unit: unit.sort_key)
        lists["ds-don-vi"] = [unit.name for unit in units[:UNITS_OFFERED]]
    if "ds-dan-toc" in used:
        lists["ds-dan-toc"] = context.group_names
    return lists


def _each(rows):
    for row in rows:
        yield row
        yield from row.get("rows", [])

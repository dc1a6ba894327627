"""Official forms as they were sent: numbers, what stood behind each, and the form filled again."""

from dataclasses import dataclass

from courses.models import Category
from reports.official.filled import Line
from reports.official.mapping import columns_by_category
from reports.official.registry import FORMS, Asked
from trainingplans.lib.dates import parse_iso


def definition_of_form(code, on):
    """What a sent form adds to the definition: its version, and which content went where."""
    return {"version": FORMS[code].since.isoformat(), "mapping": mapping_on(code, on)}


def mapping_on(code, on):
    """{code of a content: column} of a form on a day."""
    codes = dict(Category.objects.values_list("pk", "code"))
    return {codes[pk]: column for pk, column in columns_by_category(code, on).items()}


def counted(definition, account, on, unit):
    """(figures, rows) of a form; a row is [key, name, unit, {official, what, cells}]."""
    filled = FORMS[definition["kind"]].fill(Asked(account, parse_iso(definition["from"]), on, unit))
    lines = [
        {
            "key": line.key,
            "lead": list(line.lead),
            "strong": line.strong,
            "numbers": {
                column: filled.number(line.key, column) for column in filled.columns if column
            },
        }
        for line in filled.lines
    ]
    told = {"columns": filled.columns, "lines": lines, "notes": filled.notes}
    return told, _rows(filled)


def _rows(filled):
    """Each fact once, with the cells (line, column) that count it."""
    facts, cells = {}, {}
    for place, behind in filled.cells.items():
        for fact in behind.values():
            key = _text(fact.key)
            facts[key] = fact
            cells.setdefault(key, []).append(list(place))
    return [
        [
            key,
            fact.name,
            fact.unit,
            {"official": fact.official, "what": fact.what, "cells": sorted(cells[key])},
        ]
        for key, fact in sorted(facts.items())
    ]


def _text(key):
    return "-".join(map(str, key)) if isinstance(key, tuple) else str(key)


@dataclass
class Sent:
    """A form as it was sent; like `Filled`, for the page and the workbook."""

    lines: list
    columns: list
    notes: list
    numbers: dict

    def number(self, line, column):
        return None if column is None else self.numbers[line][column]


def sent_form(snapshot):
    """The Sent form of a Snapshot."""
    told = snapshot.figures
    lines = [Line(line["key"], tuple(line["lead"]), line["strong"]) for line in told["lines"]]
    numbers = {line["key"]: line["numbers"] for line in told["lines"]}
    return Sent(lines, told["columns"], told["notes"], numbers)


def asked_of(snapshot):
    """The days and unit of a sent form."""
    first = parse_iso(snapshot.definition["from"])
    return Asked(snapshot.sent_by, first, snapshot.on, snapshot.unit)


def cell_words(path, lead_of):
    """ "Xã Một, cột 14" for the path of a number among the figures; None for another part."""
    key, found, column = path.removeprefix("lines.").rpartition(".numbers.")
    return f"{lead_of.get(key, key)}, cột {column}" if found else None


def leads(snapshot):
    """{key of a line: its words}."""
    return {line["key"]: " ".join(filter(None, line["lead"])) for line in snapshot.figures["lines"]}

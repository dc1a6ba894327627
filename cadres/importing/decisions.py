"""What a person decided on the preview: read from the posted form, merged into the batch."""

import re
from dataclasses import dataclass, field

from cadres.importing.fields import LABELS, is_field
from cadres.intake.types import column_number, column_place

COLUMN = re.compile(r"^cot-(\d{1,4})-([A-Z]{1,3}(?:[1-9]\d{0,6})?)$")
CELL = re.compile(r"^sua-(\d{1,4})-(\d{1,7})-([A-Z]{1,3})$")
FIELD = re.compile(r"^muc-(\d+)-(\d+)-([a-z_]+)$")
PERSON = re.compile(r"^nguoi-(\d+)-(\d+)$")
GONE = re.compile(r"^vang-(\d+)$")
ABSENT_WAYS = {
    "keep": "Giữ nguyên, hỏi lại sau",
    "transferred": "Chuyển đi",
    "retired": "Nghỉ hưu",
    "end": "Thôi việc",
}


class StateError(Exception):
    """The batch is not in the state for this act; the text says which, in Vietnamese."""


@dataclass
class Decisions:
    """Plain data of one posted form. Sheets are named, not numbered."""

    columns: dict = field(default_factory=dict)  # {sheet: {letter (and row): field or None}}
    cells: dict = field(default_factory=dict)  # {(sheet, row, letter): text}
    fields: dict = field(default_factory=dict)  # {"sheet!row!field": "take" or "keep"}
    by_column: dict = field(default_factory=dict)  # {field: "take" or "keep"}
    matches: dict = field(default_factory=dict)  # {"sheet!row": official id or "new"}
    absent: dict = field(default_factory=dict)  # {official id: way}
    taken_back: list = field(default_factory=list)  # [(sheet, row, letter)]


def read(posted, sheets):
    """Decisions from a posted form; `sheets`: names in the order of the page."""
    found = Decisions()
    for name, value in posted.items():
        _read_one(found, name, value, sheets)
    how, _, column = posted.get("theo-cot", "").partition(":")
    if how in {"take", "keep"} and column in LABELS:
        found.by_column[column] = how
    if place := CELL.match(posted.get("bo-sua", "")):
        found.taken_back.append(_place(place, sheets))
    return found


def _read_one(found, name, value, sheets):
    if place := COLUMN.match(name):
        number, letter = place.groups()
        known = not value or is_field(value)
        if int(number) < len(sheets) and known and column_place(letter):
            found.columns.setdefault(sheets[int(number)], {})[letter] = value or None
    elif (place := CELL.match(name)) and int(place[1]) < len(sheets):
        found.cells[_place(place, sheets)] = value
    elif (place := FIELD.match(name)) and int(place[1]) < len(sheets) and value in {"take", "keep"}:
        found.fields[f"{sheets[int(place[1])]}!{place[2]}!{place[3]}"] = value
    elif (place := PERSON.match(name)) and int(place[1]) < len(sheets):
        if value == "new" or value.isdecimal():
            found.matches[f"{sheets[int(place[1])]}!{place[2]}"] = value
    elif (place := GONE.match(name)) and value in ABSENT_WAYS:
        found.absent[place[1]] = value


def _place(place, sheets):
    number, row, letter = place.groups()
    return sheets[int(number)] if int(number) < len(sheets) else "", int(row), letter


def merge_edits(edits, cells, taken_back=()):
    """[[sheet, row, letter, text]] with the new texts in, and those taken back out."""
    merged = {(sheet, row, letter): text for sheet, row, letter, text in edits}
    merged.update(cells)
    for place in taken_back:
        merged.pop(tuple(place), None)
    ordered = sorted(merged.items(), key=lambda one: (*one[0][:2], column_number(one[0][2])))
    return [[*place, text] for place, text in ordered]


def merge_choices(choices, found):
    """The batch's choices with those of the form merged in; taking is the absence of "keep"."""
    merged = {key: dict(choices.get(key, {})) for key in ("fields", "columns", "matches", "absent")}
    merged["fields"].update(found.fields)
    for column, how in found.by_column.items():
        merged["columns"][column] = how
        merged["fields"] = {
            key: way for key, way in merged["fields"].items() if not key.endswith(f"!{column}")
        }
    merged["matches"].update(
        {key: value if value == "new" else int(value) for key, value in found.matches.items()}
    )
    merged["absent"].update(found.absent)
    rest = {key: value for key, value in choices.items() if key not in merged}
    return rest | {key: group for key, group in merged.items() if group}

"""What changes, person by person and field by field, and who wrote the old value."""

from django.core.paginator import Paginator

from cadres.importing.authors import authors_of
from cadres.importing.fields import LABELS, label
from trainingplans.lib.numbers import format_number

PEOPLE_A_PAGE = 50


def context(batch, words, query, sheets):
    """{rows, page, note, columns} of the table of differences; None when nothing changes."""
    found = batch.rows.filter(action__in=("update", "unchanged")).exclude(changed={})
    page = Paginator(found.select_related("official"), PEOPLE_A_PAGE).get_page(query.get("nguoi"))
    if not page.paginator.count:
        return None
    numbers = {sheet["name"]: number for number, sheet in enumerate(sheets)}
    people = list(page.object_list)
    authors = authors_of([row.official_id for row in people], batch.on)
    fields = batch.counts.get("changed_fields", {})
    return {
        "rows": [
            entry
            for row in people
            for entry in _entries(row, batch.choices, words, authors, numbers)
        ],
        "page": page,
        "note": _note(batch, page.paginator.count),
        "columns": _columns(people, fields),
    }


def _entries(row, choices, words, authors, numbers):
    """One entry a changed field of a person, in the order of the labels."""
    order = list(LABELS)
    fields = sorted(row.changed, key=lambda f: order.index(f) if f in order else len(order))
    for place, field in enumerate(fields):
        old, new = row.changed[field][:2]
        yield {
            "first": place == 0,
            "person": row.values.get("full_name", ""),
            "official": row.official_id,
            "row": row.row,
            "field": label(field),
            "old": words.written(field, old),
            "new": words.written(field, new),
            "author": authors.get((row.official_id, field), "chưa có"),
            "name": f"muc-{numbers.get(row.sheet, 0)}-{row.row}-{field}",
            "keep": is_kept(row, field, choices),
        }


def is_kept(row, field, choices):
    """Whether the old value stays: decided for this one, else for the column."""
    for key, group in ((f"{row.sheet}!{row.row}!{field}", "fields"), (field, "columns")):
        way = choices.get(group, {}).get(key)
        if way:
            return way == "keep"
    return False


def _note(batch, people):
    changes = batch.counts.get("changes")
    if changes:
        return f"{format_number(changes)} mục của {format_number(people)} người"
    return f"{format_number(people)} người"


def _columns(people, fields):
    """The fields that a choice by column is offered for."""
    names = set(fields) | {field for row in people for field in row.changed}
    return [{"field": field, "label": words} for field, words in LABELS.items() if field in names]

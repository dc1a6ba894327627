"""What changes, person by person and field by field, and who wrote the old value."""

from django.core.paginator import Paginator
from django.db.models import Q

from cadres.importing.authors import authors_of
from cadres.importing.fields import LABELS, label
from trainingplans.lib.numbers import format_number

PEOPLE_A_PAGE = 50


def context(batch, words, query, sheets):
    """{rows, page, note, columns} of the table of differences; None when nothing changes."""
    kept = batch.report.get("kept", {})
    rows_kept = {int(key.rpartition("!")[2]) for key in kept}
    found = batch.rows.filter(Q(action="update") | Q(action="unchanged", row__in=rows_kept))
    page = Paginator(found, PEOPLE_A_PAGE).get_page(query.get("nguoi"))
    if not page.paginator.count:
        return None
    numbers = {sheet["name"]: number for number, sheet in enumerate(sheets)}
    people = list(page.object_list)
    authors = authors_of([row.official_id for row in people], batch.on)
    for row in people:
        row.left = kept.get(f"{row.sheet}!{row.row}", {})
    return {
        "rows": [entry for row in people for entry in _entries(row, words, authors, numbers)],
        "page": page,
        "note": f"{format_number(page.paginator.count)} người; mục đã xác minh mặc định giữ cũ",
        "columns": _columns(people),
    }


def written(batch, words, query):
    """{rows, page} of what an applied roster changed, person by person; None for nothing."""
    found = batch.rows.filter(action="update")
    page = Paginator(found, PEOPLE_A_PAGE).get_page(query.get("nguoi"))
    if not page.paginator.count:
        return None
    for row in page.object_list:
        row.left = {}
    return {
        "rows": [entry for row in page for entry in _entries(row, words, {}, {})],
        "page": page,
    }


def _entries(row, words, authors, numbers):
    """One entry a changed or kept field of a person, in the order of the labels."""
    order, changes = list(LABELS), row.changed | row.left
    fields = sorted(changes, key=lambda f: order.index(f) if f in order else len(order))
    for place, field in enumerate(fields):
        old, new = changes[field]
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
            "keep": field in row.left,
        }


def _columns(people):
    """The fields that a choice by column is offered for."""
    names = {field for row in people for field in (*row.changed, *row.left)}
    return [{"field": field, "label": words} for field, words in LABELS.items() if field in names]

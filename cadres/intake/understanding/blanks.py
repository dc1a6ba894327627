"""Columns of marks that one sheet leaves blank and another fills: blanks there say no too."""

from typing import NamedTuple

from cadres.intake.types import ParsedRow
from cadres.intake.understanding.person import column_texts
from cadres.intake.understanding.shapes import tells
from cadres.intake.understanding.vocabulary import key

FIELDS = ("party_member", "in_planning")


class MarkColumn(NamedTuple):
    """A column of marks of one table, with its people."""

    field: str
    heading: str
    letter: str
    is_marked: bool
    rows: list[ParsedRow]


def mark_columns(reader, layout, rows):
    """The MarkColumns of a table that was read; `rows` are its people."""
    for field in FIELDS:
        if column := reader.by_name.get(field):
            heading = key(layout.headings.get(column.number, ""))
            marked = reader.marked[column.number]
            texts = column_texts(reader.grid, reader.rows, column.number)
            if marked or not any(map(tells, texts)):
                yield MarkColumn(field, heading, column.letter, marked, rows)


def settle_blanks(columns):
    """Says no for the people of wholly blank columns whose like has marks elsewhere in the file."""
    filled = {(column.field, column.heading) for column in columns if column.is_marked}
    for column in columns:
        if column.is_marked or (column.field, column.heading) not in filled:
            continue
        for row in column.rows:
            if column.field not in row.values:
                row.values[column.field], row.cells[column.field] = False, column.letter

"""Header grids of official forms: cells with their spans, from the notations of the data file."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl.utils import range_boundaries

DATA = Path(__file__).parents[1] / "data" / "report_forms.json"
SPAN = re.compile(r"^(.*?)\[(\d+)x(\d+)\]$", re.S)


@dataclass(frozen=True)
class Cell:
    """A cell of a header: text, place (from 0) and how many rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@cache
def layouts():
    """The forms as the data file has them."""
    return json.loads(DATA.read_text(encoding="utf-8"))


def from_ranges(ranges):
    """Cells of {"D6:G6": text}, the first row of the grid being the smallest one named."""
    boxes = [(range_boundaries(place), text) for place, text in ranges.items()]
    top = min(first_row for (_c, first_row, _c2, _r2), _text in boxes)
    return [
        Cell(text, row - top, column - 1, last_row - row + 1, last_column - column + 1)
        for (column, row, last_column, last_row), text in boxes
    ]


def from_rows(rows):
    """Cells of rows of "text[rows x columns]", placed from the left as HTML places them."""
    taken, cells = set(), []
    for number, row in enumerate(rows):
        column = 0
        for told in row:
            while (number, column) in taken:
                column += 1
            text, high, wide = _spans(told)
            cells.append(Cell(text, number, column, high, wide))
            taken |= {(number + r, column + c) for r in range(high) for c in range(wide)}
            column += wide
    return cells


def _spans(told):
    found = SPAN.match(told)
    return (found[1], int(found[2]), int(found[3])) if found else (told, 1, 1)


def grouped(columns, groups):
    """Cells of two rows: headings, some of them under a common one; `groups` {heading: how many}.

    `columns` are texts in order; a text that a group begins with (its key in `groups`) opens it.
    """
    cells, place = [], 0
    while place < len(columns):
        group = next((g for g in groups if columns[place] in g.members), None)
        if group is None:
            cells.append(Cell(columns[place], 0, place, 2, 1))
            place += 1
            continue
        cells.append(Cell(group.heading, 0, place, 1, len(group.members)))
        cells += [Cell(text, 1, place + i) for i, text in enumerate(group.members)]
        place += len(group.members)
    return cells


@dataclass(frozen=True)
class Group:
    """A heading over several columns."""

    heading: str
    members: tuple


def depth(cells):
    """How many rows the header has."""
    return max(cell.row + cell.rows for cell in cells)


def by_row(cells):
    """[[Cell]] from the top, each row from the left: as an HTML table writes them."""
    rows = [[] for _ in range(depth(cells))]
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(cell)
    return rows

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


def from_tree(nodes, high):
    """Cells of headings over headings: a node is a text, or (heading, nodes below it).

    `high` is how many rows they fill; a text fills all that is left below its headings.
    """
    cells, column = [], 0
    for node in nodes:
        cells += _branch(node, 0, column, high)
        column += _wide(node)
    return cells


def _branch(node, row, column, high):
    if isinstance(node, str):
        return [Cell(node, row, column, high - row, 1)]
    heading, below = node
    cells = [Cell(heading, row, column, 1, _wide(node))]
    for inner in below:
        cells += _branch(inner, row + 1, column, high)
        column += _wide(inner)
    return cells


def _wide(node):
    return 1 if isinstance(node, str) else sum(map(_wide, node[1]))


def depth(cells):
    """How many rows the header has."""
    return max(cell.row + cell.rows for cell in cells)


def by_row(cells):
    """[[Cell]] from the top, each row from the left: as an HTML table writes them."""
    rows = [[] for _ in range(depth(cells))]
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(cell)
    return rows

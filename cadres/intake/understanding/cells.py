"""The cells of a table as they count: merged ranges filled down, dittos followed."""

import re
from bisect import bisect_left

from cadres.intake.parsing.outcome import is_ditto

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
# Under that share of filled cells a unit column is meant to be read downwards.
SPARSE = 0.6
NAMES = ("full_name", "family_name", "middle_name", "given_name")


class TableCells:
    """Gives (value, text, problem) of a cell of a data row; rows must be asked from the top."""

    def __init__(self, sheet, grid, layout, rows):
        self.sheet, self.grid, self.rows = sheet, grid, rows
        names = {c.number for c in layout.columns if c.field in NAMES}
        self.down = _merged_down(sheet, {c.number for c in layout.columns} - names)
        self.filled = {column for _, column in self.down}
        self.sparse = _sparse_columns(grid, layout, rows)
        # column -> (row, value, text) last found for a ditto or a blank.
        self.found = {}

    def stays_blank(self, column):
        """Whether a blank cell of that column is blank: nothing above or beside fills it."""
        return column not in self.sparse and column not in self.filled and not self.sheet.errors

    def get(self, row, column):
        """The cell's own content, or that of the cell it stands for."""
        line, values = self.grid[row - 1], self.sheet.rows[row - 1]
        text = line[column - 1] if column <= len(line) else ""
        if not text or text.isspace():
            return self._filled_down(row, column)
        if len(text) < 14 and is_ditto(text):
            above = self._above(row, column)
            return (*above, "") if above else (None, text, "ditto_first")
        value = values[column - 1]
        if not text.isprintable() and CONTROL.search(text):
            text = CONTROL.sub("", text)
            return text if isinstance(value, str) else value, text, "control_characters"
        return value, text, ""

    def _filled_down(self, row, column):
        if self.sheet.errors and (error := self.sheet.errors.get((row, column))):
            return None, error, "formula" if error == "formula" else "error_cell"
        if anchor := self.down.get((row, column)):
            line = self.grid[anchor - 1]
            if column <= len(line) and line[column - 1].strip():
                if is_ditto(line[column - 1]):
                    return (*(self._above(anchor, column) or (None, "")), "")
                return self.sheet.rows[anchor - 1][column - 1], line[column - 1], ""
        if column in self.sparse and (above := self._above(row, column)):
            return *above, ""
        return None, "", ""

    def _above(self, row, column):
        """(value, text) of the nearest data row above that has its own."""
        known = self.found.get(column)
        for i in range(bisect_left(self.rows, row) - 1, -1, -1):
            other = self.rows[i]
            if known and other <= known[0]:
                break
            line = self.grid[other - 1]
            if column <= len(line) and line[column - 1].strip() and not is_ditto(line[column - 1]):
                known = (other, self.sheet.rows[other - 1][column - 1], line[column - 1])
                break
        if not known:
            return None
        self.found[column] = (row, *known[1:])
        return known[1:]


def _merged_down(sheet, columns):
    """(row, column) below the first of a range that is one column wide -> row of its first."""
    found = {}
    for r1, c1, r2, c2 in sheet.merges:
        if c1 == c2 and c1 in columns and r2 > r1 and r2 - r1 < 20_000:
            for row in range(r1 + 1, r2 + 1):
                found[row, c1] = r1
    return found


def _sparse_columns(grid, layout, rows):
    """Unit columns that name the unit only where it begins."""
    found = set()
    for column in layout.columns:
        if column.field != "unit" or not rows:
            continue
        cells = [
            column.number <= len(grid[r - 1]) and bool(grid[r - 1][column.number - 1].strip())
            for r in rows
        ]
        if cells[0] and sum(cells) < SPARSE * len(cells):
            found.add(column.number)
    return found

"""The cells of a table as they count: merged ranges filled down, dittos followed."""

import re

from cadres.intake.parsing.outcome import is_ditto

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
# Under that share of filled cells a unit column is meant to be read downwards.
SPARSE = 0.6


class TableCells:
    """Gives (value, text, problem) of a cell of a data row; rows must be asked from the top."""

    def __init__(self, sheet, grid, layout, rows):
        self.sheet, self.grid = sheet, grid
        names = {c.number for c in layout.columns if c.field in ("full_name", "family_name", "given_name")}
        self.down = _merged_down(sheet, {c.number for c in layout.columns} - names)
        self.sparse = _sparse_columns(grid, layout, rows)
        self.above = {}
        self.doubtful = bool(sheet.errors)

    def get(self, row, column):
        """The cell's own content, or that of the cell it stands for."""
        line, values = self.grid[row - 1], self.sheet.rows[row - 1]
        text = line[column - 1] if column <= len(line) else ""
        value = values[column - 1] if column <= len(values) else None
        if self.doubtful and (error := self.sheet.errors.get((row, column))):
            return None, error, "formula" if error == "formula" else "error_cell"
        if not text or text.isspace():
            return self._filled_down(row, column)
        if len(text) < 14 and is_ditto(text):
            if column in self.above:
                return *self.above[column], ""
            return None, text, "ditto_first"
        problem = ""
        if CONTROL.search(text):
            text, problem = CONTROL.sub("", text), "control_characters"
            value = text if isinstance(value, str) else value
        self.above[column] = (value, text)
        return value, text, problem

    def _filled_down(self, row, column):
        anchor = self.down.get((row, column))
        if anchor:
            line = self.grid[anchor - 1]
            text = line[column - 1] if column <= len(line) else ""
            if text:
                found = (self.sheet.rows[anchor - 1][column - 1], text)
                self.above[column] = found
                return *found, ""
        if column in self.sparse and column in self.above:
            return *self.above[column], ""
        return None, "", ""


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
        cells = [column.number <= len(grid[r - 1]) and bool(grid[r - 1][column.number - 1].strip()) for r in rows]
        if cells[0] and sum(cells) < SPARSE * len(cells):
            found.add(column.number)
    return found

"""Collects the cells of one sheet, wherever and in whatever order they come, within the limits."""

import math

from cadres.intake.reading import limits
from cadres.intake.reading.refusals import too_large
from cadres.intake.types import IntakeError, Sheet, column_letter


class Budget:
    """Cells left for the whole file."""

    def __init__(self):
        self.left = limits.CELLS

    def spend(self, number):
        """Refuses when the file holds more cells than are read."""
        self.left -= number
        if self.left < 0:
            raise too_large("Số ô có dữ liệu trong tệp", limits.CELLS)


class Collector:
    """Builds a Sheet from cells put by row and column (1-based)."""

    def __init__(self, name, hidden, budget):
        self.sheet = Sheet(name, hidden)
        self.budget = budget
        # Cells appended by the reader itself, spent from the budget sheet by sheet.
        self.count = 0

    def row(self, number, column=1):
        """The list of that row, made if need be."""
        rows = self.sheet.rows
        if number > limits.ROWS:
            raise self._outside(number, column, "dòng", limits.ROWS)
        while len(rows) < number:
            rows.append([])
        return rows[number - 1]

    def put(self, row, column, value, cells=None):
        """Stores a value; cells, if given, is the list of that row."""
        if column > limits.COLUMNS:
            raise self._outside(row, column, "cột", limits.COLUMNS)
        if type(value) is str and len(value) > limits.TEXT:
            where = f"Ô {column_letter(column)}{row} trang “{self.sheet.name}”: số ký tự"
            raise too_large(where, limits.TEXT)
        if type(value) is float and not math.isfinite(value):
            value = str(value)
        if cells is None:
            cells = self.row(row, column)
        missing = column - len(cells)
        if missing > 0:
            self.budget.spend(missing)
            cells.extend([None] * missing)
        cells[column - 1] = value

    def _outside(self, row, column, what, limit):
        shown = f"{limit:,}".replace(",", ".")
        return IntakeError(
            "too_large",
            f"Ô {column_letter(column)}{row} trang “{self.sheet.name}” nằm ngoài vùng đọc được "
            f"(tối đa {shown} {what}). Hãy xoá các ô thừa ở xa bảng rồi gửi lại",
        )

"""A form that is filled in: facts under rows and columns, so that every number opens to names."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple


class Fact(NamedTuple):
    """Something that counts: `key` is what is counted once (a lượt, a person, a class)."""

    key: object
    official: int | None
    name: str
    unit: str
    what: str


@dataclass(frozen=True)
class Line:
    """A row of a form: its key, the texts that stand before the numbers."""

    key: str
    lead: tuple
    strong: bool = False


@dataclass
class Filled:
    """Lines and columns (a key each, None for what the portal does not record), and the facts."""

    lines: list
    columns: list
    notes: list = field(default_factory=list)
    cells: dict = field(default_factory=lambda: defaultdict(dict))  # {(line, column): {key: Fact}}

    def add(self, fact, lines, columns):
        """Put a fact under each of the lines and columns."""
        for line in lines:
            for column in columns:
                self.cells[line, column][fact.key] = fact

    def number(self, line, column):
        """What stands in a cell, None where the portal does not record it."""
        return None if column is None else len(self.cells.get((line, column), ()))

    def behind(self, line, column):
        """The facts of a cell, by the name's order as they came."""
        return list(self.cells.get((line, column), {}).values())

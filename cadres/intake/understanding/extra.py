"""Columns that a list has beside those of a roster: which they are and how their cells are read."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ExtraColumns:
    """What a kind of list adds to the understanding of a roster.

    `claim(paths)`: {column letter: field, "field:detail" or None for none of ours} of the columns
    that are surely its own, from {column number: headings, outermost first}.
    `parsers(today, system)`: {field: parser(value, text) -> Outcome}. `fields`: the keys that a
    mapping may name for its columns.
    """

    claim: Callable
    parsers: Callable
    fields: frozenset = frozenset()


NO_EXTRA = ExtraColumns(claim=lambda paths: {}, parsers=lambda today, system: {})

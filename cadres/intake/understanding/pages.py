"""A table over several printed pages: each page has the header again."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from cadres.intake.understanding.blocks import Block
from cadres.intake.understanding.columns import Layout
from cadres.intake.understanding.shapes import SAMPLE
from cadres.intake.understanding.surroundings import Context


@dataclass
class Page:
    """A header, the last row that may stand under it, and who does.

    `forced`: what its columns were said to hold. `known`: the page that tells best what they hold,
    in its `layout`. `groups`: those open at its end. `is_opening`: whether it ends
    with one of them.
    """

    block: Block
    last: int
    forced: dict
    known: "Page | None" = None
    layout: Layout | None = None
    people: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    is_opening: bool = False

    @property
    def length(self):
        return self.last - self.block.bottom

    @property
    def rows(self):
        return [found.row for found in self.people]


@dataclass
class Table:
    """The pages of a table, and what is told outside its rows."""

    context: Context
    pages: list[Page] = field(default_factory=list)

    @property
    def groups(self):
        """The groups that are open at its end so far."""
        return self.pages[-1].groups if self.pages else []

    @property
    def is_opening(self):
        """Whether its last page so far ends with a group row, whose people are on the next."""
        return bool(self.pages) and self.pages[-1].is_opening

    def known(self, page):
        """The page from which to tell the columns of a further one: the longest, itself perhaps."""
        before = self.pages[-1] if self.pages else None
        if before is None or before.forced != page.forced:
            return page
        return page if before.known.length < min(page.length, SAMPLE) else before.known

    def runs(self):
        """Lists of pages that are read as one; the last of each knows the columns of all."""
        return [list(pages) for _, pages in groupby(self.pages, attrgetter("forced"))]

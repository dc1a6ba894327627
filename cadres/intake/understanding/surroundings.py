"""What stands around the tables of a sheet: titles, and the unit and staff kind that they tell."""

import re
from dataclasses import dataclass
from functools import cached_property

from cadres.intake.understanding import contexts, sheet_names
from cadres.intake.understanding.row_words import NOTE, SIGNATURE, is_total
from trainingplans.lib.text import fold

OF_THE_PLACE = ("dang uy ", "dang bo ", "chi bo ", "hdnd ", "mttq ", "cong doan ")
IN_TABLE = ("header", "index", "data", "more", "total")


@dataclass
class Context:
    """Unit and staff kind that stand outside the rows, and where the unit was told."""

    unit: str | None = None
    source: str | None = None
    kind: str | None = None
    # The kind of number before the line that told the unit: "B. CHI CỤC KIỂM LÂM".
    outline: str | None = None
    # What the sheet is named after, where that is a part of a unit by its name.
    office: str | None = None


class Surroundings:
    """Reads the rows outside the tables; `name` is the sheet's, `parsed` what is known so far."""

    def __init__(self, name, parsed):
        self.name = name
        self.grid, self.kinds = parsed.grid, parsed.row_kinds
        self.first_header = 0  # the row where the first table with people begins, once known

    def titles(self, first, last):
        """Rows above a header: titles, down from the last row that still belongs to a table."""
        start = last + 1
        for row in range(last, first - 1, -1):
            kind = self.kinds.get(row)
            texts = [t for t in self.grid[row - 1] if t.strip()]
            if kind in IN_TABLE or (texts and self._ends_table(texts[0], kind)):
                break
            start = row
        for row in range(start, last + 1):
            if any(t.strip() for t in self.grid[row - 1]):
                self.kinds[row] = "title"

    def _ends_table(self, text, kind):
        """Whether a row over a header still belongs to the table before it."""
        folded = fold(text)
        if kind is None:
            return False
        if is_total(text) or NOTE.match(folded) or SIGNATURE.match(folded):
            return True
        told = contexts.unit_in_line(text) or contexts.kind_in_line(text)
        spoken = contexts.TITLE.match(folded) or contexts.MOTTO.match(folded)
        return kind == "signature" and not told and not spoken

    def context(self, block, floor, before=None):
        """Unit and kind for a table: lines above it, else the sheet's name, else the letterhead.

        `before`: the Context of the table above, whose unit a numbered line inside it keeps.
        """
        context = Context()
        above = [r for r in range(floor + 1, block.top) if self.kinds.get(r) == "title"]
        letter = next(filter(self._is_addressed, above), block.top)
        for row in reversed(above):
            near = bool(floor) or block.top - row <= 3
            self._line(context, row, near=near and row < letter)
        if before and not context.unit and self._is_inside(before, above):
            context.unit, context.source, context.outline = before.unit, "line", before.outline
        if not context.unit and (unit := sheet_names.unit_of_sheet(self.name)):
            context.unit, context.source = unit, "sheet"
        context.office = sheet_names.office_of_sheet(self.name)
        if not context.kind:
            context.kind = sheet_names.kind_of_sheet(self.name)
        if context.kind == "KCTX" and any(map(contexts.is_of_villages, self._titles_of(above))):
            context.kind = "KCTT"
        if not context.unit and floor and (unit := self._labelled_above()):
            context.unit, context.source = unit, "line"
        if not context.unit and (
            unit := contexts.letterhead(None, self._outside_tables(block.top - 1))
        ):
            context.unit, context.source = contexts.without_place(unit), "letterhead"
        self._from_titles(context, [*self._first_titles(), *above])
        if not context.unit:
            senders = map(contexts.sender, self._titles_of(above))
            context.unit = next(filter(None, senders), None)
            context.source = "line" if context.unit else None
        return context

    def _is_inside(self, before, above):
        """Whether a line over a table parts the people of the unit told before.

        One that names a staff kind does, and one of a lower order than the line of the unit.
        """
        first = [next(filter(None, map(str.strip, self.grid[row - 1])), "") for row in above]
        lines = [(contexts.order(text), contexts.kind_in_line(text)) for text in first if text]
        return before.source == "line" and any(
            (not order or order != before.outline) and (kind or order and before.outline)
            for order, kind in lines
        )

    def _is_addressed(self, row):
        """Whether a row begins to say for whom a letter is; the units from there on get it."""
        return any(contexts.ADDRESSED.match(fold(text)) for text in self.grid[row - 1] if text)

    def _titles_of(self, above):
        """The texts of the sheet's titles and of the rows above a table."""
        rows = dict.fromkeys([*self._first_titles(), *above])
        return [text for row in rows for text in self.grid[row - 1] if text]

    def _first_titles(self):
        """The rows above the first table: what the sheet's title names holds for later ones too."""
        return [r for r in range(1, self.first_header) if self.kinds.get(r) == "title"]

    def _outside_tables(self, last):
        """The texts of the rows up to `last` that are in no table found so far."""
        rows = range(1, last + 1)
        return [self.grid[r - 1] for r in rows if self.kinds.get(r) not in IN_TABLE]

    def _labelled_above(self):
        """The unit of a line "Đơn vị: …" above the first table; it holds for all of them."""
        for row in range(1, self.first_header):
            for text in contexts.line_texts(self.grid[row - 1]):
                if contexts.labelled(text) and (unit := contexts.unit_in_line(text)):
                    return contexts.without_place(unit)
        return None

    def _line(self, context, row, near):
        texts = contexts.line_texts(self.grid[row - 1])
        if len(texts) > 2 or not near and not contexts.labelled(texts[0]):
            return
        for text in texts:
            if contexts.MOTTO.match(fold(text)):
                continue
            unit, kind = contexts.unit_and_kind(text)
            unit = contexts.without_place(unit or contexts.unit_in_line(text))
            labelled = contexts.labelled(text) or contexts.NUMBERED.match(text)
            labelled = labelled or contexts.OWNED.match(text)
            if unit and not context.unit and (labelled or self._below_title(row)):
                context.unit, context.source = unit, "line"
                context.outline = contexts.order(text)
            if not context.kind and not contexts.TITLE.match(fold(text)):
                context.kind = kind or contexts.kind_in_line(text)

    def _below_title(self, row):
        """A bare unit name is a line of the table only under a title, else it is the letterhead."""
        return self._first_title < row

    @cached_property
    def _first_title(self):
        """The first row with a title; one after the last without any."""
        for row, texts in enumerate(self.grid, 1):
            if any(contexts.TITLE.match(fold(text)) for text in texts if text):
                return row
        return len(self.grid) + 1

    def _from_titles(self, context, rows):
        found = None
        for row in rows:
            for text in self.grid[row - 1]:
                if text.strip() and (unit := contexts.unit_in_title(text)):
                    found = unit
        if found and (
            not context.unit or context.source == "letterhead" and _gives_way(context.unit, found)
        ):
            context.unit, context.source = found, "title"


def _gives_way(letterhead, title):
    """Whether a title tells better than the letterhead whose people are listed.

    The letterhead names an authority above (district, province, Sở), or a body of the same place:
    the party committee of a commune sends the list of its officials.
    """
    head, below = fold(letterhead), re.sub(r"^ubnd ", "", fold(title))
    return head.startswith(
        ("ubnd huyen", "ubnd tinh", "so ", "phong ", "ubnd thanh pho", "ubnd thi xa", "ban ")
    ) or (head.startswith(OF_THE_PLACE) and head.endswith(f" {below}"))

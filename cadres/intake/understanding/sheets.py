"""One sheet: its tables, what every row is, and the people in it."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from cadres.intake.issues import make_issue
from cadres.intake.parsing.words import find_staff_kind
from cadres.intake.types import Issue, ParsedRow, ParsedSheet, ParsedTable, column_letter
from cadres.intake.understanding import contexts
from cadres.intake.understanding.blanks import MarkColumn, mark_columns
from cadres.intake.understanding.blocks import Block, Merges, find_blocks
from cadres.intake.understanding.columns import Column, confidence, understand_columns, unknown
from cadres.intake.understanding.extra import NO_EXTRA
from cadres.intake.understanding.people import PersonReader
from cadres.intake.understanding.rows import NOTE, SIGNATURE, Classifier, is_total
from cadres.intake.understanding.several import join_lines
from cadres.intake.understanding.texts import Decoder, grid_of
from cadres.intake.understanding.vocabulary import key
from trainingplans.lib.text import fold, tidy

WHO_LEFT = "Người đã thôi"  # the heading under which an export names who no longer works
NAMES = ("full_name", "family_name", "given_name")
NOT_PERSON = (*NAMES, "index", "note", "unit", "middle_name")

IN_TABLE = ("header", "index", "data", "more", "total")


@dataclass
class Context:
    """Unit and staff kind that stand outside the rows, and where the unit was told."""

    unit: str | None = None
    source: str | None = None
    kind: str | None = None


@dataclass
class Before:
    """The table before: its header, what stands outside its rows, the groups open at its end.

    `rows`: its people; on a next page of it, what they say goes on.
    """

    block: Block
    context: Context
    groups: list
    rows: list = field(default_factory=list)


@dataclass
class SheetResult:
    """What one sheet gave."""

    parsed: ParsedSheet
    rows: list[ParsedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    met: dict = field(default_factory=dict)
    marks: list[MarkColumn] = field(default_factory=list)


class SheetReader:
    """Understands one sheet."""

    def __init__(self, sheet, today, system, forced=None, extra=NO_EXTRA):
        self.sheet, self.today, self.system, self.forced = sheet, today, system, forced
        self.extra = extra
        self.decoder = Decoder(sheet)
        self.grid = grid_of(sheet, self.decoder)
        self.merges = Merges(sheet.merges)
        self.result = SheetResult(self._parsed_sheet(), met=self.decoder.met)
        self.kinds = self.result.parsed.row_kinds

    def _parsed_sheet(self):
        s = self.sheet
        return ParsedSheet(
            s.name, hidden=s.hidden, grid=self.grid, merges=s.merges,
            hidden_rows=s.hidden_rows, hidden_columns=s.hidden_columns,
        )  # fmt: skip

    def read(self):
        """The SheetResult."""
        parsed = self.result.parsed
        if not any(any(row) for row in self.grid):
            parsed.ignored_because = "empty"
        elif self.sheet.hidden and not self.forced:
            parsed.ignored_because = "hidden"
        elif WHO_LEFT in self.grid[0] and not self.forced:
            parsed.ignored_because = "left"
        else:
            self._read_tables()
            if not self.result.rows:
                parsed.ignored_because = "no_people"
        parsed.used = not parsed.ignored_because
        self._fill_kinds()
        return self.result

    def _read_tables(self):
        blocks = find_blocks(self.sheet, self.grid)
        if not blocks and self.forced:
            blocks = [Block(0, 0, 0)]
        floor, before = 0, None
        for i, block in enumerate(blocks):
            last = blocks[i + 1].top - 1 if i + 1 < len(blocks) else len(self.grid)
            if not (before and self._goes_on(before, block, floor)):
                self._titles(floor + 1, block.top - 1)
                before = Before(block, self._context(block, floor), [])
            read = len(self.result.rows)
            groups = self._read_table(block, last, before)
            floor = self.result.rows[-1].row if groups is not None else last
            rows = before.rows + [row.row for row in self.result.rows[read:]]
            before = Before(block, before.context, groups, rows) if groups is not None else None

    def _goes_on(self, before, block, floor):
        """Whether a header only repeats the one before, as on each printed page.

        Between them stand sums, groups and notes of the same table, no title or signature.
        """
        between = range(floor + 1, block.top)
        if not block.same_as(before.block) or any(
            self.kinds.get(r) == "signature" for r in between
        ):
            return False
        texts = [text for r in between for text in self.grid[r - 1] if text.strip()]
        return not any(
            contexts.TITLE.match(fold(text)) or contexts.LABEL.match(tidy(text)) for text in texts
        )

    # Context

    def _titles(self, first, last):
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
        return kind == "signature" and not told and not contexts.TITLE.match(folded)

    def _context(self, block, floor):
        """Unit and kind for a table: lines above it, else the sheet's name, else the letterhead."""
        context = Context()
        above = [r for r in range(floor + 1, block.top) if self.kinds.get(r) == "title"]
        for row in reversed(above):
            self._line(context, row, near=bool(floor) or block.top - row <= 3)
        if not context.unit and (unit := contexts.unit_of_sheet(self.sheet.name)):
            context.unit, context.source = unit, "sheet"
        if not context.kind:
            context.kind = find_staff_kind(contexts.strip_number(self.sheet.name))
        if context.kind == "KCTX" and any(map(contexts.is_of_villages, self._titles_of(above))):
            context.kind = "KCTT"
        if not context.unit and floor and (unit := self._labelled_above()):
            context.unit, context.source = unit, "line"
        if not context.unit and (
            unit := contexts.letterhead(None, self._outside_tables(block.top - 1))
        ):
            context.unit, context.source = unit, "letterhead"
        self._from_titles(context, [*self._first_titles(), *above])
        return context

    def _titles_of(self, above):
        """The texts of the sheet's titles and of the rows above a table."""
        rows = dict.fromkeys([*self._first_titles(), *above])
        return [text for row in rows for text in self.grid[row - 1] if text]

    def _first_titles(self):
        """The rows above the first table: what the sheet's title names holds for later ones too."""
        tables = self.result.parsed.tables
        stop = tables[0].header_rows[0] if tables else 1
        return [r for r in range(1, stop) if self.kinds.get(r) == "title"]

    def _outside_tables(self, last):
        """The texts of the rows up to `last` that are in no table found so far."""
        rows = range(1, last + 1)
        return [self.grid[r - 1] for r in rows if self.kinds.get(r) not in IN_TABLE]

    def _labelled_above(self):
        """The unit of a line "Đơn vị: …" above the first table; it holds for all of them."""
        tables = self.result.parsed.tables
        for row in range(1, tables[0].header_rows[0] if tables else 1):
            for text in self.grid[row - 1]:
                if (
                    text
                    and contexts.LABEL.match(tidy(text))
                    and (unit := contexts.unit_in_line(text))
                ):
                    return unit
        return None

    def _line(self, context, row, near):
        texts = [tidy(t) for t in self.grid[row - 1] if t.strip()]
        if len(texts) > 2 or not near and not contexts.LABEL.match(texts[0]):
            return
        for text in texts:
            if contexts.MOTTO.match(fold(text)):
                continue
            unit = contexts.unit_in_line(text)
            labelled = bool(contexts.LABEL.match(text)) or contexts.NUMBERED.match(text)
            if unit and not context.unit and (labelled or self._below_title(row)):
                context.unit, context.source = unit, "line"
            if not context.kind and not contexts.TITLE.match(fold(text)):
                context.kind = contexts.kind_in_line(text)

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

    # Tables

    def _read_table(self, block, last, before):
        """Reads the people under a header; the groups open at its end, None without people."""
        context = before.context
        forced = {**self.extra.claim(block.paths), **(self.forced or {})}
        layout = understand_columns(self.sheet, self.grid, block, last, forced)
        if not any(layout.of(name) for name in NAMES):
            return None
        classifier = self._classify(block, layout, last, before.groups)
        rows = [found.row for found in classifier.people]
        if not rows:
            return None
        for row in range(max(block.top, 1), block.bottom + 1):
            self.kinds[row] = "header"
        self.kinds.update(classifier.kinds)
        self._second_table(block, layout)
        self._spare_unit(layout, context, classifier)
        parsers = self.extra.parsers(self.today, self.system)
        reader = PersonReader(
            self.sheet, self.grid, layout, rows, self.today, self.system, parsers, before.rows
        )
        first = len(self.result.rows)
        for found, person in zip(classifier.people, reader.people(), strict=True):
            join_lines(reader, found, person)
            self._add_person(found, person, reader.name_column, context, layout)
        self.result.marks += mark_columns(reader, layout, self.result.rows[first:])
        self.result.parsed.tables.append(_table(block, layout, rows))
        self.result.parsed.unit = self.result.parsed.unit or context.unit
        return classifier.groups

    def _classify(self, block, layout, last, groups):
        names = [c.number for name in NAMES for c in layout.of(name)]
        person = [c.number for c in layout.columns if c.field not in NOT_PERSON]
        index = layout.first("index")
        leaves = {c: key(path[-1]) for c, path in block.paths.items()}
        # A header repeated by page breaks is recognised by the row that holds the names' heading.
        if block.name_row:
            row = self.grid[block.name_row - 1]
            leaves |= {c: key(row[c - 1]) for c in leaves if c <= len(row) and row[c - 1]}
        number = index.number if index else min(names) - 1 or None
        classifier = Classifier(
            self.grid, self.merges, number, names, person, leaves, groups=[*groups]
        )
        classifier.read(block.bottom + 1, last)
        return classifier

    def _second_table(self, block, layout):
        """Says of a second table beside the first."""
        if block.beside:
            column = Column(block.beside, "full_name")
            self._issue("side_by_side", block.name_row, column, None, "", layout.headings)

    def _spare_unit(self, layout, context, classifier):
        """A department column names the unit only where nothing else does."""
        column = layout.first("department")
        told = context.unit or any(found.unit for found in classifier.people)
        if column and not told and not layout.of("unit"):
            column.field, column.score = "unit", min(column.score, 0.6)

    def _add_person(self, found, person, name_column, context, layout):
        values, name = person.values, self.sheet.name
        source = "cell" if "unit" in values else None
        if not source:
            values_unit, source = _outer_unit(found, context)
            if values_unit:
                values["unit"] = values_unit
        if "staff_kind" not in values and (kind := found.kind or context.kind):
            values["staff_kind"] = kind
        row = ParsedRow(
            name,
            found.row,
            values,
            person.cells,
            self.grid[found.row - 1],
            values.get("unit"),
            source,
        )
        headings = layout.headings
        if "full_name" not in values:
            row.reject_field = "full_name"
            self._issue("no_name", found.row, name_column, "full_name", "", headings)
        for code, column, fieldname, text, suggestion, at in person.warnings:
            self._issue(code, at, column, fieldname, text, headings, suggestion)
        if found.row in self.sheet.hidden_rows:
            self._issue("hidden_row", found.row, None, None, "", headings)
        self.result.rows.append(row)

    def _issue(self, code, row, column, fieldname, text, headings, suggestion=""):
        letter = column.letter if column else None
        heading = headings.get(column.number, "") if column else ""
        self.result.issues.append(
            make_issue(code, self.sheet.name, row, letter, fieldname, text, heading, suggestion)
        )

    def _fill_kinds(self):
        """Rows that no table claimed: notes, or blank."""
        for row, texts in enumerate(self.grid, 1):
            if row not in self.kinds:
                self.kinds[row] = "note" if any(t.strip() for t in texts) else "blank"


def _outer_unit(found, context):
    """The unit of a row without a unit cell: group row, then line, sheet, letterhead, title."""
    if found.unit and not (found.department and context.unit):
        return found.unit, "group"
    return context.unit, context.source


def _gives_way(letterhead, title):
    """Whether a title tells better than the letterhead whose people are listed.

    The letterhead names an authority above (district, province, Sở), or a body of the same place:
    the party committee of a commune sends the list of its officials.
    """
    head, below = fold(letterhead), re.sub(r"^ubnd ", "", fold(title))
    return head.startswith(
        ("ubnd huyen", "ubnd tinh", "so ", "phong ", "ubnd thanh pho", "ubnd thi xa", "ban ")
    ) or (head.startswith(("dang uy ", "hdnd ", "mttq ")) and head.endswith(f" {below}"))


def _table(block, layout, rows):
    columns = {}
    for column in layout.columns:
        if column.field == "index":
            continue
        shown = _public(column.field)
        columns.setdefault(shown, []).append(column.letter)
    plain = {
        name: letters[0] if len(letters) == 1 else letters for name, letters in columns.items()
    }
    left = sorted({*layout.known, *unknown(layout)} & set(layout.headings))
    unmapped = {column_letter(c): layout.headings[c] for c in left}
    return ParsedTable(
        header_rows=(block.top, block.bottom),
        first_row=rows[0],
        last_row=rows[-1],
        columns=plain,
        unmapped=unmapped,
        headings={column_letter(c): h for c, h in layout.headings.items()},
        confidence=confidence(layout),
        alternatives={column_letter(c): a[:4] for c, a in layout.alternatives.items()},
    )


PUBLIC = {
    "family_name": "full_name", "given_name": "full_name", "middle_name": "full_name",
    "birth_male": "birth_date", "birth_female": "birth_date", "birth_day": "birth_date",
    "birth_month": "birth_date", "birth_year": "birth_date", "gender_female": "gender",
    "gender_male": "gender", "party_official": "party_member",
}  # fmt: skip


def _public(name):
    return PUBLIC.get(name, name)

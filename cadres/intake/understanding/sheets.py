"""One sheet: its tables, what every row is, and the people in it."""

from dataclasses import dataclass, field
from functools import cached_property

from cadres.intake import stages
from cadres.intake.issues import make_issue
from cadres.intake.types import Issue, ParsedRow, ParsedSheet
from cadres.intake.understanding import contexts
from cadres.intake.understanding.blanks import MarkColumn, mark_columns
from cadres.intake.understanding.blocks import Block, Merges, find_blocks
from cadres.intake.understanding.columns import Column, understand_columns
from cadres.intake.understanding.extra import NO_EXTRA
from cadres.intake.understanding.pages import Page, Table
from cadres.intake.understanding.people import PersonReader
from cadres.intake.understanding.rows import Classifier
from cadres.intake.understanding.several import join_lines
from cadres.intake.understanding.surroundings import Surroundings
from cadres.intake.understanding.tables import table_of, told_of
from cadres.intake.understanding.texts import Decoder, grid_of
from cadres.intake.understanding.vocabulary import key
from trainingplans.lib.text import fold, tidy

WHO_LEFT = "Người đã thôi"  # the heading under which an export names who no longer works
NAMES = ("full_name", "family_name", "given_name")
NOT_PERSON = (*NAMES, "index", "note", "unit", "middle_name")


@dataclass
class SheetResult:
    """What one sheet gave."""

    parsed: ParsedSheet
    rows: list[ParsedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    met: dict = field(default_factory=dict)
    marks: list[MarkColumn] = field(default_factory=list)


class SheetReader:
    """Understands one sheet, or a part of the one named `part_of`.

    `decoded`: (grid, met) of a part, which was decoded with its sheet.
    """

    def __init__(
        self, sheet, today, system, *, forced=None, extra=NO_EXTRA, part_of=None, decoded=None
    ):
        self.sheet, self.today, self.system, self.forced = sheet, today, system, forced
        self.extra, self.part_of = extra, part_of
        self.grid, met = decoded or _decoded(sheet)
        self.merges = Merges(sheet.merges)
        self.result = SheetResult(self._parsed_sheet(), met=met)
        self.kinds = self.result.parsed.row_kinds
        name = sheet.name if part_of is None else part_of
        self.around = Surroundings(name, self.result.parsed)

    def _parsed_sheet(self):
        s = self.sheet
        return ParsedSheet(
            s.name, hidden=s.hidden, grid=self.grid, merges=s.merges,
            hidden_rows=s.hidden_rows, hidden_columns=s.hidden_columns,
            part_of=self.part_of,
        )  # fmt: skip

    @cached_property
    def passed_over(self):
        """Why nobody is looked for on the sheet; "" where people may be."""
        if not any(any(row) for row in self.grid):
            return "empty"
        if self.sheet.hidden and not self.forced:
            return "hidden"
        return "left" if WHO_LEFT in self.grid[0] and not self.forced else ""

    @cached_property
    def blocks(self):
        """The header blocks of the sheet."""
        return find_blocks(self.sheet, self.grid)

    def read(self):
        """The SheetResult."""
        parsed = self.result.parsed
        parsed.ignored_because = self.passed_over
        if not self.passed_over:
            for table in list(self._tables()):
                self._read_table(table)
            if not self.result.rows:
                parsed.ignored_because = "no_people"
        parsed.used = not parsed.ignored_because
        self._fill_kinds()
        return self.result

    def _tables(self):
        """The Tables with people, from the top down; one is whole when the next is asked for."""
        blocks = self.blocks or ([Block(0, 0, 0)] if self.forced else [])
        floor, table = 0, None
        for i, block in enumerate(blocks):
            last = blocks[i + 1].top - 1 if i + 1 < len(blocks) else len(self.grid)
            if not (table and self._goes_on(table.pages[-1].block, block, floor)):
                self.around.titles(floor + 1, block.top - 1)
                before = table.context if table else None
                table = Table(self.around.context(block, floor, before))
            page = self._page(block, last, table)
            if not page:
                floor, table = last, None
                continue
            if not table.pages:
                self.around.first_header = self.around.first_header or block.top
                yield table
            table.pages.append(page)
            floor = page.rows[-1]

    def _goes_on(self, before, block, floor):
        """Whether a header only repeats the one before, as on each printed page.

        Between them stand sums, groups and notes of the same table, no title or signature.
        """
        between = range(floor + 1, block.top)
        if not block.same_as(before) or any(self.kinds.get(r) == "signature" for r in between):
            return False
        texts = [text for r in between for text in self.grid[r - 1] if text.strip()]
        return not any(
            contexts.TITLE.match(fold(text)) or contexts.labelled(tidy(text)) for text in texts
        )

    # Tables

    def _page(self, block, last, table):
        """The Page of a header; None without people."""
        told = told_of(self.forced or {}, block.top, block.bottom)
        page = Page(block, last, {**self.extra.claim(block.paths), **told})
        page.known = table.known(page)
        if page.known is page:
            page.layout = understand_columns(self.sheet, self.grid, block, last, page.forced)
        layout = page.known.layout
        if not any(layout.of(name) for name in NAMES):
            return None
        classifier = self._classify(block, layout, last, table)
        if not classifier.people:
            return None
        for row in range(max(block.top, 1), block.bottom + 1):
            self.kinds[row] = "header"
        self.kinds.update(classifier.kinds)
        page.people, page.groups = classifier.people, classifier.groups
        page.is_opening = classifier.opened == len(classifier.people)
        return page

    def _read_table(self, table):
        """Reads the people of all pages."""
        earlier = []
        for pages in table.runs():
            layout = pages[-1].known.layout
            for page in pages:
                self._second_table(page.block, layout)
            people = [found for page in pages for found in page.people]
            self._spare_unit(layout, table.context, people)
            self._read_people(people, pages[-1].known, table.context, earlier)
            earlier += [found.row for found in people]
            tables = [table_of(page.block, layout, page.rows) for page in pages]
            self.result.parsed.tables.extend(tables)
        self.result.parsed.unit = self.result.parsed.unit or table.context.unit

    def _read_people(self, people, page, context, earlier):
        """Reads people whose columns are as of this page; `earlier`: rows of the pages before."""
        parsers = self.extra.parsers(self.today, self.system)
        rows = [found.row for found in people]
        how = (self.today, self.system, parsers)
        reader = PersonReader(self.sheet, self.grid, page.layout, rows, *how, earlier)
        first = len(self.result.rows)
        lines = self._second_lines(people, page, how) or reader
        for found, person in zip(people, reader.people(), strict=True):
            join_lines(lines, found, person)
            self._add_person(found, person, reader, context)
            stages.at_row(found.row)
        self.result.marks += mark_columns(reader, page.layout, self.result.rows[first:])

    def _second_lines(self, people, page, how):
        """The reader of the second lines of the people, where these have headings of their own."""
        rows, block = [row for found in people for row in found.more], page.block
        if not block.second or not rows:
            return None
        below = Block(block.top, block.bottom, block.bottom, block.second)
        layout = understand_columns(self.sheet, self.grid, below, page.last)
        layout.columns = [c for c in layout.columns if c.field not in NAMES]
        return PersonReader(self.sheet, self.grid, layout, rows, *how)

    def _classify(self, block, layout, last, table):
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
            self.grid, self.merges, number, names, person, leaves, groups=[*table.groups],
            opened=0 if table.is_opening else -1, is_doubled=bool(block.second),
        )  # fmt: skip
        classifier.read(block.bottom + 1, last)
        return classifier

    def _second_table(self, block, layout):
        """Says of a second table beside the first."""
        if block.beside:
            column = Column(block.beside, "full_name")
            self._issue("side_by_side", block.name_row, column, None, "", layout.headings)

    def _spare_unit(self, layout, context, people):
        """A department column names the unit only where nothing else does."""
        column = layout.first("department")
        told = context.unit or any(found.unit for found in people)
        if column and not told and not layout.of("unit"):
            column.field, column.score = "unit", min(column.score, 0.6)

    def _add_person(self, found, person, reader, context):
        values, name, layout = person.values, self.sheet.name, reader.layout
        source = "cell" if "unit" in values else None
        if not source:
            values_unit, source = _outer_unit(found, context)
            if values_unit:
                values["unit"] = values_unit
        if "staff_kind" not in values and (kind := found.kind or context.kind):
            values["staff_kind"] = (found.level or kind) if kind.startswith("KCT") else kind
        row = ParsedRow(
            name,
            found.row,
            values,
            person.cells,
            self.grid[found.row - 1],
            values.get("unit"),
            source,
            office=None if source == "cell" else _office(found, reader, context),
            around=_around(values["unit"], found, context) if source == "cell" else None,
        )
        headings = layout.headings
        if "full_name" not in values:
            row.reject_field = "full_name"
            self._issue("no_name", found.row, reader.name_column, "full_name", "", headings)
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


def _decoded(sheet):
    """(grid of texts, what was met) of a sheet."""
    decoder = Decoder(sheet)
    return grid_of(sheet, decoder), decoder.met


def _office(found, reader, context):
    """The part of a unit that a column, a group inside the unit or the sheet's name tells."""
    if column := reader.layout.first("department"):
        text = reader.cells.get(found.row, column.number)[1]
        if text and contexts.is_department(text):
            return tidy(text)
    return found.part or context.office


def _around(text, found, context):
    """The unit told around a row whose cell names what may be a part of it."""
    return _outer_unit(found, context)[0] if contexts.is_department(text) else None


def _outer_unit(found, context):
    """The unit of a row without a unit cell: group row, then line, sheet, letterhead, title."""
    if found.unit and not (found.department and context.unit):
        return found.unit, "group"
    return context.unit, context.source

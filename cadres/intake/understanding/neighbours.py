"""Where a second list of people stands beside the first on one sheet, and how the two part."""

from dataclasses import dataclass, replace

from cadres.intake.understanding import contexts
from cadres.intake.understanding.blocks import NAME_WORD, Merges, block_at, filled, names_person
from cadres.intake.understanding.headings import direct, is_heading
from cadres.intake.understanding.shapes import looks_like_name
from cadres.intake.understanding.vocabulary import key
from trainingplans.lib.text import fold, tidy

# So many rows lower or higher may the heading of a neighbour stand.
REACH = 25
# Later headings are those of further pages.
EXAMINED = 100
# So many rows of a neighbour are looked at.
SAMPLE = 60
# What tells of a person: names with one of these, or with a number, are a list of people.
FACTS = frozenset(
    ("birth_date", "birth_male", "birth_female", "birth_year", "gender", "ethnic_group", "unit",
     "personal_id", "position", "job", "rank_code", "staff_kind", "professional_level",
     "political_level", "state_level", "party_joined", "party_member", "staff_code")
)  # fmt: skip
# Fewer columns that repeat those of the first table are no list of its own.
REPEATED = 3
# A row with so many texts is of a table, not a line above one.
CROWDED = 4
# A row of a person fills so many columns at least.
FILLED = 3
# A heading beyond doubt.
SURE = 0.9
# The share of names from which on it is said of all of them.
MOST = 0.6


@dataclass(frozen=True)
class Cut:
    """Cells from column `start` on, from row `first` to `last`, are a table of its own.

    `own`: the first row that speaks to each side apart; lines before it speak to both, as do the
    rows `across` with a text merged over both, and all lines before row `letterhead`.
    """

    start: int
    first: int
    last: int
    own: int
    letterhead: int
    across: frozenset

    def holds(self, row, column):
        """Whether that cell is of the table on the right alone."""
        return (
            column >= self.start
            and max(self.first, self.own) <= row <= self.last
            and row not in self.across
        )

    def is_whole(self, grid):
        """Whether the table on the right has its columns from the first row to the last."""
        return self.first == 1 and self.last == len(grid)


@dataclass(frozen=True)
class Heading:
    """A heading of names, and the block that it makes with its side of the sheet alone."""

    row: int
    column: int
    block: object = None

    @property
    def leaves(self):
        """The keys of the headings from the names on."""
        paths = sorted(self.block.paths.items())
        return [key(path[-1]) for c, path in paths if c >= self.column]


def find_cut(sheet, grid, blocks, *, may_repeat=False):
    """The Cut before the first neighbour of a table, or None: nearly all sheets have none.

    `may_repeat`: the lists may hold the same people, as those of several classes do.
    """
    merges = None
    for block in blocks[:EXAMINED]:
        (row, column), *others = _headings_near(grid, block) or [(0, 0)]
        for other in others:
            if other[1] <= column + 1:
                continue
            merges = merges or Merges(sheet.merges)
            if cut := _checked(sheet, grid, merges, blocks, (row, column), other, may_repeat):
                return cut
    return None


def _headings_near(grid, block):
    """[(row, column)] of the headings of names around a block, from the left."""
    rows = range(max(block.name_row - REACH, 1), min(block.name_row + REACH, len(grid)) + 1)
    found = [(r, c) for r in rows for c, text in filled(grid, r) if _is_heading(text)]
    return sorted(found, key=lambda place: (place[1], place[0]))


def _is_heading(text):
    return len(text) < 60 and bool(NAME_WORD.search(text.lower())) and names_person(text)


def _checked(sheet, grid, merges, blocks, left, right, may_repeat):
    """The Cut, if what stands around the heading on the right is a list of people of its own."""
    start = _start(grid, merges, left, right)
    if any(m[1] < start <= m[3] for row in (left[0], right[0]) for m in merges.starting(row)):
        return None  # a heading over both sides
    edge, deep = start - 1, max(left[0], right[0]) + REACH
    ours = [line[:edge] for line in grid[:deep]]
    theirs = [[""] * min(edge, len(line)) + line[edge:] for line in grid[:deep]]
    one = Heading(*left, block_at(sheet, ours, merges, left[0], 0))
    two = Heading(*right, block_at(sheet, theirs, merges, right[0], 0))
    if not all(side.block and side.column in side.block.paths for side in (one, two)):
        return None
    if _are_stacked(grid, one, two, start) or not _is_list(grid, merges, one, two):
        return None
    if not _names_people(grid, one, two, may_repeat):
        return None
    others = [block for block in blocks if block.name_row not in (one.row, two.row)]
    over = [block for block in others if _is_over(grid, block, start)]
    top = min(one.block.top, two.block.top)
    return _cut(grid, merges, over, top, min(top, blocks[0].top), start)


def _start(grid, merges, left, right):
    """The column with which the table of the heading on the right begins."""
    row, column = right
    for c in (column - 2, column - 1):
        if c > left[1] and _field(_text_over(grid, merges, row, c)) == "index":
            return c
    for c in range(column - 1, left[1], -1):
        if _is_gap(grid, merges, row, c):
            return c + 1
    return column


def _text_over(grid, merges, row, column):
    """The text of a cell, or of the range merged over it."""
    merge = merges.at(row, column)
    row, column = (merge[0], merge[1]) if merge else (row, column)
    line = grid[row - 1]
    return line[column - 1] if column <= len(line) else ""


def _is_gap(grid, merges, row, column):
    """Whether nothing stands in a column, from the heading down."""
    if merges.at(row, column):
        return False
    below = grid[row - 1 : row + SAMPLE]
    return not any(line[column - 1].strip() for line in below if column <= len(line))


def _field(text):
    found = direct(tidy(text))
    return found[0].field if found else ""


def _are_stacked(grid, one, two, start):
    """Whether one of the tables stands under the other and its columns, not beside it."""
    upper, lower = sorted((one, two), key=lambda heading: heading.row)
    if lower.row <= upper.block.bottom:
        return False
    before = upper is one  # the upper one stands on the left
    under = {c: t for c, t in filled(grid, lower.row) if (c < start) == before}
    over = {c: t for c, t in filled(grid, upper.row) if (c < start) != before}
    sure = _headings(under)
    if len(sure) > 1 or sure and not looks_like_name(under.get(upper.column, "")):
        return True
    sure = _headings(over)
    rows = [_cells(line) for line in grid[upper.block.bottom : lower.block.top - 1]]
    people = [cells for cells in rows if upper.column in cells]
    return len(sure) > 1 or any(2 * sum(c in cells for cells in people) > len(people) for c in sure)


def _cells(line):
    return {c for c, text in enumerate(line, 1) if text.strip()}


def _headings(texts):
    """The columns of those texts {column: text} that are headings beyond doubt."""
    return [
        c
        for c, text in texts.items()
        if len(text) < 60 and (is_heading(text) >= SURE or _field(text) == "index")
    ]


def _is_list(grid, merges, one, two):
    """Whether the columns on the right are a list: numbered, or names with facts of a person."""
    paths = two.block.paths
    fields = {_field(path[-1]) for c, path in paths.items() if c != two.column}
    if "index" in fields and len(paths) > 2:
        return True
    # "Vợ, chồng: họ tên, năm sinh", "Người thay thế": more of the people on the left.
    belongs = len(paths[two.column]) > 1 or _belongs(grid, merges, two)
    if belongs or not fields & FACTS:
        return False
    same = [a == b for a, b in zip(one.leaves, two.leaves, strict=False)]
    repeats = len(same) >= REPEATED and all(same)
    return repeats or _is_gap(grid, merges, two.row, min(paths) - 1)


def _belongs(grid, merges, two):
    """Whether a line right above the headings says of what others the columns tell."""
    row = two.block.top - 1
    text = tidy(_text_over(grid, merges, row, two.column)) if row else ""
    if not text:
        return False
    told = contexts.unit_in_line(text) or contexts.kind_in_line(text)
    return not told and not contexts.TITLE.match(fold(text))


def _names_people(grid, one, two, may_repeat):
    """Whether names stand under the heading that are not those of the left table again."""
    c, first, few = two.column, min(two.block.paths), min(len(two.block.paths), FILLED)
    rows = grid[two.block.bottom : two.block.bottom + SAMPLE]
    rows = [line for line in rows if c <= len(line) and sum(map(bool, line[first - 1 :])) >= few]
    names = [text for line in rows if len(text := line[c - 1].strip()) > 1]
    people = [fold(name) for name in names if looks_like_name(name)]
    if not people or len(people) < MOST * len(names):
        return False
    if len(people) > 2 and len(set(people)) <= len(people) / 2:
        return False  # who checked each row
    if may_repeat:
        again = [line for line in rows if line[c - 1] == line[one.column - 1]]
        return len(again) < MOST * len(rows)
    c = one.column
    known = {fold(line[c - 1]) for line in grid[one.block.bottom :] if c <= len(line)}
    return sum(name in known for name in people) < MOST * len(people)


def _cut(grid, merges, over, top, letterhead, start):
    """The Cut with its rows: up to the next of the tables that go over both sides."""
    first = max((block.bottom + 1 for block in over if block.bottom < top), default=1)
    crowded = [r for r in range(first, top) if first > 1 and len(filled(grid, r)) >= CROWDED]
    first = max(crowded, default=first - 1) + 1
    last = min((block.top - 1 for block in over if block.top > top), default=len(grid))
    across = frozenset(
        row for row, found in merges.by_row.items() if any(m[1] < start <= m[3] for m in found)
    )
    apart = (r for r in range(first, top) if r not in across and _speaks_apart(grid, r, start))
    return Cut(start, first, last, next(apart, top), letterhead, across)


def _is_over(grid, block, start):
    """Whether a table has columns on both sides, and none of them begins another one."""
    sides = {c >= start for c in block.paths}
    others = [c for c, text in filled(grid, block.name_row) if c >= start and _is_heading(text)]
    return len(sides) == 2 and not others and block.right is None


def _speaks_apart(grid, row, start):
    """Whether the right half of a line has words of its own; the motto of the state has none."""
    return any(c >= start and not contexts.MOTTO.match(fold(text)) for c, text in filled(grid, row))


def split(sheet, grid, cut):
    """[(left sheet, its grid), (right sheet, its grid)]; cells keep their rows and columns."""
    sides = zip(_parted(sheet.rows, cut, None), _parted(grid, cut, ""), strict=True)
    return [
        (
            replace(
                sheet,
                rows=rows,
                merges=[m for m in sheet.merges if cut.holds(m[0], m[1]) == is_right],
                errors={at: e for at, e in sheet.errors.items() if cut.holds(*at) == is_right},
            ),
            texts,
        )
        for is_right, (rows, texts) in enumerate(sides)
    ]


def _parted(lines, cut, blank):
    """([lines of the left], [of the right]): what speaks to both stands in both."""
    ours, theirs, edge = [], [], cut.start - 1
    for row, line in enumerate(lines, 1):
        if row < cut.first or row > cut.last:
            ours.append(line)
            theirs.append(line if row < cut.letterhead else [blank] * len(line))
        elif row < cut.own or row in cut.across:
            ours.append(line)
            theirs.append(line)
        else:
            ours.append(line[:edge] + [blank] * (len(line) - edge))
            theirs.append([blank] * min(edge, len(line)) + line[edge:])
    return ours, theirs

"""Finds the header blocks of a sheet: one to five rows of headings over a table of people."""

import re
from dataclasses import dataclass, field

from cadres.intake.parsing.levels import LADDERS, read_level
from cadres.intake.parsing.words import find_ethnic_group, find_staff_kind
from cadres.intake.reading import limits
from cadres.intake.reading.refusals import too_large
from cadres.intake.understanding.headings import direct, is_heading
from cadres.intake.understanding.shapes import column_shapes, looks_like_name
from cadres.intake.understanding.vocabulary import key, parents
from trainingplans.lib.text import fold, tidy

DEEPEST = 5
# So many rows tell whether a table goes on to the right with its names repeated.
HALVES = 60
# How far down a header without a word for names is looked for.
NAMELESS_ROWS = 40
# One of these stands in every heading of names; spares the rows of data a closer look.
# Each word begins with its letter, and looks back over it: so the search jumps from one such letter
# to the next.
NAME_WORD = re.compile(
    "|".join(
        rf"{word[0]}(?<![^\W_]{word[0]}){word[1:]}(?![^\W_])"
        for word in (
            "ho\u0323?", "họ", "te\u0302?n", "tên", "hovaten", "hoten", "họtên", "names?",
            "fullname", "surname", "participants?", "đệm", "dem", "lót", "danh tính",
        )
    )
    + "|hoten|hovaten"
)  # fmt: skip
NAME_FIELDS = ("full_name", "family_name")
# "(1)" typed into a cell becomes -1.
INDEX = re.compile(
    r"(?:[Cc](?:ột)?\s*(?=\d))?[-–]?\(?\[?"
    r"(?:\d{1,2}|[A-Za-z])(?:\s*=\s*[\d+\-*/() ]+)?\]?\)?"
)
LETTERHEAD = re.compile(
    r"^(?:cong hoa xa hoi|doc lap|ubnd|uy ban nhan dan|so |tinh uy|huyen|dang |\(?kem theo)|"
    r"\bngay\s+.{0,6}\s*thang\b"
)
# "Số" over "TT": headings broken into two rows without a merge.
REST_OF_NUMBER = frozenset(("tt", "thu tu", "t t"))
SMALL = frozenset(["nam", "nu", "tt", "ma", "ten", "ho", "x", "ghi", "chu", "ngay", "thang", "nam"])
GROUP_NUMBER = re.compile(r"\s*(?:[IVX]{1,5}|[A-HĐ]|\d{1,2})\s*[.)/]?\s*")


@dataclass
class Block:
    """A header: rows top..bottom; column -> its headings, outermost first."""

    top: int
    bottom: int
    name_row: int
    paths: dict[int, list[str]] = field(default_factory=dict)
    # Column of the name if only the shape of the cells tells it.
    guessed_name: int | None = None
    # Column of the names of another table that stands beside this one.
    beside: int | None = None
    # Headings of the second line of each person: "Ngày sinh" under "Họ và tên".
    second: dict[int, list[str]] = field(default_factory=dict)
    # Last column of this table, where another one stands beside it.
    right: int | None = None

    def same_as(self, other):
        """Whether both say the same in the same columns, be it in other words."""
        return self.paths.keys() == other.paths.keys() and all(
            _say_same(path, other.paths[c]) for c, path in self.paths.items()
        )


def _say_same(path, other):
    """Whether two headings are equal, or surely of one field: "Họ tên" and "Họ và tên"."""
    if [key(p) for p in path] == [key(p) for p in other]:
        return True
    one, two = (next(iter(direct(tidy(p[-1]))), None) for p in (path, other))
    sure = one and two and min(one.score, two.score) >= 0.9
    return bool(sure) and len(path) == len(other) and one.field == two.field


class Merges:
    """Looks up the merged range that covers a cell, for some rows."""

    def __init__(self, merges):
        self.by_row = {}
        for merge in merges:
            if merge[2] - merge[0] < 60:
                for row in range(merge[0], merge[2] + 1):
                    self.by_row.setdefault(row, []).append(merge)

    def at(self, row, column):
        """The range over that cell, or None."""
        for merge in self.by_row.get(row, ()):
            if merge[1] <= column <= merge[3]:
                return merge
        return None

    def starting(self, row):
        """Ranges whose first row is that one."""
        return [m for m in self.by_row.get(row, ()) if m[0] == row]


def find_blocks(sheet, grid):
    """All header blocks, from the top down; without a heading for names, by the cells' shape."""
    return _scan(sheet, grid, True) or _scan(sheet, grid[:NAMELESS_ROWS], False)


def _scan(sheet, grid, named):
    merges, blocks, row = Merges(sheet.merges), [], 1
    while row <= len(grid):
        block = None
        if not named or NAME_WORD.search("\x1f".join(grid[row - 1]).lower()):
            block = block_at(sheet, grid, merges, row, blocks[-1].bottom if blocks else 0)
        if block:
            blocks.append(block)
            if len(blocks) > limits.TABLES:
                raise too_large(f"Số bảng trong trang “{sheet.name}”", limits.TABLES)
            row = block.bottom
        row += 1
    return blocks


def filled(grid, row):
    return (
        [(c, t) for c, t in enumerate(grid[row - 1], 1) if t.strip()]
        if 0 < row <= len(grid)
        else []
    )


def names_person(text):
    found = direct(tidy(text))
    return bool(found) and found[0].field in NAME_FIELDS and found[0].score >= 0.85


def block_at(sheet, grid, merges, row, floor):
    cells = filled(grid, row)
    if len(cells) < 2:
        return None
    named = [c for c, text in cells if len(text) < 60 and names_person(text)]
    hits = sum(is_heading(text) >= 0.78 for _, text in cells)
    if named:
        below = sum(is_heading(t) >= 0.9 for r in (row + 1, row + 2) for _, t in filled(grid, r))
        few = hits + below < min(3, len(cells)) or hits < 0.34 * len(cells)
        if few and not (hits > 1 and _over_names(grid, row, named[0])):
            return _broken(grid, merges, row, floor)
    elif hits < 4 or hits < 0.6 * len(cells):
        return None
    bottom = _bottom(grid, merges, row, named[0] if named else None)
    top = _top(grid, merges, row, bottom, floor)
    block = Block(top, bottom, row, _paths(grid, merges, top, bottom))
    _part_beside(grid, block, named)
    _two_lines(grid, merges, block, named)
    if not named:
        block.guessed_name = _guess_name(sheet, grid, block)
        return block if block.guessed_name else None
    return block


def _two_lines(grid, merges, block, named):
    """Takes a row of headings of other things under the headings for those of a second line."""
    row = block.name_row + 1
    cells = dict(filled(grid, row))
    if not named or block.top != block.name_row or block.bottom > row or len(cells) < 3:
        return
    above, under = dict(filled(grid, row - 1)), direct(tidy(cells.get(named[0], "")))
    others = [c for c, text in cells.items() if c in above and is_heading(text) >= 0.9]
    if (
        min(cells) < named[0]
        or not under
        or under[0].field not in ("birth_date", "position", "unit")
        or under[0].score < 0.9
        or len(others) < len(cells)
        or any(merges.at(row - 1, c) for c in cells)
    ):
        return
    block.bottom = row
    block.paths = {c: [tidy(text)] for c, text in above.items()}
    block.second = {c: [tidy(text)] for c, text in cells.items()}


def _over_names(grid, row, column):
    """Whether names stand under a heading, so that headings beside it need not be known."""
    texts = [text for r in range(row + 1, row + 12) if (text := dict(filled(grid, r)).get(column))]
    names = sum(map(looks_like_name, texts))
    return names > 1 and names >= 0.6 * len(texts)


def _broken(grid, merges, row, floor):
    """A header whose headings are broken word by word over rows, as old sheets have it, or None."""
    best, found = 0, None
    for top in range(max(floor + 1, row - 2), row + 1):
        for bottom in range(max(row, top + 1), min(row + 2, len(grid)) + 1):
            lines = range(top, bottom + 1)
            if any(len(t) > 25 or merges.at(r, c) for r in lines for c, t in filled(grid, r)):
                continue
            joined = {}
            for r in lines:
                for c, text in filled(grid, r):
                    joined[c] = tidy(f"{joined.get(c, '')} {text}")
            sure = sum(is_heading(text) >= 0.78 for text in joined.values())
            if len(joined) >= 4 and sure >= 0.7 * len(joined) and sure - (bottom - top) / 10 > best:
                best = sure - (bottom - top) / 10
                found = Block(top, bottom, row, {c: [text] for c, text in joined.items()})
    return found


def _part_beside(grid, block, named):
    """Leaves the columns of a second table to the right out: names stand there once more."""
    for c in named[1:]:
        if _goes_on(grid, block.bottom, named[0], c):
            continue  # one wide table, printed in two halves
        heads = [c - step for step in (1, 2) if _heads(block, c - step, "index")]
        parted = heads[-1] if heads else c if c - 1 not in block.paths else None
        if parted and _heads(block, c, "full_name") and parted > named[0] + 1:
            block.beside, block.right = c, parted - 1
            block.paths = {n: path for n, path in block.paths.items() if n < parted}
            return


def _goes_on(grid, bottom, first, second):
    """Whether the same names stand in both columns, row by row."""
    pairs = [
        (line[first - 1].strip(), line[second - 1].strip())
        for line in grid[bottom : bottom + HALVES]
        if second <= len(line) and line[second - 1].strip()
    ]
    return bool(pairs) and sum(a == b for a, b in pairs) > len(pairs) / 2


def _heads(block, column, name):
    found = direct(block.paths[column][-1]) if column in block.paths else ()
    return bool(found) and found[0].field == name


def _guess_name(sheet, grid, block):
    last = min(len(grid), block.bottom + 200)
    shapes = column_shapes(sheet, grid, block.bottom + 1, last, block.paths)
    best = max(shapes, key=lambda c: shapes[c].share("name"), default=None)
    return best if best and shapes[best].count and shapes[best].share("name") >= 0.6 else None


def _bottom(grid, merges, row, name_column):
    bottom = row
    for _, _, last, _ in merges.starting(row):
        if last - row < DEEPEST:
            bottom = max(bottom, last)
    while bottom > row and is_index_row(grid[bottom - 1]):
        bottom -= 1  # one heading is merged over the numbers of all columns
    while bottom - row < DEEPEST - 1 and _continues(grid, merges, bottom + 1, name_column):
        bottom += 1
    return bottom


def _continues(grid, merges, row, name_column):
    cells = filled(grid, row)
    if not cells or (name_column and not _parts_name(dict(cells).get(name_column, ""))):
        return False
    if any(len(t) > 50 or t.strip().isdigit() and len(t.strip()) > 2 for _, t in cells):
        return False
    if all(INDEX.fullmatch(t.strip()) for _, t in cells):
        return False
    if name_column and cells[0][0] < name_column and key(cells[0][1]) not in REST_OF_NUMBER:
        # A number or letter in front: a group row, not a deeper heading.
        return False
    if _under_wide(merges, row, cells):
        return True
    return sum(_child(t) for _, t in cells) >= max(1, 0.6 * len(cells))


def _under_wide(merges, row, cells):
    """Whether all cells of a row, not all of them numbers, stand under headings merged across."""
    wide = [m for m in merges.by_row.get(row - 1, ()) if m[2] == row - 1 and m[3] > m[1]]
    return (
        len(cells) > 1
        and not all(text.strip().replace(".", "").isdigit() for _, text in cells)
        and all(any(m[1] <= c <= m[3] for m in wide) for c, _ in cells)
    )


def _parts_name(text):
    """Whether nothing stands under the heading of names, or one for a part of them."""
    found = direct(tidy(text))
    return not text or bool(found) and found[0].field == "family_name"


def _child(text):
    if is_heading(text) >= 0.75 or key(text) in SMALL:
        return True
    if find_staff_kind(text) or find_ethnic_group(text):
        return True
    return any(read_level(tidy(text).split(",")[0], ladder)[0] for ladder in LADDERS)


def _top(grid, merges, row, bottom, floor):
    top = row
    while (
        top - 1 > floor and bottom - top < DEEPEST - 1 and _parent_row(grid, merges, top - 1, row)
    ):
        top -= 1
    return top


def _parent_row(grid, merges, row, name_row):
    cells = filled(grid, row)
    width = max((c for c, _ in filled(grid, name_row)), default=1)
    if not cells or any(LETTERHEAD.search(fold(t)) or len(t) > 60 for _, t in cells):
        return False
    if GROUP_NUMBER.fullmatch(cells[0][1]):
        return False  # a group that begins on the next page
    below = {c for c, _ in filled(grid, name_row)}
    if len(cells) == 1:
        merge = merges.at(row, cells[0][0])
        wide = bool(merge) and merge[3] - merge[1] + 1 >= 0.8 * width
        return not wide and bool(merge) and merge[3] > merge[1] and key(cells[0][1]) in parents()
    sure = sum(is_heading(t) >= 0.78 or key(t) in parents() for _, t in cells)
    return sure >= 0.5 * len(cells) and any(c in below or merges.at(row, c) for c, _ in cells)


def _text_at(grid, row, column):
    line = grid[row - 1]
    return line[column - 1].strip() if column <= len(line) else ""


def _paths(grid, merges, top, bottom):
    width = max((len(grid[r - 1]) for r in range(top, bottom + 1)), default=0)
    rows = {r: _row_texts(grid, merges, r, top, width) for r in range(top, bottom + 1)}
    for r in range(top, bottom):
        _inherit(rows, merges, r, bottom, width)
    paths = {}
    for c in range(1, width + 1):
        path = []
        for r in range(top, bottom + 1):
            text = tidy(rows[r].get(c, ""))
            if text and (not path or path[-1] != text):
                path.append(text)
        if path:
            paths[c] = path
    return paths


def _row_texts(grid, merges, row, top, width):
    texts = {}
    for c in range(1, width + 1):
        merge = merges.at(row, c)
        if merge and merge[0] >= top:
            texts[c] = _text_at(grid, merge[0], merge[1])
        elif not merge:
            texts[c] = _text_at(grid, row, c)
    return texts


def _inherit(rows, merges, row, bottom, width):
    """A parent that was not merged over its children: they stand right of it, under nothing."""
    parent = ""
    for c in range(1, width + 1):
        deeper = any(
            rows[r].get(c) and rows[r].get(c) != rows[row].get(c)
            for r in range(row + 1, bottom + 1)
        )
        above = any(rows[r].get(c) for r in rows if r < row)
        if rows[row].get(c):
            parent = rows[row][c] if deeper and not merges.at(row, c) else ""
        elif not deeper or merges.at(row, c):
            parent = ""
        elif parent and not (
            above and not rows[row].get(c) and row > min(rows) and not _under_same(rows, row, c)
        ):
            rows[row][c] = parent


def _under_same(rows, row, column):
    return all(rows[r].get(column) == rows[r].get(column - 1) for r in rows if r < row)


def is_index_row(texts, name_text=None):
    """(1) (2) (3)…, A B 1 2, 3=4+6+8 under the headings."""
    filled = [t.strip() for t in texts if t.strip()]
    if len(filled) < 3 or not all(INDEX.fullmatch(t) for t in filled):
        return False
    numbers = [int(m.group()) for t in filled if (m := re.search(r"\d+", t))]
    letters = [ord(t.strip("()[] ").upper()) for t in filled if not re.search(r"\d", t)]
    steps = [b - a for marks in (numbers, letters) for a, b in zip(marks, marks[1:], strict=False)]
    return steps.count(1) >= max(1, 0.6 * len(steps))


__all__ = ["Block", "Merges", "find_blocks", "is_index_row", "looks_like_name"]

"""A list that goes on beside itself: its right half has the same columns, but no headings."""

from dataclasses import replace

from cadres.intake.understanding.blocks import filled
from cadres.intake.understanding.headings import direct
from cadres.intake.understanding.neighbours import Cut, split
from cadres.intake.understanding.shapes import looks_like_name
from trainingplans.lib.text import fold, tidy

# So many rows below the headings are looked at.
SAMPLE = 30
# Fewer columns than these, or fewer people, are no list.
COLUMNS = 3
PEOPLE = 2
# The share of cells of a column from which on they are all said to be of a kind.
MOST = 0.8
NAMES = ("full_name", "family_name")


def find_half(sheet, grid, blocks):
    """(first column on the right, left side, right side), sides as of `split`; or None.

    Nearly all sheets have none. The right side gets the headings of the left one over its columns.
    """
    for number, block in enumerate(blocks):
        last = blocks[number + 1].top - 1 if number + 1 < len(blocks) else len(grid)
        if shift := _shift(grid, block, last):
            start, own = min(block.paths) + shift, block.bottom + 1
            left, right = split(sheet, grid, Cut(start, own, last, own, block.top, frozenset()))
            return start, left, _headed(right, grid, block, shift, sheet.merges)
    return None


def _shift(grid, block, last):
    """How many columns further to the right the same people go on; 0 where none do."""
    width = max(block.paths)
    rows = grid[block.bottom : min(block.bottom + SAMPLE, last)]
    rows = [line for line in rows if len(line) > width and any(line[width:])]
    if len(rows) < PEOPLE or block.right is not None:
        return 0
    if len(names := _columns_of(block)) != 1:
        return 0
    columns = sorted({c for line in rows for c in _filled_from(line, width)})
    for column in columns if len(columns) >= COLUMNS else ():
        shift = column - names[0]
        ours = [c - shift for c in columns]
        if (
            shift > width - min(block.paths)
            and block.paths.keys() >= set(ours)
            and _are_people(rows, names[0], shift)
        ):
            return shift if _are_alike(rows, ours, shift) else 0
    return 0


def _columns_of(block):
    """The columns of names under a header."""
    fields = {c: direct(tidy(path[-1])) for c, path in block.paths.items()}
    return [c for c, found in fields.items() if found and found[0].field in NAMES]


def _filled_from(line, width):
    return (c for c, text in enumerate(line[width:], width + 1) if text.strip())


def _cell(line, column):
    return line[column - 1].strip() if column <= len(line) else ""


def _are_people(rows, name, shift):
    """Whether names stand in the right column that are not those of the left one again."""
    there = [text for line in rows if (text := _cell(line, name + shift))]
    known = {fold(_cell(line, name)) for line in rows}
    people = [text for text in there if looks_like_name(text) and fold(text) not in known]
    return len(people) >= max(PEOPLE, MOST * len(there))


def _are_alike(rows, ours, shift):
    """Whether the columns on both sides hold numbers, or words, alike."""
    return all(
        abs(_digits(rows, c) - _digits(rows, c + shift)) <= 1 - MOST or not _digits(rows, c)
        for c in ours
    )


def _digits(rows, column):
    """The share of cells of a column that are numbers."""
    texts = [text for line in rows if (text := _cell(line, column))]
    return sum(text[0].isdigit() for text in texts) / max(len(texts), 1)


def _headed(side, grid, block, shift, merges):
    """The right side with the headings of the left one, and what is merged among these."""
    sheet, texts = side
    rows = range(block.top, block.bottom + 1)
    for row in rows:
        line = [""] * max(len(texts[row - 1]), max(block.paths) + shift)
        for column, text in filled(grid, row):
            line[column + shift - 1] = text
        texts[row - 1] = line
    heads = [(m[0], m[1] + shift, m[2], m[3] + shift) for m in merges if m[0] in rows]
    return replace(sheet, merges=[*sheet.merges, *heads]), texts

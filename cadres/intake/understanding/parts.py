"""A sheet with tables beside each other is read as several: one for each table.

The first keeps the sheet's name, the others are called "Sheet (bảng 2)" and so on. All keep the
rows and columns of the file; the cells of the other tables are blank in them. So a place is a
place of the file for edits and marks, and sheet and row name one person.
"""

from cadres.intake.types import LAST_COLUMN, column_number, column_place, part_name
from cadres.intake.understanding.blocks import find_blocks
from cadres.intake.understanding.extra import NO_EXTRA
from cadres.intake.understanding.halves import find_half
from cadres.intake.understanding.neighbours import find_cut, split
from cadres.intake.understanding.sheets import SheetReader


def read_sheet(sheet, today, system, mapping, *, taken=(), extra=NO_EXTRA):
    """[SheetResult]: one, or one for each of the tables beside each other.

    `mapping`: of the whole file; `taken`: the names of all its sheets.
    """
    how = {"today": today, "system": system, "extra": extra}
    whole = SheetReader(sheet, forced=mapping.get(sheet.name), **how)
    parts = [] if whole.passed_over else _parts(whole)
    if len(parts) > 1:
        _name(parts, taken)
        decoded = {"part_of": sheet.name, **how}
        results = [
            SheetReader(
                part,
                forced=_told(mapping, sheet.name, part.name, columns),
                decoded=(grid, whole.result.met),
                **decoded,
            ).read()
            for part, grid, columns in parts
        ]
        if all(result.parsed.used for result in results):
            return results
    return [whole.read()]


def _parts(whole):
    """[(sheet, grid, its columns)] of the tables beside each other, from the left."""
    found = []
    waiting = [(whole.sheet, whole.grid, whole.blocks, range(1, LAST_COLUMN + 1))]
    while waiting:
        sheet, grid, blocks, columns = waiting.pop()
        cut = find_cut(sheet, grid, blocks, may_repeat=whole.extra is not NO_EXTRA)
        if not cut and (half := find_half(sheet, grid, blocks)):
            start, left, right = half
            waiting.append((*right, find_blocks(*right), range(start, columns.stop)))
            waiting.append((*left, find_blocks(*left), columns))
            continue
        if not cut:
            found.append((sheet, grid, columns))
            continue
        left, right = split(sheet, grid, cut)
        # Where other tables go over both sides, they stay with the left one.
        rest = range(columns.start, cut.start) if cut.is_whole(grid) else columns
        waiting.append((*right, find_blocks(*right), range(cut.start, columns.stop)))
        waiting.append((*left, find_blocks(*left), rest))
    return found


def _name(parts, taken):
    """Gives the tables after the first their names."""
    taken = set(taken)
    for number, (part, *_) in enumerate(parts[1:], 2):
        part.name = part_name(part.name, number, taken)
        taken.add(part.name)


def _told(mapping, sheet, part, columns):
    """What a mapping says of the columns of a part, by its own name or by that of its sheet."""
    told = {
        place: field
        for place, field in mapping.get(sheet, {}).items()
        if column_number(column_place(place)[0]) in columns
    }
    return (told | mapping.get(part, {})) or None

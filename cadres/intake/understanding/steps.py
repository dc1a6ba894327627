"""Reading people step by step, each step worked out once for all rows whose cells say the same.

A column of ten thousand cells has some twenty different ones. What a step takes from a row depends
on the cells of its own columns alone, as long as each of them speaks for itself: no ditto, nothing
filled down from above. Where it does not, or there is something to warn of, the step is taken anew.
"""

import datetime
from itertools import zip_longest

from cadres.intake.parsing.outcome import is_ditto

PATIENT = object()
NONE = frozenset()
TEXTS = frozenset((str, type(None)))
PLAIN = frozenset((int, datetime.date, type(None)))
BLOCK = 1_000  # rows that are worked out together
LONGEST_DITTO = 14
# No name, date or level is longer; what is longer would only slow the parsers down.
LONGEST = 300
KEPT = 5_000  # different cells of a step that are remembered


class Block:
    """Some rows of a table by columns (from 0): what the cells hold and how they are shown."""

    def __init__(self, rows, cells):
        self.rows, self.cells = rows, cells
        self.texts = list(zip_longest(*[cells.grid[row - 1] for row in rows], fillvalue=""))
        self.values = list(zip_longest(*[cells.sheet.rows[row - 1] for row in rows]))

    def keys(self, n):
        """What the cells of a column are known by: texts as shown, days and numbers as they are."""
        if n >= len(self.texts):
            return [""] * len(self.rows)
        texts, values = self.texts[n], self.values[n]
        if TEXTS.issuperset(map(type, values)):
            return texts
        return list(map(_key, values, texts))

    def speaks(self, i, n, blank):
        """Whether the cell of the i-th row says all by itself."""
        text = self.texts[n][i] if n < len(self.texts) else ""
        if not text or text.isspace():
            return n in blank
        return len(text) >= LONGEST_DITTO or text[0].isdigit() or not is_ditto(text)


def _key(value, text):
    kind = type(value)
    if kind is str:
        return text
    return value if kind in PLAIN else (kind, value)  # True is 1 and 1.0


class Step:
    """What `take(person)` takes out of some columns of a table's rows.

    `fields`: where one of these was told by an earlier step, the step is taken anew.
    """

    def __init__(self, take, columns, fields=NONE):
        self.take, self.fields = take, frozenset(fields)
        self.places = [column.number - 1 for column in columns]
        self.known = {}  # what the cells are -> what was taken, or PATIENT

    def told(self, block, person):
        """For each of its rows ((field, value, column letter), …) or PATIENT.

        `person(row)` makes an empty person to be filled.
        """
        keys = [block.keys(n) for n in self.places]
        keys = keys[0] if len(keys) == 1 else list(zip(*keys, strict=True))
        known = self.known
        found = list(map(known.get, keys))
        if None in found:
            blank = {n for n in self.places if block.cells.stays_blank(n + 1)}
            for i, told in enumerate(found):
                if told is None and (told := known.get(keys[i])) is None:
                    told = known[keys[i]] = self._taken(block, i, blank, person)
                found[i] = told
        if len(known) > KEPT:
            known.clear()
        return found

    def _taken(self, block, i, blank, person):
        if not all(block.speaks(i, n, blank) for n in self.places):
            return PATIENT
        found = person(block.rows[i])
        self.take(found)
        if found.warnings or found.later:
            return PATIENT
        return tuple((name, value, found.cells[name]) for name, value in found.values.items())


class PlainStep(Step):
    """A step of one column that makes one value; `parse(value, text)` gives an Outcome."""

    def __init__(self, take, column, parse):
        super().__init__(take, [column])
        self.field, self.letter, self.parse = column.field, column.letter, parse

    def _taken(self, block, i, blank, person):
        (n,) = self.places
        if not block.speaks(i, n, blank):
            return PATIENT
        text = block.texts[n][i].strip() if n < len(block.texts) else ""
        if not text:
            return ()
        if len(text) > LONGEST or not text.isprintable():
            return PATIENT
        outcome = self.parse(block.values[n][i], text)
        if outcome.code or outcome.more:
            return PATIENT
        return () if outcome.value is None else ((self.field, outcome.value, self.letter),)


class Always:
    """A step that looks at what others took: it is taken anew for each row."""

    fields = NONE

    def __init__(self, take):
        self.take = take

    def told(self, block, person):
        """As of a Step."""
        return [PATIENT] * len(block.rows)


def people_of(steps, rows, cells, person):
    """What all steps, in their order, take from each row; a value told first stays."""
    for start in range(0, len(rows), BLOCK):
        block = Block(rows[start : start + BLOCK], cells)
        told = [(step, step.told(block, person)) for step in steps]
        told = [(step, takes) for step, takes in told if any(takes)]
        doing = [step for step, _ in told]
        for row, *takes in zip(block.rows, *(takes for _, takes in told), strict=True):
            found = person(row)
            _fill(found, doing, takes)
            yield found


def _fill(found, steps, takes):
    values, cells = found.values, found.cells
    for step, told in zip(steps, takes, strict=True):
        if told is PATIENT or (step.fields and not step.fields.isdisjoint(values)):
            step.take(found)
            continue
        for name, value, letter in told:
            if name not in values:
                values[name], cells[name] = value, letter

"""Rows of a worksheet that are written alike: what is worked out for one holds for all of them.

Without their row number and their values two rows of a list are mostly the same XML, character for
character. Of each such form a plan is made once: which column each value belongs to, and how its
XML becomes a value. Where a form is not the plainest there is no plan, and the cells are read one
by one.
"""

import re
from html import unescape as unescape_entities

from cadres.intake.reading.xmlstream import unescape
from cadres.intake.types import column_number

# Parts the tags of a row from what stands between them, which takes no "<".
BETWEEN = re.compile(r">([^<]+)<")
VALUE = "\x00"  # in a form, for a value; XML cannot hold it
CELL = re.compile(
    r'<c r="([A-Z]{1,3})"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?'
    rf"(/>|></c>|><v(?: [^<>]*)?{VALUE}/v></c>|><is><t(?: [^<>]*)?{VALUE}/t></is></c>)"
)
BARE = ("/>", "></c>")
FORMS = 1_000  # that are remembered
KEPT = 50_000  # meanings of one kind of value that are remembered


def text_of(xml):
    """The text that XML without tags means; None for an empty one."""
    return unescape(unescape_entities(xml)) or None


class Meanings(dict):
    """XML of a value -> the value; worked out once."""

    def __init__(self, work_out):
        super().__init__()
        self.work_out = work_out

    def __missing__(self, text):
        if len(self) >= KEPT:
            self.clear()
        value = self[text] = self.work_out(text)
        return value


class Plan:
    """How the values between the tags of a row become its list."""

    __slots__ = ("readers", "places", "width")

    def __init__(self, columns, readers):
        self.readers = readers
        self.width = columns[-1] if columns else 0
        order = [-1] * self.width  # the last of the values is None
        for place, column in enumerate(columns):
            order[column - 1] = place
        is_whole = columns == list(range(1, self.width + 1))
        self.places = None if is_whole else order

    def line(self, texts):
        """The row's list of values; IndexError or ValueError where a shared text is none."""
        values = [read(text) for read, text in zip(self.readers, texts, strict=True)]
        if self.places is None:
            return values
        values.append(None)
        return [values[place] for place in self.places]


class Plans:
    """The plans of one sheet; `book` gives shared texts and the meaning of numbers."""

    def __init__(self, book, widest):
        self.book, self.widest = book, widest
        self.known = {}  # form -> Plan, or None where there is none
        self.by_style = {}  # style -> reader of its numbers
        self.shared = Meanings(self._shared).__getitem__
        self.written = Meanings(text_of).__getitem__
        # The number of a row is taken out of its form by its digits, which may not be a style's.
        self.first = len(book.styles.special) + 1

    def line(self, number, xml):
        """The values of the row whose cells are in the XML, or None: it is to be read by cells."""
        if number < self.first:
            return None
        pieces = BETWEEN.split(xml)
        form = VALUE.join(pieces[::2]).replace(f'{number}"', '"')
        plan = self.known.get(form)
        if plan is None:
            if form in self.known or len(self.known) >= FORMS:
                return None
            plan = self.known[form] = self._plan(form)
            if plan is None:
                return None
        return plan.line(pieces[1::2])

    def _plan(self, form):
        """The plan of a form, None if anything in it is out of the ordinary."""
        end, last, columns, readers = 0, 0, [], []
        while cell := CELL.match(form, end):
            letters, style, kind, inside = cell.groups()
            column, end = column_number(letters), cell.end()
            if not last < column <= self.widest:
                return None
            last = column
            if inside in BARE:
                continue
            reader = self._reader(int(style or 0), kind or "n", inside.startswith("><v"))
            if reader is None:
                return None
            columns.append(column)
            readers.append(reader)
        return Plan(columns, readers) if end == len(form) else None

    def _reader(self, style, kind, is_value):
        """What makes a value of its XML, None where the cell is to be looked at by itself."""
        if kind == "inlineStr":
            return None if is_value else self.written
        if not is_value:
            return None
        if kind == "n":
            if style not in self.by_style:
                number = self.book.number
                self.by_style[style] = Meanings(lambda text: number(style, text)).__getitem__
            return self.by_style[style]
        return {"s": self.shared, "str": self.written}.get(kind)

    def _shared(self, text):
        return self.book.texts[int(text)] or None

"""How far a long step of an import is: told by the code that works, heard by whoever shows it."""

from contextlib import contextmanager
from contextvars import ContextVar

READING = "reading"
UNDERSTANDING = "understanding"
COMPARING = "comparing"
STORING = "storing"
WRITING = "writing"
EVERY = 100  # rows
_listener = ContextVar("listener", default=None)
_rows = ContextVar("rows", default=(0, 0))  # of earlier sheets, of the whole file


@contextmanager
def heard_by(listener):
    """Inside, `listener(stage, done, total)` hears what is told; 0, 0 where nothing is counted."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(stage, done=0, total=0):
    """Say which stage is being worked on, and how much of it is done."""
    listener = _listener.get()
    if listener is not None:
        listener(stage, done, total)


def counted(items, stage, total):
    """The items one by one, telling now and then how many of `total` are done."""
    for done, item in enumerate(items):
        if not done % EVERY:
            tell(stage, done, total)
        yield item


def sheet_by_sheet(sheets):
    """The sheets of a workbook one by one; `at_row` counts on from one to the next."""
    total, before = sum(len(sheet.rows) for sheet in sheets), 0
    for sheet in sheets:
        _rows.set((before, total))
        tell(UNDERSTANDING, before, total)
        yield sheet
        before += len(sheet.rows)


def at_row(row):
    """This row of the present sheet is being understood."""
    if not row % EVERY:
        before, total = _rows.get()
        tell(UNDERSTANDING, before + row, total)


# Of a hundred parts of a step's time, how many a stage takes; in the order in which they come.
SHARES = {
    "preview": {READING: 20, UNDERSTANDING: 40, COMPARING: 30, STORING: 10},
    "apply": {READING: 15, UNDERSTANDING: 30, COMPARING: 25, WRITING: 30},
    "undo": {WRITING: 100},
}


def percent(step, stage, done=0, total=0):
    """How much of a whole step is over at this point, in percent."""
    before = 0
    for one, share in SHARES[step].items():
        if one == stage:
            return before + (share * min(done, total) // total if total else 0)
        before += share
    return 0

"""Imports, ours against the peer's: each step fills what it needs and yields lines."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.intake.batches import apply, open_batch, preview
from reports.bench import rosters
from reports.bench.lines import Line
from reports.bench.measure import cost
from reports.bench.peers import (
    NewKeptRoster,
    NewRoster,
    Roster,
    TunedKeptRoster,
    TunedRoster,
    import_with,
)
from reports.bench.scratch import UNITS, scratch

DEFAULT_ROWS, SMALL_ROWS = 1000, 3000
TUNED = f"đã chỉnh, {SMALL_ROWS} dòng"
TUNED_KEPT = f"đã chỉnh và giữ lịch sử như ở đây, {SMALL_ROWS} dòng"
# Neither reads nor writes: bounds of transactions, waiting for one's turn, statistics renewed,
# and SQLite's own count of writes.
NOT_COUNTED = (
    "BEGIN",
    "COMMIT",
    "SAVEPOINT",
    "RELEASE",
    "SELECT pg_advisory_xact_lock",
    "ANALYZE",
    "PRAGMA data_version",
)


def imports(officials):
    """Imports: rows of processor time, ours against django-import-export as it comes and tuned."""
    yield from _new(officials)
    yield from _again(officials)


def _new(officials):
    """People who are not there yet."""
    default = _peer_rate(Roster, DEFAULT_ROWS)
    tuned = _peer_rate(NewRoster, SMALL_ROWS)
    kept = _peer_rate(NewKeptRoster, SMALL_ROWS)
    for size in sorted({SMALL_ROWS, officials}):
        what, data = f"nhập mới {size} người", rosters.workbook(rosters.rows(size, units=UNITS))
        rate = _our_rate(data, size)
        yield _rates(what, f"mặc định, {DEFAULT_ROWS} dòng", rate, default, "≥ 50")
        yield _rates(what, TUNED, rate, tuned, "≥ 6")
        yield _rates(what, TUNED_KEPT, rate, kept, "≥ 6")
        yield Line(f"số câu SQL khi {what}", "—", _statements(data), 0, "câu", 0, "≤ 25")


def _again(officials):
    """The same people once more, 5 % of them in another position."""
    tuned = _peer_rate(TunedRoster, SMALL_ROWS, again=True)
    kept = _peer_rate(TunedKeptRoster, SMALL_ROWS, again=True)
    for size in sorted({SMALL_ROWS, officials}):
        data = rosters.workbook(rosters.rows(size, units=UNITS))
        changed = rosters.workbook(rosters.rows(size, units=UNITS, changed=0.05))
        what = f"nhập lại {size} người, 5 % thay đổi"
        rate = _our_rate(changed, size, before=data)
        yield _rates(what, TUNED, rate, tuned, "≥ 18")
        yield _rates(what, TUNED_KEPT, rate, kept, "≥ 18")
        statements = _statements(changed, before=data)
        yield Line(f"số câu SQL khi {what}", "—", statements, 0, "câu", 0, "≤ 25")


def _rates(what, peer, ours, theirs, goal):
    unit = "dòng/giây CPU"
    return Line(what, f"django-import-export {peer}", ours, theirs, unit, ours / theirs, goal)


def _peer_rate(resource, size, *, again=False):
    """Rows a processor second: of a first import, or of one more with 5 % changed."""
    with scratch():
        data = rosters.workbook(rosters.rows(size, units=UNITS))
        if again:
            import_with(resource, data)
            data = rosters.workbook(rosters.rows(size, units=UNITS, changed=0.05))
        return size / cost(lambda: import_with(resource, data))


def _import(data, clerk):
    """Open, preview and apply, as the pages do."""
    batch = open_batch(data, "bench.xlsx", by=clerk)
    preview(batch)
    apply(batch, by=clerk)


def _our_rate(data, size, *, before=None):
    """Rows a processor second of an import; nothing is recorded beside it."""
    with scratch() as clerk:
        if before:
            _import(before, clerk)
        return size / cost(lambda: _import(data, clerk))


def _statements(data, *, before=None):
    """How many statements the import takes: a run of its own, for recording them costs time."""
    with scratch() as clerk:
        if before:
            _import(before, clerk)
        with CaptureQueriesContext(connection) as queries:
            _import(data, clerk)
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in queries)

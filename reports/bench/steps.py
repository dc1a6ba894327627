"""Imports, ours against the peer's: each step fills what it needs and yields lines."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.intake.batches import apply, open_batch, preview
from reports.bench import rosters
from reports.bench.lines import Line
from reports.bench.measure import cost
from reports.bench.peers import Roster, TunedRoster, import_with
from reports.bench.scratch import UNITS, scratch

DEFAULT_ROWS, SMALL_ROWS = 1000, 3000


def imports(officials):
    """Imports: rows of processor time, ours against django-import-export as it comes and tuned."""
    default = _peer_rate(Roster, DEFAULT_ROWS)
    tuned = _peer_rate(TunedRoster, SMALL_ROWS)
    for size in sorted({SMALL_ROWS, officials}):
        with scratch() as clerk:
            data = rosters.workbook(rosters.rows(size, units=UNITS))
            statements, rate = _our_rate(data, size, clerk)
            yield _rates(f"nhập mới {size} người", f"mặc định, {DEFAULT_ROWS} dòng", rate, default)
            yield _rates(f"nhập mới {size} người", f"đã chỉnh, {SMALL_ROWS} dòng", rate, tuned)
            yield Line(f"số câu SQL khi nhập {size} người", "—", statements, 0, "câu", 0)
    with scratch() as clerk:
        import_with(TunedRoster, rosters.workbook(rosters.rows(SMALL_ROWS, units=UNITS)))
        changed = rosters.workbook(rosters.rows(SMALL_ROWS, units=UNITS, changed=0.05))
        tuned = SMALL_ROWS / cost(lambda: import_with(TunedRoster, changed))
    with scratch() as clerk:
        _our_rate(rosters.workbook(rosters.rows(SMALL_ROWS, units=UNITS)), SMALL_ROWS, clerk)
        _, rate = _our_rate(changed, SMALL_ROWS, clerk)
        yield _rates(f"nhập lại {SMALL_ROWS} người, 5 % thay đổi", "đã chỉnh", rate, tuned)


def _rates(what, peer, ours, theirs):
    return Line(what, f"django-import-export {peer}", ours, theirs, "dòng/giây CPU", ours / theirs)


def _peer_rate(resource, size):
    with scratch():
        data = rosters.workbook(rosters.rows(size, units=UNITS))
        return size / cost(lambda: import_with(resource, data))


def _our_rate(data, size, clerk):
    """(SQL statements, rows per processor second) of open, preview and apply."""

    def work():
        batch = open_batch(data, "bench.xlsx", by=clerk)
        preview(batch)
        apply(batch, by=clerk)

    with CaptureQueriesContext(connection) as queries:
        spent = cost(work)
    return len(queries), size / spent

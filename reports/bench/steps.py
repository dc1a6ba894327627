"""The steps of the benchmark: each fills what it needs and yields rows of figures."""

from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from cadres.intake.batches import apply, open_batch, preview
from cadres.models import Account, Official
from reports.bench import figures, rosters
from reports.bench.measure import cost, cost_in_turn
from reports.bench.peers import Roster, TunedRoster, import_with
from reports.bench.scratch import CLERK, UNITS, scratch
from trainingplans.lib.dates import today

DEFAULT_ROWS, SMALL_ROWS = 1000, 3000


@dataclass(frozen=True)
class Line:
    """One comparison: ours and the peer's figure in `unit`, and how many times better ours is."""

    what: str
    peer: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    goal: str = ""


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


def _province(officials, clerk):
    data = rosters.workbook(rosters.rows(officials, units=UNITS))
    _our_rate(data, officials, clerk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if Official.objects.count() != officials:
        raise AssertionError("the province of the benchmark is not whole")


def reading(officials):
    """Figures and pages on a province of `officials`."""
    with scratch() as clerk:
        _province(officials, clerk)
        yield _figures(officials)
        yield _list_page(officials)


def _figures(officials):
    on = today()
    if figures.engine(on) != figures.by_hand(on):
        raise AssertionError("the engine and the hand-written SQL disagree")
    ours, theirs = cost_in_turn(
        lambda: figures.engine(on), lambda: figures.by_hand(on), repeat=max(1, 60_000 // officials)
    )
    return Line(
        f"10 mục tiêu × {UNITS} đơn vị, {officials} người",
        "một câu SQL viết tay",
        ours * 1000,
        theirs * 1000,
        "ms CPU",
        ours / theirs,
        "≤ 4",
    )


def _list_page(officials):
    with override_settings(ROOT_URLCONF="reports.bench.urls", ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.force_login(
            Account.objects.get(username=CLERK["username"]), "cadres.backends.RoleBackend"
        )
        ours, theirs = cost_in_turn(
            lambda: _open(client, "/can-bo/"),
            lambda: _open(client, "/bench-admin/cadres/standing/"),
            repeat=5,
        )
    return Line(
        f"trang danh sách, {officials} người",
        "danh sách của Django admin",
        ours * 1000,
        theirs * 1000,
        "ms CPU",
        ours / theirs,
        "≤ 1",
    )


def _open(client, path):
    if client.get(path).status_code != 200:
        raise AssertionError(f"{path} does not open")

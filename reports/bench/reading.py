"""Reading: figures, lists, searches and pages on a province, each against its named peer."""

from math import log

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from cadres.models import Unit
from cadres.people import RELATED as OF_LIST
from cadres.rules import RuleContext, count
from reports import kept
from reports.bench import figures, finding
from reports.bench.lines import Line, against
from reports.bench.measure import cost, cost_in_turn
from reports.bench.province import IN_SMALL_UNIT, fill
from reports.bench.scratch import scratch
from reports.people import page_of_people
from reports.scope import Scope
from trainingplans.lib.listing import page_by_keys
from trainingplans.lib.shelf import forget

MISSED = 3  # the target that most people miss
PAGES = {
    "tổng quan": "/tong-quan/",
    "đơn vị × mục tiêu": "/tong-quan/don-vi/",
    "một mục tiêu": "/muc-tieu/t4/",
    "danh sách cán bộ": "/can-bo/",
    "một trang trống": "/bench-empty/",
}


class Reading:
    """The measurements of one size; `costs` and `queries` are kept for those of growth."""

    def __init__(self, officials):
        self.officials, self.costs, self.queries = officials, {}, {}

    def lines(self):
        """Fill a scratch database and yield the Lines."""
        with scratch() as clerk:
            self.province = fill(self.officials, clerk)
            for step in (self.figures, self.past, self.people, self.search, self.pages):
                yield from step()

    @property
    def often(self):
        return max(1, 30_000 // self.officials)

    def ten_targets(self):
        return f"10 mục tiêu × {self.province.units} đơn vị"

    def named(self, what):
        return f"{what}, {self.officials} người"

    # ---- figures -------------------------------------------------------------------------------

    def figures(self):
        """Ten targets × all units: live, for the first time, from the summary; one unit."""
        on, what = self.province.now, self.ten_targets()
        _same(figures.engine(on), figures.by_hand(on))
        live, hand = cost_in_turn(
            lambda: figures.engine(on), lambda: figures.by_hand(on), repeat=self.often
        )
        hands = "một câu SQL viết tay"
        yield against(self.named(f"{what}, đếm trực tiếp"), hands, live, hand, "≤ 2")
        yield Line(
            self.named("số câu SQL khi đếm trực tiếp"), "—", self._statements(on), 0, "câu", 0
        )
        first, hand = cost_in_turn(
            lambda: (forget(), figures.engine(on)), lambda: figures.by_hand(on), repeat=self.often
        )
        yield against(self.named(f"{what}, lần đầu sau khi khởi động"), hands, first, hand)
        _same(figures.numbers(self._summary()), figures.by_hand(on))
        summary, hand = cost_in_turn(
            lambda: [self._summary() for _ in range(10)],
            lambda: figures.by_hand(on),
            repeat=self.often,
        )
        yield against(self.named(f"{what}, từ bản tổng hợp"), hands, summary / 10, hand, "≤ 0,1")
        for name, work, repeat in (
            ("live", lambda: figures.engine(on), self.often),
            ("one", self._one_unit, 10 * self.often),
        ):
            # In units of what does not grow, for the machine has better and worse minutes.
            spent, fixed = cost_in_turn(work, self._one_row, repeat=repeat)
            self.costs[name] = spent / fixed

    def _summary(self):
        return kept.figures(figures.pairs(), on=self.province.now, by_unit=True)

    def _one_unit(self):
        units = Unit.objects.filter(pk=self.province.small.pk)
        return count(figures.pairs(), on=self.province.now, units=units)

    def _one_row(self):
        return Unit.objects.get(pk=self.province.small.pk)

    def _statements(self, on):
        seen = []

        def wrapper(execute, sql, params, many, context):
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(wrapper):
            figures.engine(on)
        return len(seen)

    def past(self):
        """The same as of a past day, against the records themselves."""
        on = self.province.past
        _same(figures.engine(on), figures.from_records(on))
        ours, theirs = cost_in_turn(
            lambda: figures.engine(on), lambda: figures.from_records(on), repeat=self.often
        )
        what = self.named(f"{self.ten_targets()}, một ngày trước đây")
        yield against(what, "một câu SQL trên bảng gốc", ours, theirs, "≤ 0,25")

    # ---- people --------------------------------------------------------------------------------

    def people(self):
        """Who misses a target: the first page and a deep one, against the page of one unit."""
        whole = Scope(self.province.clerk, self.province.now)
        one = Scope(self.province.clerk, self.province.now, self.province.unit)
        last = self._page(whole, 1).paginator.num_pages
        deep = max(1, last * 4 // 5)
        for words, number in (("trang đầu", 1), ("trang ở 80 %", deep)):
            ours, cheapest = cost_in_turn(
                lambda number=number: self._page(whole, number),
                lambda: self._page(one, 1),
                repeat=5,
            )
            what = self.named(f"người chưa đạt một mục tiêu, {words}/{last}")
            yield against(what, "trang của một đơn vị", ours, cheapest, "≤ 5")
        first, cheapest = cost_in_turn(
            lambda: (forget(), self._page(whole, deep)), lambda: self._page(one, 1)
        )
        what = self.named("người chưa đạt một mục tiêu, trang ở 80 %, lần đầu sau khi dữ liệu đổi")
        yield against(what, "trang của một đơn vị", first, cheapest)

    def _page(self, scope, number):
        asked, target = finding.Asks(scope.account, number), self.province.targets[MISSED]
        return page_of_people(asked, target, "missing", scope, RuleContext(scope.on))

    def search(self):
        """A full name, how many and the first page: by our search, and by reading all names."""
        clerk, on = self.province.clerk, self.province.now
        ours, theirs = finding.by_index(clerk, on), finding.by_reading(on)
        found, expected = finding.run(ours), finding.run(theirs, indexed=False)
        if not expected[-1] or found[1] != expected[0]:
            raise AssertionError("the search and the scan find other people")
        indexed, scan = cost_in_turn(
            lambda: finding.run(ours), lambda: finding.run(theirs, indexed=False), repeat=10
        )
        what, peer = self.named("tìm một họ tên"), "đọc hết các tên (LIKE)"
        yield against(f"{what}, các câu SQL", peer, indexed, scan, "≤ 0,2")
        finding.run([])  # the index is used again
        whole = cost(lambda: self._search_page(10), times=5) / 10
        yield against(f"{what}, cả phần Python của trang", peer, whole, scan)

    def _search_page(self, times):
        for _ in range(times):
            page_by_keys(
                finding.Asks(self.province.clerk),
                finding.people(self.province.clerk, self.province.now),
                related=OF_LIST,
            )

    # ---- pages ---------------------------------------------------------------------------------

    def pages(self):
        """Pages in the browser's eyes: kept dashboard, list, and how many queries each takes."""
        with override_settings(ROOT_URLCONF="reports.bench.urls", ALLOWED_HOSTS=["testserver"]):
            client = Client()
            client.force_login(self.province.clerk, "cadres.backends.RoleBackend")
            ours, empty = cost_in_turn(
                lambda: _open(client, PAGES["tổng quan"]),
                lambda: _open(client, PAGES["một trang trống"]),
                repeat=10,
            )
            yield against(self.named("trang tổng quan đã giữ"), "trang trống", ours, empty, "≤ 2")
            ours, theirs = cost_in_turn(
                lambda: _open(client, PAGES["danh sách cán bộ"]),
                lambda: _open(client, "/bench-admin/cadres/standing/"),
                repeat=5,
            )
            peer = "danh sách của Django admin"
            yield against(self.named("trang danh sách cán bộ"), peer, ours, theirs, "≤ 1")
            for name, address in PAGES.items():
                forget()
                with CaptureQueriesContext(connection) as queries:
                    _open(client, address)
                self.queries[name] = len(queries)


def growth(small, large):
    """From the small province to the large one: exponents of time, queries of pages."""
    times = log(large.officials / small.officials)
    for words, key, goal in (
        ("10 mục tiêu × mọi đơn vị", "live", "≤ 1,1"),
        (f"10 mục tiêu của một đơn vị {IN_SMALL_UNIT} người", "one", "≤ 0,15"),
    ):
        exponent = log(large.costs[key] / small.costs[key]) / times
        what = f"{words}, số mũ từ {small.officials} đến {large.officials} người"
        yield Line(what, "—", exponent, 0, "", 0, goal)
    for name, number in large.queries.items():
        what = f"số câu SQL của trang {name}, {large.officials} người"
        before = small.queries[name]
        peer = f"{small.officials} người"
        yield Line(what, peer, number, before, "câu", number / before, "= 1")


def _same(ours, theirs):
    if ours != theirs:
        raise AssertionError("the engine and the hand-written SQL disagree")


def _open(client, path):
    if client.get(path).status_code != 200:
        raise AssertionError(f"{path} does not open")

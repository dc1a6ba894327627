"""Measuring the counting engine against SQL written by hand over the same level columns."""

from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.rules import Pair, count

COMMUNE = {"unit_kind": ["commune"]}
# (staff kinds, ladder, level or None for any above "not trained", lowest code of the column)
TEN = [
    (["CC"], "professional", "TC", 20),
    (["CB"], "professional", "DH", 40),
    (["CB"], "political_theory", "TC", 20),
    (["CC"], "political_theory", "SC", 10),
    (["CB", "CC"], "state_management", None, 1),
    (["CB", "CC"], "defence_security", None, 1),
    (["CB", "CC"], "informatics", None, 1),
    (["CC"], "state_management", "CV", 20),
    (["CB"], "foreign_language", None, 1),
    (["CB", "CC"], "ethnic_language", None, 1),
]


@dataclass
class Measured:
    """Seconds (medians) of both ways, their ratio, queries, and whether the numbers agree."""

    engine: float
    by_hand: float
    queries: int
    agree: bool

    @property
    def ratio(self):
        return self.engine / self.by_hand


def ten_pairs():
    """The ten targets as rules."""
    return [_pair(*one) for one in TEN]


def _pair(kinds, ladder, level, _):
    population = {"all": [{"staff_kind": kinds}, COMMUNE]}
    if level is None:
        return Pair(population, {"has": ladder})
    return Pair(population, {"level_at_least": {"ladder": ladder, "level": level}})


def sql_by_hand():
    """The same ten targets × all units, as somebody who knows the tables would write them."""
    columns = ", ".join(_columns(kinds, ladder, lowest) for kinds, ladder, _, lowest in TEN)
    return (
        f"SELECT unit_id, {columns} FROM cadres_standing "  # noqa: S608  constants of this module
        "WHERE in_service AND valid_from <= %s AND valid_to > %s "
        "AND unit_id IN (SELECT id FROM cadres_unit WHERE kind = 'commune') GROUP BY unit_id"
    )


def _columns(kinds, ladder, lowest):
    names = ", ".join(f"'{kind}'" for kind in kinds)
    of_these, column = f"staff_kind IN ({names})", f"lv_{ladder}"
    return (
        f"COUNT(*) FILTER (WHERE {of_these}), "
        f"COUNT(*) FILTER (WHERE {of_these} AND {column} >= {lowest}), "
        f"COUNT(*) FILTER (WHERE {of_these} AND {column} IS NULL)"
    )


def measure_figures(on, rounds=7):
    """Ten targets × all units, in turns by the engine and by hand; levels must be loaded."""
    pairs, sql = ten_pairs(), sql_by_hand()
    engine, by_hand = [], []
    for _ in range(rounds):
        seconds, figures = _timed(lambda: count(pairs, on=on, by_unit=True))
        engine.append(seconds)
        seconds, rows = _timed(lambda: _fetched(sql, [on, on]))
        by_hand.append(seconds)
    with CaptureQueriesContext(connection) as queries:
        count(pairs, on=on, by_unit=True)
    agree = [(f.population, f.attained, f.unknown) for f in figures] == _totals(rows)
    return Measured(median(engine), median(by_hand), len(queries), agree)


def _timed(work):
    begin = perf_counter()
    result = work()
    return perf_counter() - begin, result


def _fetched(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _totals(rows):
    """The three numbers of each target over all units."""
    sums = [sum(column) for column in list(zip(*rows, strict=True))[1:]] or [0] * 3 * len(TEN)
    return [tuple(sums[start : start + 3]) for start in range(0, len(sums), 3)]

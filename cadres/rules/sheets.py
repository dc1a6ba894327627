"""Queries of the counting engine kept ready: their SQL is made once, not at each count.

Making the SQL of ten targets takes longer than counting a small province. It depends on the rules,
the day, and on tables that seldom change (units and their traits, levels, contents of training):
their version is read in the same query, and SQL made from another version is made anew.
"""

from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from cadres.versions import REFERENCE, versions, whole
from trainingplans.lib.shelf import Shelf

KEPT_AT_MOST = 64
VERSION = "SELECT SUM(token) FROM cadres_datamark WHERE what = %s"
_kept = Shelf(KEPT_AT_MOST)


class Ready(NamedTuple):
    """SQL made from a version of the reference tables, None where nobody can be counted."""

    version: int
    sql: str | None
    params: tuple
    plans: list


def read(key, make):
    """(plans, rows) of the Sheet of a key; `make()` makes it where it is not kept.

    One query for a kept one.
    """
    key = (connection.settings_dict["NAME"], key)
    ready = _kept.get(key)
    if ready:
        rows = _rows(ready)
        if rows is not None:
            return ready.plans, rows
    [version] = versions(REFERENCE)
    ready = _made(make(), version)
    if version is not None:
        _kept.put(key, ready)
    return ready.plans, _fetched(ready)


def _made(sheet, version):
    if not sheet.columns:
        return Ready(version, None, (), sheet.plans)
    try:
        sql, params = sheet.query().query.sql_with_params()
    except EmptyResultSet:
        return Ready(version, None, (), sheet.plans)
    with_version = f"SELECT q.*, ({VERSION}) FROM ({sql}) q"  # noqa: S608 - made by Django
    return Ready(version, with_version, (REFERENCE, *params), sheet.plans)


def _rows(ready):
    """The rows, None where the SQL was made from another version."""
    rows = _fetched(ready)
    version = whole(rows[0][-1]) if rows else versions(REFERENCE)[0]
    return rows if version == ready.version else None


def _fetched(ready):
    if ready.sql is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ready.sql, ready.params)
        return cursor.fetchall()

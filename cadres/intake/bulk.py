"""Writing very many rows with few statements: COPY on PostgreSQL, executemany on SQLite.

History rows and images are made by the database itself out of the rows just written.
"""

import json
from itertools import islice
from operator import attrgetter
from types import NoneType

import orjson
from django.db import connection, models
from django.utils import timezone

from cadres.intake.records import COLUMNS, plain
from cadres.models import Change, ImportRow, Official

ROWS = 2_000  # turned into columns at once
BLOCK = 1 << 18  # characters handed to COPY at once
_patient = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def JSON(value):  # noqa: N802 - read as a constant's use
    """The value as compact JSON."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # halves of characters, endless numbers
        return _patient(value)


def is_postgres():
    return connection.vendor == "postgresql"


def table(model):
    """The quoted name of a model's table."""
    return connection.ops.quote_name(model._meta.db_table)


def names_of(columns):
    """The quoted column list of columns (attnames)."""
    return ", ".join(connection.ops.quote_name(column) for column in columns)


def execute(sql, params=()):
    """Run one statement; returns the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


# New rows


def new_ids(counts):
    """{model: [ids]} for so many new rows of each model; one statement."""
    counts = {model: count for model, count in counts.items() if count}
    if not counts:
        return {}
    with connection.cursor() as cursor:
        if is_postgres():
            parts = [
                f"(SELECT array_agg(nextval(pg_get_serial_sequence('{table(model)}', 'id')))"  # noqa: S608
                f" FROM generate_series(1, {count}))"
                for model, count in counts.items()
            ]
            cursor.execute(f"SELECT {', '.join(parts)}")
            return dict(zip(counts, map(list, cursor.fetchone()), strict=True))
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        used = dict(cursor.fetchall())
    starts = {model: used.get(model._meta.db_table, 0) + 1 for model in counts}
    return {model: list(range(start, start + counts[model])) for model, start in starts.items()}


def insert(model, columns, rows):
    """Insert tuples of these columns (attnames); days may be date objects, JSON is text."""
    names = names_of(columns)
    if is_postgres():
        # Django does not wrap the errors of this method by itself.
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(f"COPY {table(model)} ({names}) FROM STDIN", _Lines(rows), BLOCK)
        return
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {table(model)} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, _with_day_texts(rows, _places_of_days(model, columns)))


def copy_back(model, columns, officials, start, others):
    """For each row of these officials one more, from `start` to its beginning; `others` {column:
    value} differ. One statement: the rows need not pass through here.
    """
    kept = [column for column in columns if column not in others]
    marks = ", ".join(["%s"] * (len(others) + 1))
    condition, params = in_ids("official_id", officials)
    execute(
        f"INSERT INTO {table(model)} (valid_to, {names_of(kept)}, valid_from, {names_of(others)})"  # noqa: S608
        f" SELECT valid_from, {names_of(kept)}, {marks} FROM {table(model)} WHERE {condition}",
        [plain(start), *others.values(), *params],
    )


def _places_of_days(model, columns):
    days = {c.attname for c in model._meta.concrete_fields if c.get_internal_type() == "DateField"}
    return [place for place, column in enumerate(columns) if column in days]


def _with_day_texts(rows, places):
    """Rows with their days as SQLite keeps them: an adapter called for each takes longer."""
    if not places:
        yield from rows
        return
    rows = iter(rows)
    while block := list(islice(rows, ROWS)):
        columns = list(zip(*block, strict=True))
        for place in places:
            days = {day: plain(day) for day in set(columns[place])}
            columns[place] = map(days.get, columns[place])
        yield from zip(*columns, strict=True)


def insert_records(model, records):
    """Insert records or unsaved model objects that have their ids."""
    columns = COLUMNS.get(model) or [c.attname for c in model._meta.concrete_fields]
    insert(model, columns, map(attrgetter(*columns), records))


class _Lines:
    """Rows as the file of COPY's text format, made while it is read."""

    def __init__(self, rows):
        self.rows = iter(rows)
        self.rest = ""

    def read(self, size):
        parts = [self.rest]
        missing = size - len(self.rest)
        while missing > 0 and (block := list(islice(self.rows, ROWS))):
            columns = map(_copy_texts, zip(*block, strict=True))
            parts += ["\n".join(map("\t".join, zip(*columns, strict=True))), "\n"]
            missing -= len(parts[-2]) + 1
        text = "".join(parts)
        self.rest = text[size:]
        return text[:size]


NULL = "\\N"
SPECIAL = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}  # in this order


def _copy_texts(values):
    """The values of a column in COPY's text format."""
    kinds = set(map(type, values)) - {NoneType}
    if kinds == {str}:
        return _escaped(values)
    if len(kinds) > 1:  # 1 and True are one key
        return _escaped(list(map(_copy_text, values)))
    # Days and numbers repeat themselves.
    distinct = list(set(values))
    texts = dict(zip(distinct, _escaped(list(map(_copy_text, distinct))), strict=True))
    return map(texts.get, values)


def _copy_text(value):
    if value is None:
        return None
    return str(value) if value.__class__ is not bool else "ft"[value]


def _escaped(texts):
    """Texts or None; one look at all of them tells which characters are to be replaced."""
    whole = "".join(filter(None, texts))
    for special, instead in SPECIAL.items():
        if special in whole:
            texts = [text and text.replace(special, instead) for text in texts]
    return [NULL if text is None else text for text in texts]


# Changed rows


def update(model, records, columns):
    """Write these columns (attnames) of records; returns how many rows were there to write.

    Only rows whose version is one less than the record's are written.
    """
    columns = [column for column in columns if column != "id"]
    if is_postgres():
        types = _types(model)
        defined = ", ".join(f'"{c}" {types[c]}' for c in ["id", *columns])
        sets = ", ".join(f'"{c}" = new."{c}"' for c in columns)
        rows = [{c: plain(getattr(r, c)) for c in ["id", *columns]} for r in records]
        return execute(
            f"UPDATE {table(model)} old SET {sets}"  # noqa: S608
            f" FROM jsonb_to_recordset(%s::jsonb) AS new({defined})"
            " WHERE old.id = new.id AND old.version = new.version - 1",
            [JSON(rows)],
        )
    sets = ", ".join(f'"{c}" = %s' for c in columns)
    sql = f"UPDATE {table(model)} SET {sets} WHERE id = %s AND version = %s"  # noqa: S608
    rows = ([plain(getattr(r, c)) for c in columns] + [r.id, r.version - 1] for r in records)
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))
        return cursor.rowcount


def fill_officials(batch, places):
    """Note on the rows of a batch whom they became: [(sheet, row, official id)]."""
    if not places:
        return
    name = table(ImportRow)
    if is_postgres():
        execute(
            f"UPDATE {name} old SET official_id = new.official"  # noqa: S608
            " FROM unnest(%s::text[], %s::int[], %s::bigint[]) AS new(sheet, row, official)"
            " WHERE old.batch_id = %s AND old.sheet = new.sheet AND old.row = new.row",
            [*map(list, zip(*places, strict=True)), batch.pk],
        )
        return
    # One by one through the index: a join with a list goes through all rows for each of it.
    sql = f"UPDATE {name} SET official_id = %s WHERE batch_id = %s AND sheet = %s AND row = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(who, batch.pk, sheet, row) for sheet, row, who in places])


def _types(model):
    return {
        c.attname: c.rel_db_type(connection) if c.primary_key else c.db_type(connection)
        for c in model._meta.concrete_fields
    }


# History and images


def in_ids(column, ids):
    """(condition, parameters): the column is one of many ids, as one parameter."""
    if is_postgres():
        return f"{column} = ANY(%s)", [list(ids)]
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(ids))]  # noqa: S608


def write_history(model, ids, kind, *, by, reason):
    """One history row each for these rows as they are now; kind "+", "~" or "-"."""
    if ids:
        execute(*_history(model, ids, "%s", [kind], by, reason))


def write_traces(batch, new, changed, *, by, reason, with_images):
    """History of new and changed rows; `with_images`: and a Change with the image of new ones.

    `new`, `changed`: {model: ids}. One statement on PostgreSQL, one a table on SQLite.
    """
    traces = []
    for model in {**new, **changed}:
        ids = [*new.get(model, ()), *changed.get(model, ())]
        # The numbers of new rows are above all others.
        kind, params = "CASE WHEN id >= %s THEN '+' ELSE '~' END", [min(new.get(model, [BEYOND]))]
        traces.append(_history(model, ids, kind, params, by, reason))
    if new and with_images:
        traces.append(_new_images(batch, new))
    if is_postgres() and len(traces) > 1:
        parts = [f"t{i} AS ({sql} RETURNING 1)" for i, (sql, _) in enumerate(traces[:-1])]
        sql = f"WITH {', '.join(parts)} {traces[-1][0]}"
        traces = [(sql, [value for _, params in traces for value in params])]
    for sql, params in traces:
        execute(sql, params)


BEYOND = 2**62  # above every id


def _history(model, ids, kind, kind_params, by, reason):
    """(SQL, parameters) that copy rows into their history."""
    history = model.history.model
    names = names_of([field.attname for field in history.tracked_fields])
    condition, params = in_ids("id", ids)
    sql = (
        f"INSERT INTO {table(history)} ({names}, history_date, history_change_reason,"  # noqa: S608
        f" history_user_id, history_type) SELECT {names}, %s, %s, %s, {kind}"
        f" FROM {table(model)} WHERE {condition}"
    )
    return sql, [_now(), reason, by.pk, *kind_params, *params]


def _now():
    return connection.ops.adapt_datetimefield_value(timezone.now())


def image_sql(model):
    """An SQL expression: the row as JSON, the same as `records.image` makes it."""
    parts = []
    for column in model._meta.concrete_fields:
        name = connection.ops.quote_name(column.attname)
        if isinstance(column, models.BooleanField) and not is_postgres():
            name = f"json(CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)"
        parts.append(f"'{column.attname}', {name}")
    return f"{'jsonb_build' if is_postgres() else 'json'}_object({', '.join(parts)})"


def _new_images(batch, ids):
    """(SQL, parameters) that make a Change with the image after of each new row."""
    parts, params = [], []
    for model, new in ids.items():
        condition, values = in_ids("id", new)
        owner = "id" if model is Official else "official_id"
        parts.append(
            f"SELECT %s, {owner}, '{model._meta.label_lower}', id, {image_sql(model)}"  # noqa: S608
            f" FROM {table(model)} WHERE {condition}"
        )
        params += [batch.pk, *values]
    columns = names_of(["batch_id", "official_id", "model", "object_id", "after"])
    return f"INSERT INTO {table(Change)} ({columns}) {' UNION ALL '.join(parts)}", params  # noqa: S608


def write_images(batch, changes):
    """A Change of each (model, official id, id, image before or None, image after or None)."""
    columns = ["batch_id", "official_id", "model", "object_id", "before", "after"]
    rows = [
        (
            batch.pk,
            owner,
            model._meta.label_lower,
            pk,
            before and JSON(before),
            after and JSON(after),
        )
        for model, owner, pk, before, after in changes
    ]
    if rows:
        insert(Change, columns, rows)


def delete(model, ids, column="id"):
    """Delete the rows whose column is one of the ids; no cascades."""
    condition, params = in_ids(column, ids)
    return execute(f"DELETE FROM {table(model)} WHERE {condition}", params)  # noqa: S608


def analyze(tables):
    """Fresh statistics for the planner after very many new rows."""
    if is_postgres():
        execute(f"ANALYZE {', '.join(table(model) for model in tables)}")

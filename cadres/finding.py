"""Indexes by which people are found by any part of their name or position.

Made beside the tables after each `migrate`; the database itself keeps them right, whoever writes
and how. Names have an index: on PostgreSQL of trigrams (three letters in a row), on SQLite of their
ends, word by word. Positions are few: those that anybody ever had are listed, so that a text which
is in none of them is not looked for in all.

Where the index of names may not be made (PostgreSQL without pg_trgm, or a role that may not create
it), `migrate` says so; people are then found by reading all names, which takes longer.
"""

import sys

from django.db import DatabaseError, connections, transaction

from cadres.models import Official, PositionKey, Standing
from cadres.models.finding import LONG, NAME_INDEX, TAILS, after_blank

NAMES, PEOPLE, POSITIONS = (m._meta.db_table for m in (Official, Standing, PositionKey))
WITHOUT = """\
Không tạo được chỉ mục tìm tên: {error}
Cổng vẫn chạy và tìm vẫn đúng, nhưng chậm khi có rất nhiều người.
{advice}
"""
ADVICE = {
    "postgresql": "Nhờ người quản trị PostgreSQL chạy CREATE EXTENSION pg_trgm; rồi migrate lại.",
    "sqlite": "Xem lỗi trên, rồi chạy lại migrate.",
}


def install(using="default", **_):
    """Make the indexes and what keeps them right, where the tables are; after each `migrate`."""
    database = connections[using]
    if not {NAMES, PEOPLE, POSITIONS} <= set(database.introspection.table_names()):
        return
    with database.cursor() as cursor:
        for sql in [*POSITIONS_KEPT[database.vendor], KNOWN_POSITIONS.format(people=PEOPLE)]:
            cursor.execute(sql)
    try:
        with transaction.atomic(using), database.cursor() as cursor:
            for sql in NAMES_KEPT[database.vendor]:
                cursor.execute(sql)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        sys.stderr.write(WITHOUT.format(error=reason, advice=ADVICE[database.vendor]))


# Positions: a row for each that is not known yet. No uniqueness: writers never wait for one
# another, and a position twice does no harm.

KNOWN_POSITIONS = (
    f"INSERT INTO {POSITIONS} (text) SELECT DISTINCT position_key FROM {{people}} written"  # noqa: S608
    f" WHERE NOT EXISTS (SELECT 1 FROM {POSITIONS} known WHERE known.text = written.position_key)"
)


def _positions_sqlite():
    for event in ("INSERT", "UPDATE OF position_key"):
        name = f"know_position_{event.split()[0].lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {PEOPLE} WHEN NOT EXISTS"  # noqa: S608
            f" (SELECT 1 FROM {POSITIONS} WHERE text = new.position_key)"
            f" BEGIN INSERT INTO {POSITIONS} (text) VALUES (new.position_key); END"
        )


def _positions_postgres():
    yield (
        "CREATE OR REPLACE FUNCTION know_positions() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {KNOWN_POSITIONS.format(people='new_rows')}; RETURN NULL; END $$"
    )
    for event in ("INSERT", "UPDATE"):
        name = f"know_position_{event.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name} ON {PEOPLE}"
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {PEOPLE} REFERENCING NEW TABLE AS new_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION know_positions()"
        )


# Names.


def _names_sqlite():
    """Ends of names, and names too long for these: see `MayBeFound`."""
    for tail in TAILS:
        yield f"CREATE INDEX IF NOT EXISTS {NAME_INDEX}_{tail} ON {NAMES} ({after_blank(tail)})"
    yield f"CREATE INDEX IF NOT EXISTS {NAME_INDEX} ON {NAMES} (search_key) WHERE {LONG}"


def _names_postgres():
    yield "CREATE EXTENSION IF NOT EXISTS pg_trgm"
    yield (
        f"CREATE INDEX IF NOT EXISTS {NAME_INDEX} ON {NAMES} USING gin (search_key gin_trgm_ops)"
    )


POSITIONS_KEPT = {
    "sqlite": list(_positions_sqlite()),
    "postgresql": list(_positions_postgres()),
}
NAMES_KEPT = {"sqlite": list(_names_sqlite()), "postgresql": list(_names_postgres())}

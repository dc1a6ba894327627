"""Versions of the data: two equal ones mean that no watched table was written in between.

The tables themselves say so, by triggers, whoever writes and how: forms, imports, SQL by hand. A
mark is a random number written in the transaction of the change; a version is the sum of the
marks that one sees, less whole BIGs. So what somebody else has not committed yet, or has rolled
back, has another version than what follows it, and a figure kept for a version is never read stale.
"""

from secrets import randbelow

from django.apps import apps
from django.db import connection, connections, transaction

from cadres.models import DataMark

PEOPLE, REFERENCE, TARGETS = "people", "reference", "targets"
MARKS_AT_MOST = 1000  # rows of marks of a kind; more are drawn together
WATCHED = {}  # {kind: [labels of models]}
EVENTS = ("INSERT", "UPDATE", "DELETE")
BIG = 2**52
SUMS = "SELECT what, SUM(token), COUNT(*) FROM cadres_datamark WHERE what IN"


def watch(what, *models):
    """Count writes to these models (labels) as changes of a kind; in AppConfig.ready()."""
    WATCHED.setdefault(what, []).extend(models)


def versions(*kinds):
    """The versions of these kinds, None for one that has no mark yet; one query."""
    places = ", ".join(["%s"] * len(kinds))
    with connection.cursor() as cursor:
        cursor.execute(f"{SUMS} ({places}) GROUP BY what", kinds)
        found = {what: (total, number) for what, total, number in cursor.fetchall()}
    for what, (_total, number) in found.items():
        if number > MARKS_AT_MOST:
            draw_together(what)
    for what in set(kinds) - set(found):
        begin(what)
    return tuple(whole(found[what][0]) if what in found else None for what in kinds)


def begin(what, using=None):
    """The first mark of a kind; until it is there nothing is kept for the kind."""
    DataMark.objects.using(using).create(what=what, token=randbelow(BIG))


def whole(total):
    """A sum of marks as a version; None stays. Sums that grew for ever would not fit in a mark."""
    return None if total is None else int(total) % BIG


def draw_together(what):
    """One mark in place of many, with the same sum: the version stays."""
    with transaction.atomic():
        rows = DataMark.objects.select_for_update(skip_locked=SKIPS[connection.vendor]).filter(
            what=what
        )
        marks = dict(rows.values_list("pk", "token"))
        DataMark.objects.filter(pk__in=marks).delete()
        DataMark.objects.create(what=what, token=whole(sum(marks.values())))


def install(using="default", **_):
    """Make the triggers of all watched tables that there are; after each `migrate`."""
    database = connections[using]
    tables = set(database.introspection.table_names())
    if DataMark._meta.db_table not in tables:
        return
    make = TRIGGERS[database.vendor]
    with database.cursor() as cursor:
        for what, labels in WATCHED.items():
            for table in {apps.get_model(label)._meta.db_table for label in labels} & tables:
                for sql in make(table, what):
                    cursor.execute(sql)
    there = set(DataMark.objects.using(using).values_list("what", flat=True))
    for what in set(WATCHED) - there:
        begin(what, using)


def _sqlite(table, what):
    """A row's trigger renews the one mark of its kind; SQLite has one writer at a time."""
    for event in EVENTS:
        name = f"mark_{table}_{event.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN"  # noqa: S608 - constants
            f" UPDATE cadres_datamark SET token = random() / 4096 WHERE what = '{what}'; END"
        )


def _postgres(table, what):
    """Each statement adds a mark, so that writers never wait for one another."""
    yield (
        f"CREATE OR REPLACE FUNCTION mark_{what}()"  # noqa: S608 - constants
        " RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO cadres_datamark (what, token) VALUES ('{what}', (random() * {BIG})::bigint);"
        " RETURN NULL; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS mark_{table} ON {table}"
    events = " OR ".join([*EVENTS, "TRUNCATE"])
    yield (
        f"CREATE TRIGGER mark_{table} AFTER {events} ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION mark_{what}()"
    )


SKIPS = {"sqlite": False, "postgresql": True}  # rows that another one is drawing together
TRIGGERS = {"sqlite": _sqlite, "postgresql": _postgres}

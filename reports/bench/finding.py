"""A full name searched for: by the statements of the list page, and by reading every name."""

from django.db import connection

from cadres.filters import PeopleFilter
from cadres.models import PositionKey, Standing
from cadres.people import RELATED, standings_for
from trainingplans.lib.listing import PAGE_SIZE
from trainingplans.lib.text import fold

NAME = "Hoàng Minh Khánh"
FOUND = (
    " FROM cadres_standing s JOIN cadres_official o ON o.id = s.official_id"
    " JOIN cadres_unit u ON u.id = s.unit_id"
    # So that both databases read the names first, and then look up the few that are left.
    " WHERE s.official_id IN (SELECT id FROM cadres_official WHERE search_key LIKE %s)"
    " AND s.valid_from <= %s AND s.valid_to > %s AND s.in_service"
)


class Asks:
    """What a filter and a list read of a request."""

    def __init__(self, user, page=1):
        self.user, self.GET = user, {"page": page}


def people(account, on):
    """The standings of the list of officials, searched as its page does it."""
    return PeopleFilter({"q": NAME}, standings_for(account, on), request=Asks(account)).qs


def by_index(account, on):
    """[(SQL, parameters)] of the page: known positions, how many people, keys and rows of some."""
    rows = people(account, on)
    known = PositionKey.objects.filter(text__contains=fold(NAME)).values("pk")[:1]
    ids, params = rows.order_by().values("pk").query.sql_with_params()
    counted = (f"SELECT COUNT(*) FROM ({ids}) found", params)  # noqa: S608 - Django's own SQL
    keys = rows.select_related(None).values_list("pk", flat=True)[:PAGE_SIZE]
    shown = Standing.objects.filter(pk__in=list(keys)).select_related(*RELATED)
    return [
        known.query.sql_with_params(),
        counted,
        keys.query.sql_with_params(),
        shown.query.sql_with_params(),
    ]


def by_reading(on):
    """[(SQL, parameters)] of an expert without an index: how many people, the first of them."""
    params = [f"%{fold(NAME)}%", on, on]
    first = f"SELECT s.*, o.*, u.*{FOUND} ORDER BY s.sort_key LIMIT {PAGE_SIZE}"
    return [(f"SELECT COUNT(*){FOUND}", params), (first, params)]


def run(statements, *, indexed=True):
    """The rows of each statement; without `indexed` PostgreSQL does not use its trigrams."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # serves LIKE by bitmaps only
            cursor.execute(f"SET enable_bitmapscan = {'on' if indexed else 'off'}")
        found = []
        for sql, params in statements:
            cursor.execute(sql, params)
            found.append(cursor.fetchall())
    return found

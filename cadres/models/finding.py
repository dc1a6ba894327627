"""What finding people by text rests on: known positions, the index of names (cadres.finding)."""

from django.core.exceptions import FullResultSet
from django.db import models
from django.db.models import BooleanField, F, Lookup, Q

NAME_INDEX = "cadres_official_names"
LAST_LETTER = "\U0010ffff"
# SQLite's index: what follows the first, second and third blank of a name, and the longer names.
TAILS = (1, 2, 3)
LIKE = "search_key LIKE %s ESCAPE '\\'"
LONG = "search_key GLOB '* * * * *'"


class PositionKey(models.Model):
    """A position that somebody has or had; written by the database itself, by triggers.

    Never deleted: one too many costs a look, one too few would hide people.
    """

    text = models.CharField(max_length=250, db_index=True)

    class Meta:
        verbose_name = "chức vụ đã ghi"
        verbose_name_plural = "chức vụ đã ghi"

    def __str__(self):
        return self.text


class MayBeFound(Lookup):
    """Among the officials (ids) whom SQLite should look at for a (name key, CCCD, code).

    It says of nobody that they are found: the conditions beside it do that. PostgreSQL needs no
    such help, its index serves LIKE.
    """

    lookup_name = "may_be_found"
    prepare_rhs = False
    output_field = BooleanField()

    def as_sql(self, compiler, connection):
        raise FullResultSet

    def as_sqlite(self, compiler, connection):
        key, *numbers = self.rhs
        column, params = self.process_lhs(compiler, connection)
        like = f"%{connection.ops.prep_for_like_query(key)}%"
        looks = [f"{LONG} AND {LIKE}"] if " " in key else [LIKE]
        params = [*params, like]
        for tail in TAILS if " " in key else ():
            # The first word may be the end of another one; what follows it begins a word.
            follows = key.partition(" ")[2]
            looks.append(f"{after_blank(tail)} >= %s AND {after_blank(tail)} < %s")
            params += [follows, follows + LAST_LETTER]
        looks += ["personal_id = %s", "staff_code = %s"]
        each = [f"SELECT id FROM cadres_official WHERE {look}" for look in looks]  # noqa: S608
        return f"{column} IN ({' UNION ALL '.join(each)})", [*params, *numbers]


def may_be_found(column, *typed):
    """The Q of `MayBeFound` for a column that holds ids of officials."""
    return Q(MayBeFound(F(column), typed))


def after_blank(number):
    """The SQL of a name from the blank of this number on; from an earlier one if it has fewer."""
    tail = "search_key"
    for _ in range(number):
        tail = f"substr({tail}, instr({tail}, ' ') + 1)"
    return f"{tail} COLLATE NOCASE"

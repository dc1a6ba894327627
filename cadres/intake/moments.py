"""Whether anything at all was written to the database since a preview was computed.

The databases keep count themselves, so that nothing can be written past it: SQLite of what other
connections committed and of what this one wrote, PostgreSQL of the transactions that wrote.
"""

from django.db import connection


class Prepared:
    """An Outcome that is true until somebody writes; made before the outcome is computed."""

    def __init__(self):
        self.outcome = None
        self.connection, *self.marks = _marks()

    def __deepcopy__(self, memo):
        """Copies of a batch share it: a connection to the database has no copy."""
        return self

    def keep(self, outcome):
        """The outcome was computed and its rows were stored, in one transaction."""
        self.outcome = outcome
        if connection.vendor == "sqlite":
            self.marks[1] = connection.connection.total_changes
        else:
            oldest, following = self.marks
            # Whoever was writing meanwhile is in neither; nobody has had the next number but we.
            self.marks = [following + 1] * 2 if oldest == following else None

    def still_true(self):
        """The outcome if nothing was written since, else None; to be asked under the lock."""
        now, *marks = _marks()
        return self.outcome if now is self.connection and marks == self.marks else None


def _marks():
    """(raw connection, two numbers that move with every write); one statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA data_version")
            (others,) = cursor.fetchone()
            return connection.connection, others, connection.connection.total_changes
        cursor.execute(
            "SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint"
            " FROM pg_current_snapshot() now"
        )
        return connection.connection, *cursor.fetchone()

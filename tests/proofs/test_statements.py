"""Importing takes the same few statements for any number of rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import Official
from tests.imports.base import run
from tests.proofs.base import ProofCase
from tests.proofs.rosters import people, promoted

AT_MOST = 25
# Renewing the planner's statistics depends on the number of rows, and is none of the writing;
# nor is waiting for one's turn.
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ANALYZE", "ROLLBACK", "SELECT pg_advisory_xact_lock")


class StatementTests(ProofCase):
    def statements(self, listed, *options):
        path = self.roster(listed)
        with CaptureQueriesContext(connection) as caught:
            status, documents, errors = run("import_roster", path, "--apply", *options)
        self.assertEqual(status, 0, errors)
        self.counts = documents[0]["counts"]
        statements = [q["sql"] for q in caught if not q["sql"].startswith(NOT_COUNTED)]
        self.assertLessEqual(len(statements), AT_MOST, "\n".join(s[:110] for s in statements))
        return statements

    def test_new_people(self):
        self.statements(people(range(100)))  # so that there are namesakes to look at
        few = self.statements(people(range(100, 200)))
        many = self.statements(people(range(10_000, 11_200)))
        self.assertEqual(self.counts["create"], 1200)
        self.assertEqual(len(few), len(many), "\n".join(s[:110] for s in many))

    def test_changed_people(self):
        listed = people(range(1200))
        self.statements(listed, "--on", "2025-01-01")
        few = self.statements([promoted(one) for one in listed[:100]], "--on", "2026-01-01")
        self.assertEqual(self.counts["update"], 100)
        many = self.statements([promoted(one) for one in listed[100:]], "--on", "2026-01-01")
        self.assertEqual(self.counts["update"], 1100)
        self.assertEqual(len(few), len(many))
        self.assertEqual(Official.objects.count(), 1200)

    def test_nothing_changed(self):
        listed = people(range(500))
        self.statements(listed)
        many = self.statements(listed)
        self.assertEqual(self.counts["unchanged"], 500)
        self.assertEqual(len(self.statements(listed[:50])), len(many))

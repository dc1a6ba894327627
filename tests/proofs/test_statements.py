"""Importing takes the same few statements for any number of rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.intake import batches
from cadres.intake.outdated import Outdated
from cadres.models import Account, Official
from cadres.officials import set_keys
from tests.imports.base import run
from tests.proofs.base import ProofCase
from tests.proofs.rosters import people, promoted, xlsx_of

AT_MOST = 25
# Renewing the planner's statistics depends on the number of rows, and is none of the writing;
# nor is waiting for one's turn.
NOT_COUNTED = (
    "SAVEPOINT",
    "RELEASE",
    "ANALYZE",
    "ROLLBACK",
    "SELECT pg_advisory_xact_lock",
    "PRAGMA data_version",
)


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


class PreviewedTests(ProofCase):
    """Open, preview and apply as the pages do."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.system = Account.objects.system()

    def previewed(self, listed):
        batch = batches.open_batch(xlsx_of(listed), "ds.xlsx", by=self.system)
        self.assertIsNotNone(batches.preview(batch))
        return batch

    def statements(self, listed):
        with CaptureQueriesContext(connection) as caught:
            batch = self.previewed(listed)
            self.counts = batches.apply(batch, by=batch.by).counts
        return [q["sql"] for q in caught if not q["sql"].startswith(NOT_COUNTED)]

    def test_the_three_steps_take_few_statements_at_any_size(self):
        known = people(range(900))
        self.statements(known)
        for listed, action in (
            (people(range(1000, 1900)), "create"),
            ([promoted(one) for one in known], "update"),
            (known, "update"),
        ):
            few, many = self.statements(listed[:90]), self.statements(listed[90:])
            self.assertEqual(self.counts[action], 810)
            self.assertEqual(len(few), len(many))
            # In a test's own transaction PostgreSQL cannot tell that nothing was written since.
            if connection.vendor == "sqlite":
                self.assertLessEqual(len(many), AT_MOST, "\n".join(s[:110] for s in many))

    def test_what_was_written_after_the_preview_is_shown_and_then_compared_anew(self):
        listed = people(range(3))
        self.statements(listed)
        batch = self.previewed([promoted(one) for one in listed])
        other = Official.objects.get(personal_id=listed[0]["number"])
        other.personal_id = None
        set_keys(other)
        other.save()
        with self.assertRaisesMessage(Outdated, listed[0]["name"]):
            batches.apply(batch, by=batch.by)
        other.refresh_from_db()
        self.assertIsNone(other.personal_id)
        batches.preview(batch)
        counts = batches.apply(batch, by=batch.by).counts
        self.assertEqual((counts["update"], batch.rows.count()), (3, 3))
        other.refresh_from_db()
        self.assertEqual(other.personal_id, listed[0]["number"])

    def test_rows_of_new_people_name_them(self):
        batch = self.previewed(people(range(5)))
        self.assertEqual(set(batch.rows.values_list("official", flat=True)), {None})
        batches.apply(batch, by=batch.by)
        found = {row.values["personal_id"]: row.official_id for row in batch.rows.all()}
        self.assertEqual(found, dict(Official.objects.values_list("personal_id", "pk")))
        batch.refresh_from_db()
        self.assertEqual((batch.state, batch.done), ("applied", 5))

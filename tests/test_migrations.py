"""The migrations make what tests (which run without them) stand on."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.apps import apps
from django.test import SimpleTestCase

from tests.proofs.scratch import ROOT, scratch

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def migrate(url):
    """Run `migrate` on a database; the process that ended."""
    return subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "trainingplans.settings"},
        capture_output=True,
        text=True,
    )


class MigrationTests(SimpleTestCase):
    def test_an_empty_database_becomes_a_portal_with_its_system_account(self):
        with tempfile.TemporaryDirectory() as folder:
            databases = scratch(Path(folder))
            self.addCleanup(databases.close)
            databases.create("migrated")
            url = databases.url("migrated")
            done = migrate(url)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            asked = databases.ask("migrated", TABLES[url.split(":")[0]])
            made = {name for (name,) in asked}
            wanted = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
            self.assertEqual(wanted - made, set())
            accounts = databases.ask("migrated", "SELECT username, role FROM cadres_account")
            self.assertEqual([tuple(row) for row in accounts], [("system", "system")])

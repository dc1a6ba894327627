"""The migrations make what the models say; the quick way for an empty database makes the same."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from django.test import SimpleTestCase

from tests.proofs.scratch import ROOT, on_postgres, scratch

POSTGRES = (
    "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT app, name FROM django_migrations",
)
SQLITE = (
    'SELECT t.name, c.name, c.type, c."notnull", c.pk'
    " FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    "SELECT tbl_name, name, sql FROM sqlite_master"
    " WHERE type = 'index' AND name NOT LIKE 'sqlite_autoindex%'",
    'SELECT t.name, f."from", f."table", f."to"'
    " FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
    "SELECT app, name FROM django_migrations",
)
QUICK = "import django; django.setup(); from trainingplans.lib import fresh; fresh.build_tables()"


def run(url, *command):
    """Run a command on a database; the process that ended."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "trainingplans.settings"},
        capture_output=True,
        text=True,
    )


@pytest.mark.postgres
class MigrationTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.made = scratch(Path(folder))
        cls.addClassCleanup(cls.made.close)
        cls.build("migrated", "manage.py", "migrate", "--verbosity", "0")
        cls.build("quick", "-c", QUICK)

    @classmethod
    def build(cls, name, *command):
        cls.made.create(name)
        done = run(cls.made.url(name), *command)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr

    def ask(self, name, sql):
        return {tuple(row) for row in self.made.ask(name, sql)}

    def test_an_empty_database_becomes_a_portal_with_its_system_account(self):
        made = {row[0] for row in self.ask("migrated", (POSTGRES if on_postgres() else SQLITE)[0])}
        wanted = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        self.assertEqual(wanted - made, set())
        for name in ("migrated", "quick"):
            accounts = self.ask(name, "SELECT username, role FROM cadres_account")
            self.assertEqual(accounts, {("system", "system")})

    def test_the_quick_way_makes_the_same_tables(self):
        for sql in POSTGRES if on_postgres() else SQLITE:
            with self.subTest(sql=sql):
                migrated, quick = self.ask("migrated", sql), self.ask("quick", sql)
                self.assertTrue(migrated)
                self.assertEqual(quick ^ migrated, set())

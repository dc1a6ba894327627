"""The manners of commands, as a process: exit status, one JSON document, no traceback."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from django.core.management import execute_from_command_line
from django.test import SimpleTestCase

from tests.test_migrations import QUICK

ROOT = Path(__file__).resolve().parent.parent


class ProcessTests(SimpleTestCase):
    """Each on an SQLite file of its own, whatever the tests run on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        made = cls.run_python("-c", QUICK)
        assert made.returncode == 0, made.stderr
        assert cls.manage("load_catalogues").returncode == 0

    @classmethod
    def manage(cls, *arguments, database="portal.sqlite3"):
        return cls.run_python("manage.py", *arguments, database=database)

    @classmethod
    def run_python(cls, *arguments, database="portal.sqlite3"):
        url = f"sqlite:///{cls.folder.name}/{database}"
        env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)

    def refused(self, *arguments, **options):
        """The lines on standard error of a command that did nothing."""
        done = self.manage(*arguments, **options)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done.stderr.strip().splitlines(), done.stdout

    def test_targets_are_loaded_listed_and_computed(self):
        path = ROOT / "tests" / "files" / "targets_dak_nong.json"
        done = self.manage("targets", "load", str(path), "--json")
        self.assertEqual((done.returncode, len(json.loads(done.stdout)["created"])), (0, 8))
        done = self.manage("attainment", "--json", "--by-unit")
        codes = [target["code"] for target in json.loads(done.stdout)["targets"]]
        self.assertEqual(codes, [entry["code"] for entry in json.loads(path.read_text())])
        self.assertEqual(done.stderr, "")

    def test_a_file_that_is_refused_says_so_in_json_and_in_words(self):
        path = Path(self.folder.name) / "bad.json"
        path.write_text('[{"code": "a", "has": 1}]', encoding="utf-8")
        lines, out = self.refused("targets", "load", str(path), "--json")
        self.assertEqual(len(lines), 6)  # one unknown key, five missing ones
        answer = json.loads(out)
        self.assertEqual((answer["file"], answer["error"]["code"]), ("bad.json", "invalid"))

    def test_a_database_without_tables_is_one_line(self):
        [line], _ = self.refused("attainment", database="empty.sqlite3")
        self.assertIn("migrate", line)


class ArgumentTests(SimpleTestCase):
    def test_wrong_arguments_are_one_vietnamese_line_and_exit_2(self):
        for arguments in [
            ("targets",),
            ("targets", "load"),
            ("targets", "drop"),
            ("attainment", "--on", "22/11/2026"),
            ("attainment", "--on", "2026-02-30"),
            ("forecast", "--target", "x", "--on", "0001-01-01"),
            ("attainment", "--people", "everybody"),
            ("attainment", "--nonsense"),
            ("attainment", "--target"),
        ]:
            said = StringIO()
            with self.subTest(arguments=arguments), redirect_stderr(said):
                with self.assertRaises(SystemExit) as caught:
                    execute_from_command_line(["manage.py", *arguments])
                self.assertEqual(caught.exception.code, 2)
                [line] = said.getvalue().splitlines()
                self.assertTrue(line.startswith("Tham số chưa đúng: "))
                self.assertNotRegex(line, "argument|required|invalid|expected|choose")

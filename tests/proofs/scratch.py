"""Scratch databases for proofs that kill processes: SQLite files, or databases of the server."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

# Everybody else who is connected to this database.
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
ROOT = Path(__file__).resolve().parents[2]


def on_postgres():
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


class SqliteScratch:
    """Databases as files in a folder."""

    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite:///{self._path(name)}"

    def _path(self, name):
        return self.folder / f"{name}.sqlite3"

    def create(self, name):
        """An empty database."""

    def copy(self, source, name):
        """A database like another one; what was there is gone."""
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._path(name)}{ending}").unlink(missing_ok=True)
        with sqlite3.connect(self._path(source)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self._path(source), self._path(name))

    def ask(self, name, sql):
        """The rows of a query."""
        with sqlite3.connect(self._path(name), timeout=20) as connection:
            return connection.execute(sql).fetchall()

    def close(self):
        """Nothing: the folder goes with the test."""


class PostgresScratch:
    """Databases beside the test database; `proof_` stands before their names."""

    def __init__(self, _folder):
        self.made = set()

    def url(self, name):
        server = settings.DATABASES["default"]
        user, password = quote(server["USER"]), quote(server["PASSWORD"] or "")
        login = f"{user}:{password}" if password else user
        host, port = quote(server["HOST"], safe=""), server["PORT"]
        return f"postgres://{login}@{host}{f':{port}' if port else ''}/proof_{name}"

    def _connect(self, database):
        import psycopg2

        server = settings.DATABASES["default"]
        return psycopg2.connect(
            dbname=database,
            user=server["USER"],
            password=server["PASSWORD"] or None,
            host=server["HOST"],
            port=server["PORT"] or None,
        )

    def _do(self, *statements):
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        connection.close()

    def create(self, name):
        """An empty database."""
        self.copy(None, name)

    def copy(self, source, name):
        """A database like another one; what was there is gone."""
        self.made.add(name)
        like = f" TEMPLATE proof_{source}" if source else ""
        self._do(
            f"DROP DATABASE IF EXISTS proof_{name} WITH (FORCE)",
            f"CREATE DATABASE proof_{name}{like}",
        )

    def ask(self, name, sql):
        """The rows of a query, once no killed process holds a transaction any more."""
        connection = self._connect(f"proof_{name}")
        with connection, connection.cursor() as cursor:
            cursor.execute(OTHERS)
            # The server may still be ending what its killed client asked for.
            while cursor.fetchone()[0]:
                time.sleep(0.02)
                cursor.execute(f"SELECT pg_stat_clear_snapshot(); {OTHERS}")
            cursor.execute(sql)
            rows = cursor.fetchall()
        connection.close()
        return rows

    def close(self):
        """Drop what was made."""
        for name in self.made:
            self._do(f"DROP DATABASE IF EXISTS proof_{name} WITH (FORCE)")


def scratch(folder):
    """The scratch databases of the kind that the run is on."""
    return (PostgresScratch if on_postgres() else SqliteScratch)(folder)


def start(url, place, *arguments, folder):
    """A process of a command on the database; see `dying` for `place`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.proofs.dying", str(place), *map(str, arguments)],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "trainingplans.settings",
            "PORTAL_MEDIA": str(folder / "media"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

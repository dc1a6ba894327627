"""A scratch database for the benchmark: made beside the configured one, dropped afterwards."""

import tempfile
from contextlib import contextmanager

from django.db import connection
from django.test.utils import override_settings

from cadres.catalogues import load_people_catalogues
from cadres.models import Account
from reports.bench.rosters import make_units

UNITS = 120
CLERK = {"username": "bench", "role": "staff"}


@contextmanager
def scratch():
    """An empty, migrated database as the default one; files go to a scratch folder."""
    name = connection.settings_dict["NAME"]
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        override_settings(MEDIA_ROOT=folder),
    ):
        if connection.vendor == "sqlite":
            # A file, as in use: an in-memory database would flatter it.
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/bench.sqlite3"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            if connection.vendor == "postgresql":
                # Helpers of a query are processes of their own, whose time nobody would count.
                with connection.cursor() as cursor:
                    cursor.execute("SET max_parallel_workers_per_gather = 0")
            load_people_catalogues()
            make_units(UNITS)
            yield Account.objects.create(**CLERK)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

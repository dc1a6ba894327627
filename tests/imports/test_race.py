"""Two imports of one file at once: nobody is doubled; without the lock they would be."""

import threading
from contextlib import suppress
from datetime import date
from unittest import mock

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase

from cadres.catalogues import load_people_catalogues
from cadres.intake import applying
from cadres.models import Account, ImportBatch, Official
from tests.factories import make_unit
from tests.imports.base import apply_people

# Without numbers: nothing in the database itself keeps these people from being doubled.
PEOPLE = [
    {"full_name": f"Nguyễn Văn Mẫu {n}", "birth_date": f"{1960 + n}-01-02", "unit": "Xã Một"}
    for n in range(20)
]


@pytest.mark.postgres
class RaceTests(TransactionTestCase):
    def setUp(self):
        Account.objects.get_or_create(username="system", defaults={"role": "system"})
        load_people_catalogues()
        make_unit(name="Xã Một")

    def import_twice_at_once(self, patience=3):
        """Run two imports that meet after reading and before writing; returns their errors.

        With the lock they never meet; without, a busy machine may need long to bring them there.
        """
        meeting = threading.Barrier(2, timeout=patience)
        errors = []
        write = applying.write

        def write_together(*arguments, **options):
            # With the lock only one comes here at a time: it waits in vain, and that is right.
            with suppress(threading.BrokenBarrierError):
                meeting.wait()
            write(*arguments, **options)

        def work():
            try:
                apply_people(PEOPLE, on=date(2025, 1, 1))
            except Exception as error:  # noqa: BLE001 - shown by the test
                errors.append(error)
            finally:
                connections.close_all()

        with mock.patch.object(applying, "write", write_together):
            threads = [threading.Thread(target=work) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return errors

    def test_nobody_is_doubled(self):
        self.assertEqual(self.import_twice_at_once(), [])
        self.assertEqual(Official.objects.count(), len(PEOPLE))
        unchanged = [batch.counts["unchanged"] for batch in ImportBatch.objects.order_by("pk")]
        self.assertEqual(sorted(unchanged), [0, len(PEOPLE)])

    def test_without_the_lock_they_would_be(self):
        with mock.patch.object(applying, "take_turn"):
            self.assertEqual(self.import_twice_at_once(patience=60), [])
        self.assertEqual(Official.objects.count(), 2 * len(PEOPLE))
        self.assertEqual(connection.vendor, "postgresql")

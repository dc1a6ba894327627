"""The same roster twice at once: nobody is doubled; with the lock off, everybody is."""

import io
import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from cadres.catalogues import load_people_catalogues
from cadres.intake import applying, batches
from cadres.models import Account, AuditEvent, ImportBatch, Official, Posting, Standing
from tests.factories import make_unit
from tests.proofs.rosters import UNITS, people, xlsx_of

ROWS = 40
PATIENCE = 60


def at_once(*works):
    """Do these in threads of their own; what each gave, or the exception that it raised."""
    given = [None] * len(works)

    def do(place, work):
        try:
            given[place] = work()
        except BaseException as error:  # noqa: BLE001 - shown by the test
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 2)
    return given


@contextmanager
def meeting_before(name, parties=2):
    """Each thread waits once, before its first call of this function of `applying`."""
    barrier, original, met = threading.Barrier(parties), getattr(applying, name), set()

    def waiting(*arguments, **options):
        if threading.get_ident() not in met:
            met.add(threading.get_ident())
            barrier.wait(PATIENCE)
        return original(*arguments, **options)

    with mock.patch.object(applying, name, waiting):
        yield
    assert len(met) == parties, f"nobody meets before {name}: it is called by another name"


@pytest.mark.postgres
class TwiceAtOnceTests(TransactionTestCase):
    def setUp(self):
        load_people_catalogues()
        for name in UNITS:
            make_unit(name=name)
        self.system = Account.objects.system()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "ds.xlsx"

    def send(self):
        """Import the file; its exit status."""
        try:
            out = io.StringIO()
            call_command("import_roster", str(self.path), "--apply", "--json", stdout=out)
        except SystemExit as end:
            return end.code
        return 0

    def pair(self, number):
        """A new file sent twice at once; how many people there are more."""
        first = number * ROWS
        listed = people(range(first, first + ROWS), with_id=number % 2 == 0)
        self.path.write_bytes(xlsx_of(listed))
        before = Official.objects.count()
        with meeting_before("take_turn"):
            given = at_once(self.send, self.send)
        self.assertEqual(given, [0, 0])
        return Official.objects.count() - before

    def pairs(self, count):
        for number in range(count):
            self.assertEqual(self.pair(number), ROWS, number)
        self.assertEqual(Posting.objects.count(), count * ROWS)
        working = Standing.objects.filter(in_service=True)
        self.assertEqual(working.count(), count * ROWS)
        created = Counter(tuple(sorted(b.counts.items())) for b in ImportBatch.objects.all())
        self.assertEqual(sorted(created.values()), [count, count], created)
        self.assertEqual(AuditEvent.objects.filter(act="roster.apply").count(), 2 * count)

    def test_three_pairs_double_nobody(self):
        self.pairs(3)

    @pytest.mark.proof
    def test_a_hundred_pairs_double_nobody(self):
        self.pairs(100)

    def test_with_the_lock_off_everybody_is_doubled(self):
        self.path.write_bytes(xlsx_of(people(range(ROWS), with_id=False)))
        with mock.patch.object(applying, "take_turn", lambda: None), meeting_before("write_ledger"):
            given = at_once(self.send, self.send)
        self.assertEqual(given, [0, 0])
        self.assertEqual(Official.objects.count(), 2 * ROWS)

    def test_with_the_lock_off_a_number_is_still_nobody_elses(self):
        self.path.write_bytes(xlsx_of(people(range(ROWS))))
        with mock.patch.object(applying, "take_turn", lambda: None), meeting_before("write_ledger"):
            given = at_once(self.send, self.send)
        self.assertEqual(sorted(given), [0, 2])
        self.assertEqual(Official.objects.count(), ROWS)

    def batch(self):
        data = xlsx_of(people(range(ROWS)))
        return batches.open_batch(data, "ds.xlsx", by=self.system)

    def outcome_of(self, step, batch):
        """What a step of the batch comes to: "done", or why it is refused."""
        own = ImportBatch.objects.get(pk=batch.pk)
        try:
            step(own, by=self.system)
        except batches.NotAllowed as error:
            return str(error)
        return "done"

    def twice(self, step, batch):
        with meeting_before("take_turn"):
            work = [lambda: self.outcome_of(step, batch)] * 2
            return sorted(at_once(*work), key=lambda answer: answer != "done")

    def test_one_batch_applied_by_two_is_applied_once(self):
        done, refused = self.twice(batches.apply, self.batch())
        self.assertEqual(done, "done")
        self.assertIn("không áp dụng được", refused)
        self.assertEqual(Official.objects.count(), ROWS)
        self.assertEqual(AuditEvent.objects.filter(act="roster.apply").count(), 1)

    def test_one_batch_undone_by_two_is_undone_once(self):
        batch = self.batch()
        batches.apply(batch, by=self.system)
        done, refused = self.twice(batches.undo, batch)
        self.assertEqual(done, "done")
        self.assertIn("không hoàn tác được", refused)
        self.assertEqual(Official.objects.count(), 0)
        self.assertEqual(AuditEvent.objects.filter(act="roster.undo").count(), 1)

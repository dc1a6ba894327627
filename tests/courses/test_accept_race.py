"""Two officials of the department accept at once: a class is never overbooked."""

import threading
from contextlib import suppress
from unittest import mock

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase

from courses.actions import reviews
from courses.models import Nomination, SeatQuota, TrainingClass
from tests.factories import make_account, make_class, make_nomination, make_official, make_unit


@pytest.mark.postgres
class AcceptRaceTests(TransactionTestCase):
    def setUp(self):
        self.staff = make_account("staff")
        unit, other = make_unit(name="Xã Một"), make_unit(name="Xã Hai")
        self.lop = make_class(capacity=6)
        SeatQuota.objects.create(training_class=self.lop, unit=unit, seats=4)
        self.rows = [
            make_nomination(self.lop, make_official(place)).pk for place in [unit] * 6 + [other] * 6
        ]

    def accept_at_once(self, patience=3):
        """Two acts over halves of the list that meet after counting, before writing.

        With the lock they never meet; without, a busy machine may need long to bring them there.
        """
        meeting = threading.Barrier(2, timeout=patience)
        errors = []
        save = reviews.save_moved

        def save_together(*arguments, **options):
            # With the lock only one comes here at a time: it waits in vain, and that is right.
            with suppress(threading.BrokenBarrierError):
                meeting.wait()
            return save(*arguments, **options)

        def work(half):
            try:
                reviews.review(self.lop, self.rows[half::2], "accept", by=self.staff)
            except Exception as error:  # noqa: BLE001 - shown by the test
                errors.append(error)
            finally:
                connections.close_all()

        with mock.patch.object(reviews, "save_moved", save_together):
            threads = [threading.Thread(target=work, args=(half,)) for half in (0, 1)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        self.assertEqual(errors, [])
        accepted = Nomination.objects.filter(state="accepted")
        return accepted.count(), accepted.filter(unit__name="Xã Một").count()

    def test_capacity_and_the_units_seats_hold(self):
        total, of_unit = self.accept_at_once()
        self.assertEqual(total, 6)
        self.assertLessEqual(of_unit, 4)

    def test_without_the_lock_the_class_would_be_overbooked(self):
        def unlocked(training_class):
            return TrainingClass.objects.get(pk=training_class.pk)

        with mock.patch.object(reviews, "take_turns", unlocked):
            total, _ = self.accept_at_once(patience=60)
        self.assertGreater(total, 6)
        self.assertEqual(connection.vendor, "postgresql")

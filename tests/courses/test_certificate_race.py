"""Two classes of one school certified at once: no number twice, none left out."""

import threading
from contextlib import suppress
from datetime import date
from unittest import mock

import pytest
from django.db import IntegrityError, connections
from django.test import TransactionTestCase

from cadres.models import Account
from courses.actions import certificates as writing
from courses.models import Certificate, Institution
from tests.factories import (
    make_account,
    make_class,
    make_enrolment,
    make_institution,
    make_official,
    make_unit,
)

EACH = 5


@pytest.mark.postgres
class CertificateRaceTests(TransactionTestCase):
    def setUp(self):
        Account.objects.get_or_create(username="system", defaults={"role": "system"})
        unit, school = make_unit(), make_institution()
        self.staff = make_account("staff")
        self.classes = [make_class(state="ended", institution=school) for _ in range(2)]
        for row in self.classes:
            for _ in range(EACH):
                make_enrolment(make_official(unit), row, completed=True, outcome="passed")

    def issue_both_at_once(self, patience=2):
        """Two threads that meet after reading the last number; their errors.

        With the lock they never meet; without, a busy machine may need long to bring them there.
        """
        meeting, errors = threading.Barrier(2, timeout=patience), []
        read = writing.last_register_no

        def read_together(*arguments):
            last = read(*arguments)
            # With the lock only one comes here at a time: it waits in vain, and that is right.
            with suppress(threading.BrokenBarrierError):
                meeting.wait()
            return last

        def work(row):
            ids = list(row.enrolments.values_list("pk", flat=True))
            try:
                writing.issue(row, ids, on=date(2026, 4, 1), signer="", by=self.staff)
            except Exception as error:  # noqa: BLE001 - shown by the test
                errors.append(error)
            finally:
                connections.close_all()

        with mock.patch.object(writing, "last_register_no", read_together):
            threads = [threading.Thread(target=work, args=[row]) for row in self.classes]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return errors

    def test_the_register_has_no_gap_and_no_number_twice(self):
        self.assertEqual(self.issue_both_at_once(), [])
        told = Certificate.objects.order_by("register_no").values_list("register_no", flat=True)
        self.assertEqual(list(told), list(range(1, 2 * EACH + 1)))

    def test_without_the_lock_one_of_them_would_fail(self):
        with mock.patch.object(
            writing, "_locked_institution", lambda pk: Institution.objects.get(pk=pk)
        ):
            [error] = self.issue_both_at_once(patience=60)
        self.assertIsInstance(error, IntegrityError)

"""The record of acts: in the act's transaction, chained, append-only."""

import re
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import TestCase

from cadres.audit import first_broken, record
from cadres.audit_words import ACTS
from cadres.models import Account, AuditEvent
from tests.factories import make_account

ACT = re.compile(
    r'\b(?:record|_note)\(\s*(?:[\w.]+,\s*)?"([a-z_]+\.[a-z_]+)"|\bact="([a-z_]+\.[a-z_]+)"'
)


def test_every_act_that_the_code_names_has_words_in_the_log():
    root = Path(__file__).parent.parent
    apps = ("cadres", "courses", "reports", "trainingplans")
    sources = [path.read_text() for app in apps for path in (root / app).rglob("*.py")]
    named = {one or other for text in sources for one, other in ACT.findall(text)}
    assert len(named) > 80
    assert named - set(ACTS) == set()


class AuditTests(TestCase):
    def setUp(self):
        self.clerk = make_account("clerk")
        for number in range(3):
            record("official.change", by=self.clerk, label=f"Người {number}", detail={"n": number})

    def test_an_untouched_record_is_whole(self):
        self.assertIsNone(first_broken())

    def test_a_changed_row_is_found(self):
        middle = AuditEvent.objects.order_by("id")[1]
        AuditEvent.objects.filter(pk=middle.pk).update(label="Người khác")
        self.assertEqual(first_broken(), middle)

    def test_a_deleted_row_is_found(self):
        first, second = AuditEvent.objects.order_by("id")[:2]
        first.delete()
        self.assertEqual(first_broken(), second)


@pytest.mark.django_db(transaction=True)
def test_outside_the_transaction_of_an_act_nothing_is_recorded():
    with pytest.raises(transaction.TransactionManagementError):
        record("official.change", by=Account.objects.system())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_acts_at_once_make_one_whole_chain():
    by = Account.objects.system()

    def act():
        for _ in range(25):
            with transaction.atomic():
                record("official.change", by=by)
        connection.close()

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEvent.objects.count() == 200
    assert first_broken() is None

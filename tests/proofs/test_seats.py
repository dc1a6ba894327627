"""Eight processes accept a thousand nominations of twenty classes: nothing goes over its seats.

With the lock off the same run overbooks, so that the proof can fail.
"""

import json
import multiprocessing
import os
from collections import Counter
from unittest import mock

import pytest
from django.contrib.messages import get_messages
from django.db import connections
from django.test import Client, TransactionTestCase
from django.urls import reverse

from cadres.models import Account, AuditEvent, Official, Posting
from cadres.officials import set_keys
from cadres.standings import refresh
from courses.actions import reviews
from courses.models import Nomination, SeatQuota, TrainingClass
from tests.factories import START, make_account, make_class, make_course, make_unit

RUNS, PROCESSES = 5, 8
CLASSES, CAPACITY = 20, 30
# 5 units × 7 seats: more than the capacity, so that both limits bind; 10 people each want in.
UNITS, SEATS, WANTING = 5, 7, 10
REFUSALS = ("Lớp đã đủ 30 chỗ", "Đã hết 7 suất")


def unlocked(training_class):
    return TrainingClass.objects.get(pk=training_class.pk)


def accept_all(account, acceptances, barrier, answers, locked):
    """One process: post acceptances one by one; what was seen goes into `answers`."""
    connections.close_all()
    client, seen = Client(raise_request_exception=False), Counter()
    client.force_login(Account.objects.get(pk=account))
    barrier.wait(60)
    with mock.patch.object(reviews, "take_turns", reviews.take_turns if locked else unlocked):
        for training_class, nomination in acceptances:
            url = reverse("courses:class_review", args=[training_class])
            page = client.post(url, {"lam": "accept", "chon": nomination})
            seen[page.status_code] += 1
            for message in get_messages(page.wsgi_request)._queued_messages:
                known = message.level_tag == "warning" and any(r in str(message) for r in REFUSALS)
                seen["refused" if known else str(message)] += 1
            client.cookies.pop("messages", None)
    answers.put(json.dumps(seen))
    answers.close()
    answers.join_thread()
    os._exit(0)  # nothing of the parent's test run may end twice


@pytest.mark.proof
@pytest.mark.postgres
@pytest.mark.timeout(900)
class SeatProofs(TransactionTestCase):
    def setUp(self):
        Account.objects.get_or_create(username="system", defaults={"role": "system"})
        self.staff = make_account("staff")
        self.units = [make_unit() for _ in range(UNITS)]
        course = make_course()
        self.classes = [
            make_class(course, capacity=CAPACITY, open_to_all=False) for _ in range(CLASSES)
        ]
        SeatQuota.objects.bulk_create(
            SeatQuota(training_class=row, unit=unit, seats=SEATS)
            for row in self.classes
            for unit in self.units
        )
        self.people = self.make_people(UNITS * WANTING)

    def make_people(self, number):
        people = [Official(full_name=f"Lò Văn Thứ {place}") for place in range(number)]
        for person in people:
            set_keys(person)
        people = Official.objects.bulk_create(people)
        Posting.objects.bulk_create(
            Posting(official=one, unit=self.units[place % UNITS], staff_kind="CC", valid_from=START)
            for place, one in enumerate(people)
        )
        refresh([one.pk for one in people])
        return people

    def nominate(self):
        """[(class, nomination)] of a thousand that wait, class by class."""
        AuditEvent.objects.all().delete()
        Nomination.objects.all().delete()
        rows = Nomination.objects.bulk_create(
            Nomination(
                training_class=row,
                official=person,
                unit=self.units[place % UNITS],
                state="submitted",
                rank=place,
                made_by=self.staff,
            )
            for row in self.classes
            for place, person in enumerate(self.people)
        )
        return [(row.training_class_id, row.pk) for row in rows]

    def at_once(self, shares, *, locked=True):
        """Each share in a process of its own, all at once; the Counter of what they saw."""
        fork = multiprocessing.get_context("fork")
        barrier, answers = fork.Barrier(len(shares)), fork.Queue()
        connections.close_all()
        processes = [
            fork.Process(target=accept_all, args=(self.staff.pk, share, barrier, answers, locked))
            for share in shares
        ]
        for process in processes:
            process.start()
        seen = Counter()
        for _ in processes:
            seen.update(json.loads(answers.get(timeout=250)))
        for process in processes:
            process.join(20)
            self.assertEqual(process.exitcode, 0)
        return seen

    def accepted(self):
        """(Counter of classes, Counter of units in classes) of those accepted."""
        rows = Nomination.objects.filter(state="accepted")
        pairs = list(rows.values_list("training_class", "unit"))
        return Counter(row for row, _ in pairs), Counter(pairs)

    def run_once(self, *, locked=True):
        waiting = self.nominate()
        # Neighbours of the list are people of one class: the processes meet all the time.
        seen = self.at_once(
            [waiting[start::PROCESSES] for start in range(PROCESSES)], locked=locked
        )
        return seen, *self.accepted()

    def test_six_hundred_seats_are_filled_and_none_twice(self):
        for number in range(RUNS):
            with self.subTest(run=number):
                seen, classes, units = self.run_once()
                self.assertEqual(set(classes.values()), {CAPACITY})
                self.assertEqual(classes.total(), CLASSES * CAPACITY)
                self.assertLessEqual(max(units.values()), SEATS)
                # Each acceptance was answered; those left out were told the rule.
                self.assertEqual(seen, {"302": 1000, "refused": 400})

    def test_without_the_lock_classes_are_overbooked(self):
        _, classes, units = self.run_once(locked=False)
        self.assertGreater(sum(number > CAPACITY for number in classes.values()), 0)
        self.assertGreater(sum(number > SEATS for number in units.values()), 0)

    def test_the_same_acceptance_by_all_has_one_effect(self):
        shared = self.nominate()[: CAPACITY - 5]
        seen = self.at_once([shared] * PROCESSES)
        self.assertEqual(seen["302"], PROCESSES * len(shared))
        rows = Nomination.objects.filter(pk__in=[pk for _, pk in shared], state="accepted")
        self.assertEqual(rows.count(), len(shared))
        self.assertEqual(set(rows.values_list("version", flat=True)), {2})
        self.assertEqual(AuditEvent.objects.filter(act=reviews.ACT).count(), len(shared))
        kept = Nomination.history.filter(id__in=[pk for _, pk in shared], state="accepted")
        self.assertEqual(kept.count(), len(shared))

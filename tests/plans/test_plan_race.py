"""Two at once on PostgreSQL: one decision, no seat too many; without the locks there would be."""

import threading
from contextlib import suppress
from unittest import mock

import pytest
from django.db import connections
from django.test import TransactionTestCase

from cadres.models import Account, AuditEvent
from tests.factories import make_account, make_category, make_unit
from tests.plans.planning import document, entry
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.plans.actions import plans as actions
from trainingplans.plans.actions import quotas
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.catalogues import load_plan_catalogues
from trainingplans.plans.models import Plan, PlanItem, Quota
from trainingplans.plans.proposals import Proposal

NOTHING = Proposal(people={}, carried={}, seats={}, words=[])


def at_once(*works):
    """Run each in a thread of its own; the refusals and errors they ended with."""
    ended = []

    def run(work):
        try:
            work()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            ended.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ended


class Meeting:
    """A point that two threads pass together, or one alone after a short wait."""

    def __init__(self):
        self.barrier = threading.Barrier(2, timeout=1)

    def __call__(self):
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait()


class PlanAtOnce:
    """A plan of one item, its staff and two leaders."""

    def setUp(self):
        by = Account.objects.system()
        load_plan_catalogues()
        make_category("BD.TDT")
        self.units = [make_unit(name=name) for name in ("Sở Nội vụ", "Xã Một", "Xã Hai")]
        self.staff, self.one, self.two = (
            make_account(role) for role in ("staff", "leader", "leader")
        )
        self.plan = load_plan(document(entry(learners=100)), by=by).plan

    def decisions(self):
        return AuditEvent.objects.filter(act__in=["plan.approve", "plan.return"]).count()

    def seats(self):
        return sum(Quota.objects.values_list("seats", flat=True))


@pytest.mark.postgres
class RaceTests(PlanAtOnce, TransactionTestCase):
    def decide_twice(self):
        """One leader approves while another returns; they meet after looking at the state."""
        actions.move_plan(self.plan, "submit", by=self.staff)
        meeting, also = Meeting(), actions._also

        def meet(*arguments):
            meeting()
            also(*arguments)

        approval = actions.Approval("9/QĐ", today(), "An")
        with mock.patch.object(actions, "_also", meet):
            return at_once(
                lambda: actions.move_plan(self.plan, "approve", by=self.one, approval=approval),
                lambda: actions.move_plan(self.plan, "return", by=self.two, reason="Thiếu"),
            )

    def test_one_decision_wins_and_the_other_is_told_whose(self):
        [refusal] = self.decide_twice()
        self.assertIsInstance(refusal, Refused)
        self.assertIn("vừa xử lý lúc", str(refusal))
        self.assertEqual(self.decisions(), 1)

    def test_without_the_lock_both_would_decide(self):
        with mock.patch.object(actions, "locked", lambda plan: Plan.objects.get(pk=plan.pk)):
            self.assertEqual(self.decide_twice(), [])
        self.assertEqual(self.decisions(), 2)

    def seat_twice(self):
        """Two editors give 60 of 100 seats each, to different units; they meet before writing."""
        item, meeting, check = self.plan.items.get(), Meeting(), quotas._check

        def meet(*arguments):
            check(*arguments)
            meeting()

        def give(unit):
            wanted = [quotas.Wanted(unit.pk, 60, "theo nhu cầu")]
            return lambda: quotas.set_quotas(item, wanted, by=self.staff, proposal=NOTHING)

        with mock.patch.object(quotas, "_check", meet):
            return at_once(give(self.units[1]), give(self.units[2]))

    def test_no_more_seats_than_learners_are_given(self):
        [refusal] = self.seat_twice()
        self.assertIsInstance(refusal, Refused)
        self.assertEqual(self.seats(), 60)

    def test_without_the_locks_there_would_be(self):
        def unlocked(plan):
            return Plan.objects.get(pk=plan.pk)

        rows = PlanItem.objects.all()
        with (
            mock.patch.object(quotas, "locked_draft", unlocked),
            mock.patch.object(PlanItem.objects, "select_for_update", lambda: rows),
        ):
            self.assertEqual(self.seat_twice(), [])
        self.assertEqual(self.seats(), 120)


PAIRS = 200


@pytest.mark.proof
@pytest.mark.postgres
class ManyPairsTests(PlanAtOnce, TransactionTestCase):
    """The same without a meeting point, as often as `make proof` has time for."""

    def test_of_many_pairs_of_decisions_one_each_wins(self):
        approval = actions.Approval("9/QĐ", today(), "An")
        for number in range(1, PAIRS + 1):
            Plan.objects.update(state="submitted", approved_on=None)
            ended = at_once(
                lambda: actions.move_plan(self.plan, "approve", by=self.one, approval=approval),
                lambda: actions.move_plan(self.plan, "return", by=self.two, reason="Thiếu"),
            )
            self.assertEqual([type(error) for error in ended], [Refused])
            self.assertEqual(self.decisions(), number)

    def test_of_many_pairs_of_editors_none_gives_a_seat_too_many(self):
        item = self.plan.items.get()

        def give(unit):
            wanted = [quotas.Wanted(unit.pk, 60, "theo nhu cầu")]
            return lambda: quotas.set_quotas(item, wanted, by=self.staff, proposal=NOTHING)

        for _ in range(PAIRS):
            Quota.objects.all().delete()
            ended = at_once(give(self.units[1]), give(self.units[2]))
            self.assertEqual([type(error) for error in ended], [Refused])
            self.assertEqual(self.seats(), 60)

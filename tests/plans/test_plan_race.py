"""Two at once on PostgreSQL: one decision, no seat too many; without the locks there would be."""

import threading
from contextlib import suppress
from types import SimpleNamespace
from unittest import mock

import pytest
from django.db import connections
from django.http import QueryDict
from django.test import TransactionTestCase

from cadres import edits
from cadres.models import Account, AuditEvent
from tests.factories import make_account, make_category, make_unit
from tests.plans.planning import document, entry
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.plans.actions import items, quotas
from trainingplans.plans.actions import plans as actions
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.catalogues import load_plan_catalogues
from trainingplans.plans.items import items_with_costs
from trainingplans.plans.lookups import Lookups
from trainingplans.plans.models import Plan, PlanItem, Quota
from trainingplans.plans.planforms import CellsForm
from trainingplans.plans.planpages import sources_of
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
        thread.join(90)
    return ended


SURE = 60  # seconds; without a lock both come, however busy the machine is


class Meeting:
    """A point that two threads pass together, or one alone after a short wait."""

    def __init__(self, patience=1):
        self.barrier = threading.Barrier(2, timeout=patience)

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

    def form(self, **typed):
        """A valid row of the grid with these cells changed."""
        item, lookups = items_with_costs(self.plan).get(), Lookups()
        options = {"lookups": lookups, "sources": sources_of([item], lookups)}
        shown = CellsForm(instance=item, **options)
        data = {name: shown[name].value() or "" for name in shown.fields} | typed
        data |= {"category": "BD.TDT"}
        sent = QueryDict(mutable=True)
        sent.update(data)
        form = CellsForm(sent, instance=items_with_costs(self.plan).get(), **options)
        assert form.is_valid(), form.errors
        return form

    def edit_pair(self, classes, learners):
        """One sets the classes, another the learners at once; the lines of the one conflict."""
        forms = [self.form(classes=str(classes)), self.form(learners=str(learners))]
        told = []
        ended = at_once(
            *(lambda f=f: told.append(items.change_cells(f, by=self.staff)) for f in forms)
        )
        assert ended == [], ended
        found = [SimpleNamespace(**line) for one in told if one for line in one.fields]
        return sorted(found, key=lambda line: line.name)

    def decisions(self):
        return AuditEvent.objects.filter(act__in=["plan.approve", "plan.return"]).count()

    def seats(self):
        return sum(Quota.objects.values_list("seats", flat=True))


@pytest.mark.postgres
class RaceTests(PlanAtOnce, TransactionTestCase):
    def decide_twice(self, patience=1):
        """One leader approves while another returns; they meet after looking at the state."""
        actions.move_plan(self.plan, "submit", by=self.staff)
        meeting, also = Meeting(patience), actions._also

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
            self.assertEqual(self.decide_twice(SURE), [])
        self.assertEqual(self.decisions(), 2)

    def seat_twice(self, patience=1):
        """Two editors give 60 of 100 seats each, to different units; they meet before writing."""
        item, meeting, check = self.plan.items.get(), Meeting(patience), quotas._check

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
            self.assertEqual(self.seat_twice(SURE), [])
        self.assertEqual(self.seats(), 120)

    def edit_twice(self, patience=1):
        """Two change different cells of one item; they meet after looking at its version."""
        meeting, differing = Meeting(patience), edits._differing

        def meet(*arguments):
            found = differing(*arguments)
            meeting()
            return found

        with mock.patch.object(edits, "_differing", meet):
            return self.edit_pair(7, 200)

    def test_of_two_editors_of_an_item_the_second_sees_what_the_first_wrote(self):
        conflict = self.edit_twice()
        self.assertEqual([one.name for one in conflict], ["classes", "learners"])
        self.assertEqual(PlanItem.objects.get().version, 2)

    def test_without_the_locks_the_first_would_be_lost(self):
        rows = PlanItem.objects.all()
        with (
            mock.patch.object(items, "locked_draft", lambda plan: plan),
            mock.patch.object(PlanItem._base_manager, "select_for_update", lambda: rows),
        ):
            self.assertEqual(self.edit_twice(SURE), [])
        item = PlanItem.objects.get()
        self.assertNotEqual((item.classes, item.learners), (7, 200))


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

    def test_of_many_pairs_of_approvers_one_each_wins(self):
        def approve(by, number):
            approval = actions.Approval(number, today(), "An")
            return lambda: actions.move_plan(self.plan, "approve", by=by, approval=approval)

        for number in range(1, PAIRS + 1):
            Plan.objects.update(state="submitted", approved_on=None, approved_by=None)
            ended = at_once(approve(self.one, "1/QĐ"), approve(self.two, "2/QĐ"))
            self.assertEqual([type(error) for error in ended], [Refused])
            self.assertEqual(self.decisions(), number)
            plan = Plan.objects.get()
            told = AuditEvent.objects.filter(act="plan.approve").latest("pk")
            winner = {self.one.pk: "1/QĐ", self.two.pk: "2/QĐ"}[plan.approved_by_id]
            self.assertEqual(plan.approved_number, winner)
            self.assertEqual((told.by_id, told.detail["number"]), (plan.approved_by_id, winner))

    def test_of_many_pairs_of_editors_of_an_item_nothing_is_lost(self):
        for number in range(1, PAIRS + 1):
            classes, learners = 1000 + number, 2000 + number
            conflict = self.edit_pair(classes, learners)
            names = [one.name for one in conflict]
            self.assertEqual(names, ["classes", "learners"])
            item = PlanItem.objects.get()
            self.assertEqual(item.version, number + 1)
            # What one wrote is stored, what the other typed is shown to them.
            stored = {"classes": item.classes == classes, "learners": item.learners == learners}
            self.assertEqual(sorted(stored.values()), [False, True])
            [lost] = [one for one in conflict if not stored[one.name]]
            self.assertEqual(lost.mine, str(classes if lost.name == "classes" else learners))

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

    def test_seats_given_while_learners_are_cut_never_exceed_them(self):
        """One gives 60 seats while another cuts the item from 100 learners to 40."""
        unit, won = self.units[1], []
        for _ in range(PAIRS):
            Quota.objects.all().delete()
            PlanItem.objects.update(learners=100)
            form = self.form(learners="40")
            item = self.plan.items.get()
            wanted = [quotas.Wanted(unit.pk, 60, "theo nhu cầu")]
            at_once(
                lambda item=item, wanted=wanted: quotas.set_quotas(
                    item, wanted, by=self.staff, proposal=NOTHING
                ),
                lambda form=form: items.change_cells(form, by=self.one),
            )
            learners = PlanItem.objects.get().learners
            self.assertLessEqual(self.seats(), learners)
            won.append((self.seats(), learners))
        self.assertLessEqual(set(won), {(60, 100), (0, 40)})

    def test_without_the_check_under_the_lock_seats_would_exceed_them(self):
        unchecked = mock.patch.object(items, "_check_seats", lambda item: None)
        form = self.form(learners="40")
        wanted = [quotas.Wanted(self.units[1].pk, 60, "theo nhu cầu")]
        quotas.set_quotas(self.plan.items.get(), wanted, by=self.staff, proposal=NOTHING)
        with unchecked:
            items.change_cells(form, by=self.one)
        self.assertEqual((self.seats(), PlanItem.objects.get().learners), (60, 40))

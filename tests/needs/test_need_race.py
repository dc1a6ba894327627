"""Two leaders at one answer at once on PostgreSQL: one decision; two without the lock."""

from unittest import mock

import pytest
from django.test import TransactionTestCase

from cadres.models import AuditEvent
from tests.factories import make_account, make_unit
from tests.plans.test_plan_race import SURE, Meeting, at_once
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.plans.actions import needs as actions
from trainingplans.plans.models import NeedRound, UnitNeed

PAIRS = 200


class AnswerAtOnce:
    """An answer that waits for its leaders, of whom there are two."""

    def setUp(self):
        unit = make_unit(name="Xã Một")
        self.one, self.two = (make_account("unit_leader", unit=unit) for _ in range(2))
        period = NeedRound.objects.create(
            year=2027, title="Nhu cầu 2027", opens_on=today(), due=today(), state="open"
        )
        self.answer = UnitNeed.objects.create(round=period, unit=unit, state="submitted")

    def decide(self, first, second):
        """Two moves of NEED at once; what they ended with."""

        def move(code, by):
            return lambda: actions.move_answer(self.answer, code, by=by, reason="Thiếu người")

        return at_once(move(first, self.one), move(second, self.two))

    def decisions(self):
        return AuditEvent.objects.filter(act__in=["need.sign", "need.send_back"]).count()


@pytest.mark.postgres
class RaceTests(AnswerAtOnce, TransactionTestCase):
    def decide_twice(self, patience=1):
        """Both sign; they meet after looking at the state."""
        meeting, touch = Meeting(patience), actions._touch

        def meet(*arguments):
            meeting()
            touch(*arguments)

        with mock.patch.object(actions, "_touch", meet):
            return self.decide("sign", "sign")

    def test_of_two_signatures_one_counts(self):
        [refusal] = self.decide_twice()
        self.assertIsInstance(refusal, Refused)
        self.assertEqual(self.decisions(), 1)

    def test_without_the_lock_both_would(self):
        rows = UnitNeed.objects.select_related("round", "unit")
        with mock.patch.object(UnitNeed.objects, "select_for_update", lambda of=(): rows):
            self.assertEqual(self.decide_twice(SURE), [])
        self.assertEqual(self.decisions(), 2)


@pytest.mark.proof
@pytest.mark.postgres
class ManyPairsTests(AnswerAtOnce, TransactionTestCase):
    def many(self, first, second):
        for number in range(1, PAIRS + 1):
            UnitNeed.objects.update(state="submitted", signed_by=None)
            ended = self.decide(first, second)
            self.assertEqual([type(error) for error in ended], [Refused])
            self.assertEqual(self.decisions(), number)
            row, told = UnitNeed.objects.get(), AuditEvent.objects.latest("pk")
            self.assertEqual(row.state, {"need.sign": "signed"}.get(told.act, "returned"))
            self.assertEqual(row.signed_by, told.by if told.act == "need.sign" else None)

    def test_of_many_pairs_of_signatures_one_each_counts(self):
        self.many("sign", "sign")

    def test_of_many_pairs_of_signing_and_sending_back_one_each_counts(self):
        self.many("sign", "send_back")

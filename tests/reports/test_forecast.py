"""`forecast`: now + learners × pass rate + accepted − retirements, and what is still needed."""

import json
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from io import StringIO
from random import Random

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from hypothesis import given
from hypothesis.extra.django import TestCase as RandomTestCase

from cadres.rules import Pair, RuleContext
from reports.backtest import backtest
from reports.forecast import Extra, forecast, forecast_of, shared_out
from reports.granting import Grant, passed
from tests.factories import (
    make_account,
    make_class,
    make_course,
    make_enrolment,
    make_group,
    make_language,
    make_level,
    make_nomination,
    make_official,
    make_qualification,
    make_unit,
)
from tests.reports.test_attainment import make_target
from tests.rules.base import load_lists
from tests.rules.random_worlds import DAYS, build, make_units, pairs, world
from tests.rules.test_proof import SEEDS, examples
from trainingplans.lib.dates import today

ON, DUE = date(2026, 11, 22), date(2027, 12, 31)
THEORY = {"level_at_least": {"ladder": "political_theory", "level": "TC"}}


class Province(TestCase):
    """Ten officials in two communes, four of whom have attained; 80 % are wanted."""

    @classmethod
    def setUpTestData(cls):
        for code in ("CHUA", "SC", "TC", "CC"):
            make_level("political_theory", code)
        cls.one, cls.two = make_unit("X1", name="Xã Một"), make_unit("X2", name="Xã Hai")
        held = {"political_theory": "TC"}
        cls.trained = [make_official(cls.one, levels=held) for _ in range(4)]
        cls.rest = [make_official(unit) for unit in [cls.one] * 2 + [cls.two] * 4]
        cls.target = make_target("llct", attained=THEORY, threshold=80, due=DUE)
        cls.course = make_course(grants_level=make_level("political_theory", "TC"))
        cls.now = make_class(cls.course, starts=date(2026, 11, 2), state="running", capacity=40)
        cls.staff = make_account("staff")

    def forecast(self, **options):
        return forecast(self.target, self.staff, ON, **options)

    def parts(self, **options):
        found = self.forecast(**options)
        return {part.why: (part.population, part.attained, part.people) for part in found.parts}

    def enrol(self, people, training_class=None, **fields):
        for person in people:
            make_enrolment(person, training_class or self.now, **fields)

    def history(self, passed_number, failed, course=None):
        """Past learners of the course, from elsewhere."""
        ended = make_class(course or self.course, starts=date(2025, 3, 3), state="ended")
        for number in range(passed_number + failed):
            well = number < passed_number
            person = make_official(make_unit(kind="department"), staff_kind="VC")
            outcome = "passed" if well else "failed"
            make_enrolment(person, ended, state="finished", outcome=outcome, completed=well)


class PartsTests(Province):
    def test_learners_count_at_the_pass_rate_of_their_course(self):
        self.history(3, 1)
        self.enrol(self.rest[:4])
        found = self.forecast()
        self.assertEqual(self.parts(), {"enrolled": (0, 3, 4)})  # 4 × 3/4
        self.assertEqual((found.at_due.population, found.at_due.attained), (10, 7))

    def test_without_any_history_all_are_taken_to_pass(self):
        self.enrol(self.rest[:2])
        self.assertEqual(self.parts(), {"enrolled": (0, 2, 2)})

    def test_a_course_without_history_takes_the_rate_of_its_content(self):
        other = make_course(self.course.category, name="Khóa khác")
        self.history(1, 1, other)
        self.enrol(self.rest[:4])
        self.assertEqual(self.parts()["enrolled"], (0, 2, 4))

    def test_accepted_nominations_count_and_others_do_not(self):
        later = make_class(self.course, starts=date(2027, 3, 1))
        states = ["accepted", "decided", "submitted", "reserve", "returned", "withdrawn"]
        for person, state in zip(self.rest, states, strict=True):
            make_nomination(later, person, state=state)
        self.assertEqual(self.parts(), {"nominated": (0, 2, 2)})

    def test_nobody_counts_twice_and_who_has_attained_adds_nothing(self):
        later = make_class(self.course, starts=date(2027, 3, 1))
        self.enrol([self.rest[0], self.trained[0]])
        make_nomination(later, self.rest[0], state="accepted")
        self.assertEqual(self.parts(), {"enrolled": (0, 1, 1)})

    def test_what_ends_after_the_deadline_is_cancelled_or_teaches_else_adds_nothing(self):
        late = make_class(self.course, starts=date(2028, 1, 3))
        gone = make_class(self.course, state="cancelled")
        other = make_class(make_course(grants_level=make_level("political_theory", "SC")))
        for training_class, person in zip((late, gone, other), self.rest, strict=False):
            self.enrol([person], training_class)
        self.enrol([self.rest[3]], state="withdrawn", left_on=date(2026, 11, 10))
        self.assertEqual(self.parts(), {})

    def test_who_reaches_the_statutory_age_by_the_deadline_leaves(self):
        # Women reach 57 years 4 months in 2027: born 08/1970 → 12/2027, retires 01/01/2028.
        births = {
            self.trained[0]: date(1970, 7, 10),  # retires 01/12/2027
            self.rest[0]: date(1970, 3, 10),  # retires 01/08/2027
            self.rest[1]: date(1970, 8, 10),  # retires 01/01/2028, the day after the deadline
        }
        for person, birth in births.items():
            person.gender, person.birth_date = "nu", birth
            person.save()
            make_qualification(person, "informatics", detail="Tin học A")  # derives anew
        self.assertEqual(self.parts(), {"retiring": (-2, -1, 2)})
        self.assertEqual(self.forecast().by_unit[self.one.pk].population, 4)

    def test_what_the_records_already_say_of_the_future_is_a_part(self):
        soon = today() + timedelta(days=30)
        make_qualification(self.rest[0], "political_theory", "TC", since=soon)
        self.target.due = soon
        found = forecast(self.target, self.staff, today())
        self.assertEqual([(part.why, part.attained) for part in found.parts], [("recorded", 1)])

    def test_a_past_day_does_not_know_what_came_later(self):
        make_qualification(self.rest[0], "political_theory", "TC", since=date(2026, 1, 9))
        self.target.due = date(2026, 12, 31)
        found = forecast(self.target, self.staff, date(2025, 6, 1))
        self.assertEqual((found.parts, found.at_due.attained), ([], 4))

    def test_a_past_day_counts_who_was_learning_or_accepted_by_then(self):
        """The class began on 02/11: on 01/11 nobody learns, one is accepted, one not yet."""
        self.enrol(self.rest[:1])
        later = make_class(self.course, starts=date(2027, 3, 1))
        for person, day in zip(
            self.rest[1:3], (date(2026, 10, 20), date(2026, 11, 8)), strict=True
        ):
            moment = timezone.make_aware(datetime.combine(day, time(9)))
            make_nomination(later, person, state="accepted", decided_at=moment)
        told = [
            {part.why: part.people for part in forecast(self.target, self.staff, day).parts}
            for day in (date(2026, 10, 19), date(2026, 11, 1), date(2026, 11, 8))
        ]
        self.assertEqual(told, [{}, {"nominated": 1}, {"enrolled": 1, "nominated": 2}])

    def test_after_the_deadline_the_forecast_is_the_figure(self):
        self.enrol(self.rest[:2])
        found = forecast(self.target, self.staff, date(2028, 2, 1))
        self.assertEqual((found.parts, found.at_due.attained), ([], 4))


class NeedTests(Province):
    def test_seats_and_classes_for_the_rest(self):
        self.history(3, 1)
        found = self.forecast()
        # 8 of 10 are wanted, 4 have it: 4 more, at 3/4 six seats, in one class of 40.
        self.assertEqual((found.short_by, found.seats_needed, found.classes_needed), (4, 6, 1))

    def test_units_are_parts_of_the_whole_and_the_worst_comes_first(self):
        self.enrol(self.rest[:1])
        out = StringIO()
        call_command("forecast", "--target", "llct", "--on", "2026-11-22", "--json", stdout=out)
        document = json.loads(out.getvalue())
        self.assertEqual(
            document["by_unit"],
            [
                {
                    "unit": "Xã Hai",
                    "code": "X2",
                    "population": 4,
                    "attained": 0,
                    "short_by": 4,
                    "seats_needed": 4,
                },
                {
                    "unit": "Xã Một",
                    "code": "X1",
                    "population": 6,
                    "attained": 5,
                    "short_by": 0,
                    "seats_needed": 0,
                },
            ],
        )
        self.assertEqual(
            document["now"], {"population": 10, "attained": 4, "unknown": 6, "percent": 40.0}
        )
        self.assertEqual(
            document["at_due"],
            {"population": 10, "attained": 5, "percent": 50.0, "met": False, "short_by": 3},
        )
        self.assertEqual(
            document["parts"],
            [{"why": "enrolled", "population": 0, "attained": 1, "people": 1}],
        )
        self.assertEqual(document["seats_needed"], 3)
        self.assertEqual(document["range"], {"low": 40.0, "high": 50.0})

    def test_more_seats_than_people_do_not_help(self):
        self.enrol(self.rest[:1])
        extra = Extra(course=self.course, seats=100, rate=Fraction(1, 2))
        self.assertEqual(self.parts(extra=extra)["what_if"], (0, 3, 100))  # 5 left × 1/2 → 3
        self.assertEqual(self.forecast(extra=extra).room, 5)

    def test_supposing_writes_nothing(self):
        self.forecast(extra=Extra(seats=10))
        self.assertEqual(self.course.classes.count(), 1)

    def test_the_queries_do_not_grow_with_people(self):
        self.enrol(self.rest[:1])
        with self.assertNumQueries(12):
            self.forecast()
        for _ in range(3):
            self.enrol([make_official(make_unit())])
        with self.assertNumQueries(12):
            self.forecast()


class BackTests(Province):
    def test_a_past_forecast_is_held_against_what_was(self):
        past = make_class(self.course, starts=date(2025, 11, 3), ends=date(2026, 2, 27))
        for number, person in enumerate(self.rest[:4]):
            well = number < 3
            outcome = "passed" if well else "failed"
            make_enrolment(person, past, state="finished", outcome=outcome, completed=well)
            if well:
                make_qualification(person, "political_theory", "TC", since=date(2026, 2, 27))
        [trial, *_] = backtest(self.target, self.staff, ON)
        # Then nothing was known of pass rates: 4 + 4 of 10 were expected, 4 + 3 came.
        self.assertEqual((trial.on, trial.due), (date(2025, 11, 22), ON))
        self.assertEqual((trial.forecast, trial.actual, trial.error), (80, 70, 10))

    def test_who_was_accepted_then_is_not_forgotten(self):
        past = make_class(self.course, starts=date(2025, 12, 1), ends=date(2026, 2, 27))
        person = self.rest[0]
        decided = timezone.make_aware(timezone.datetime(2025, 11, 3))
        nomination = make_nomination(past, person, state="enrolled", decided_at=decided)
        make_enrolment(person, past, state="finished", completed=True, nomination=nomination)
        [trial, *_] = backtest(self.target, self.staff, ON)
        self.assertEqual(trial.forecast, 50)


class GrantTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_lists()

    def test_a_course_fulfils_what_it_grants_and_nothing_more(self):
        context = RuleContext(ON)
        grant = Grant("political_theory", 2, category="DT.LLCT.TC", hours=80)
        everyone = {"all": []}
        higher = {"level_at_least": {"ladder": "political_theory", "level": "CC"}}
        cases = [
            (THEORY, everyone),
            (higher, higher),
            ({"has": "political_theory"}, everyone),
            ({"has": "informatics"}, {"has": "informatics"}),
            ({"not": THEORY}, {"not": everyone}),
            ({"any": [higher, THEORY]}, {"any": [higher, everyone]}),
        ]
        for rule, expected in cases:
            self.assertEqual(passed(rule, grant, context), expected)

    def test_a_language_helps_where_it_is_spoken(self):
        unit = make_unit("X1")
        make_language(unit, "Thái")
        make_group("Mông")
        here = {"speaks_language_of_unit": True}
        context = RuleContext(ON)
        thai = Grant("ethnic_language", 1, language="Thái")
        self.assertEqual(passed(here, thai, context), {"any": [here, {"in_unit": ["X1"]}]})
        self.assertEqual(passed(here, Grant("ethnic_language", 1, "Mông"), context), here)
        self.assertEqual(passed({"speaks": ["Thái"]}, thai, context), {"all": []})


class SumTests(RandomTestCase):
    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()
        cls.target = make_target()
        cls.course = make_course(grants_level=make_level("professional", "DH", 4))

    @given(SEEDS)
    @examples(8)
    def test_the_parts_and_the_units_add_up(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        on, due = sorted(r.sample(DAYS[4:], 2))
        for asked in pairs(r, 3):
            found = forecast_of(Pair(*asked), self.target, on, due)
            for number in ("population", "attained"):
                parts = sum(getattr(part, number) for part in found.parts)
                units = sum(getattr(figure, number) for figure in found.by_unit.values())
                self.assertEqual(getattr(found.now, number) + parts, units)
            self.assertLessEqual(found.at_due.attained, found.at_due.population)

    def test_shares_add_up_to_the_whole(self):
        half = Fraction(1, 2)
        self.assertEqual(shared_out({1: half, 2: half, 3: half}, 2), {1: 1, 2: 1, 3: 0})

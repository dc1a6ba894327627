"""What became of the items of a plan: counted from classes, nominations, enrolments, costs."""

from datetime import date

from django.test import TestCase

from courses.models import ClassState
from tests.factories import (
    make_category,
    make_class,
    make_course,
    make_enrolment,
    make_nomination,
    make_official,
    make_unit,
)
from trainingplans.plans.models import ClassCost, FundingSource, Plan, PlannedClass
from trainingplans.plans.progress import Progress, progress_of


class ProgressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit()
        cls.course = make_course(make_category())
        cls.plan = Plan.objects.create(
            title="Kế hoạch", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
        )
        cls.source = FundingSource.objects.create(code="TW", name="Trung ương")

    def item(self, code):
        return self.plan.items.create(code=code, title=f"Mục {code}", learners=30, classes=2)

    def a_class(self, item, state=ClassState.CALLING):
        made = make_class(self.course, state=state)
        PlannedClass.objects.create(item=item, training_class=made)
        return made

    def test_an_item_without_classes_has_nothing(self):
        item = self.item("1")
        self.assertEqual(progress_of([item.pk])[item.pk], Progress())

    def test_classes_only_planned_or_cancelled_are_not_opened(self):
        item = self.item("1")
        for state in (ClassState.PLANNED, ClassState.CANCELLED, ClassState.CALLING, "settled"):
            self.a_class(item, state)
        self.assertEqual(progress_of([item.pk])[item.pk].opened, 2)

    def test_people_are_counted_by_where_they_stand(self):
        item = self.item("1")
        here = self.a_class(item, ClassState.RUNNING)
        people = [make_official(self.unit) for _ in range(9)]
        states = ["draft", "submitted", "accepted", "reserve", "returned", "rejected", "enrolled"]
        for person, state in zip(people, states, strict=False):
            make_nomination(here, person, state=state)
        make_enrolment(people[6], here)
        make_enrolment(people[7], here, state="finished", outcome="passed", completed=True)
        make_enrolment(people[8], here, state="withdrawn")
        found = progress_of([item.pk])[item.pk]
        self.assertEqual((found.nominated, found.enrolled, found.passed), (4, 2, 1))

    def test_money_is_what_was_spent_not_what_was_estimated(self):
        item = self.item("1")
        for amount in (40_000_000, 2_500_000):
            ClassCost.objects.create(
                training_class=self.a_class(item),
                source=self.source,
                what="Giảng viên",
                planned=90_000_000,
                spent=amount,
            )
        self.assertEqual(progress_of([item.pk])[item.pk].spent, 42_500_000)

    def test_items_do_not_mix_and_the_queries_stay_four(self):
        items = [self.item(str(number)) for number in range(5)]
        for item in items[:2]:
            make_enrolment(make_official(self.unit), self.a_class(item))
        with self.assertNumQueries(4):
            found = progress_of([item.pk for item in items])
        self.assertEqual([found[item.pk].enrolled for item in items], [1, 1, 0, 0, 0])

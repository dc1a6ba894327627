"""The audience of an item: composed in its form with a live count, taken over by its classes."""

from django.urls import reverse

from cadres.models import Standing
from courses.catalogues import load_settings
from courses.eligibility import Checks
from courses.models import TrainingClass
from tests.factories import make_course, make_official
from tests.plans.base import Sheet
from tests.plans.planning import PlanTestCase, document, entry
from trainingplans.lib.dates import show, today
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.models import Plan
from trainingplans.plans.proposals import people_by_unit

WOMEN = {"gender": "nu"}


class AudienceTests(PlanTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        load_settings()
        # Three women and two men in the north, one woman in the south: four women, two units.
        for unit, gender in [(cls.north, "nu")] * 3 + [(cls.north, "nam")] * 2:
            make_official(unit, gender=gender)
        cls.southern = make_official(cls.south, gender="nu")
        cls.man = make_official(cls.south, gender="nam")

    def setUp(self):
        self.plan = load_plan(document(entry(classes=1, learners=9)), by=self.by).plan
        self.item = self.plan.items.get()
        self.client.force_login(self.staff)
        self.sheet = Sheet(self.client, reverse("plans:item", args=[self.plan.pk, self.item.pk]))

    def compose(self):
        self.sheet.add("audience", "gender")
        self.sheet.type(audience__0__v="nu")

    def test_the_count_follows_the_conditions_and_saving_keeps_them(self):
        self.assertIn("Đang tính trên 7 người của 2 đơn vị", self.sheet.html)
        self.compose()
        self.sheet.press("try")
        self.assertIn("Đang tính trên 4 người của 2 đơn vị", self.sheet.html)
        address = reverse("plans:item_count", args=[self.plan.pk])
        self.assertContains(
            self.client.post(address, self.sheet.data), "Đang tính trên 4 người của 2 đơn vị"
        )
        self.item.refresh_from_db()
        self.assertIsNone(self.item.audience)  # trying is not saving
        self.client.post(self.sheet.address, {**self.sheet.data, "step": "save"})
        self.item.refresh_from_db()
        self.assertEqual(self.item.audience, WOMEN)
        self.assertEqual(len(self.item.costs.all()), 1)

    def test_a_plan_of_a_unit_counts_the_people_of_that_unit(self):
        Plan.objects.update(unit=self.north)
        page = self.client.get(self.sheet.address)
        self.assertContains(page, "Đang tính trên 5 người của 1 đơn vị")

    def test_seats_are_proposed_by_those_whom_it_is_for(self):
        self.item.audience = WOMEN
        self.assertEqual(
            people_by_unit(self.item, today())[0], {self.north.pk: 3, self.south.pk: 1}
        )

    def open_class(self, **more):
        self.item.audience = WOMEN
        self.item.save()
        Plan.objects.update(state="approved")
        data = {"title": "Lớp nữ", "course": make_course(self.item.category).pk, "capacity": "9"}
        data |= {"mode": "full", "starts_on": show(today()), "ends_on": show(today())}
        address = reverse("plans:item_class", args=[self.plan.pk, self.item.pk])
        self.assertContains(self.client.get(address), "Chỉ nhận người thuộc đối tượng của mục")
        self.client.post(address, {**data, **more})
        return TrainingClass.objects.get()

    def found(self, run):
        """{official: what the checks hold against them}."""
        checks = Checks(run, on=today())
        rows = checks.read(Standing.objects.filter(official__in=[self.southern, self.man]))
        return {row.official_id: [one.check for one in checks.of(row)] for row in rows}

    def test_a_class_of_the_item_is_for_the_same_people(self):
        run = self.open_class(with_audience="on")
        self.assertEqual(run.audience, WOMEN)
        found = self.found(run)
        self.assertIn("audience", found[self.man.pk])
        self.assertNotIn("audience", found[self.southern.pk])

    def test_staff_may_open_it_to_everybody(self):
        run = self.open_class()
        self.assertIsNone(run.audience)
        self.assertNotIn("audience", self.found(run)[self.man.pk])

"""A plan against life: worst first, money and units, targets moved, what is late, roll-up."""

from datetime import timedelta

from django.urls import reverse

from courses.models import ClassState
from tests.factories import (
    make_category,
    make_class,
    make_course,
    make_enrolment,
    make_nomination,
    make_official,
)
from tests.reports_pages.base import Province, SameQueries, make_leader
from trainingplans.lib.dates import today
from trainingplans.plans.models import ClassCost, FundingSource, Plan, PlanCost, PlannedClass

YEAR = today().year
MILLION = 1_000_000


class LifeTests(SameQueries, Province):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.course = make_course(make_category())
        cls.central = FundingSource.objects.create(code="TW", name="Trung ương", order=1)
        cls.local = FundingSource.objects.create(code="DP", name="Địa phương", order=2)
        cls.plan = cls.a_plan("Kế hoạch tỉnh", state="running")

    @classmethod
    def a_plan(cls, title, **fields):
        return Plan.objects.create(
            title=title,
            starts_on=today().replace(month=1, day=1),
            ends_on=today().replace(month=12, day=31),
            **fields,
        )

    def item(self, code, plan=None, *, learners=30, classes=1, quarter=None, **costs):
        item = (plan or self.plan).items.create(
            code=code,
            title=f"Mục {code}",
            learners=learners,
            classes=classes,
            quarter=quarter,
            order=int(code),
        )
        for source, amount in costs.items():
            PlanCost.objects.create(item=item, source=getattr(self, source), amount=amount)
        return item

    def a_class(self, item, state=ClassState.RUNNING, **fields):
        made = make_class(self.course, state=state, **fields)
        PlannedClass.objects.create(item=item, training_class=made)
        return made

    def spend(self, training_class, amount, source=None):
        ClassCost.objects.create(
            training_class=training_class,
            source=source or self.central,
            what="Chi",
            spent=amount,
        )

    def page(self, account=None, plan=None, **asked):
        self.client.force_login(account or self.staff)
        address = reverse("plans:plan_progress", args=[(plan or self.plan).pk])
        page = self.client.get(address, asked)
        self.assertEqual(page.status_code, 200)
        return page.context

    def lives(self, **asked):
        return [(life.item.code, life.late) for life in self.page(**asked)["page"]]

    def test_late_items_stand_first_then_the_least_filled(self):
        full, half, nothing = (self.item(code, learners=2) for code in "123")
        # A plan of last year's day: whatever has not opened its classes is late.
        for item, people in [(full, 2), (half, 1)]:
            here = self.a_class(item, ends=today() + timedelta(days=9), starts=today())
            for _ in range(people):
                make_enrolment(make_official(self.north), here)
        self.assertEqual([code for code, _ in self.lives()], ["3", "2", "1"])
        self.plan.ends_on = today() - timedelta(days=1)
        self.plan.save()
        ended = f"{self.plan.ends_on:%d/%m/%Y}"
        self.assertEqual(
            self.lives(),
            [
                ("3", [f"hết hạn {ended}, mới mở 0 trên 1 lớp"]),
                ("2", [f"hết hạn {ended}, còn thiếu 1 người học"]),
                ("1", []),
            ],
        )
        self.assertEqual([code for code, _ in self.lives(tre="1")], ["3", "2"])

    def test_classes_that_should_have_begun_or_ended_are_late(self):
        item = self.item("1")
        self.a_class(item, ClassState.CALLING, starts=today() - timedelta(days=3), ends=today())
        past = today() - timedelta(days=40)
        self.a_class(item, ClassState.RUNNING, starts=past, ends=past)
        [(_, late)] = self.lives()
        self.assertEqual(
            late, ["1 lớp quá ngày khai giảng chưa mở", "1 lớp quá ngày bế giảng chưa kết thúc"]
        )

    def test_a_late_item_stands_above_an_emptier_one_that_is_in_time(self):
        self.item("1", learners=50)
        late = self.item("2", learners=1)
        first = today() - timedelta(days=3)
        here = self.a_class(late, ClassState.CALLING, starts=first, ends=today())
        make_enrolment(self.an, here)
        self.assertEqual([code for code, _ in self.lives()], ["2", "1"])

    def test_a_draft_has_nothing_late(self):
        self.item("1")
        Plan.objects.update(state="draft", ends_on=today() - timedelta(days=1))
        self.assertEqual(self.lives(), [("1", [])])

    def test_money_is_by_source_and_by_unit_and_adds_up(self):
        item = self.item("1", central=400 * MILLION, local=100 * MILLION)
        PlanCost.objects.filter(source=self.local).update(unit=self.north)
        item.quotas.create(unit=self.north, seats=12)
        here = self.a_class(item, organiser=self.south)
        self.spend(here, 90 * MILLION)
        self.spend(here, 15 * MILLION, self.local)
        self.spend(self.a_class(item), 5 * MILLION)
        found = self.page()
        self.assertEqual(
            [(m.name, m.planned, m.spent) for m in found["sources"]],
            [
                ("Trung ương", 400 * MILLION, 95 * MILLION),
                ("Địa phương", 100 * MILLION, 15 * MILLION),
            ],
        )
        self.assertEqual(
            [(m.name, m.planned, m.spent, m.seats) for m in found["units"]],
            [
                ("Xã Bắc", 100 * MILLION, 0, 12),
                ("Xã Nam", 0, 105 * MILLION, 0),
                ("Chưa giao đơn vị", 400 * MILLION, 5 * MILLION, 0),
            ],
        )
        self.assertEqual(
            (found["sums"]["amount"], found["total"].spent), (500 * MILLION, 110 * MILLION)
        )
        total = found["unit_sum"]
        self.assertEqual(
            (total.planned, total.spent, total.seats), (500 * MILLION, 110 * MILLION, 12)
        )

    def test_targets_tell_how_many_in_classes_still_miss_them(self):
        # Of seven leaders three have attained, six are needed for 85 %: three are short.
        item = self.item("1")
        item.targets.add(self.target)
        other = self.item("2")  # does not serve the target
        here = self.a_class(item)
        make_enrolment(self.binh, here)
        make_enrolment(self.an, here)  # has attained already
        make_nomination(here, self.cuong, state="accepted")  # nothing recorded
        make_nomination(here, self.binh, state="enrolled")
        make_enrolment(self.dung, self.a_class(other))
        [moved] = self.page()["moved"]
        self.assertEqual(
            (moved.short_by, moved.learning, moved.nominated, moved.short_after), (3, 1, 1, 1)
        )

    def test_units_with_most_empty_seats_stand_first(self):
        item = self.item("1")
        item.quotas.create(unit=self.north, seats=3)
        item.quotas.create(unit=self.south, seats=4)
        found = [m.name for m in self.page()["units"] if m.seats]
        self.assertEqual(found, ["Xã Nam", "Xã Bắc"])

    def test_a_unit_sees_its_own_people_and_money_only(self):
        item = self.item("1")
        item.targets.add(self.target)
        item.quotas.create(unit=self.north, seats=3)
        item.quotas.create(unit=self.south, seats=4)
        here = self.a_class(item)
        make_enrolment(self.binh, here)
        make_enrolment(self.hoa, here)
        found = self.page(self.clerk)
        self.assertEqual([m.name for m in found["units"]], ["Xã Bắc"])
        [moved] = found["moved"]
        self.assertEqual((moved.learning, moved.figure.population), (1, 4))

    def test_plans_of_units_roll_up(self):
        below = self.a_plan("Xã Bắc", unit=self.north, state="running")
        self.a_plan("Nháp", unit=self.south)
        before = self.a_plan("Năm trước", unit=self.south, state="closed")
        Plan.objects.filter(pk=before.pk).update(starts_on=before.starts_on.replace(year=YEAR - 1))
        item = self.item("1", below, learners=8, central=7 * MILLION)
        make_enrolment(self.binh, self.a_class(item))
        found = self.page()
        [under] = found["unders"]
        self.assertEqual(
            (under.plan, under.learners, under.amount, under.progress.enrolled),
            (below, 8, 7 * MILLION, 1),
        )
        self.assertEqual(found["under_total"].learners, 8)

    def test_a_year_stands_under_its_period(self):
        period = self.a_plan("Giai đoạn", state="running")
        Plan.objects.filter(pk=period.pk).update(ends_on=period.ends_on.replace(year=YEAR + 4))
        period.refresh_from_db()
        self.assertEqual([u.plan for u in self.page(plan=period)["unders"]], [self.plan])
        self.assertEqual(self.page()["unders"], [])

    def test_it_takes_the_same_queries_for_more_of_everything(self):
        self._grow()
        address = reverse("plans:plan_progress", args=[self.plan.pk])
        self.assert_same_queries(self.staff, address, self._grow, 41)

    def _grow(self):
        for _ in range(3):
            code = str(self.plan.items.count() + 1)
            item = self.item(code, central=MILLION)
            item.targets.add(self.target)
            person = make_leader(self.north, "SC")
            here = self.a_class(item)
            make_enrolment(person, here)
            make_nomination(here, make_leader(self.south), state="submitted")
            self.spend(here, MILLION)
        self.item("1", self.a_plan("Xã", unit=self.north, state="running"))

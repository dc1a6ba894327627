"""The needs of all units put together: sums, people once, checks, into the draft plan."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from cadres.models import AuditEvent, PlanningEntry
from cadres.standings import refresh
from tests.factories import make_category, make_enrolment, make_official, make_unit
from tests.needs.base import NeedsCase
from trainingplans.plans.models import Need, NeedPerson, Plan, PlanItem, UnitNeed
from trainingplans.plans.needs import Serving


class ConsolidationTests(NeedsCase):
    """North asks for 4 in theory (Bình, An named) and 3 in the office; south for 2 in theory."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.plan = Plan.objects.create(
            title="Kế hoạch 2027", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)
        )
        cls.round.plan = cls.plan
        cls.round.save()
        theory = cls.ask(cls.answer, cls.theory, 4)
        cls.ask(cls.answer, cls.office, 3)
        cls.south_theory = cls.ask(cls.other, cls.theory, 2)
        for official in (cls.binh, cls.an):
            NeedPerson.objects.create(need=theory, official=official)
        NeedPerson.objects.create(need=cls.south_theory, official=cls.hoa)
        UnitNeed.objects.update(state="signed")

    @classmethod
    def ask(cls, answer, category, number):
        return Need.objects.create(answer=answer, category=category, number=number)

    def summary(self, account=None, **asked):
        self.client.force_login(account or self.staff)
        page = self.client.get(self.url("round_summary", self.round.pk), asked)
        self.assertEqual(page.status_code, 200)
        return page.context["summary"]

    def content(self, code="DT.CT.TC"):
        return next(c for c in self.summary().contents if c.category.code == code)

    def draft(self, *categories, size="50"):
        chosen = [category.pk for category in categories]
        return self.send(self.staff, "round_items", self.round.pk, chon=chosen, size=size)

    def test_numbers_add_up_by_content_and_by_unit(self):
        summary = self.summary()
        told = {c.category.code: (c.number, c.by_unit) for c in summary.contents}
        north, south = self.north.pk, self.south.pk
        self.assertEqual(told, {"DT.CT.TC": (6, {north: 4, south: 2}), "BD.VTVL": (3, {north: 3})})
        self.assertEqual((summary.number, len(summary.people), summary.unnamed), (9, 3, 6))

    def test_the_table_of_content_and_unit_has_the_same_sums(self):
        self.client.force_login(self.staff)
        address = self.url("round_summary", self.round.pk)
        page = self.client.get(address, {"xem": "don-vi"})
        rows = [(str(unit), cells, total) for unit, cells, total in page.context["matrix"]]
        self.assertEqual(rows, [("Xã Bắc", [3, 4], 7), ("Xã Nam", [None, 2], 2)])

    def test_only_what_was_sent_counts_until_the_rest_is_asked_for(self):
        self.other.state = "writing"
        self.other.save()
        self.assertEqual(self.summary().number, 7)
        self.assertEqual(self.summary(ca="1").number, 9)

    def test_names_are_checked_against_the_target(self):
        # Of the named Bình and Hoa miss the target, An has attained it.
        content = self.content()
        self.assertEqual(content.missing, {self.binh.pk, self.hoa.pk})
        self.assertEqual(content.doubtful, {self.an.pk})
        # Bình, Dũng, Hoa miss it, of Cường nothing is recorded.
        self.assertEqual(content.gap, 4)

    def test_more_asked_for_than_people_miss_the_target_is_said(self):
        self.assertTrue(self.content().exceeds)  # 6 asked for, 4 miss it
        self.assertFalse(self.content("BD.VTVL").exceeds)

    def test_planning_and_earlier_training_are_found(self):
        PlanningEntry.objects.create(official=self.binh, valid_from=date(2025, 1, 1))
        refresh([self.binh.pk])
        make_enrolment(self.hoa, category=self.theory, completed=True, ends_on=date(2024, 6, 1))
        content = self.content()
        self.assertEqual(content.planned, {self.binh.pk})
        self.assertEqual(content.doubtful, {self.an.pk, self.hoa.pk})
        hoa = next(p for p in self.summary().people if p.official == self.hoa)
        [(_, reasons)] = hoa.wanted
        self.assertEqual([r["text"] for r in reasons][-1], "đã học năm 2024")

    def test_a_person_named_by_two_units_is_counted_once_and_said(self):
        NeedPerson.objects.create(need=self.south_theory, official=self.binh)
        summary = self.summary()
        self.assertEqual(len(summary.people), 3)
        binh = next(p for p in summary.people if p.official == self.binh)
        [(content, reasons)] = binh.wanted
        self.assertEqual([str(u) for u in binh.units], ["Xã Bắc", "Xã Nam"])
        self.assertIn("2 đơn vị cùng nêu tên", [r["text"] for r in reasons])
        self.assertEqual(len(content.people), 3)

    def test_a_person_in_two_contents_is_one_person_and_two_turns(self):
        office = Need.objects.get(category=self.office)
        NeedPerson.objects.create(need=office, official=self.binh)
        summary = self.summary()
        self.assertEqual((len(summary.people), summary.in_several, summary.unnamed), (3, 1, 5))

    def test_a_unit_sees_its_own_needs_only(self):
        summary = self.summary(self.other_clerk)
        self.assertEqual((summary.number, [p.official for p in summary.people]), (2, [self.hoa]))

    def test_the_workbook_holds_the_same_figures_and_leaves_a_trace(self):
        self.client.force_login(self.staff)
        address = self.url("round_summary", self.round.pk)
        book = load_workbook(BytesIO(self.client.get(address, {"export": "xlsx"}).content))
        rows = list(book["Theo đơn vị"].values)
        self.assertEqual(rows[1][2:], (3, 4, 7))
        self.assertEqual(rows[-1][1:], ("Cộng", 3, 6, 9))
        self.assertEqual(len(list(book["Theo người"].values)), 4)
        self.assertEqual(AuditEvent.objects.filter(act="round.export").count(), 1)

    def test_contents_become_items_with_classes_quotas_and_targets(self):
        self.draft(self.theory, size="4")
        item = PlanItem.objects.get()
        self.assertEqual((item.learners, item.classes, item.code), (6, 2, "1"))
        self.assertEqual(
            dict(item.quotas.values_list("unit__name", "seats")), {"Xã Bắc": 4, "Xã Nam": 2}
        )
        self.assertEqual(list(item.targets.all()), [self.target])

    def test_a_content_that_the_plan_has_is_left_out_and_said(self):
        self.draft(self.theory)
        self.draft(self.theory, self.office)
        self.assertEqual(PlanItem.objects.count(), 2)
        page = self.client.get(self.url("round_summary", self.round.pk))
        self.assertContains(page, "kế hoạch đã có mục 1")

    def test_items_are_taken_back_unless_they_were_worked_on(self):
        self.draft(self.theory, self.office)
        event = AuditEvent.objects.filter(act="round.items").first()
        PlanItem.objects.filter(category=self.office).update(version=2)
        self.send(self.staff, "round_items_undo", self.round.pk, event.pk)
        self.assertEqual([i.category for i in PlanItem.objects.all()], [self.office])

    def test_a_plan_that_was_submitted_takes_no_items(self):
        self.plan.state = "submitted"
        self.plan.save()
        self.draft(self.theory)
        self.assertFalse(PlanItem.objects.exists())

    def test_a_class_of_nobody_is_refused_in_words(self):
        for size in ("0", "", "nhiều"):
            self.draft(self.theory, size=size)
        self.assertFalse(PlanItem.objects.exists())

    def test_only_the_department_drafts_items(self):
        self.send(self.clerk, "round_items", self.round.pk, status=403)
        self.send(self.leader, "round_items", self.round.pk, status=403)

    def test_each_view_takes_the_same_queries_for_more_units_and_people(self):
        for shown in ("noi-dung", "don-vi", "nguoi"):
            address = self.url("round_summary", self.round.pk) + f"?xem={shown}"
            self.assert_same_queries(self.staff, address, self._grow, 24)

    def _grow(self):
        for _ in range(3):
            unit = make_unit(under=self.top)
            answer = self.round.answers.create(unit=unit, state="signed")
            need = self.ask(answer, self.theory, 2)
            for _ in range(2):
                NeedPerson.objects.create(need=need, official=make_official(unit))


class ServingTests(NeedsCase):
    """The target asks for theory from TC on (ranks SC < TC < CC)."""

    def serves(self, code, ladder="political_theory"):
        return Serving()(make_category(code, ladder=ladder), self.target)

    def test_a_content_serves_a_target_from_its_level_on(self):
        self.assertFalse(self.serves("DT.CT.SC"))
        self.assertTrue(self.serves("DT.CT.TC"))
        self.assertTrue(self.serves("DT.CT.CC"))
        self.assertTrue(self.serves("DT.CT"))  # names no level: it may lead to any
        self.assertFalse(self.serves("DT.CM.DH", ladder="professional"))

    def test_a_language_serves_a_target_on_speaking(self):
        self.target.attained = {"speaks_language_of_unit": True}
        self.assertTrue(self.serves("BD.TDT", ladder="ethnic_language"))
        self.assertFalse(self.serves("DT.CT.CC"))

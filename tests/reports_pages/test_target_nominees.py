"""From what a target lacks to nominations of twenty people in three clicks."""

import re
from datetime import date

from django.test import TestCase
from django.urls import reverse

from courses.catalogues import load_settings
from courses.models import Nomination, SeatQuota
from reports.home import SOURCES
from tests.factories import (
    make_account,
    make_category,
    make_class,
    make_course,
    make_level,
    make_official,
    make_unit,
)
from trainingplans.lib.dates import today
from trainingplans.lib.inbox import collect
from trainingplans.plans.models import Target

THEORY = {"level_at_least": {"ladder": "political_theory", "level": "TC"}}


class ThreeClicksTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_settings()
        make_level("political_theory", "CHUA", 0)
        level = make_level("political_theory", "TC", 2)
        cls.units = [make_unit(name=f"Xã {name}") for name in ("Một", "Hai", "Ba")]
        cls.people = [
            make_official(
                cls.units[number % 3],
                full_name=f"Người Thứ {number}",
                levels={"political_theory": "CHUA"},
                birth_date=date(1990, 1, 1),
                gender="nam",
            )
            for number in range(24)
        ]
        cls.other = make_class(make_course(), starts=date(2027, 2, 1), title="Lớp khác")
        course = make_course(make_category("DT.CT.TC", form="dao_tao"), grants_level=level)
        cls.lop = make_class(course, starts=date(2027, 3, 1), ends=date(2027, 9, 1), capacity=40)
        Target.objects.create(
            code="llct",
            name="LLCT từ trung cấp",
            threshold=90,
            due=date(2027, 12, 31),
            population={"staff_kind": ["CC"]},
            attained=THEORY,
        )

    def tiles(self, training_class):
        self.client.force_login(make_account("clerk", unit=self.units[0]))
        page = self.client.get(reverse("courses:class_nominations", args=[training_class.pk]))
        return [(t["label"], t["figure"], t["note"]) for t in page.context["tiles"]][2:]

    def test_a_unit_that_nominates_sees_its_target_now_and_with_its_seats_filled(self):
        """Eight people without the level: 90 % asks for all eight, three seats leave five."""
        SeatQuota.objects.create(training_class=self.lop, unit=self.units[0], seats=3)
        self.assertEqual(
            self.tiles(self.lop),
            [
                (
                    "Mục tiêu của đơn vị",
                    "0,0",
                    "LLCT từ trung cấp: 0 / 8 người, ngưỡng 90 %".replace(" %", "\xa0%"),
                ),
                ("Nếu cả 3 học đạt", "37,5", "3 / 8 người, còn thiếu 5 người"),
            ],
        )

    def test_a_class_that_moves_no_target_tells_how_full_it_is(self):
        self.assertEqual([label for label, *_ in self.tiles(self.other)], ["Cả lớp"])

    def test_twenty_people_are_nominated_by_unit_in_three_clicks(self):
        self.client.force_login(make_account("staff"))
        page = self.client.get(reverse("reports:target", args=["llct"]))
        [link] = re.findall(r'href="([^"]*cu-di-hoc[^"]*)"', page.content.decode())
        page = self.client.get(link)  # the first click
        self.assertEqual(page.context["chosen"], self.lop)
        html = page.content.decode()
        boxes = re.findall(r'name="chon" value="(\d+)"[^>]*checked', html)
        self.assertEqual(len(boxes), 20)
        self.client.post(link, {"chon": boxes, "lop": self.lop.pk})  # the second
        rows = Nomination.objects.filter(training_class=self.lop, state="submitted")
        self.assertEqual(rows.count(), 20)
        self.assertEqual({row.unit for row in rows}, set(self.units))
        self.assertEqual({row.target_code for row in rows}, {"llct"})

    def test_a_target_that_no_open_class_helps_says_so_and_ticks_nobody(self):
        self.lop.course.grants_level = make_level("political_theory", "SC", 1)
        self.lop.course.save()
        self.client.force_login(make_account("staff"))
        url = reverse("reports:target_nominees", args=["llct"])
        page = self.client.get(url)
        self.assertEqual((page.context["chosen"], page.context["eligible_count"]), (None, 24))
        self.assertContains(page, "Chưa có lớp nào đang chiêu sinh giúp đạt mục tiêu này")
        self.assertNotContains(page, 'name="chon"')
        self.assertEqual(self.client.get(url, {"lop": self.lop.pk}).context["chosen"], self.lop)

    def test_a_unit_alone_is_ranked_without_what_is_below_it(self):
        make_official(make_unit(under=self.units[0]), levels={"political_theory": "CHUA"})
        self.client.force_login(make_account("staff"))
        url = reverse("reports:target_nominees", args=["llct"])
        counts = [
            self.client.get(url, {"don_vi": self.units[0].code, **more}).context["eligible_count"]
            for more in ({}, {"rieng": "1"})
        ]
        self.assertEqual(counts, [9, 8])

    def test_the_seats_of_units_limit_who_is_ticked_at_first(self):
        SeatQuota.objects.create(training_class=self.lop, unit=self.units[0], seats=3)
        self.client.force_login(make_account("staff"))
        page = self.client.get(reverse("reports:target_nominees", args=["llct"]))
        ticked = [p for p in self.people if p.pk in page.context["ticked"]]
        self.assertEqual(sum(p in self.people[0::3] for p in ticked), 3)

    def test_a_clerk_nominates_the_own_people_and_the_leader_signs(self):
        clerk = make_account("clerk", unit=self.units[0])
        self.client.force_login(clerk)
        url = reverse("reports:target_nominees", args=["llct"])
        self.assertEqual(len(self.client.get(url).context["eligible"]), 8)
        picked = [self.people[0].pk, self.people[3].pk]
        self.client.post(url, {"chon": picked, "lop": self.lop.pk})
        self.assertEqual(set(Nomination.objects.values_list("state", flat=True)), {"prepared"})
        foreign = {"chon": [self.people[1].pk], "lop": self.lop.pk}
        self.client.post(url, foreign)
        self.assertEqual(Nomination.objects.count(), 2)
        head = make_account("unit_leader", unit=self.units[0])
        titles = [item.title for item in collect(SOURCES, head, today())]
        self.assertIn(f"Ký trình 2 đề cử: {self.lop.title}", titles)

    def test_what_waits_is_named_to_whoever_has_to_act(self):
        clerk = make_account("clerk", unit=self.units[0])
        self.assertIn(
            f"Đề cử người học: {self.lop.title}",
            [i.title for i in collect(SOURCES, clerk, today())],
        )
        Nomination.objects.create(
            training_class=self.lop,
            official=self.people[0],
            unit=self.units[0],
            state="submitted",
            made_by=clerk,
        )
        staff = make_account("staff")
        titles = [item.title for item in collect(SOURCES, staff, today())]
        self.assertIn(f"Xét 1 đề cử: {self.lop.title}", titles)

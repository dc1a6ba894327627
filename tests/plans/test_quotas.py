"""Quotas: proposed from who misses the targets, changed with a reason, never more than learners."""

from datetime import date

from django.urls import reverse

from tests.factories import make_class, make_enrolment, make_level, make_official
from tests.plans.planning import PlanTestCase, document, entry
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.models import Plan, PlannedClass, Quota, Target

ON = date(2026, 6, 1)


class QuotaTests(PlanTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for rank, code in enumerate(("CDT", "SC", "TC")):
            make_level("political_theory", code, rank)
        cls.target = Target.objects.create(
            code="llct",
            name="Lý luận chính trị",
            threshold=85,
            due=date(2027, 12, 31),
            population={"all": []},
            attained={"level_at_least": {"ladder": "political_theory", "level": "TC"}},
        )
        # Missing it: seven of the north (one is unknown), four of the south; two have attained.
        for number in range(6):
            make_official(cls.north, levels={"political_theory": "SC"}, full_name=f"Lò A {number}")
        make_official(cls.north, full_name="Chưa Rõ")
        make_official(cls.north, levels={"political_theory": "TC"}, full_name="Đã Đạt")
        for number in range(4):
            make_official(cls.south, levels={"political_theory": "CDT"}, full_name=f"Vi B {number}")
        make_official(cls.south, levels={"political_theory": "TC"}, full_name="Cũng Đạt")

    def setUp(self):
        self.client.force_login(self.staff)
        self.plan = load_plan(document(entry(learners=8, serves=["llct"])), by=self.by).plan
        self.item = self.plan.items.get()
        self.address = reverse("plans:quotas", args=[self.plan.pk, self.item.pk])

    def seats(self):
        return dict(Quota.objects.values_list("unit__code", "seats"))

    def send(self, north, south, *, reasons=("", ""), seen=(0, 0), reserve="0"):
        data = {"unit": [self.north.pk, self.south.pk], "reserve": reserve}
        for unit, number, why, version in zip(
            (self.north, self.south), (north, south), reasons, seen, strict=True
        ):
            data |= {
                f"seats-{unit.pk}": number,
                f"reason-{unit.pk}": why,
                f"seen-{unit.pk}": version,
            }
        return self.client.post(self.address, data)

    def test_the_proposal_follows_the_gap_and_is_explained(self):
        page = self.client.get(self.address)
        # 8 seats over 7 and 4 of 11: exact 5.09 and 2.91 → 5 and 2, the eighth to the south
        lines = {
            line["unit"].code: (line["people"], line["proposed"]) for line in page.context["lines"]
        }
        self.assertEqual(lines, {"XB": (7, 5), "XN": (4, 3)})
        self.assertContains(page, "số người chưa đạt mục tiêu (Lý luận chính trị): 11 người")
        self.client.post(self.address, {"propose": "1"})
        self.assertEqual(self.seats(), {"XB": 5, "XN": 3})

    def test_another_number_than_proposed_needs_a_reason(self):
        answer = self.send("4", "3")
        self.assertContains(answer, "Ghi lý do", status_code=422)
        self.assertContains(answer, 'value="4"', status_code=422)
        self.assertEqual(
            self.send("4", "3", reasons=("một người nghỉ thai sản", "")).status_code, 302
        )
        quota = Quota.objects.get(unit=self.north)
        self.assertEqual((quota.seats, quota.proposed, quota.reason[:4]), (4, 5, "một "))

    def test_seats_and_reserve_never_exceed_the_learners(self):
        reasons = ("thêm", "thêm")
        self.assertContains(self.send("6", "3", reasons=reasons), "Bớt 1 suất", status_code=422)
        answer = self.send("5", "3", reserve="1")
        self.assertContains(answer, "Bớt 1 suất", status_code=422)
        self.assertEqual(self.seats(), {})
        self.assertEqual(self.send("5", "2", reasons=("", "bớt"), reserve="1").status_code, 302)
        self.assertEqual(self.seats(), {"XB": 5, "XN": 2})

    def test_a_number_that_is_none_is_said_and_kept(self):
        self.assertContains(self.send("1.5", "3"), "“1.5” không phải", status_code=422)
        answer = self.send("năm", "3")
        self.assertContains(answer, "“năm” không phải là số suất", status_code=422)
        self.assertContains(answer, 'value="năm"', status_code=422)

    def test_a_unit_that_nothing_was_proposed_for_gets_seats_with_a_reason(self):
        more = {
            "more-unit": ["huyện 1", "Xã Lạ"],
            "more-seats": ["2", "1"],
            "more-reason": ["xin"] * 2,
        }
        answer = self.client.post(self.address, {"reserve": "0", **more})
        self.assertContains(answer, "Không có đơn vị “Xã Lạ”", status_code=422)
        for kept in ("Xã Lạ", "Huyện 1"):
            self.assertContains(answer, kept, status_code=422)
        self.assertEqual(self.seats(), {})
        more["more-unit"][1] = "Huyện 2"
        self.assertEqual(self.client.post(self.address, {"reserve": "0", **more}).status_code, 302)
        self.assertEqual(self.seats(), {"H1": 2, "H2": 1})
        Plan.objects.update(unit=self.north)  # a plan of a unit gives seats to nobody else
        more["more-unit"] = ["Huyện 3", ""]
        self.assertContains(
            self.client.post(self.address, {"reserve": "0", **more}), "Huyện 3", status_code=422
        )

    def test_two_editors_lose_nothing(self):
        self.send("5", "3")
        answer = self.send("4", "3", reasons=("ít hơn", ""), seen=(0, 1))
        self.assertContains(answer, "người khác vừa ghi 5 suất", status_code=422)
        self.assertContains(answer, 'value="4"', status_code=422)
        self.assertEqual(self.seats()["XB"], 5)
        self.send("4", "3", reasons=("ít hơn", ""), seen=(1, 1))
        self.assertEqual(self.seats()["XB"], 4)

    def test_seats_that_nobody_took_are_carried_over_first(self):
        quotas = [{"unit": "XB", "seats": 3}]
        old = load_plan(
            document(
                entry(learners=3, quotas=quotas),
                **{"number": "1/KH", "from": "2025-01-01", "to": "2025-12-31"},
            ),
            by=self.by,
        ).plan
        Plan.objects.filter(pk=old.pk).update(state="running")
        run = make_class(starts=date(2025, 3, 3))
        PlannedClass.objects.create(item=old.items.get(), training_class=run)
        make_enrolment(self.north.postings.first().official, run)
        page = self.client.get(self.address)
        # Two of three seats are left: 2 to the north, then 6 over 5 and 4 of 9: 3.33, 2.67
        lines = {
            line["unit"].code: (line["carried"], line["proposed"]) for line in page.context["lines"]
        }
        self.assertEqual(lines, {"XB": (2, 5), "XN": (0, 3)})
        self.assertContains(page, "Chuyển từ kế hoạch trước 2 suất")
        self.item.learners = 15  # 2 carried, 5 and 4 more: as many as there are people
        self.item.save()
        self.assertContains(self.client.get(self.address), "còn 4 suất chưa phân")

    def test_an_approved_plan_keeps_its_seats_and_a_unit_sees_its_own_row(self):
        self.send("5", "3")
        Plan.objects.update(state="approved")
        late = self.send("1", "1", reasons=("gõ dở", ""))
        self.assertContains(late, "đã phê duyệt, không sửa được nữa", status_code=422)
        self.assertContains(late, "gõ dở", status_code=422)
        sheet = self.see(self.clerk, reverse("plans:plan_quotas", args=[self.plan.pk])).context[
            "sheet"
        ]
        self.assertEqual([(row["unit"].code, row["sum"]) for row in sheet["rows"]], [("XB", 5)])
        self.client.force_login(self.staff)
        sheet = self.client.get(reverse("plans:plan_quotas", args=[self.plan.pk])).context["sheet"]
        self.assertEqual((sheet["total"], sheet["sums"]), (8, [8]))

"""Learning in the records: history, 40 lessons a year, commitments and what is repaid."""

from datetime import date
from io import BytesIO

from django.test import SimpleTestCase
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cadres.models import Posting
from cadres.standings import refresh
from courses.actions.certificates import issue
from courses.actions.commitments import release
from courses.catalogues import load_settings
from courses.commitments import (
    broken,
    months_between,
    multiple_for,
    period_of,
    standing_of,
    sum_to_repay,
)
from courses.models import Commitment, RuleSetting
from courses.yearly import lacking, required_hours, units_table
from tests.courses.results_base import FAILED, PASSED, ClassTestCase
from tests.factories import make_account, make_course, make_enrolment, make_official
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today

NOW = date(2026, 11, 22)


class HistoryTests(ClassTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        self = cls()
        self.put(PASSED, FAILED)
        issue(cls.the_class, [cls.rows[0].pk], on=date(2026, 3, 15), signer="", by=cls.staff)
        cls.official = make_account("official", official=cls.people[0])

    def page(self, number=0, **options):
        return self.client.get(reverse("courses:history", args=[self.people[number].pk]), **options)

    def test_the_record_tells_courses_results_certificates_and_lessons(self):
        self.client.force_login(self.staff)
        part = self.page(headers={"HX-Request": "true"})
        for words in (
            self.the_class.title,
            "Đạt, Khá",
            "01/2026/CC-TCT",
            "1 lượt đã học xong",
            "40 / 40 tiết",
        ):
            self.assertContains(part, words)
        self.assertNotContains(part, "<html")
        self.assertContains(self.page(1), "Không đạt")

    def test_an_official_sees_the_own_history_only_and_checks_the_own_paper(self):
        self.client.force_login(self.official)
        own = self.page()
        self.assertContains(own, "Hồ sơ của tôi")
        self.assertContains(own, "/tra-cuu-chung-chi/")
        self.assertEqual(self.page(1).status_code, 404)
        record = self.client.get(reverse("cadres:my_record"))
        self.assertContains(record, reverse("courses:history", args=[self.people[0].pk]))

    def test_who_sees_the_record_sees_its_history(self):
        for account, status in [
            (self.clerk, 200),
            (make_account("clerk", unit=self.other), 404),
            (self.teacher, 404),
            (make_account("admin"), 404),
        ]:
            with self.subTest(account=account.username):
                self.client.force_login(account)
                self.assertEqual(self.page().status_code, status)

    def test_a_history_from_another_unit_stays_with_the_person(self):
        Posting.objects.filter(official=self.people[0]).update(unit=self.other)
        refresh([self.people[0].pk])
        self.client.force_login(make_account("clerk", unit=self.other))
        page = self.page()
        self.assertContains(page, self.the_class.title)
        self.assertContains(page, "/tra-cuu-chung-chi/")  # its register is another unit's
        self.assertNotContains(page, 'href="/chung-chi/1/"')

    def test_a_leader_who_has_no_record_page_is_led_back_to_the_official(self):
        leader = make_account("unit_leader", unit=self.commune, official=self.people[1])
        self.client.force_login(leader)
        self.assertNotContains(self.page(1), reverse("cadres:my_record"))


class HoursTests(ClassTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for number, (hours, ends) in enumerate([(24, "2026-02-01"), (39, "2026-02-01")]):
            cls.learn(number, hours, ends)
        cls.learn(0, 16, "2026-12-31")
        cls.learn(2, 80, "2025-12-31")
        cls.villager = make_official(cls.commune, staff_kind="KCTT")

    @classmethod
    def learn(cls, number, hours, ends, **fields):
        make_enrolment(
            cls.people[number],
            hours=hours,
            ends_on=date.fromisoformat(ends),
            completed=True,
            **fields,
        )

    def names(self, account=None, year=2026):
        rows = lacking(account or self.staff, year, NOW)
        return [row.official.full_name for row in rows]

    def test_completed_lessons_of_the_year_add_up(self):
        self.assertEqual(self.names(), ["Vàng Thị Bình", "Nguyễn Văn Cường"])
        self.assertEqual(self.names(year=2025), ["Lò Văn An", "Vàng Thị Bình"])

    def test_courses_that_do_not_count_add_nothing(self):
        self.learn(1, 40, "2026-03-01", course=make_course(counts_yearly=False))
        self.assertIn("Vàng Thị Bình", self.names())
        self.learn(1, 1, "2026-03-01", course=make_course())
        self.assertNotIn("Vàng Thị Bình", self.names())

    def test_units_are_counted_worst_first_without_village_workers(self):
        table = units_table(self.staff, 2026, NOW)
        told = [(r["unit"].name, r["people"], r["enough"], r["some"], r["none"]) for r in table]
        self.assertEqual(told, [("Xã Hai", 1, 0, 0, 1), ("Xã Một", 2, 1, 1, 0)])
        self.assertEqual(
            [row["unit"] for row in units_table(self.clerk, 2026, NOW)], [self.commune]
        )

    def test_a_dated_setting_changes_what_is_needed(self):
        RuleSetting.objects.create(key="yearly_hours", value=24, valid_from=date(2026, 7, 1))
        self.assertEqual((required_hours(2025), required_hours(2026)), (40, 24))

    def test_the_page_names_who_lacks_lessons_and_exports_them(self):
        self.client.force_login(self.staff)
        page = self.client.get(reverse("courses:hours"))
        self.assertContains(page, "Xã Hai")
        one = self.client.get(reverse("courses:hours"), {"don_vi": self.commune.pk})
        self.assertEqual(one.status_code, 200)
        answer = self.client.get(reverse("courses:hours"), {"nam": "2026", "export": "xlsx"})
        rows = list(load_workbook(BytesIO(answer.content)).active.values)
        self.assertEqual(rows[1][0], "Vàng Thị Bình")
        self.assertEqual(rows[1][4:], (39, 1))

    def test_a_clerk_asks_for_no_other_unit(self):
        self.client.force_login(self.clerk)
        page = self.client.get(reverse("courses:hours"), {"don_vi": self.other.pk})
        self.assertEqual(page.status_code, 404)


class RepayingTests(SimpleTestCase):
    def test_the_sum_by_hand(self):
        cases = [
            ((60_000_000, 72, 24), 40_000_000),
            ((60_000_000, 72, 0), 60_000_000),
            ((60_000_000, 72, 72), 0),
            ((60_000_000, 72, 80), 0),
            ((10_000_000, 36, 35), 277_778),
            ((0, 36, 0), 0),
        ]
        for told, expected in cases:
            with self.subTest(told=told):
                self.assertEqual(sum_to_repay(*told), expected)

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 10**10), st.integers(1, 300), st.integers(0, 300))
    def test_the_sum_falls_with_each_month_and_never_exceeds_the_cost(self, cost, owed, served):
        now, later = sum_to_repay(cost, owed, served), sum_to_repay(cost, owed, served + 1)
        self.assertTrue(0 <= later <= now <= cost)

    def test_months_are_rounded(self):
        start = date(2026, 1, 10)
        days = [date(2026, 1, 20), date(2026, 1, 25), date(2026, 2, 10), date(2027, 1, 9)]
        self.assertEqual([months_between(start, day) for day in days], [0, 1, 1, 12])

    def test_service_begins_with_the_last_day_of_study(self):
        told = period_of(date(2024, 9, 1), date(2026, 9, 1), 3)
        self.assertEqual(told, (date(2026, 9, 1), date(2032, 9, 1)))

    def test_the_usual_multiples_without_a_setting(self):
        told = [multiple_for(kind, NOW, []) for kind in ("CC", "VC", "CB")]
        self.assertEqual(told, [3, 2, 2])


class CommitmentPageTests(ClassTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.row = Commitment.objects.create(
            enrolment=cls.rows[0],
            starts_on=date(2025, 1, 1),
            ends_on=date(2031, 1, 1),
            cost=72_000_000,
        )

    def setUp(self):
        self.client.force_login(self.staff)

    def url(self, name="commitment"):
        return reverse(f"courses:{name}", args=[self.row.pk])

    def test_what_would_be_repaid_on_a_day(self):
        told = standing_of(self.row, date(2027, 1, 1))
        self.assertEqual((told["owed"], told["served"], told["sum"]), (72, 24, 48_000_000))

    def test_years_of_service_before_the_study_reduce_the_sum_by_the_decree_of_the_day(self):
        """Eight full years: 8 % for Kinh men, 12 % for others; nothing by a decree without it."""
        enrolment = self.row.enrolment
        enrolment.official.recruited_on = date(2010, 3, 1)
        enrolment.starts_on, enrolment.staff_kind = date(2018, 9, 1), "VC"
        enrolment.gender, enrolment.ethnic_group = "nam", None
        load_settings()
        cases = [
            ("VC", "nam", date(2026, 1, 1), (60_000_000, 8, 55_200_000)),
            ("VC", "nu", date(2026, 1, 1), (60_000_000, 12, 52_800_000)),
            ("CC", "nu", date(2026, 1, 1), (60_000_000, 0, 60_000_000)),
            ("VC", "nu", date(2027, 1, 1), (48_000_000, 0, 48_000_000)),
        ]
        for kind, gender, day, expected in cases:
            with self.subTest(kind=kind, gender=gender, day=day):
                enrolment.staff_kind, enrolment.gender = kind, gender
                told = standing_of(self.row, day)
                found = (told["whole"], told["reduction"]["percent"], told["sum"])
                self.assertEqual(found, expected)
        enrolment.official.recruited_on = None
        enrolment.staff_kind = "VC"
        self.assertEqual(standing_of(self.row, date(2026, 1, 1))["sum"], 60_000_000)

    def test_cost_and_paper_are_entered_and_a_newer_save_is_not_overwritten(self):
        data = {"document": "Bản cam kết 12", "cost": "60.000.000", "ends_on": "01/01/2031"}
        self.client.post(self.url(), data | {"version": 1})
        self.row.refresh_from_db()
        self.assertEqual((self.row.cost, self.row.document), (60_000_000, "Bản cam kết 12"))
        answer = self.client.post(self.url(), data | {"version": 1, "cost": "1"})
        self.assertEqual(answer.status_code, 409)

    def test_a_wrong_cost_is_said(self):
        page = self.client.post(self.url(), {"cost": "sáu mươi triệu", "ends_on": "1/1/2031"})
        self.assertContains(page, "không phải là số đồng")

    def test_released_and_taken_back(self):
        page = self.client.post(self.url("commitment_release"), {"mien-on": "01/06/2026"})
        self.assertContains(page, "Chưa ghi lý do", status_code=422)
        data = {"mien-on": "01/06/2026", "mien-reason": "Điều động"}
        self.client.post(self.url("commitment_release"), data)
        self.row.refresh_from_db()
        self.assertEqual(standing_of(self.row)["sum"], 0)
        with self.assertRaisesMessage(Refused, "đã được miễn"):
            release(self.row, date(2026, 6, 1), "Lần nữa", by=self.staff)
        self.client.post(self.client.session["undo"]["url"])
        self.row.refresh_from_db()
        self.assertIsNone(self.row.released_on)

    def test_who_left_before_the_end_is_told(self):
        self.assertEqual(broken(self.staff, today()).count(), 0)
        Posting.objects.filter(official=self.people[0]).update(valid_to=date(2026, 6, 1))
        refresh([self.people[0].pk])
        self.assertEqual(broken(self.staff, today()).count(), 1)
        page = self.client.get(reverse("courses:commitments"))
        self.assertContains(page, "Có người đã thôi việc khi còn cam kết")
        page = self.client.get(reverse("courses:commitments"), {"tinh_trang": "vi_pham"})
        self.assertContains(page, "Lò Văn An")

    def test_a_clerk_reads_and_changes_nothing(self):
        self.client.force_login(self.clerk)
        self.assertContains(self.client.get(self.url()), "T1 = 72")
        self.client.post(self.url(), {"cost": "1", "ends_on": "01/01/2031", "version": 1})
        self.row.refresh_from_db()
        self.assertEqual(self.row.cost, 72_000_000)
        self.assertEqual(self.client.post(self.url("commitment_release"), {}).status_code, 403)

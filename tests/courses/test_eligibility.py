"""Each check of a nominee: what it says in words, and whether it stops the person."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from cadres.models import Appraisal, EthnicGroup
from cadres.standings import refresh
from courses.models import Commitment, RuleSetting, SeatQuota
from tests.courses.nominating import LAST_YEARS, OPENING, World, degree_course
from tests.factories import (
    make_class,
    make_enrolment,
    make_group,
    make_level,
    make_nomination,
    make_official,
    make_session,
    make_unit,
)


class CheckTests(TestCase):
    def setUp(self):
        self.world = World()

    def texts(self, official):
        return [one.text for one in self.world.of(official).findings]

    def good(self, official):
        for year in LAST_YEARS:
            Appraisal.objects.create(official=official, year=year, grade="HTT")
        return official

    def set_course(self, **fields):
        for name, value in fields.items():
            setattr(self.world.course, name, value)
        self.world.course.save()
        self.world.training_class.refresh_from_db()

    def test_nothing_is_said_against_who_meets_all(self):
        person = self.good(self.world.person())
        one = self.world.of(person)
        self.assertEqual((one.findings, one.eligible), ([], True))

    def test_outside_the_audience_is_not_eligible_and_the_missed_part_is_named(self):
        self.set_course(audience={"all": [{"staff_kind": ["CC"]}, {"leadership": True}]})
        person = self.good(self.world.person())
        self.assertEqual(
            self.world.of(person).blocked_by,
            ["Không thuộc đối tượng: lớp dành cho người giữ chức vụ lãnh đạo, quản lý"],
        )

    def test_an_age_limit_of_the_audience_that_a_year_of_birth_cannot_decide_is_no_pass(self):
        self.set_course(audience={"age": {"to": 36}})
        exact = self.good(self.world.person(birth_date=date(1990, 4, 1)))
        partial = self.good(self.world.person(birth_date=date(1990, 1, 1), birth_precision="year"))
        older = self.good(self.world.person(birth_date=date(1989, 1, 1), birth_precision="year"))
        self.assertTrue(self.world.of(exact).eligible)
        self.assertEqual(
            self.world.of(partial).blocked_by,
            ["Chưa đủ dữ liệu để biết có là người không quá 36 tuổi"],
        )
        self.assertIn("Không thuộc đối tượng", self.texts(older)[0])

    def test_a_level_that_nobody_recorded_is_asked_for_not_held_against_the_person(self):
        self.set_course(grants_level=self.world.level)
        one = self.world.of(self.good(self.world.person()))
        self.assertTrue(one.eligible)
        self.assertEqual(
            [f.text for f in one.findings],
            ["Chưa rõ trình độ lý luận chính trị: cần xem bằng, chứng chỉ"],
        )

    def test_who_holds_the_granted_level_or_a_higher_one_has_been(self):
        self.set_course(grants_level=self.world.level)
        make_level("political_theory", "CC", 3)
        low = self.good(self.world.person(levels={"political_theory": "SC"}))
        high = self.good(self.world.person(levels={"political_theory": "CC"}))
        self.assertTrue(self.world.of(low).eligible)
        self.assertTrue(self.world.of(high).has_been)
        self.assertEqual(self.world.of(high).blocked_by, ["Đã có lý luận chính trị từ TC trở lên"])

    def test_a_completed_course_is_not_learnt_again_before_its_years_are_over(self):
        person = self.good(self.world.person())
        make_enrolment(person, course=self.world.course, completed=True, ends_on=date(2024, 1, 9))
        self.assertEqual(
            self.world.of(person).blocked_by, ["Đã học khóa này, xong ngày 09/01/2024"]
        )
        self.set_course(repeat_after_years=3)
        self.assertTrue(self.world.of(person).eligible)

    def test_a_language_is_known_or_not_whatever_other_language_is_known(self):
        make_group("Tày")
        level = make_level("ethnic_language", "CO", 1)
        self.set_course(grants_level=level, grants_language=EthnicGroup.objects.get(name="Tày"))
        person = self.good(self.world.person())
        self.assertTrue(self.world.of(person).eligible)
        person.qualifications.create(ladder="ethnic_language", level=level, detail="Tày")
        refresh([person.pk])
        self.assertEqual(self.world.of(person).blocked_by, ["Đã biết tiếng Tày"])

    def test_another_class_on_the_same_half_days_is_named_with_their_number(self):
        person = self.good(self.world.person())
        other = make_class(title="Kỹ năng số", starts=OPENING)
        make_enrolment(person, other)
        self.assertEqual(
            self.world.of(person).blocked_by,
            ["Học lớp Kỹ năng số cùng thời gian (01/03/2027–10/03/2027)"],
        )
        for part in ("morning", "afternoon"):
            make_session(other, date(2027, 3, 2), part)
        make_session(self.world.training_class, date(2027, 3, 2), "morning")
        self.assertEqual(self.world.of(person).blocked_by, ["Trùng 1 buổi với lớp Kỹ năng số"])
        self.world.training_class.sessions.update(on=date(2027, 3, 3))
        self.assertTrue(self.world.of(person).eligible)

    def test_an_unfinished_commitment_warns(self):
        person = self.good(self.world.person())
        row = make_enrolment(person, title="Thạc sĩ")
        Commitment.objects.create(
            enrolment=row, starts_on=date(2025, 1, 1), ends_on=date(2029, 6, 30)
        )
        one = self.world.of(person)
        self.assertEqual(
            ([f.text for f in one.findings], one.eligible),
            (["Còn cam kết phục vụ đến 30/06/2029"], True),
        )

    def test_the_age_limit_of_a_postgraduate_course_follows_the_kind_of_staff(self):
        make_level("professional", "DH", 4)
        self.set_course(grants_level=make_level("professional", "THS", 5))
        # 46 on 28/02/2027, the day before the opening.
        civil = self.good(self.world.person(birth_date=date(1981, 2, 28)))
        young = self.good(self.world.person(birth_date=date(1981, 3, 2)))
        self.assertIn("Quá 45 tuổi khi khai giảng", self.texts(civil))
        self.assertNotIn("Quá 45 tuổi khi khai giảng", self.texts(young))
        unclear = self.good(self.world.person(birth_date=date(1981, 1, 1), birth_precision="year"))
        self.assertIn(
            "Chưa đủ dữ liệu: chỉ biết năm sinh 1981, giới hạn 45 tuổi", self.texts(unclear)
        )

    def test_three_years_of_service_are_counted_to_the_day(self):
        short = self.good(self.world.person(since=date(2025, 7, 1)))
        exact = self.good(self.world.person(since=date(2024, 3, 1)))
        self.assertEqual(
            self.world.of(short).blocked_by, ["Mới công tác 1 năm 8 tháng, chưa đủ 3 năm"]
        )
        self.assertTrue(self.world.of(exact).eligible)

    def test_short_courses_do_not_ask_for_service_or_appraisals(self):
        self.world.course.category = degree_course("BD.TDT").category
        self.world.course.save()
        self.world.training_class.refresh_from_db()
        self.assertEqual(self.texts(self.world.person(since=date(2026, 12, 1))), [])

    def test_appraisals_of_the_two_years_before_count_and_missing_ones_are_said(self):
        person = self.world.person()
        before, last = LAST_YEARS
        Appraisal.objects.create(official=person, year=last, grade="HT")
        self.assertEqual(
            self.texts(person),
            [
                f"Chưa đủ dữ liệu: chưa có xếp loại năm {before}",
                f"Năm {last} chưa hoàn thành tốt nhiệm vụ",
            ],
        )

    def test_no_seat_left_names_the_unit_and_who_can_help(self):
        SeatQuota.objects.create(
            training_class=self.world.training_class, unit=self.world.unit, seats=1
        )
        first, second = (self.good(self.world.person()) for _ in range(2))
        make_nomination(self.world.training_class, first)
        self.assertTrue(self.world.of(first).eligible)
        self.assertEqual(
            self.world.of(second).blocked_by,
            ["Đã hết 1 suất của Xã Nà Bủng. Sở Nội vụ có thể thêm suất."],
        )

    def test_seats_of_a_unit_count_for_the_units_below_it(self):
        below = make_unit(name="Trung tâm dịch vụ", under=self.world.unit)
        SeatQuota.objects.create(
            training_class=self.world.training_class, unit=self.world.unit, seats=1
        )
        make_nomination(self.world.training_class, make_official(below))
        self.assertIn("Đã hết 1 suất", self.texts(self.good(self.world.person()))[0])

    def test_a_class_that_is_not_open_to_all_says_so_to_units_without_seats(self):
        self.world.training_class.open_to_all = False
        self.world.training_class.save()
        self.assertEqual(
            self.world.of(self.good(self.world.person())).blocked_by,
            ["Lớp không giao suất cho Xã Nà Bủng. Sở Nội vụ có thể giao suất."],
        )

    def test_near_retirement_warns_and_a_year_of_birth_may_leave_it_open(self):
        # The age of men in 2027 is 61 years 9 months: reached in 12/2027, retired on 01/01/2028.
        old = self.good(self.world.person(birth_date=date(1966, 3, 9)))
        self.assertEqual(self.texts(old), ["Còn 10 tháng tới tuổi nghỉ hưu, dưới mức 3 năm"])
        partly = self.good(self.world.person(birth_date=date(1968, 1, 1), birth_precision="year"))
        self.assertEqual(
            self.texts(partly), ["Chưa đủ dữ liệu: ngày nghỉ hưu có thể dưới mức 3 năm"]
        )

    def test_a_dated_setting_of_a_kind_decides_how_strict_a_check_is(self):
        person = self.good(self.world.person(since=date(2026, 1, 1)))
        self.assertFalse(self.world.of(person).eligible)
        setting = RuleSetting.objects.get(key="service", staff_kind="CC")
        RuleSetting.objects.filter(pk=setting.pk).update(valid_to=date(2027, 1, 1))
        RuleSetting.objects.create(
            key="service", staff_kind="CC", severity="off", valid_from=date(2027, 1, 1)
        )
        self.assertTrue(self.world.of(person).eligible)

    def test_more_people_take_no_more_queries(self):
        self.set_course(
            audience={"all": [{"staff_kind": ["CC"]}, {"age": {"to": 50}}]},
            prerequisites={"has": "professional"},
            grants_level=self.world.level,
        )
        other = make_class(starts=OPENING)
        for number in range(2):
            make_enrolment(self.world.person(), other if number else None)
        self.world.ranked()
        with CaptureQueriesContext(connection) as before:
            self.world.ranked()
        for number in range(8):
            make_enrolment(self.world.person(), other if number else None)
        with CaptureQueriesContext(connection) as after:
            self.world.ranked()
        self.assertEqual(len(before), len(after))
        self.assertLessEqual(len(after), 25)

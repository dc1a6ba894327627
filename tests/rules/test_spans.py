"""Whole years: age, service, until retirement; partial dates that leave it open are false."""

from datetime import date

from cadres.models import Official
from cadres.standings import refresh
from tests.factories import make_official, make_unit
from tests.rules.base import RuleTestCase


class SpanTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.unit = make_unit()
        cls.person = make_official(cls.unit, full_name="An", since=date(2000, 1, 1))

    def meets(self, rule, on):
        return self.who(rule, on) == ["An"], self.who({"not": rule}, on) == ["An"]

    def is_(self, rule, on, expected):
        with self.subTest(rule=rule, on=on):
            self.assertEqual(self.meets(rule, on), (expected, not expected))

    def change(self, **fields):
        Official.objects.filter(pk=self.person.pk).update(**fields)
        refresh([self.person.pk])

    def test_nothing_recorded_meets_nothing(self):
        on = date(2026, 1, 1)
        self.is_({"age": {"from": 0}}, on, False)
        self.is_({"age": {"to": 150}}, on, False)
        self.is_({"years_to_retirement": {"from": -50}}, on, False)
        self.is_({"years_to_retirement": {"to": 150}}, on, False)

    def test_age_grows_on_the_birthday(self):
        self.change(birth_date=date(1986, 11, 22), birth_precision="day")
        self.is_({"age": {"from": 40}}, date(2026, 11, 21), False)
        self.is_({"age": {"from": 40}}, date(2026, 11, 22), True)
        self.is_({"age": {"to": 39}}, date(2026, 11, 21), True)
        self.is_({"age": {"to": 39}}, date(2026, 11, 22), False)
        self.is_({"age": {"from": 40, "to": 40}}, date(2027, 11, 21), True)
        self.is_({"age": {"from": 40, "to": 40}}, date(2027, 11, 22), False)

    def test_who_is_born_on_29_february_grows_on_1_march(self):
        self.change(birth_date=date(1984, 2, 29), birth_precision="day")
        self.is_({"age": {"from": 41}}, date(2025, 2, 28), False)
        self.is_({"age": {"from": 41}}, date(2025, 3, 1), True)
        self.is_({"age": {"from": 40}}, date(2024, 2, 28), False)
        self.is_({"age": {"from": 40}}, date(2024, 2, 29), True)

    def test_on_29_february_ages_are_of_that_day(self):
        self.change(birth_date=date(1985, 3, 1), birth_precision="day")
        self.is_({"age": {"from": 39}}, date(2024, 2, 29), False)
        self.change(birth_date=date(1985, 2, 28), birth_precision="day")
        self.is_({"age": {"from": 39}}, date(2024, 2, 29), True)

    def test_a_year_of_birth_decides_only_where_every_day_of_it_does(self):
        self.change(birth_date=date(1986, 1, 1), birth_precision="year")
        on = date(2026, 6, 30)  # 39 or 40
        self.is_({"age": {"from": 39}}, on, True)
        self.is_({"age": {"from": 40}}, on, False)
        self.is_({"age": {"to": 40}}, on, True)
        self.is_({"age": {"to": 39}}, on, False)
        self.is_({"age": {"from": 40, "to": 40}}, on, False)
        self.is_({"age": {"from": 40}}, date(2026, 12, 31), True)

    def test_a_month_of_birth_likewise(self):
        self.change(birth_date=date(1986, 6, 1), birth_precision="month")
        self.is_({"age": {"from": 40}}, date(2026, 6, 29), False)
        self.is_({"age": {"from": 40}}, date(2026, 6, 30), True)
        self.is_({"age": {"to": 39}}, date(2026, 5, 31), True)
        self.is_({"age": {"to": 39}}, date(2026, 6, 1), False)

    def test_years_to_retirement_are_whole_years_until_the_statutory_day(self):
        # A man born on 10 March 1968 is 62 in March 2030; he retires on 1 April 2030.
        self.change(birth_date=date(1968, 3, 10), birth_precision="day", gender="nam")
        self.is_({"years_to_retirement": {"from": 5}}, date(2025, 4, 1), True)
        self.is_({"years_to_retirement": {"from": 5}}, date(2025, 4, 2), False)
        self.is_({"years_to_retirement": {"to": 4}}, date(2025, 4, 1), False)
        self.is_({"years_to_retirement": {"to": 4}}, date(2025, 4, 2), True)
        self.is_({"years_to_retirement": {"from": 0}}, date(2030, 4, 2), False)
        self.is_({"years_to_retirement": {"to": -1}}, date(2030, 4, 2), True)

    def test_without_sex_or_with_an_open_birth_retirement_is_undecided(self):
        self.change(birth_date=date(1968, 1, 1), birth_precision="year")
        self.is_({"years_to_retirement": {"from": 0}}, date(2020, 1, 1), False)
        self.change(gender="nam")  # 1 February 2030 to 1 January 2031
        self.is_({"years_to_retirement": {"from": 5}}, date(2025, 2, 1), True)
        self.is_({"years_to_retirement": {"from": 5}}, date(2025, 2, 2), False)
        self.is_({"years_to_retirement": {"to": 5}}, date(2025, 1, 2), True)
        self.is_({"years_to_retirement": {"to": 5}}, date(2025, 1, 1), False)

    def test_years_of_service_from_recruitment_else_from_the_first_post(self):
        self.is_({"years_of_service": {"from": 20}}, date(2019, 12, 31), False)
        self.is_({"years_of_service": {"from": 20}}, date(2020, 1, 1), True)
        self.change(recruited_on=date(1995, 5, 1), recruited_precision="day")
        self.is_({"years_of_service": {"from": 20}}, date(2015, 4, 30), False)
        self.is_({"years_of_service": {"from": 20, "to": 20}}, date(2015, 5, 1), True)

    def test_a_year_of_recruitment_decides_where_every_day_of_it_does(self):
        self.change(recruited_on=date(1995, 1, 1), recruited_precision="year")
        self.is_({"years_of_service": {"from": 20}}, date(2015, 6, 1), False)
        self.is_({"years_of_service": {"from": 20}}, date(2015, 12, 31), True)
        self.is_({"years_of_service": {"to": 19}}, date(2015, 6, 1), False)
        self.is_({"years_of_service": {"to": 19}}, date(2014, 12, 31), True)

    def test_a_post_since_ever_does_not_tell_the_years_of_service(self):
        self.person.postings.update(valid_from=date.min)
        refresh([self.person.pk])
        self.is_({"years_of_service": {"from": 1}}, date(2026, 1, 1), False)
        self.is_({"years_of_service": {"to": 150}}, date(100, 1, 1), False)

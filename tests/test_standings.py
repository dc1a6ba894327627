"""Standings: one flat row for each official and day."""

from datetime import date, timedelta

from django.test import TestCase
from django.urls import reverse
from tablib import Dataset

from cadres.actions.people import delete_row
from cadres.admin import LevelResource
from cadres.catalogues import load_people_catalogues
from cadres.models import Account, Level, Standing
from cadres.standings import refresh
from tests.factories import (
    make_account,
    make_group,
    make_official,
    make_posting,
    make_qualification,
    make_unit,
)
from trainingplans.lib.dates import EVER, FOREVER

TODAY = date(2026, 11, 22)


class StandingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.commune = make_unit(name="Xã Một")
        cls.other = make_unit(name="Xã Hai")
        cls.person = make_official(
            cls.commune, since=date(2020, 1, 1), levels={"professional": "TC"}
        )

    def on(self, day):
        return Standing.objects.at(day).get(official=self.person)

    def test_a_posting_counts_on_its_first_day_and_not_the_day_before(self):
        self.assertTrue(self.on(date(2020, 1, 1)).in_service)
        self.assertFalse(self.on(date(2019, 12, 31)).in_service)

    def test_a_move_changes_the_unit_on_its_day(self):
        posting = self.person.postings.get()
        posting.valid_to = date(2024, 7, 1)
        posting.save()
        make_posting(self.person, self.other, since=date(2024, 7, 1))
        self.assertEqual(self.on(date(2024, 6, 30)).unit, self.commune)
        self.assertEqual(self.on(date(2024, 7, 1)).unit, self.other)

    def test_a_post_that_is_deleted_is_in_no_standing_any_more(self):
        wrong = make_posting(self.person, self.other, since=date(2024, 7, 1))
        pk = wrong.pk
        self.assertTrue(Standing.objects.filter(posting=pk).exists())
        delete_row(wrong, by=make_account("staff"), act="posting.delete")
        self.assertFalse(Standing.objects.filter(posting=pk).exists())
        self.assertEqual(self.on(TODAY).unit, self.commune)

    def test_the_highest_level_held_on_the_day_counts(self):
        make_qualification(self.person, "professional", "DH", since=date(2023, 6, 1))
        make_qualification(self.person, "professional", "SC", since=date(2023, 7, 1))
        self.assertEqual(self.on(date(2023, 5, 31)).lv_professional, 20)
        self.assertEqual(self.on(date(2026, 1, 1)).lv_professional, 40)

    def test_nothing_recorded_not_trained_and_text_without_a_level_are_three_things(self):
        self.assertIsNone(self.on(date(2026, 1, 1)).lv_informatics)
        make_qualification(self.person, "informatics", detail="Không")
        self.assertEqual(self.on(date(2026, 1, 1)).lv_informatics, 0)
        make_qualification(self.person, "informatics", detail="MOS Excel")
        self.assertEqual(self.on(date(2026, 1, 1)).lv_informatics, 1)

    def test_a_revoked_qualification_ends_on_that_day(self):
        make_qualification(
            self.person, "professional", "DH", since=date(2023, 6, 1), revoked_on=date(2025, 1, 1)
        )
        self.assertEqual(self.on(date(2024, 12, 31)).lv_professional, 40)
        self.assertEqual(self.on(date(2025, 1, 1)).lv_professional, 20)

    def test_a_level_that_gets_another_rank_moves_who_holds_it(self):
        """In the reference tables, by a sheet of them, and by loading the lists again."""
        level = Level.objects.get(ladder="professional", code="TC")
        self.client.force_login(make_account("admin"))
        page = reverse("admin:cadres_level_change", args=[level.pk])
        told = {"ladder": "professional", "code": "TC", "name": "Trung cấp", "aliases": "[]"}
        answer = self.client.post(page, {**told, "rank": 7})
        self.assertEqual((answer.status_code, self.on(TODAY).lv_professional), (302, 70))
        sheet = Dataset(["professional", "TC", 8], headers=["ladder", "code", "rank"])
        LevelResource().import_data(sheet, raise_errors=True, user=Account.objects.system())
        self.assertEqual(self.on(TODAY).lv_professional, 80)
        load_people_catalogues()
        level.refresh_from_db()
        self.assertEqual(self.on(TODAY).lv_professional, level.rank * 10)
        self.assertLess(level.rank, 7)

    def test_languages_are_found_by_their_whole_name(self):
        make_group("Mông")
        make_qualification(self.person, "ethnic_language", "CO", detail="Mông")
        make_qualification(self.person, "ethnic_language", "CO", detail="Thái")
        self.assertEqual(self.on(date(2026, 1, 1)).languages, ",Mông,Thái,")

    def test_every_day_that_ever_was_or_will_be_has_exactly_one_row(self):
        rows = list(Standing.objects.filter(official=self.person).order_by("valid_from"))
        self.assertEqual(rows[0].valid_from, EVER)
        self.assertEqual(rows[-1].valid_to, FOREVER)
        self.assertTrue(
            all(a.valid_to == b.valid_from for a, b in zip(rows, rows[1:], strict=False))
        )

    def test_after_the_last_post_the_person_stays_with_the_last_unit_but_out_of_service(self):
        self.person.postings.update(valid_to=date(2025, 1, 1))
        refresh([self.person.pk])
        after = self.on(date(2025, 1, 1) + timedelta(days=400))
        self.assertEqual((after.unit, after.in_service), (self.commune, False))

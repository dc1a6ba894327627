"""`load_catalogues`: reference data, again and again."""

import io
import json

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from cadres.catalogues import GroupFinder, GroupNotFound
from cadres.choices import Ladder
from cadres.models import (
    AuditEvent,
    Commune,
    EthnicGroup,
    Level,
    Official,
    Province,
    Rank,
    Unit,
)
from courses.models import Category
from tests.factories import make_account
from trainingplans.plans.models import FundingSource

TABLES = (EthnicGroup, Level, Rank, Province, Commune, Category, FundingSource)


def load(*options):
    out = io.StringIO()
    call_command("load_catalogues", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


class LoadCataloguesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load()

    def test_every_list_is_filled_and_no_unit_or_person_made(self):
        counts = [model.objects.count() for model in TABLES]
        # Rows of the data files; levels: six lists of levels.json and two of our own.
        self.assertEqual(counts, [55, Level.objects.count(), 58, 34, 3321, 54, 5])
        self.assertFalse(Unit.objects.exists() or Official.objects.exists())

    def test_every_ladder_has_its_rungs_from_not_trained_up(self):
        expected = {
            Ladder.PROFESSIONAL: "CDT SC TC CD DH THS TS",
            Ladder.POLITICAL_THEORY: "CHUA SC TC CC CN",
            Ladder.STATE_MANAGEMENT: "CHUA CS CV CVC CVCC",
            Ladder.INFORMATICS: "CHUA A B CB C NC TC+",
            Ladder.FOREIGN_LANGUAGE: "CHUA B1 B2 B3 B4 B5 B6 DH",
            Ladder.ETHNIC_LANGUAGE: "CHUA CO",
            Ladder.DEFENCE_SECURITY: "CHUA DT4 DT3 DT2 DT1",
            Ladder.ETHNIC_AFFAIRS: "CHUA DT4 DT3 DT2 DT1",
        }
        for ladder, codes in expected.items():
            with self.subTest(ladder=ladder):
                found = Level.objects.filter(ladder=ladder).order_by("rank", "code")
                self.assertEqual([level.code for level in found], codes.split())
                self.assertEqual(
                    [level.code for level in found if level.rank == 0], [codes.split()[0]]
                )

    def test_the_funding_sources_have_the_names_of_the_contract(self):
        self.assertEqual(
            list(FundingSource.objects.values_list("name", flat=True)),
            [
                "Ngân sách trung ương",
                "Ngân sách địa phương",
                "Nguồn thu của đơn vị",
                "Tài trợ, viện trợ",
                "Người học tự chi trả",
            ],
        )

    def test_categories_hang_together_and_name_our_ladders(self):
        category = Category.objects.get(code="BD.VTVL.VTLT")
        self.assertEqual((category.parent.code, category.parent.parent.code), ("BD.VTVL", "BD"))
        ladders = dict(Category.objects.values_list("code", "ladder"))
        self.assertEqual(ladders["DT.CT.TC"], "political_theory")
        self.assertEqual(ladders["BD.TDT"], "ethnic_language")
        self.assertEqual(ladders["BD.DTOC.3"], "ethnic_affairs")
        self.assertEqual(ladders["BD.HDND"], "")

    def test_one_event_records_the_load(self):
        event = AuditEvent.objects.get()
        self.assertEqual((event.act, event.by.username), ("catalogues.load", "system"))

    def test_the_second_time_nothing_changes_and_it_says_so(self):
        before = [list(model.objects.values_list()) for model in TABLES]
        self.assertIn("không có gì thay đổi", load())
        self.assertEqual([list(model.objects.values_list()) for model in TABLES], before)
        self.assertEqual(AuditEvent.objects.count(), 1)

    def test_a_row_that_differs_is_put_right_and_one_that_is_gone_comes_back(self):
        Level.objects.filter(ladder="professional", code="TC").update(name="Sai", aliases=[])
        Category.objects.filter(code="BD.VTVL.VTLT").update(parent=None)
        Rank.objects.filter(code="01.003").delete()
        answer = {row["name"]: row for row in json.loads(load("--json"))["catalogues"]}
        self.assertEqual(answer["bậc trình độ"]["updated"], 1)
        self.assertEqual(answer["ngạch"]["created"], 1)
        self.assertEqual(Level.objects.get(ladder="professional", code="TC").name, "Trung cấp")
        self.assertEqual(Category.objects.get(code="BD.VTVL.VTLT").parent.code, "BD.VTVL")

    def test_a_row_that_the_office_added_stays(self):
        FundingSource.objects.create(code="KHAC", name="Nguồn khác", order=9)
        load()
        self.assertTrue(FundingSource.objects.filter(code="KHAC").exists())

    def test_looking_again_takes_a_query_or_two_a_list(self):
        with CaptureQueriesContext(connection) as seen:
            load()
        self.assertLess(len(seen), 26)

    def test_the_account_needs_the_right(self):
        make_account("leader", username="lanhdao")
        with self.assertRaises(SystemExit) as end:
            load("--by", "lanhdao")
        self.assertEqual(end.exception.code, 2)


class GroupFinderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load()
        cls.finder = GroupFinder()

    def test_spellings_of_names_and_languages(self):
        for text, name in {
            "M'Nông": "Mnông",
            "tiếng M’nông": "Mnông",
            "H'Mông": "Mông",
            "H Mông": "Mông",
            "ê  đê": "Ê Đê",
            "Kơ Ho": "Cơ Ho",
            "Khmer": "Khơ me",
            "Thổ": "Thổ",
            "Cao Lan": "Sán Chay",
        }.items():
            with self.subTest(text=text):
                self.assertEqual(self.finder.find(text).name, name)

    def test_an_alias_of_several_groups_and_an_unknown_name_are_refused(self):
        for text in ("Trại", "Klingon", ""):
            with self.subTest(text=text), self.assertRaises(GroupNotFound):
                self.finder.find(text)

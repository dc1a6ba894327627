"""`structure`: the workforce exactly as in the contract; nobody is lost."""

import json
from datetime import date
from io import StringIO

from django.core.management import call_command

from cadres.standings import refresh
from reports.structure import merged, structure
from tests.factories import make_account, make_official, make_unit
from tests.rules.base import ON, RuleTestCase


class StructureTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.top = make_unit("T", name="UBND tỉnh Mẫu", kind="province")
        cls.one = make_unit("X1", name="Xã Một", under=cls.top)
        cls.two = make_unit("X2", name="Xã Hai", under=cls.top)
        kinh, thai = (RuleTestCase.group(cls, name) for name in ("Kinh", "Thái"))
        make_official(
            cls.one,
            staff_kind="CB",
            gender="nu",
            ethnic_group=thai,
            birth_date=date(1996, 11, 22),  # 30 on the day
            party_member=True,
            levels={"professional": "THS", "political_theory": "TC"},
        )
        make_official(
            cls.one,
            gender="nam",
            ethnic_group=kinh,
            birth_date=date(1995, 11, 22),  # 31
            levels={"professional": "CDT", "state_management": "CV"},
        )
        make_official(cls.two, birth_date=date(1990, 1, 1), birth_precision="year")
        make_official(cls.two, until=date(2026, 1, 1))  # gone

    def json(self, *arguments):
        out = StringIO()
        call_command("structure", "--on", "2026-11-22", "--json", *arguments, stdout=out)
        return json.loads(out.getvalue())

    def test_the_document_is_the_one_of_the_contract(self):
        self.assertEqual(
            self.json(),
            {
                "on": "2026-11-22",
                "unit": None,
                "total": 3,
                "women": 1,
                "party_members": 1,
                "ethnic_minority": 1,
                "by_staff_kind": {"CB": 1, "CC": 2, "unknown": 0},
                "by_professional_level": {"THS": 1, "CDT": 1, "unknown": 1},
                "by_political_level": {"TC": 1, "unknown": 2},
                "by_state_level": {"CV": 1, "unknown": 2},
                "by_ethnic_group": {"Kinh": 1, "Thái": 1, "unknown": 1},
                "by_age": {"<=30": 1, "31-40": 2, "unknown": 0},
                "by_unit": {"Xã Hai": 1, "Xã Một": 2, "unknown": 0},
            },
        )

    def test_a_unit_narrows_and_a_past_day_counts_who_was_there(self):
        self.assertEqual(self.json("--unit", "Xã Một")["total"], 2)
        self.assertEqual(self.json("--on", "2025-12-31")["total"], 4)
        self.assertEqual(self.json("--on", "2019-12-31")["total"], 0)

    def test_two_units_of_one_name_stay_apart(self):
        make_official(make_unit("X3", name="Xã Một", under=self.top))
        units = self.json()["by_unit"]
        self.assertEqual((units["Xã Một (X1)"], units["Xã Một (X3)"]), (2, 1))

    def test_text_that_fits_no_level_is_not_lost(self):
        person = make_official(self.one)
        person.qualifications.create(ladder="professional", detail="Sư phạm 7+3")
        refresh([person.pk])
        self.assertEqual(self.json()["by_professional_level"]["unknown"], 2)

    def test_small_ethnic_groups_are_merged_outside_the_department(self):
        make_account("clerk", unit=self.top, username="daumoi")
        groups = self.json("--by", "daumoi")["by_ethnic_group"]
        self.assertEqual(groups, {"other": 2, "unknown": 1})

    def test_a_single_small_group_takes_the_next_one_with_it(self):
        self.assertEqual(
            merged({"Kinh": 40, "Thái": 9, "Mông": 2, "unknown": 1}),
            {"Kinh": 40, "other": 11, "unknown": 1},
        )
        self.assertEqual(merged({"Kinh": 5, "unknown": 0}), {"Kinh": 5, "unknown": 0})

    def test_the_rights_of_the_account_are_obeyed(self):
        clerk = make_account("clerk", unit=self.two)
        self.assertEqual(structure(clerk, ON)["by_unit"], {"Xã Hai": 1, "unknown": 0})
        err = StringIO()
        make_account("admin", username="quantri")
        for arguments in (["--by", "quantri"], ["--unit", "Xã Lạ"]):
            with self.assertRaises(SystemExit) as caught:
                call_command("structure", *arguments, stdout=StringIO(), stderr=err)
            self.assertEqual(caught.exception.code, 2)
        self.assertIn("“Xã Lạ”", err.getvalue())

    def test_more_people_and_units_take_no_more_queries(self):
        account = make_account("staff")
        with self.assertNumQueries(13):
            structure(account, ON)
        for _ in range(3):
            make_official(make_unit(under=self.top))
        with self.assertNumQueries(13):
            structure(account, ON)

    def test_the_readable_answer_names_levels_and_shares(self):
        out = StringIO()
        call_command("structure", "--on", "2026-11-22", stdout=out)
        for part in ("3 người", "Thạc sĩ", "chưa rõ", "33,3\xa0%"):
            self.assertIn(part, out.getvalue())

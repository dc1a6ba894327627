"""`attainment`: figures of targets in the form of the contract, scoped to the account."""

import json
from datetime import date
from io import StringIO

from django.core.management import call_command

from cadres.models import AuditEvent
from cadres.rules import Figure
from reports.figures import attainment
from tests.factories import make_account, make_official, make_unit
from tests.rules.base import ON, RuleTestCase
from trainingplans.plans.models import Target

TC = {"level_at_least": {"ladder": "professional", "level": "TC"}}


def make_target(code="cc_tc", **fields):
    """A target on all people, attained by intermediate professional level."""
    values = {
        "name": f"Mục tiêu {code}",
        "threshold": 85,
        "due": date(2026, 12, 31),
        "population": {"all": [{"staff_kind": ["CC"]}]},
        "attained": TC,
        **fields,
    }
    return Target.objects.create(code=code, **values)


class AttainmentTestCase(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.top = make_unit("T", name="UBND tỉnh Mẫu", kind="province")
        cls.one = make_unit("X1", name="Xã Bản Một", under=cls.top)
        cls.two = make_unit("X2", name="Xã Ái Hai", under=cls.top)
        make_official(
            cls.one, full_name="Lò Đạt", levels={"professional": "DH"}, position="Tư pháp"
        )
        make_official(
            cls.one, full_name="Vi Thiếu", levels={"professional": "SC"}, position="Văn thư"
        )
        cls.unknown = make_official(cls.two, full_name="Hà Trống")
        cls.target = make_target()


class FiguresTests(AttainmentTestCase):
    def figures(self, account, **options):
        return attainment(Target.objects.for_list(), account, ON, **options)

    def test_an_account_counts_its_branch_only(self):
        cases = [("staff", None, 3), ("clerk", self.one, 2), ("clerk", self.top, 3)]
        cases += [("school", None, 0), ("admin", None, 0), ("clerk", None, 0)]
        for role, unit, population in cases:
            with self.subTest(role=role, unit=unit):
                [answer] = self.figures(make_account(role, unit=unit))
                self.assertEqual(answer.figure.population, population)

    def test_an_inactive_account_counts_nobody(self):
        [answer] = self.figures(make_account("staff", is_active=False))
        self.assertEqual(answer.figure, Figure())

    def test_a_unit_outside_the_branch_counts_nobody(self):
        [answer] = self.figures(make_account("clerk", unit=self.one), unit=self.two)
        self.assertEqual(answer.figure, Figure())

    def test_a_target_of_a_unit_counts_below_it(self):
        self.target.unit = self.one
        self.target.save()
        [answer] = self.figures(make_account("staff"))
        self.assertEqual(answer.figure, Figure(2, 1, 0))
        self.assertEqual(answer.words["population"], "thuộc Xã Bản Một; công chức")

    def test_units_come_in_the_order_of_their_names(self):
        [answer] = self.figures(make_account("staff"), by_unit=True)
        self.assertEqual(answer.by_unit, [(self.two, Figure(1, 0, 1)), (self.one, Figure(2, 1, 0))])

    def test_more_targets_units_and_people_take_no_more_queries(self):
        account = make_account("clerk", unit=self.top)
        targets = list(Target.objects.for_list())
        # scope, levels, two versions, the count, names of units
        with self.assertNumQueries(6):
            attainment(targets, account, ON, by_unit=True)
        for number in range(5):
            make_official(make_unit(under=self.top))
            make_target(f"t{number}")
        targets = list(Target.objects.for_list())
        with self.assertNumQueries(6):
            attainment(targets, account, ON, by_unit=True)

    def test_a_stored_rule_that_can_no_longer_be_read_says_so_and_spoils_no_other(self):
        broken = make_target("b", population={"in_unit": ["gone"]})
        answer, sound = self.figures(make_account("staff"))
        self.assertEqual((answer.target, answer.figure), (broken, Figure()))
        self.assertIn("“gone”", answer.problems[0])
        self.assertEqual(sound.figure, Figure(3, 1, 1))


class CommandTests(AttainmentTestCase):
    def run_it(self, *arguments):
        out, err = StringIO(), StringIO()
        call_command("attainment", "--on", "2026-11-22", *arguments, stdout=out, stderr=err)
        return out.getvalue()

    def json(self, *arguments):
        return json.loads(self.run_it("--json", *arguments))

    def test_the_document_is_the_one_of_the_contract(self):
        self.assertEqual(
            self.json(),
            {
                "on": "2026-11-22",
                "unit": None,
                "targets": [
                    {
                        "code": "cc_tc",
                        "name": "Mục tiêu cc_tc",
                        "threshold": 85,
                        "due": "2026-12-31",
                        "population": 3,
                        "attained": 1,
                        "unknown": 1,
                        "percent": 33.33,
                        "met": False,
                        "short_by": 2,
                        "in_words": {
                            "population": "công chức",
                            "attained": "chuyên môn từ Trung cấp trở lên",
                        },
                    }
                ],
            },
        )

    def test_nobody_has_no_percent_and_is_neither_met_nor_short(self):
        make_target("none", population={"staff_kind": ["KCTT"]})
        target = self.json("--target", "none")["targets"][0]
        self.assertEqual((target["percent"], target["met"], target["short_by"]), (None, None, 0))

    def test_by_unit_and_people(self):
        target = self.json("--by-unit", "--people", "missing")["targets"][0]
        names = [(row["unit"], row["population"], row["attained"]) for row in target["by_unit"]]
        self.assertEqual(names, [("Xã Ái Hai", 1, 0), ("Xã Bản Một", 2, 1)])
        [person] = target["people"]
        self.assertEqual(
            (person["name"], person["unit"], person["position"]),
            ("Vi Thiếu", "Xã Bản Một", "Văn thư"),
        )
        [person] = self.json("--people", "unknown")["targets"][0]["people"]
        self.assertEqual(person["official"], self.unknown.pk)

    def test_a_unit_by_code_or_name_narrows(self):
        for text in ("X1", "xã bản một", "UBND Xã Bản Một"):
            with self.subTest(text=text):
                answer = self.json("--unit", text)
                self.assertEqual(answer["unit"], "Xã Bản Một")
                self.assertEqual(answer["targets"][0]["population"], 2)

    def test_a_past_day(self):
        out = StringIO()
        call_command("attainment", "--on", "2019-12-31", "--json", stdout=out)
        self.assertEqual(json.loads(out.getvalue())["targets"][0]["population"], 0)

    def test_reading_names_leaves_a_trace(self):
        self.run_it("--people", "missing")
        event = AuditEvent.objects.get()
        self.assertEqual(event.detail, {"part": "missing", "people": {"cc_tc": 1}})

    def test_the_readable_answer_has_figures_units_and_names(self):
        told = self.run_it("--by-unit", "--people", "missing")
        for part in ("22/11/2026", "33,33\xa0%", "chưa đạt", "Xã Bản Một", "Vi Thiếu"):
            self.assertIn(part, told)

    def refused(self, *arguments):
        err = StringIO()
        with self.assertRaises(SystemExit) as caught:
            call_command("attainment", *arguments, stdout=StringIO(), stderr=err)
        self.assertEqual(caught.exception.code, 2)
        return err.getvalue()

    def test_unknown_targets_units_and_accounts_are_refused(self):
        self.assertIn("“x”", self.refused("--target", "cc_tc", "x"))
        self.assertIn("“Xã Lạ”", self.refused("--unit", "Xã Lạ"))
        self.assertIn("“ai”", self.refused("--by", "ai"))

    def test_the_rights_of_the_account_are_obeyed(self):
        make_account("clerk", unit=self.one, username="daumoi")
        make_account("admin", username="quantri")
        make_target("of_two", unit=self.two)
        self.assertEqual([t["population"] for t in self.json("--by", "daumoi")["targets"]], [2])
        self.assertIn("Xã Ái Hai", self.refused("--by", "daumoi", "--unit", "Xã Ái Hai"))
        self.assertIn("không có quyền", self.refused("--by", "quantri"))

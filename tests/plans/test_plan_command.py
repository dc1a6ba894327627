"""`plan load` and `plan show`: the contract, to the letter."""

import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command

from cadres.models import AuditEvent
from courses.models import Category, ClassState
from tests.factories import (
    make_class,
    make_course,
    make_enrolment,
    make_nomination,
    make_official,
    make_unit,
)
from tests.plans.planning import BILLION, CENTRAL, LOCAL, PlanTestCase, document, entry, report_e
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.models import (
    ClassCost,
    FundingSource,
    Plan,
    PlanItem,
    PlannedClass,
    Programme,
    Quota,
    Target,
)
from trainingplans.plans.planjson import document_of_plan


class LoadTests(PlanTestCase):
    def load(self, *items, **changes):
        return load_plan(document(*items, **changes), by=self.by)

    def refused(self, *items, **changes):
        """The one problem with which a document is refused; nothing is written."""
        plans, events = Plan.objects.count(), AuditEvent.objects.count()
        with self.assertRaises(Refused) as caught:
            self.load(*items, **changes)
        self.assertEqual((Plan.objects.count(), AuditEvent.objects.count()), (plans, events))
        self.assertEqual(len(caught.exception.problems), 1, caught.exception.problems)
        return caught.exception.problems[0]

    def test_what_was_loaded_is_printed_again(self):
        Target.objects.create(
            code="tieng", name="Tiếng", threshold=80, due="2026-12-31", population={"all": []},
            attained={"has": "ethnic_language"},
        )  # fmt: skip
        given = document(
            entry(
                quarter=3,
                lead_unit="Sở Nội vụ",
                institution="Trung tâm GDNN",
                quotas=[{"unit": "Xã Bắc", "seats": 50}],
                serves=["tieng"],
                audience="Nữ",
                audience_rule={"gender": "nu"},
            ),
            status="draft",
            programme=[
                {"number": "1719/QĐ-TTg", "title": "Chương trình mục tiêu"},
                {"number": "", "title": "Dự án 5"},
            ],
        )
        shown = document_of_plan(load_plan(given, by=self.by).plan)
        self.assertEqual({key: shown[key] for key in given}, given)
        self.assertEqual(load_plan(shown, by=self.by).act, "unchanged")

    def test_report_e_adds_up(self):
        totals = document_of_plan(load_plan(report_e(), by=self.by).plan)["totals"]
        self.assertEqual((totals["classes"], totals["learners"]), (31, 1597))
        self.assertEqual(totals["amount"], 6_400_000_000)
        self.assertEqual(totals["by_source"], {LOCAL: 4_400_000_000, CENTRAL: 2 * BILLION})
        self.assertEqual(totals["by_unit"]["Sở Nội vụ"], 4_400_000_000)
        self.assertEqual(sum(totals["by_unit"][f"Huyện {n}"] for n in range(1, 7)), 2 * BILLION)
        self.assertEqual(totals["amount_per_learner"], 4_007_514)  # 6.400.000.000 / 1.597

    def test_cost_for_a_learner_is_rounded_half_up(self):
        for learners, amount, each in [(300, 2 * BILLION, 6_666_667), (2, 5, 3), (0, 5, None)]:
            cost = {"source": "NSTW", "amount": amount}
            plan = self.load(entry(learners=learners, costs=[cost])).plan
            totals = document_of_plan(plan)["totals"]
            self.assertEqual(totals["amount_per_learner"], each)
            self.assertEqual(totals["by_unit"], {"Chưa giao đơn vị": amount})

    def test_errors_name_the_item_and_the_value(self):
        cases = [
            (entry("7", learners=-5), "Mục 7", "-5"),
            (entry("7", classes=-1), "Mục 7", "-1"),
            (entry("7", classes=1.5), "Mục 7", "1.5"),
            (entry("7", category="BD.X"), "Mục 7", "BD.X"),
            (entry("7", lead_unit="Xã Lạ"), "Mục 7", "Xã Lạ"),
            (entry("7", serves=["lạ"]), "Mục 7", "lạ"),
            (entry("7", quarter=5), "Mục 7", "5"),
            (entry("7", costs=[{"source": "Lạ", "amount": 1}]), "Mục 7", "Lạ"),
            (entry("7", costs=[{"source": "NSTW", "amount": -1}]), "Mục 7", "-1"),
            (entry("7", costs=[{"source": "NSTW", "unit": "Lạ", "amount": 1}]), "Mục 7", "Lạ"),
            (entry("7", quotas=[{"unit": "Xã Bắc", "seats": -1}]), "Mục 7", "-1"),
            (entry("7", quotas=[{"unit": "Xã Bắc", "seats": 301}]), "Mục 7", "301"),
            (entry("7", quotas=[{"unit": "Xã Xa", "seats": 1}]), "Mục 7", "Xã Xa"),
            (entry("7", sai=1), "Mục 7", "sai"),
        ]
        for item, *words in cases:
            with self.subTest(item=item):
                problem = self.refused(item)
                for word in words:
                    self.assertIn(word, problem)
        self.assertIn("Xã Xa", self.refused(unit="Xã Xa"))
        self.assertIn("hai lần", self.refused(entry("1"), entry("1")))

    def test_a_rule_that_cannot_be_read_is_named_with_its_item(self):
        told = self.refused(entry(audience_rule={"gioi_tinh": "nu"}))
        self.assertTrue(told.startswith("Mục 1: audience_rule: "), told)
        self.assertIn("gioi_tinh", told)

    def test_seats_equal_to_the_learners_are_taken_and_one_more_is_not(self):
        seats = [{"unit": "Xã Bắc", "seats": 200}, {"unit": "Xã Nam", "seats": 100}]
        self.load(entry(quotas=seats))
        seats[0]["seats"] = 201
        self.assertIn("301", self.refused(entry(quotas=seats)))
        self.assertEqual(sum(Quota.objects.values_list("seats", flat=True)), 300)

    def test_a_draft_is_replaced_and_an_approved_plan_is_not(self):
        self.load(entry("1"), entry("2"))
        self.assertEqual(self.load(entry("3")).act, "replaced")
        self.assertEqual([item.code for item in PlanItem.objects.all()], ["3"])
        Plan.objects.update(state="approved")
        self.assertIn("không thay được", self.refused(entry("4")))
        self.assertEqual([item.code for item in PlanItem.objects.all()], ["3"])

    def test_a_draft_of_the_pages_loads_again_with_its_course(self):
        course = make_course(Category.objects.get(code="BD.TDT"), code="K9")
        plan = self.load(entry("1"), entry("2")).plan
        plan.items.filter(code="1").update(course=course)
        plan.items.filter(code="2").update(category=None)
        shown = document_of_plan(plan)
        self.assertEqual(load_plan(shown, by=self.by).act, "unchanged")
        self.assertEqual(load_plan(shown | {"title": "Tên mới"}, by=self.by).act, "replaced")
        self.assertEqual(plan.items.get(code="1").course, course)
        self.assertIn("K0", self.refused(entry(course="K0")))

    def test_the_chain_of_programmes_is_made_once(self):
        chain = [{"number": "1719/QĐ-TTg", "title": "Chương trình"}, {"title": "Dự án 5"}]
        first = self.load(programme=chain).plan.programmes.get()
        second = self.load(number="68/KH-UBND", programme=chain).plan.programmes.get()
        self.assertEqual(first, second)
        self.assertEqual((first.kind, first.parent.number), ("project", "1719/QĐ-TTg"))
        self.assertEqual(Programme.objects.count(), 2)

    def test_a_clerk_makes_plans_of_the_own_unit_only(self):
        load_plan(document(number="1/KH-XB", unit="XB"), by=self.clerk)
        for unit in (None, "XN"):
            with self.assertRaises(Refused):
                load_plan(document(number="2/KH", unit=unit), by=self.clerk)

    def test_progress_counts_what_the_classes_of_an_item_did(self):
        plan = self.load(entry("1"), entry("2")).plan
        item = plan.items.get(code="1")
        source = FundingSource.objects.first()
        people = [make_official(self.north) for _ in range(4)]
        for state in ("running", "cancelled"):
            run = make_class(state=state)
            PlannedClass.objects.create(item=item, training_class=run)
        gone = PlannedClass.objects.get(training_class__state=ClassState.CANCELLED)
        make_nomination(gone.training_class, people[0], state="submitted")
        run = PlannedClass.objects.filter(training_class__state=ClassState.RUNNING).get()
        run = run.training_class
        for person, state in zip(people, ["enrolled", "reserve", "draft", "rejected"], strict=True):
            make_nomination(run, person, state=state)
        make_enrolment(people[0], run, completed=True, outcome="passed", state="finished")
        make_enrolment(people[1], run)
        make_enrolment(people[2], run, state="withdrawn")
        ClassCost.objects.create(training_class=run, source=source, what="Giảng", spent=7_000_000)
        with self.assertNumQueries(12):
            shown = document_of_plan(plan)
        self.assertEqual(
            shown["progress"][0],
            {"code": "1", "planned": 300, "opened": 1, "nominated": 2, "enrolled": 2, "passed": 1,
             "spent": 7_000_000},
        )  # fmt: skip
        self.assertEqual(set(shown["progress"][1].values()), {"2", 300, 0})


class CommandTests(PlanTestCase):
    def run_(self, *arguments):
        """(exit status, standard output, lines of standard error) of `plan …`."""
        out, err = StringIO(), StringIO()
        try:
            call_command("plan", *arguments, stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue().strip().splitlines()
        return 0, out.getvalue(), err.getvalue().strip().splitlines()

    def file(self, content):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "kh.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return str(path)

    def test_load_then_show(self):
        status, out, _ = self.run_("load", self.file(report_e()), "--json")
        self.assertEqual((status, json.loads(out)["act"]), (0, "created"))
        status, out, _ = self.run_("show", "124/KH-UBND", "--json")
        self.assertEqual((status, json.loads(out)["totals"]["learners"]), (0, 1597))
        status, out, _ = self.run_("show", "124/KH-UBND")
        self.assertIn("31 lớp, 1.597 học viên, 6,4\u00a0tỷ", out)

    def test_a_bad_file_leaves_nothing_and_says_each_problem_on_a_line(self):
        bad = document(entry("1", learners=-1), entry("2", category="X"))
        status, out, lines = self.run_("load", self.file(bad), "--json")
        self.assertEqual((status, len(lines), Plan.objects.count()), (2, 2, 0))
        self.assertEqual(json.loads(out)["error"]["code"], "invalid")
        odd = [document(title="a\0b"), document(programmes=5), document(entry(title="a\ud800"))]
        for bad in ([], 5, {"items": 3}, {"programme": [1], "items": [[]]}, *odd):
            status, _, lines = self.run_("load", self.file(bad))
            self.assertEqual(status, 2)
        self.assertEqual(self.run_("load", "/khong/co.json")[0], 2)

    def test_an_unknown_number_and_a_foreign_plan_are_not_shown(self):
        load_plan(document(unit="XN"), by=self.by)
        make_unit("XZ")
        for arguments in (["show", "99"], ["show", "67/KH-UBND", "--by", "daumoi1"]):
            status, _, lines = self.run_(*arguments)
            self.assertEqual((status, len(lines)), (2, 1))

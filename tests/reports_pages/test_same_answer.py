"""One figure, one answer: page, export, command, official form, list of names, frozen report."""

import json
from collections import Counter
from datetime import timedelta
from io import BytesIO, StringIO
from random import Random

from django.core.management import call_command
from hypothesis import given
from hypothesis.extra.django import TestCase as RandomTestCase
from openpyxl import load_workbook

from cadres.models import Account
from reports.actions import freeze
from reports.board import EVERYBODY
from tests.factories import make_account, make_official
from tests.reports_pages.base import make_target
from tests.rules.base import load_lists
from tests.rules.random_worlds import DAYS, build, make_units, pairs, world
from tests.rules.test_proof import SEEDS, examples
from trainingplans.lib.dates import show
from trainingplans.plans.models import Target

GROUPS = ("attained", "missing", "unknown")
COMMUNES = {"all": [{"staff_kind": ["CB", "CC"]}, {"unit_kind": ["commune"]}]}
DEGREE = {"level_at_least": {"ladder": "professional", "level": "TC"}}


class SameAnswerTests(RandomTestCase):
    seen = Counter()

    @classmethod
    def tearDownClass(cls):
        """Equal zeros prove nothing: each kind of figure must have counted somebody."""
        super().tearDownClass()
        assert all(cls.seen[kind] for kind in ("target", "form", "structure", "turns")), cls.seen

    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()
        cls.staff = make_account("staff", username="chuyenvien")

    @given(SEEDS)
    @examples(2)
    def test_every_way_to_a_figure_gives_the_same(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        for kind, level in (("CB", "TC"), ("CC", "DH"), ("CC", None)):
            held = {"professional": level} if level else {}
            make_official(self.units["X1"], since=DAYS[0], staff_kind=kind, levels=held)
        make_target("form", population=COMMUNES, attained=DEGREE, threshold=50)
        for number, (population, attained) in enumerate(pairs(r, 2)):
            make_target(f"t{number}", population=population, attained=attained, threshold=50)
        self.on = r.choice(DAYS[4:])
        self.client.force_login(self.staff)
        self.frozen = freeze(
            "attainment",
            by=Account.objects.system(),
            on=self.on,
            name="Báo cáo",
            targets=Target.objects.for_list(),
        )
        for told in self.command("attainment", "--on", self.on.isoformat(), "--by-unit")["targets"]:
            self.target(told)
        self.structure()
        self.turns()

    def command(self, *arguments):
        out = StringIO()
        call_command(*arguments, "--json", stdout=out)
        return json.loads(out.getvalue())

    def see(self, address, **query):
        answer = self.client.get(address, {"ngay": show(self.on), **query})
        self.assertEqual(answer.status_code, 200, address)
        return answer

    def sheet(self, address, **query):
        """The rows below the heading of an export."""
        content = self.see(address, export="xlsx", **query).content
        return list(load_workbook(BytesIO(content)).worksheets[0].values)[1:]

    def target(self, told):
        address = f"/muc-tieu/{told['code']}/"
        numbers = {"population": told["population"]} | {g: told[g] for g in GROUPS if g in told}
        numbers["missing"] = told["population"] - told["attained"] - told["unknown"]
        line = self.see(address).context["line"]
        self.seen["target"] += line.attained
        for group, number in numbers.items():
            self.assertEqual(getattr(line, group), number, group)
            asked = EVERYBODY if group == "population" else group
            page = self.see(address, nhom=asked)
            self.assertEqual(page.context["people"].paginator.count, number)
            self.assertEqual(len(self.sheet(address, nhom=asked)), number)
        rows = self.sheet(address, gi="don-vi")  # code, unit, attained, population, …
        self.assertEqual(
            {row[0]: (row[2], row[3]) for row in rows},
            {u["code"]: (u["attained"], u["population"]) for u in told["by_unit"]},
        )
        self.assertEqual(sum(row[3] for row in rows), told["population"])
        [sent] = [t for t in self.frozen.figures["targets"] if t["code"] == told["code"]]
        self.assertEqual(sent, told)
        groups = [row[3][told["code"]] for row in self.frozen.rows if told["code"] in row[3]]
        self.assertEqual({g: groups.count(g) for g in GROUPS}, {g: numbers[g] for g in GROUPS})
        if told["code"] == "form":
            self.form(told)

    def form(self, told):
        """BM02 counts the same people: all of them, and those with each level of training."""
        page = self.see("/bieu-mau/bm02/", den=show(self.on))
        total = page.context["lines"][-1]["cells"]
        self.assertEqual(self.number(total[1]), told["population"])
        self.seen["form"] += told["attained"]
        levels = [self.number(cell) for cell in total[11:16]]  # doctor … intermediate
        self.assertEqual(sum(levels), told["attained"])
        sheet = load_workbook(
            BytesIO(self.see("/bieu-mau/bm02/", den=show(self.on), export="xlsx").content)
        ).active
        [row] = [row for row in sheet.values if row[0] == "Cộng"]
        self.assertEqual(list(row[12:17]), levels)

    def number(self, cell):
        return int(cell["text"].replace(".", "") or 0)

    def structure(self):
        told = self.command("structure", "--on", self.on.isoformat())
        sent = freeze("structure", by=Account.objects.system(), on=self.on, name="Cơ cấu")
        self.assertEqual(sent.figures, told)
        self.seen["structure"] += told["total"]
        self.assertEqual(len(sent.rows), told["total"])
        page = self.see("/co-cau/", hang="professional", cot="")
        self.assertEqual([tile["figure"] for tile in page.context["tiles"]][0], str(told["total"]))
        exported = [row[-1] for row in self.sheet("/co-cau/", hang="professional", cot="")]
        numbers = [n for n in told["by_professional_level"].values() if n]
        self.assertCountEqual(exported, [*numbers, told["total"]] if told["total"] else [0])
        people = self.see("/co-cau/nguoi/", hang="professional", cot="") if told["total"] else None
        if people:
            self.assertEqual(people.context["people"].paginator.count, told["total"])

    def turns(self):
        first, last = self.on - timedelta(days=4000), self.on
        days = {"tu": show(first), "den": show(last)}
        told = self.command("turns", "--from", first.isoformat(), "--to", last.isoformat())
        for by in ("category", "unit", "gender", "staff_kind", "ethnic_group"):
            page = self.see("/luot-nguoi/", hang=by, cot="", **days)
            *rows, total = page.context["rows"]
            self.assertEqual(sum(row["cells"][-1]["turns"] for row in rows), told["turns"], by)
            self.assertEqual(total["cells"][-1]["people"], told["people"])
        listed = self.see("/luot-nguoi/tung-luot/", hang="category", cot="", **days)
        self.assertEqual(listed.context["lessons"].paginator.count, told["turns"])
        exported = self.sheet("/luot-nguoi/", hang="category", cot="", **days)
        self.assertEqual(exported[-1][-2:], (told["turns"], told["people"]))
        self.seen["turns"] += told["turns"]
        sent = freeze("turns", by=Account.objects.system(), on=last, first=first, name="Lượt")
        self.assertEqual((sent.figures["turns"], len(sent.rows)), (told["turns"], told["turns"]))

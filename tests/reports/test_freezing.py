"""`freeze_report`, `verify_report`: what was sent stays; what has changed since is listed, why."""

import json
from datetime import date
from io import StringIO
from random import Random

from django.core.management import call_command
from django.test import TestCase
from hypothesis import given
from hypothesis.extra.django import TestCase as RandomTestCase

from cadres.models import Account, AuditEvent, Official
from cadres.standings import refresh
from reports.actions import freeze
from reports.figures import attainment, attainment_document
from reports.frozen import verified
from reports.models import Snapshot
from reports.structure import structure
from tests.factories import (
    make_account,
    make_category,
    make_enrolment,
    make_level,
    make_official,
    make_qualification,
    make_unit,
)
from tests.reports.test_attainment import make_target
from tests.rules.base import load_lists
from tests.rules.random_worlds import DAYS, build, make_units, pairs, posting, world
from tests.rules.test_proof import SEEDS, examples
from trainingplans.plans.models import Target

ON = date(2026, 6, 30)


class FreezingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for code in ("CDT", "SC", "TC", "DH"):
            make_level("professional", code)
        cls.unit = make_unit("X1", name="Xã Một")
        cls.an = make_official(cls.unit, full_name="Lò An", levels={"professional": "DH"})
        cls.binh = make_official(cls.unit, full_name="Vi Bình")
        cls.target = make_target()

    def run_it(self, command, *arguments):
        out = StringIO()
        call_command(command, *arguments, "--json", stdout=out)
        return json.loads(out.getvalue())

    def frozen(self, *arguments):
        return self.run_it("freeze_report", *arguments, "--on", "2026-06-30")

    def verify(self, document):
        return self.run_it("verify_report", str(document["id"]))

    def test_a_report_keeps_its_figures_rows_and_hash(self):
        document = self.frozen("Báo cáo 6 tháng", "--note", "Gửi UBND tỉnh")
        self.assertEqual((document["name"], document["kind"]), ("Báo cáo 6 tháng", "attainment"))
        [target] = document["figures"]["targets"]
        self.assertEqual((target["population"], target["attained"]), (2, 1))
        snapshot = Snapshot.objects.get()
        self.assertEqual(
            snapshot.rows,
            [
                [self.an.pk, "Lò An", "Xã Một", {"cc_tc": "attained"}],
                [self.binh.pk, "Vi Bình", "Xã Một", {"cc_tc": "unknown"}],
            ],
        )
        self.assertEqual((len(snapshot.hash), snapshot.note), (64, "Gửi UBND tỉnh"))
        event = AuditEvent.objects.get()
        self.assertEqual((event.act, event.detail["rows"]), ("report.freeze", 2))

    def test_nothing_changed_verifies(self):
        for kind in ("attainment", "structure", "turns"):
            found = self.verify(self.frozen(kind))
            self.assertTrue(found["intact"] and found["same"], kind)
            self.assertEqual((found["restated"], found["people"]), ([], []))

    def test_what_is_written_later_about_the_day_is_a_restatement_with_its_reason(self):
        document = self.frozen("attainment")
        make_qualification(self.binh, "professional", "TC", since=date(2026, 5, 1))
        found = self.verify(document)
        self.assertEqual((found["intact"], found["same"]), (True, False))
        changed = {row["what"]: (row["frozen"], row["now"]) for row in found["restated"]}
        self.assertEqual(changed["targets.cc_tc.attained"], (1, 2))
        self.assertEqual(changed["targets.cc_tc.by_unit.X1.attained"], (1, 2))
        [person] = found["people"]
        self.assertEqual(
            (person["official"], person["frozen"], person["now"]),
            (self.binh.pk, ["Xã Một", {"cc_tc": "unknown"}], ["Xã Một", {"cc_tc": "attained"}]),
        )
        self.assertIn("Thêm trình độ (Chuyên môn)", person["why"][0])
        self.assertEqual(Snapshot.objects.get().hash, document["hash"])

    def test_what_comes_after_the_day_changes_nothing(self):
        document = self.frozen("structure")
        make_qualification(self.binh, "professional", "TC", since=date(2026, 7, 1))
        self.assertTrue(self.verify(document)["same"])

    def test_a_rule_edited_later_is_told_apart_and_the_old_one_is_counted(self):
        document = self.frozen("attainment")
        self.target.threshold = 90
        self.target.attained = {"has": "informatics"}
        self.target.save()
        found = self.verify(document)
        self.assertTrue(found["same"])
        self.assertEqual(
            found["definitions"], [{"code": "cc_tc", "what": "đã sửa điều kiện đạt, ngưỡng"}]
        )
        self.target.delete()
        self.assertEqual(
            self.verify(document)["definitions"], [{"code": "cc_tc", "what": "mục tiêu đã xóa"}]
        )

    def test_a_lesson_recorded_later_is_named(self):
        document = self.frozen("turns")
        self.assertEqual(document["figures"]["from"], "2026-01-01")
        days = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 9)}
        make_enrolment(self.an, category=make_category(), completed=True, title="Lớp A", **days)
        found = self.verify(document)
        changed = {row["what"]: (row["frozen"], row["now"]) for row in found["restated"]}
        self.assertEqual((changed["turns"], changed["people"]), ((0, 1), (0, 1)))
        self.assertEqual([row["official"] for row in found["people"]], [self.an.pk])

    def test_a_report_tampered_with_does_not_verify(self):
        document = self.frozen("attainment")
        snapshot = Snapshot.objects.get()
        snapshot.rows[0][1] = "Tên Khác"
        snapshot.save()
        with self.assertRaises(SystemExit) as caught:
            self.verify(document)
        self.assertEqual(caught.exception.code, 1)
        self.assertFalse(verified(snapshot)["intact"])

    def test_rights_and_unknown_reports(self):
        make_account("clerk", unit=self.unit, username="daumoi")
        make_account("leader", username="lanhdao")
        self.frozen("attainment", "--by", "lanhdao")
        refused = [("freeze_report", "x", "--by", "daumoi"), ("verify_report", "999")]
        number = str(Snapshot.objects.get().pk)
        refused.append(("verify_report", number, "--by", "daumoi"))
        for arguments in refused:
            with self.assertRaises(SystemExit) as caught:
                call_command(*arguments, stdout=StringIO(), stderr=StringIO())
            self.assertEqual(caught.exception.code, 2)

    def test_the_readable_answers(self):
        out = StringIO()
        call_command("freeze_report", "structure", "--title", "Cơ cấu quý II", stdout=out)
        call_command("verify_report", str(Snapshot.objects.get().pk), stdout=out)
        for part in ("Đã chốt “Cơ cấu quý II”", "2 dòng", "còn nguyên", "vẫn như khi gửi"):
            self.assertIn(part, out.getvalue())


class PastDayTests(RandomTestCase):
    """As of a past day equals a frozen report of that day, whatever happens afterwards."""

    @classmethod
    def setUpTestData(cls):
        load_lists()
        cls.units = make_units()

    @given(SEEDS)
    @examples(4)
    def test_later_events_leave_the_day_as_it_was(self, seed):
        r = Random(seed)
        build(world(r), self.units)
        system, on = Account.objects.system(), DAYS[4]
        for number, (population, attained) in enumerate(pairs(r, 2)):
            make_target(f"t{number}", population=population, attained=attained)
        targets = list(Target.objects.for_list())
        given = {"by": system, "on": on, "name": "Báo cáo"}
        sent = freeze("attainment", targets=targets, **given)
        other = freeze("structure", **given)
        for person in [person for person in self.people() if r.random() < 0.5]:
            later = {**posting(r), "valid_from": DAYS[6], "valid_to": DAYS[8], "is_main": True}
            person.postings.create(**{**later, "unit": self.units[later["unit"]]})
            refresh([person.pk])
        now = attainment_document(attainment(targets, system, on, by_unit=True), on, None, True)
        self.assertEqual(json.loads(json.dumps(now)), sent.figures)
        self.assertEqual(json.loads(json.dumps(structure(system, on))), other.figures)

    def people(self):
        # Whoever had no post on the day would get one in the past: the nearest post is told.
        return Official.objects.filter(standings__in_service=True).distinct()

"""Targets: a document is loaded whole or not at all; each act leaves one audit event."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from cadres.models import Account, AuditEvent
from cadres.rules import RuleError
from tests.factories import make_unit
from tests.rules.base import RuleTestCase
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions import delete_target, load_targets, save_target
from trainingplans.plans.loading import document_of, read_document
from trainingplans.plans.models import Programme, Target

FILES = Path(__file__).resolve().parent.parent / "files"


def entry(**changes):
    """One valid entry of a document."""
    return {
        "code": "cc_tc",
        "name": "Công chức cấp xã đạt chuyên môn từ trung cấp trở lên",
        "threshold": 95,
        "due": "2026-12-31",
        "legal_basis": "QĐ 124/QĐ-TTg",
        "unit": None,
        "population": {"all": [{"staff_kind": ["CC"]}, {"unit_kind": ["commune"]}]},
        "attained": {"level_at_least": {"ladder": "professional", "level": "TC"}},
        **changes,
    }


class LoadTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.by = Account.objects.system()

    def load(self, *entries):
        return load_targets(list(entries), by=self.by)

    def refused(self, *entries):
        """The problems with which the entries are refused; nothing is written."""
        with self.assertRaises(Refused) as caught:
            self.load(*entries)
        self.assertFalse(Target.objects.exists())
        self.assertFalse(AuditEvent.objects.exists())
        return caught.exception.problems

    def test_a_target_is_made_with_every_column(self):
        make_unit("X1", name="Xã Nà Bủng")
        Programme.objects.create(number="1719/QĐ-TTg", title="Chương trình")
        self.load(entry(unit="ubnd xã nà bủng", programme="1719/QĐ-TTg", threshold=87.5))
        target = Target.objects.get()
        self.assertEqual(target.unit.code, "X1")
        self.assertEqual(target.programme.number, "1719/QĐ-TTg")
        self.assertEqual((target.threshold, target.due), (Decimal("87.5"), date(2026, 12, 31)))
        self.assertEqual(target.population, entry()["population"])

    def test_what_is_printed_loads_again_unchanged(self):
        make_unit("X1")
        self.load(entry(unit="X1"), entry(code="b", threshold=33.333, legal_basis=""))
        printed = [document_of(target) for target in Target.objects.for_list()]
        again = read_document(json.dumps(printed, ensure_ascii=False).encode())
        loaded = self.load(*again)
        self.assertEqual((loaded.unchanged, loaded.replaced), (["cc_tc", "b"], []))
        self.assertEqual(AuditEvent.objects.count(), 1)

    def test_a_known_code_is_replaced_whole(self):
        self.load(entry(), entry(code="b"))
        loaded = self.load({k: v for k, v in entry(name="Mới").items() if k != "legal_basis"})
        target = Target.objects.get(code="cc_tc")
        self.assertEqual((loaded.replaced, target.name, target.legal_basis), (["cc_tc"], "Mới", ""))
        self.assertEqual((target.version, target.history.count()), (2, 2))

    def test_a_load_leaves_one_audit_event_and_the_author_in_the_history(self):
        self.load(entry(), entry(code="b"))
        event = AuditEvent.objects.get()
        self.assertEqual((event.by, event.detail["created"]), (self.by, ["cc_tc", "b"]))
        self.assertEqual(Target.objects.first().history.get().history_user, self.by)

    def test_targets_stay_in_the_order_in_which_they_came(self):
        self.load(entry(code="z"), entry(code="a"))
        self.load(entry(code="b"), entry(code="a", name="Khác"))
        self.assertEqual([t.code for t in Target.objects.for_list()], ["z", "a", "b"])

    def test_one_bad_entry_refuses_all_and_every_problem_is_named_with_its_code(self):
        problems = self.refused(
            entry(),
            entry(code="b", threshold=101, due="31/12/2026"),
            entry(code="c", attained={"level_at_least": {"ladder": "x", "level": "TC"}}),
        )
        self.assertEqual(len(problems), 3)
        self.assertTrue(problems[0].startswith("Mục tiêu b: threshold: "))
        self.assertTrue(problems[1].startswith("Mục tiêu b: due: "))
        self.assertTrue(problems[2].startswith("Mục tiêu c: attained.level_at_least: "))
        self.assertIn("“x”", problems[2])
        self.assertIn("political_theory", problems[2])

    def test_wrong_values_are_refused(self):
        wrong = [
            {"code": ""},
            {"code": 7},
            {"code": "x" * 41},
            {"code": "a "},
            {"name": None},
            {"name": "x" * 251},
            {"threshold": -1},
            {"threshold": "95"},
            {"threshold": True},
            {"threshold": None},
            {"threshold": 95.00005},
            {"threshold": Decimal("1e400")},
            {"due": "2026-02-30"},
            {"due": 20261231},
            {"due": "20261231"},
            {"unit": "Xã Không Có"},
            {"programme": "999/QĐ"},
            {"population": {}},
            {"attained": None},
            {"legal_basis": ["QĐ"]},
            {"thresold": 95},
        ]
        for change in wrong:
            with self.subTest(change=change):
                self.assertEqual(len(self.refused(entry(**change))), 1)

    def test_missing_keys_doubles_and_odd_documents_are_refused(self):
        self.assertEqual(len(self.refused({"code": "a"})), 5)
        self.assertIn("hai lần", self.refused(entry(), entry())[0])
        self.assertIn("thứ 1", self.refused("cc_tc")[0])
        with self.assertRaises(Refused):
            load_targets({"code": "a"}, by=self.by)

    def test_the_eight_targets_of_the_field_report_load(self):
        raw = (FILES / "targets_dak_nong.json").read_bytes()
        self.assertEqual(len(self.load(*read_document(raw)).created), 8)

    def test_files_that_are_no_json_are_refused(self):
        deep = b"[" * 100_000
        for raw in [b"", b"{", b"\xff\xfe", b"[NaN]", b"[1e5,]", deep, b"9" * 5000]:
            with self.subTest(raw=raw[:10]), self.assertRaises(Refused):
                read_document(raw)
        self.assertEqual(read_document(b"\xef\xbb\xbf[]"), [])


class SaveTests(RuleTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.by = Account.objects.system()

    def target(self, **changes):
        values = {**entry(due=date(2026, 12, 31)), **changes}
        return Target(**values)

    def test_saving_stores_rules_in_one_form_and_is_audited(self):
        target = save_target(self.target(attained={"speaks": ["H'mông"]}), by=self.by)
        self.assertEqual(target.attained, {"speaks": ["Mông"]})
        self.assertEqual((target.version, AuditEvent.objects.get().act), (1, "target.add"))
        save_target(target, by=self.by)
        self.assertEqual(target.version, 2)

    def test_a_rule_with_problems_is_not_saved(self):
        with self.assertRaises(RuleError):
            save_target(self.target(population={"x": 1}), by=self.by)
        self.assertFalse(Target.objects.exists())

    def test_deleting_keeps_what_the_target_said_in_the_audit(self):
        target = save_target(self.target(), by=self.by)
        delete_target(target, by=self.by)
        self.assertFalse(Target.objects.exists())
        detail = AuditEvent.objects.order_by("id").last().detail
        self.assertEqual(detail["attained"], entry()["attained"])

"""The samples through the command, against their truth files."""

from collections import Counter

from cadres.models import ImportBatch, Official, Posting, Qualification, Standing
from tests.imports.base import ROSTERS, ImportTestCase, import_roster, truth, undo_import, units_of

FIRST = ROSTERS / "01_cbccvc_so_nganh.xlsx"
SECOND = ROSTERS / "13_cbccvc_so_nganh_lan_2.xlsx"


class FirstAndSecondVersionTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        units_of(FIRST.name)

    def test_a_preview_writes_nothing(self):
        status, answer = import_roster(FIRST)
        self.assertEqual(status, 0)
        self.assertEqual(answer["counts"]["create"], 200)
        self.assertIsNone(answer["batch"])
        self.assertEqual(Official.objects.count() + ImportBatch.objects.count(), 0)

    def test_the_second_version_updates_creates_and_lists_the_absent(self):
        import_roster(FIRST, "--apply", "--on", "2026-01-01")
        status, answer = import_roster(SECOND, "--rows", "--apply", "--on", "2026-09-01")
        told = truth("13_cbccvc_so_nganh_lan_2")
        self.assertEqual(status, 0)
        counts = {key: answer["counts"][key] for key in ("unchanged", "update", "create")}
        expected = dict(told["action_counts"])
        removed = expected.pop("removed")
        self.assertEqual(counts, expected)
        self.assertEqual(len(answer["absent"]), removed)
        self.assertEqual(
            {person["name"] for person in answer["absent"]}, {who[2] for who in told["removed"]}
        )
        changed = {(r["sheet"], r["row"]): r.get("changed", {}) for r in told["rows"]}
        self.assertEqual(
            {(r["sheet"], r["row"]): r["changed"] for r in answer["rows"]}, changed
        )
        self.assertEqual(Official.objects.count(), 203)

    def test_the_same_file_again_changes_nothing_and_is_named(self):
        import_roster(FIRST, "--apply")
        status, answer = import_roster(FIRST, "--apply")
        self.assertEqual(status, 0)
        self.assertEqual(answer["counts"]["unchanged"], 200)
        self.assertIn("seen_before", {issue["code"] for issue in answer["issues"]})
        self.assertEqual(Official.objects.count(), 200)

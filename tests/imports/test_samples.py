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
        self.assertEqual({(r["sheet"], r["row"]): r["changed"] for r in answer["rows"]}, changed)
        self.assertEqual(Official.objects.count(), 203)

    def test_the_same_file_again_changes_nothing_and_is_named(self):
        import_roster(FIRST, "--apply")
        status, answer = import_roster(FIRST, "--apply")
        self.assertEqual(status, 0)
        self.assertEqual(answer["counts"]["unchanged"], 200)
        self.assertIn("seen_before", {issue["code"] for issue in answer["issues"]})
        self.assertEqual(Official.objects.count(), 200)


class CommunesTests(ImportTestCase):
    """700 people of 35 communes: the same figures after undo and a second import."""

    STEM = "11_dak_nong_can_bo_cong_chuc_cap_xa"

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        units_of(f"{cls.STEM}.xlsx")

    def figures(self):
        """The aggregates that the truth file tells, counted from the standings."""
        rows = list(
            Standing.objects.filter(in_service=True).values_list(
                "gender", "party_member", "staff_kind", "unit__name", "lv_political_theory"
            )
        )
        levels = {None: "unknown", 0: "CHUA", 10: "SC", 20: "TC", 30: "CC", 40: "CN"}
        return {
            "total": len(rows),
            "women": sum(gender == "nu" for gender, *_ in rows),
            "party_members": sum(bool(member) for _, member, *_ in rows),
            "by_staff_kind": dict(Counter(kind for _, _, kind, *_ in rows)),
            "by_unit": dict(Counter(unit for *_, unit, _ in rows)),
            "by_political_level": dict(Counter(levels[level] for *_, level in rows)),
        }

    def test_import_undo_and_import_again_give_the_same_figures(self):
        aggregates = truth(self.STEM)["structure"]["aggregates"]
        path = ROSTERS / f"{self.STEM}.xlsx"
        _, first = import_roster(path, "--apply", "--on", "2026-01-01")
        expected = {key: aggregates[key] for key in self.figures()}
        self.assertEqual(self.figures(), expected)
        undone = undo_import(first["batch"])
        self.assertEqual((undone["reversed"], undone["kept"], undone["refused"]), (700, [], []))
        for model in (Official, Posting, Qualification, Standing):
            self.assertEqual(model.objects.count(), 0)
        _, second = import_roster(path, "--apply", "--on", "2026-01-01")
        self.assertEqual(second["counts"], first["counts"])
        self.assertEqual(self.figures(), expected)

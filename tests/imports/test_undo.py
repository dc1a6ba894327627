"""Undo: what is reversed, what is kept because it was edited since, what is refused."""

from datetime import date

from cadres.intake import batches
from cadres.models import (
    Account,
    AuditEvent,
    ImportBatch,
    Official,
    PlanningEntry,
    Posting,
    Qualification,
    Standing,
)
from tests.factories import make_account, make_official, make_unit
from tests.imports.base import ImportTestCase, apply_people, run, standings_on, undo_import

DAY = date(2024, 5, 1)


def person(number, **values):
    """What a roster says of one invented person."""
    return {
        "full_name": f"Trần Văn Mẫu {number}",
        "birth_date": f"{1970 + number % 30}-01-02",
        "personal_id": f"{number:012d}",
        "unit": "Xã Một",
        "position": "Văn thư",
        "political_level": "SC",
        **values,
    }


class UndoTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.unit = make_unit(name="Xã Một")

    def test_of_many_people_three_edited_ones_stay_with_the_reason(self):
        _, batch = apply_people([person(n) for n in range(40)], on=DAY)
        edited = list(Official.objects.order_by("pk")[:3])
        edited[0].phone = "0912345678"
        edited[0].save()
        Posting.objects.filter(official=edited[1]).update(position="Chủ tịch")
        PlanningEntry.objects.create(official=edited[2], post="Chủ tịch")
        answer = undo_import(batch.pk)
        self.assertEqual((answer["batch"], answer["reversed"]), (batch.pk, 37))
        self.assertEqual(
            {row["official"]: row["why"] for row in answer["kept"]},
            {
                edited[0].pk: "Đã sửa sau lần nhập: điện thoại.",
                edited[1].pk: "Đã sửa sau lần nhập: chức vụ, chức danh.",
                edited[2].pk: "Hồ sơ có thêm thông tin sau lần nhập.",
            },
        )
        self.assertEqual([row["name"] for row in answer["kept"]], [o.full_name for o in edited])
        self.assertEqual(set(Official.objects.all()), set(edited))
        self.assertEqual(Official.history.filter(history_type="-").count(), 37)

    def test_a_person_who_has_an_account_is_refused(self):
        _, batch = apply_people([person(1), person(2)], on=DAY)
        first = Official.objects.order_by("pk").first()
        make_account("official", official=first)
        answer = undo_import(batch.pk)
        self.assertEqual(answer["reversed"], 1)
        self.assertEqual(
            answer["refused"],
            [{"official": first.pk, "name": first.full_name, "why": "Đã có trong: tài khoản."}],
        )

    def test_updates_go_back_to_what_was_before(self):
        old = make_official(
            self.unit,
            full_name="Trần Văn Mẫu 1",
            personal_id="000000000001",
            position="Kế toán",
            levels={"political_theory": "TC"},
        )
        before = standings_on(DAY)[old.full_name]
        outcome, batch = apply_people([person(1, political_level="CC", phone="0900000001")], on=DAY)
        self.assertEqual(outcome.counts["update"], 1)
        self.assertEqual(standings_on(DAY)[old.full_name].position, "Văn thư")
        self.assertEqual(undo_import(batch.pk)["reversed"], 1)
        after = standings_on(DAY)[old.full_name]
        self.assertEqual(after.position, "Kế toán")
        self.assertEqual(after.lv_political_theory, before.lv_political_theory)
        self.assertEqual(after.valid_to, before.valid_to)
        old.refresh_from_db()
        self.assertEqual((old.phone, old.version), ("", 3))
        self.assertEqual(old.postings.count(), 1)
        self.assertEqual(old.qualifications.count(), 1)

    def test_a_mistake_of_the_same_day_that_was_removed_comes_back(self):
        apply_people([person(1, ethnic_languages=["Tày", "Thái"])], on=DAY)
        _, batch = apply_people([person(1, ethnic_languages=["Tày"])], on=DAY)
        languages = Qualification.objects.filter(ladder="ethnic_language")
        self.assertEqual([row.detail for row in languages], ["Tày"])
        undo_import(batch.pk)
        self.assertEqual({row.detail for row in languages.all()}, {"Tày", "Thái"})
        self.assertEqual(Standing.objects.get(in_service=True).languages, ",Thái,Tày,")

    def test_twice_or_unknown_ends_with_2_and_changes_nothing(self):
        _, batch = apply_people([person(1)], on=DAY)
        undo_import(batch.pk)
        for number in (batch.pk, batch.pk + 100):
            status, documents, complaint = run("undo_import", number)
            self.assertEqual((status, documents), (2, []))
            self.assertIn(str(number), complaint)

    def test_the_same_import_works_again_after_undo(self):
        people = [person(n) for n in range(5)]
        first, batch = apply_people(people, on=DAY)
        undo_import(batch.pk)
        again, _ = apply_people(people, on=DAY)
        self.assertEqual(again.counts, first.counts)
        self.assertEqual(Official.objects.count(), 5)

    def test_each_step_leaves_one_row_in_the_record_of_acts(self):
        _, batch = apply_people([person(1)], on=DAY)
        undo_import(batch.pk)
        acts = AuditEvent.objects.filter(batch=batch.pk).order_by("id")
        self.assertEqual([event.act for event in acts], ["roster.apply", "roster.undo"])
        self.assertEqual(acts[1].detail, {"reversed": 1, "kept": 0, "refused": 0})

    def test_a_clerk_cannot_undo_what_another_unit_imported(self):
        _, batch = apply_people([person(1)], on=DAY)
        clerk = make_account("clerk", unit=self.unit)
        with self.assertRaises(batches.NotAllowed):
            batches.undo(batch, by=clerk)
        status, _, _ = run("undo_import", batch.pk, "--by", clerk.username)
        self.assertEqual(status, 2)
        self.assertEqual(ImportBatch.objects.get().state, "applied")
        self.assertEqual(Account.objects.system().scope, "all")

"""Undo of a large import after a few people were edited: those stay, with the reason."""

from datetime import date

from django.urls import reverse

from cadres.models import ImportBatch, Official, Posting, Qualification, Standing
from cadres.standings import refresh
from tests.cadres.base import typed
from tests.factories import make_account, make_posting
from tests.imports.base import run
from tests.proofs.base import ProofCase
from tests.proofs.rosters import people, promoted

DAY = "2026-06-01"


class UndoTests(ProofCase):
    def edit_on_screen(self, official, **changes):
        """As a clerk of the department would do it."""
        url = reverse("cadres:official_edit", args=[official.pk])
        page = self.client.get(url)
        answer = self.client.post(url, typed(page, **changes))
        self.assertEqual(answer.status_code, 302, getattr(answer, "context", None))

    def undo(self, batch):
        status, documents, errors = run("undo_import", batch)
        self.assertEqual(status, 0, errors)
        return documents[0]

    def test_of_a_thousand_new_people_three_edited_ones_stay(self):
        batch = self.apply(people(range(1000)), "--on", DAY)["batch"]
        self.client.force_login(make_account("staff"))
        one, two, three = Official.objects.order_by("?")[:3]
        self.edit_on_screen(one, phone="0912345678")
        two.gender = "nu" if two.gender == "nam" else "nam"
        two.save()
        make_posting(three, self.units[0], since=date(2026, 8, 1), is_main=False)
        answer = self.undo(batch)
        self.assertEqual((answer["batch"], answer["reversed"]), (batch, 997))
        self.assertEqual(answer["refused"], [])
        self.assertEqual({k["official"] for k in answer["kept"]}, {one.pk, two.pk, three.pk})
        names = {k["official"]: k["name"] for k in answer["kept"]}
        self.assertEqual(names[one.pk], one.full_name)
        why = {k["official"]: k["why"] for k in answer["kept"]}
        self.assertIn("điện thoại", why[one.pk])
        self.assertIn("giới tính", why[two.pk])
        self.assertIn("thêm thông tin", why[three.pk])
        for model in (Posting, Qualification, Standing):
            owners = set(model.objects.values_list("official", flat=True))
            self.assertEqual(owners, {one.pk, two.pk, three.pk}, model)
        self.assertEqual(Official.objects.count(), 3)
        self.assertEqual(ImportBatch.objects.get().state, "undone")

    def test_of_a_thousand_changed_people_three_edited_ones_stay(self):
        listed = people(range(1000))
        self.apply(listed, "--on", "2025-01-01")
        posts = dict(Posting.objects.values_list("official", "position"))
        batch = self.apply([promoted(one) for one in listed], "--on", DAY)["batch"]
        edited = list(Posting.objects.filter(valid_from=DAY).order_by("?")[:3])
        for post in edited:
            post.position = "Trưởng thôn"
            post.save()
        refresh([post.official_id for post in edited])
        answer = self.undo(batch)
        self.assertEqual(answer["reversed"], 997)
        self.assertEqual({k["official"] for k in answer["kept"]}, {p.official_id for p in edited})
        self.assertTrue(all("chức vụ" in k["why"] for k in answer["kept"]), answer["kept"])
        kept = {post.official_id for post in edited}
        now = dict(Standing.objects.at(date(2026, 7, 1)).values_list("official", "position"))
        self.assertEqual(
            now, {pk: "Trưởng thôn" if pk in kept else old for pk, old in posts.items()}
        )

    def test_an_import_is_undone_once(self):
        batch = self.apply(people(range(3)))["batch"]
        self.assertEqual(self.undo(batch)["reversed"], 3)
        status, _, errors = run("undo_import", batch)
        self.assertEqual(status, 2)
        self.assertIn("không hoàn tác được", errors)
        self.assertEqual(len(errors.strip().splitlines()), 1)

    def test_what_is_undone_can_be_imported_again(self):
        path = self.roster(people(range(5)))
        self.undo(self.send(path, "--apply")["batch"])
        self.assertEqual(self.send(path, "--apply")["counts"]["create"], 5)
        self.assertEqual(Official.objects.count(), 5)

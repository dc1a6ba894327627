"""What many people hold alike is read and compared once, and still is each one's own."""

from datetime import date

from cadres.intake.people import load_people, records_of
from cadres.intake.records import COLUMNS, PARTS, Ledger
from cadres.models import Account, Official, PartyStatus, Qualification
from tests.factories import make_official, make_posting, make_qualification, make_unit
from tests.imports.base import ImportTestCase, apply_people

DAY = date(2025, 1, 1)
LATER = date(2026, 1, 1)


def stored(model):
    """The values of all rows of a model as the model itself reads them, by their ids."""
    return plain(model, model.objects.all())


def plain(model, records):
    """The values of records, by their ids."""
    return {r.id: [getattr(r, name) for name in COLUMNS[model]] for r in records}


class HeldAlikeTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.unit = make_unit(name="Xã Một")

    def told(self, number, **values):
        return {
            "full_name": f"Lò Văn {'ABCDEF'[number]}",
            "personal_id": f"01208500000{number}",
            "unit": "Xã Một",
            "position": "Chuyên viên",
            "professional_level": "DH",
            "professional_major": "Luật",
            "party_member": True,
            **values,
        }

    def levels(self):
        """{name: {(level's code, major) of all days}}."""
        found = {}
        for row in Qualification.objects.select_related("official", "level"):
            found.setdefault(row.official.full_name, set()).add((row.level.code, row.detail))
        return found

    def test_a_level_written_to_one_of_many_alike_is_not_the_others_too(self):
        apply_people([self.told(n) for n in range(4)], on=DAY)
        second = [self.told(0), self.told(1, professional_level="THS"), self.told(2), self.told(3)]
        outcome, _ = apply_people(second, on=LATER)
        self.assertEqual((outcome.counts["update"], outcome.counts["unchanged"]), (1, 3))
        alike = {("DH", "Luật")}
        self.assertEqual(
            self.levels(),
            {
                "Lò Văn A": alike,
                "Lò Văn B": alike | {("THS", "Luật")},
                "Lò Văn C": alike,
                "Lò Văn D": alike,
            },
        )

    def test_two_rows_that_change_alike_people_in_different_ways_do_so(self):
        apply_people([self.told(n) for n in range(3)], on=DAY)
        posts = ["Chuyên viên", "Trưởng phòng", "Phó Trưởng phòng"]
        apply_people([self.told(n, position=posts[n]) for n in range(3)], on=LATER)
        now = {o.full_name: o.postings.get(valid_to__gt=LATER).position for o in self.people()}
        self.assertEqual(now, dict(zip(["Lò Văn A", "Lò Văn B", "Lò Văn C"], posts, strict=True)))

    def test_leaving_the_party_is_told_of_each_alone(self):
        apply_people([self.told(n) for n in range(3)], on=DAY)
        members = [True, False, True]
        apply_people([self.told(n, party_member=members[n]) for n in range(3)], on=LATER)
        rows = PartyStatus.objects.at(LATER).order_by("official__full_name")
        self.assertEqual([row.member for row in rows], members)

    def people(self):
        return Official.objects.order_by("full_name")

    def test_what_is_read_for_an_import_is_what_the_database_holds(self):
        """Days, truth values and empty ones as the models give them, the oldest period first."""
        one = make_official(
            self.unit, full_name="Lò Văn A", personal_id="012085000000", birth_precision="year"
        )
        two = make_official(self.unit, full_name="Lò Văn B", personal_id="012085000001")
        make_posting(one, self.unit, since=date(2010, 1, 1), until=date(2012, 1, 1))
        make_qualification(one, "professional", "DH", since=date(2011, 5, 1))
        make_qualification(two, "professional", "DH", since=date(2011, 5, 1))
        PartyStatus.objects.create(official=two, member=False, joined_on=None)
        people = load_people(
            {"012085000000", "012085000001"}, set(), set(), set(), Account.objects.system()
        )
        self.assertEqual(
            plain(Official, [d.official for d in people.by_id.values()]), stored(Official)
        )
        for model in PARTS:
            shared = [len(dossier.contents(model)) for dossier in people.by_id.values()]
            own = [row for dossier in people.by_id.values() for row in dossier.parts[model]]
            self.assertEqual(plain(model, own), stored(model))
            self.assertEqual(plain(model, records_of(model)), stored(model))
            self.assertEqual(sum(shared), len(own))
        days = [post.valid_from for post in people.by_id[one.pk].contents(PARTS[0])]
        self.assertEqual(days, sorted(days))

    def test_records_that_others_share_cannot_be_written_to(self):
        make_official(self.unit, full_name="Lò Văn A", personal_id="012085000000")
        people = load_people({"012085000000"}, set(), set(), set(), Account.objects.system())
        [dossier] = people.by_id.values()
        with self.assertRaisesMessage(ValueError, "share"):
            Ledger().change(PARTS[0], dossier, dossier.contents(PARTS[0])[0], position="Khác")

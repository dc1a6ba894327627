"""Who a row means: numbers, staff codes, names with births; doubts; what was decided before."""

from datetime import date

from cadres.intake.preparing import prepare
from cadres.models import Account, ImportRow, MatchDecision, Official
from tests.factories import make_account, make_official, make_unit
from tests.imports.base import ImportTestCase, apply_people, roster_of

DAY = date(2025, 1, 1)
BIRTH = date(1985, 3, 7)


class MatchingTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.one = make_unit(name="Xã Một")
        cls.two = make_unit(name="Xã Hai")

    def look(self, *people, by=None, **options):
        """(actions, Outcome) of a preview."""
        by = by or Account.objects.system()
        outcome = prepare(roster_of(people), by=by, on=DAY, **options)
        return [case.action for case in outcome.cases], outcome

    def codes(self, outcome):
        return [issue.code for issue in outcome.issues]

    def an(self, **fields):
        fields.setdefault("birth_date", BIRTH)
        return make_official(self.one, full_name="Nguyễn Văn An", **fields)

    def row(self, **values):
        return {"full_name": "Nguyễn Văn An", "unit": "Xã Một", **values}

    def test_by_number_even_from_another_unit_and_that_is_a_move(self):
        known = self.an(personal_id="012345678901")
        told = {"full_name": "Nguyễn Văn An", "personal_id": "012345678901", "unit": "UBND xã Hai"}
        _, outcome = self.look(told)
        self.assertEqual(outcome.cases[0].official_id, known.pk)
        self.assertEqual(outcome.cases[0].changed, {"unit": ("Xã Một", "Xã Hai")})

    def test_by_staff_code_within_the_unit_only(self):
        known = self.an(staff_code="A-1")
        told = {"full_name": "Nguyễn Văn Ân", "staff_code": "A-1", "birth_date": "1985-03-07"}
        _, outcome = self.look({**told, "unit": "Xã Một"}, {**told, "unit": "Xã Hai"})
        self.assertEqual([c.official_id for c in outcome.cases], [known.pk, None])
        self.assertEqual([c.action for c in outcome.cases], ["update", "create"])

    def test_by_name_and_a_birth_that_fits_and_the_fuller_date_is_taken(self):
        self.an(birth_date=date(1985, 1, 1), birth_precision="year")
        _, outcome = self.look(self.row(birth_date="1985-03-07"))
        self.assertEqual(outcome.cases[0].changed, {"birth_date": ("1985", "1985-03-07")})

    def test_a_less_full_birth_changes_nothing(self):
        self.an()
        self.assertEqual(self.look(self.row(birth_date="1985"))[0], ["unchanged"])

    def test_either_place_of_the_tone_is_the_same_name(self):
        make_official(self.one, full_name="Lò Thị Hoà", birth_date=BIRTH)
        told = {"full_name": "Lò Thị Hòa", "birth_date": "1985-03-07", "unit": "Xã Một"}
        self.assertEqual(self.look(told)[0], ["unchanged"])

    def test_another_birth_or_another_number_is_another_person(self):
        self.an(personal_id="012345678901", birth_precision="year")
        actions, _ = self.look(
            self.row(birth_date="1986"), self.row(birth_date="1985", personal_id="012345678902")
        )
        self.assertEqual(actions, ["create", "create"])

    def test_the_same_day_of_birth_and_another_number_is_a_question(self):
        self.an(personal_id="012345678901")
        row = self.row(birth_date="1985-03-07", personal_id="012345678902")
        actions, outcome = self.look(row)
        self.assertEqual((actions, self.codes(outcome)), (["reject"], ["doubtful_match"]))

    def test_two_candidates_are_a_question_and_both_stay_on_the_list(self):
        self.an(position="Kế toán")
        self.an(birth_date=date(1985, 9, 9), position="Văn thư")
        actions, outcome = self.look(self.row(birth_date="1985", position="Chủ tịch"))
        self.assertEqual((actions, self.codes(outcome)), (["reject"], ["doubtful_match"]))
        self.assertEqual(len(outcome.cases[0].candidates), 2)
        self.assertEqual(outcome.absent, [])

    def test_who_stands_in_a_refused_row_is_not_gone(self):
        self.an(personal_id="012345678901")
        make_official(self.one, full_name="Lò Thị Hiền", birth_date=BIRTH)
        gone = make_official(self.one, full_name="Vì Văn Cũ", birth_date=BIRTH)
        _, outcome = self.look(
            {"unit": "Xã Một", "personal_id": "012345678901"},  # the name is missing
            {"full_name": "Lò Thị Hiền", "birth_date": "1985-03-07", "unit": "Xã Không Có"},
            {"full_name": "Vì Văn Cũ", "birth_date": "1990", "unit": "Xã Không Có"},
            self.row(full_name="Hà Thị Mới"),
            absent="end",
        )
        self.assertEqual(outcome.counts["reject"], 3)
        self.assertEqual([row["official"] for row in outcome.absent], [gone.pk])

    def test_two_rows_for_one_person_are_a_question(self):
        self.an(birth_precision="year", birth_date=date(1985, 1, 1))
        actions, _ = self.look(
            self.row(birth_date="1985-03-07", position="Kế toán"),
            self.row(birth_date="1985-04-08", position="Văn thư"),
        )
        self.assertEqual(actions, ["reject", "reject"])

    def test_the_row_with_the_very_birth_leaves_the_other_to_its_own_person(self):
        people = [
            self.row(birth_date="1985", position="Kế toán"),
            self.row(birth_date="1985-03-07", position="Văn thư"),
            self.row(position="Chủ tịch"),
        ]
        apply_people(people, on=DAY)
        self.assertEqual(self.look(*people)[0], ["unchanged"] * 3)
        self.assertEqual(self.look(*reversed(people))[0], ["unchanged"] * 3)

    def test_what_was_decided_is_asked_once(self):
        first = self.an(position="Kế toán")
        second = self.an(birth_date=date(1985, 9, 9), position="Văn thư")
        row = self.row(birth_date="1985", position="Chủ tịch")
        outcome, _ = apply_people([row], on=DAY, choices={"matches": {"Danh sách!2": second.pk}})
        self.assertEqual(outcome.cases[0].official_id, second.pk)
        self.assertEqual(MatchDecision.objects.get().official, second)
        _, again = self.look({**row, "position": "Phó Chủ tịch"})
        self.assertEqual(again.cases[0].official_id, second.pk)
        self.assertNotEqual(first.pk, second.pk)

    def test_deciding_that_it_is_somebody_new(self):
        self.an()
        row = self.row(birth_date="1985", position="Chủ tịch", phone="0912345678")
        choices = {"matches": {"Danh sách!2": "new"}}
        outcome, _ = apply_people([row], on=DAY, choices=choices)
        self.assertEqual(outcome.counts["create"], 1)
        self.assertEqual(MatchDecision.objects.get().same, False)
        self.assertEqual(self.look(row)[0], ["unchanged"])

    def test_keeping_one_field_or_a_column_leaves_it_and_takes_the_rest(self):
        known = self.an(position="Kế toán", phone="0911111111")
        row = self.row(birth_date="1985-03-07", position="Chủ tịch", phone="0922222222")
        for choices in ({"fields": {"Danh sách!2!phone": "keep"}}, {"columns": {"phone": "keep"}}):
            _, outcome = self.look(row, choices=choices)
            self.assertEqual(outcome.cases[0].changed, {"position": ("Kế toán", "Chủ tịch")})
            self.assertEqual(outcome.cases[0].kept, {"phone": ("0911111111", "0922222222")})
        apply_people([row], on=DAY, choices={"columns": {"phone": "keep"}})
        known.refresh_from_db()
        self.assertEqual(known.phone, "0911111111")

    def test_an_unknown_unit_is_refused_with_the_nearest_names(self):
        _, outcome = self.look({"full_name": "Trần Văn Bình", "unit": "Xã Mootj"})
        issue = outcome.issues[0]
        self.assertEqual((issue.code, issue.suggestion), ("unknown_unit", "Xã Một"))
        self.assertEqual(outcome.cases[0].reject_field, "unit")

    def test_a_unit_that_only_sounds_alike_is_named_but_not_put_into_the_cell(self):
        make_unit(name="Xã Tân Lập")
        _, outcome = self.look({"full_name": "Trần Văn Bình", "unit": "Xã Tân Lâm"})
        [issue] = outcome.issues
        self.assertIn("có thể là “Xã Tân Lập”", issue.message)
        self.assertEqual(issue.suggestion, "")

    def test_units_that_have_little_but_the_word_commune_in_common_are_not_named(self):
        for name in ("Xã Hà Hiệu", "Xã Tân Long", "Xã Nghiên Loan", "Trung tâm Văn hóa thông tin"):
            make_unit(name=name)
        unknown = ["UBND xã Thất Khê", "Xã Thiện Long", "Xã Mẫu", "Xã Ngọc Lâm"]
        for name in [*unknown, "Trung tâm Thể thao"]:
            _, outcome = self.look({"full_name": "Trần Văn Bình", "unit": name})
            self.assertNotIn("có thể là", outcome.issues[0].message, name)

    def test_a_unit_in_short_or_without_its_kind_is_found_where_only_one_can_be_meant(self):
        row = {"full_name": "Trần Văn Bình"}
        for name in ("X. Một", "UBND X.Một", "Một", "Đảng ủy xã Một"):
            _, outcome = self.look(row | {"unit": name})
            self.assertEqual(outcome.cases[0].unit, self.one, name)
        make_unit(name="Phường Một")
        _, outcome = self.look(row | {"unit": "Một"})
        self.assertEqual(self.codes(outcome), ["ambiguous_unit"])

    def test_without_any_unit_the_chosen_one_counts_and_people_below_it_stay(self):
        office = make_unit(name="Phòng Nội vụ", under=self.one)
        known = make_official(office, full_name="Lê Thị Chi", birth_date=BIRTH)
        rows = [
            {"full_name": "Lê Thị Chi", "birth_date": "1985-03-07"},
            {"full_name": "Lê Văn Mới"},
        ]
        actions, outcome = self.look(*rows, unit=self.one)
        self.assertEqual(actions, ["unchanged", "create"])
        self.assertEqual(outcome.cases[0].official_id, known.pk)
        actions, outcome = self.look(*rows)
        self.assertEqual((actions, self.codes(outcome)), (["reject"] * 2, ["no_unit"] * 2))


class ClerkTests(ImportTestCase):
    """A clerk's file: rows of other units are refused, nothing is told of other people."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.own = make_unit(name="Xã Một")
        cls.other = make_unit(name="Xã Hai")
        cls.clerk = make_account("clerk", unit=cls.own)
        cls.stranger = make_official(
            cls.other, full_name="Hoàng Thị Lạ", personal_id="012345678901", birth_date=BIRTH
        )

    def send(self, *people):
        return apply_people(list(people), on=DAY, by=self.clerk)

    def test_rows_of_another_unit_are_refused_by_name(self):
        outcome, _ = self.send(
            {"full_name": "Lò Văn An", "unit": "Xã Một"},
            {"full_name": "Lò Văn Bình", "unit": "Xã Hai"},
        )
        self.assertEqual([c.action for c in outcome.cases], ["create", "reject"])
        issue = next(i for i in outcome.issues if i.code == "foreign_unit")
        self.assertIn("“Xã Hai”", issue.message)
        self.assertFalse(Official.objects.filter(full_name="Lò Văn Bình").exists())

    def test_a_number_of_another_unit_is_refused_without_saying_whose_it_is(self):
        outcome, _ = self.send(
            {"full_name": "Hoàng Thị Lạ", "personal_id": "012345678901", "unit": "Xã Một"}
        )
        issue = outcome.issues[0]
        self.assertEqual((issue.code, issue.field), ("person_elsewhere", "personal_id"))
        self.assertNotIn("Xã Hai", issue.message)
        self.assertNotIn("Hoàng", issue.message)
        self.assertIsNone(ImportRow.objects.get().official)
        self.stranger.refresh_from_db()
        self.assertEqual(self.stranger.postings.get().unit, self.other)

    def test_a_choice_cannot_name_somebody_of_another_unit(self):
        outcome, _ = apply_people(
            [{"full_name": "Hoàng Thị Lạ", "unit": "Xã Một"}],
            on=DAY,
            by=self.clerk,
            choices={"matches": {"Danh sách!2": self.stranger.pk}},
        )
        self.assertEqual(outcome.counts["create"], 1)

    def test_the_own_unit_is_meant_where_the_file_tells_none(self):
        outcome, _ = self.send({"full_name": "Lò Văn An"})
        self.assertEqual(outcome.cases[0].unit, self.own)

    def test_only_people_of_the_own_unit_are_listed_as_absent(self):
        mine = make_official(self.own, full_name="Vì Văn Cũ", since=date(2020, 1, 1))
        outcome, _ = self.send({"full_name": "Lò Văn An", "unit": "Xã Một"})
        self.assertEqual([row["official"] for row in outcome.absent], [mine.pk])

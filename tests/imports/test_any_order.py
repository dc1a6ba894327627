"""Rosters of several years in any order: each day answers with its own file; undo goes back."""

import random
from datetime import date
from itertools import permutations

from cadres.intake import batches
from cadres.models import Account, Official, Posting, Qualification, Standing
from tests.factories import make_unit
from tests.imports.base import ImportTestCase, apply_people, standings_on

DAYS = [date(2010, 1, 1), date(2013, 3, 15), date(2016, 7, 1)]
UNITS = ["Xã Một", "Xã Hai"]
LEVELS = {"CHUA": 0, "SC": 10, "TC": 20, "CC": 30}
DEGREES = {"TC": 20, "CD": 30, "DH": 40}


def draw_person(dice, number, unit):
    """What a roster may say of a person; the keys that figures are made of are always told."""
    values = {
        "full_name": f"Nguyễn Văn A{number}",
        "birth_date": f"{1960 + number}-01-02",
        "gender": "nam",
        "unit": unit,
        "position": dice.choice(["Kế toán", "Chủ tịch", "Văn thư"]),
        "staff_kind": dice.choice(["CB", "CC"]),
        "professional_level": dice.choice(sorted(DEGREES)),
        "political_level": dice.choice(sorted(LEVELS)),
        "party_member": dice.random() < 0.5,
        "in_planning": dice.random() < 0.5,
        "ethnic_languages": sorted(dice.sample(["Tày", "Thái", "Mông"], dice.randint(1, 2))),
    }
    if number % 2:
        values["personal_id"] = f"{number:012d}"
    return values


def draw_rosters(dice):
    """{day: [values]}: people come and go, those with a number also move.

    The first four are always there, so that every roster tells of both kinds in both units.
    """
    rosters = {}
    for day in DAYS:
        listed = []
        for number in range(10):
            home = UNITS[number // 2 % 2]
            stays = number < 4 or number % 2 == 0
            if number < 4 or dice.random() < 0.7:
                unit = home if stays else dice.choice(UNITS)
                listed.append(draw_person(dice, number, unit))
            if number < 4:
                listed[-1]["staff_kind"] = ["CB", "CC"][number % 2]
        rosters[day] = listed
    return rosters


def own(people):
    """What a roster says, in the terms of standings."""
    return {
        values["full_name"]: (
            values["unit"],
            values["position"],
            values["staff_kind"],
            DEGREES[values["professional_level"]],
            LEVELS[values["political_level"]],
            values["party_member"],
            values["in_planning"],
            ",".join(["", *values["ethnic_languages"], ""]),
        )
        for values in people
    }


def recorded(day):
    return {
        name: (
            row.unit.name,
            row.position,
            row.staff_kind,
            row.lv_professional,
            row.lv_political_theory,
            row.party_member,
            row.in_planning,
            row.languages,
        )
        for name, row in standings_on(day).items()
    }


PERIOD = ["official__full_name", "valid_from", "valid_to"]


def dump():
    """All rows of people, without ids and versions: to compare states of the database."""
    columns = {
        Official: ["full_name", "birth_date", "personal_id"],
        Posting: [*PERIOD, "unit", "position", "ended_by"],
        Qualification: [*PERIOD, "ladder", "level", "detail"],
        Standing: [*PERIOD, "unit", "position", "in_service"],
    }
    return {
        model: sorted(map(str, model.objects.values_list(*names)))
        for model, names in columns.items()
    }


class AnyOrderTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for name in UNITS:
            make_unit(name=name)

    def forget(self):
        for model in (Standing, Posting, Official):
            model.objects.all().delete()

    def test_every_order_answers_for_every_day(self):
        dice = random.Random(20261010)
        for trial in range(6):
            rosters = draw_rosters(dice)
            for order in permutations(DAYS):
                for day in order:
                    outcome, _ = apply_people(rosters[day], on=day, absent="end")
                    self.assertEqual(outcome.counts["reject"], 0)
                for day in DAYS:
                    with self.subTest(trial=trial, order=order, day=day):
                        self.assertEqual(recorded(day), own(rosters[day]))
                batches.ImportBatch.objects.all().delete()
                self.forget()

    def test_undo_in_reverse_order_goes_back_step_by_step(self):
        dice = random.Random(77)
        system = Account.objects.system()
        for trial in range(4):
            rosters = draw_rosters(dice)
            for order in permutations(DAYS):
                states, done = [dump()], []
                for day in order:
                    done.append(apply_people(rosters[day], on=day, absent="end")[1])
                    states.append(dump())
                for batch in reversed(done):
                    states.pop()
                    result = batches.undo(batch, by=system)
                    with self.subTest(trial=trial, order=order, batch=batch.on):
                        self.assertEqual((result["kept"], result["refused"]), ([], []))
                        self.assertEqual(dump(), states[-1])

"""Random small populations, rules and days for property tests; days repeat, so that edges meet.

All is drawn from a `random.Random`, so that one seed names a whole example.
"""

from datetime import date

from cadres.models import (
    EthnicGroup,
    Level,
    Official,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
    UnitLanguage,
    UnitTrait,
)
from cadres.officials import set_keys
from cadres.standings import refresh
from courses.models import Enrolment
from tests.factories import make_category, make_unit
from trainingplans.lib.dates import EVER, FOREVER

DAYS = [
    date(2004, 2, 29),
    date(2016, 2, 28),
    date(2020, 2, 29),
    date(2021, 3, 1),
    date(2023, 6, 30),
    date(2024, 2, 29),
    date(2025, 7, 1),
    date(2026, 11, 22),
    date(2031, 1, 1),
]
BIRTHS = [
    date(1964, 2, 29),
    date(1968, 12, 31),
    date(1976, 11, 22),
    date(1980, 3, 1),
    date(1984, 2, 29),
    date(1990, 2, 28),
]
UNITS = ["T", "X1", "X2", "S1"]
LANGUAGES = ["Mông", "Thái", "Mường"]
GROUPS = ["Kinh", *LANGUAGES]
TEXTS = ["", "Không", "MOS Excel", *LANGUAGES]
POSITIONS = ["", "Chủ tịch", "Công chức Tư pháp", "Tư pháp"]
RANKS = ["", "01.003", "V.07.03.29"]
KINDS = ["CB", "CC", "VC", "KCTX", "KCTT"]
LADDERS = ["professional", "informatics", "ethnic_language"]
TRAITS = ["minority_area", "border"]
PEOPLE = 8


def period(r):
    """Mostly since early on and still true, else between two of the days."""
    first = r.choice([EVER, EVER, *DAYS[:-1]])
    later = [day for day in DAYS if day > first]
    return {"valid_from": first, "valid_to": r.choice([FOREVER, FOREVER, r.choice(later)])}


def partial_day(r, values):
    """(day, precision), with the first of January for a year, or no day."""
    day = r.choice(values)
    return r.choice(
        [(None, "day"), (day, "day"), (day, "day"), (day.replace(month=1, day=1), "year")]
    )


def some(r, values):
    return r.sample(values, r.choice([1, 1, 2]))


def flag(r):
    return r.random() < 0.5


def ends(lowest, highest):
    """Draws {"from"}, {"to"} or both."""

    def draw(r):
        first, last = sorted([r.randint(lowest, highest), r.randint(lowest, highest)])
        return r.choice([{"from": first}, {"to": last}, {"from": first, "to": last}])

    return draw


CONTENTS = ["BD", "BD.A", "BD.A.1", "DT"]
HOURS = [None, 8, 20, 40]


def completion(r):
    """A content, a period, hours, or some of them."""
    first, last = sorted([r.choice(DAYS), r.choice(DAYS)])
    value = {
        "category": r.choice(CONTENTS),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "hours_at_least": r.choice([8, 28, 40]),
    }
    return {key: value[key] for key in r.sample(list(value), r.choice([1, 2, 2, 4]))}


LEVELS = [("professional", c) for c in ("CDT", "SC", "DH")]
LEVELS += [("informatics", c) for c in ("CHUA", "A")] + [("ethnic_language", "CO")]
VALUES = {
    "staff_kind": lambda r: some(r, KINDS),
    "unit_kind": lambda r: some(r, ["province", "commune", "department", "party"]),
    "unit_trait": lambda r: r.choice(TRAITS),
    "in_unit": lambda r: some(r, UNITS),
    "ethnic_group": lambda r: some(r, GROUPS),
    "ethnic_minority": flag,
    "gender": lambda r: r.choice(["nam", "nu"]),
    "party_member": flag,
    "leadership": flag,
    "in_planning": flag,
    "age": ends(30, 60),
    "years_to_retirement": ends(-5, 20),
    "years_of_service": ends(0, 25),
    "position": lambda r: some(r, POSITIONS[1:]),
    "rank": lambda r: some(r, RANKS[1:]),
    "level_at_least": lambda r: dict(zip(("ladder", "level"), r.choice(LEVELS), strict=True)),
    "has": lambda r: r.choice(LADDERS),
    "speaks": lambda r: some(r, LANGUAGES),
    "speaks_language_of_unit": lambda r: True,
    "completed": completion,
}
LEARNT = [
    "completed",
    "level_at_least",
    "level_at_least",
    "has",
    "speaks",
    "speaks_language_of_unit",
]


def leaf(r, keys=tuple(VALUES)):
    key = r.choice(keys)
    return {key: VALUES[key](r)}


def rule(r, depth=2, keys=tuple(VALUES)):
    """A condition, or all, any, not over rules."""
    how = r.choice(["leaf", "leaf", "all", "any", "not"]) if depth else "leaf"
    if how == "leaf":
        return leaf(r, keys)
    if how == "not":
        return {"not": rule(r, depth - 1, keys)}
    number = r.choice([1, 2, 2, 3]) if how == "any" else r.choice([0, 2, 2, 3])
    return {how: [rule(r, depth - 1, keys) for _ in range(number)]}


def pairs(r, number=4):
    """(population, attained) rules; what is to be attained is mostly something learnt."""
    learnt = tuple(LEARNT)
    return [
        (rule(r), rule(r, r.choice([0, 1, 2]), r.choice([learnt, learnt, tuple(VALUES)])))
        for _ in range(number)
    ]


def person(r):
    """What is recorded of one person."""
    return {
        "birth": partial_day(r, BIRTHS),
        "recruited": partial_day(r, DAYS[:5]),
        "gender": r.choice(["", "nam", "nu"]),
        "group": r.choice([None, *GROUPS]),
        "postings": [posting(r) for _ in range(r.choice([0, 1, 1, 1, 2, 3]))],
        "qualifications": [qualification(r) for _ in range(r.randint(0, 4))],
        "parties": [{"member": flag(r), **period(r)} for _ in range(r.randint(0, 2))],
        "plannings": [period(r) for _ in range(r.randint(0, 1))],
        "turns": [turn(r) for _ in range(r.randint(0, 3))],
    }


def turn(r):
    """A course, perhaps not completed, perhaps of unknown content, end or hours."""
    return {
        "category": r.choice([None, *CONTENTS]),
        "ends_on": r.choice([None, *DAYS, *DAYS]),
        "hours": r.choice(HOURS),
        "completed": r.random() < 0.8,
    }


def posting(r):
    return {
        "unit": r.choice(UNITS),
        "staff_kind": r.choice(["", *KINDS]),
        "position": r.choice(POSITIONS),
        "rank_code": r.choice(RANKS),
        "leadership": flag(r),
        "is_main": flag(r),
        **period(r),
    }


def qualification(r):
    return {
        "ladder": r.choice(LADDERS),
        "level": r.choice([None, None, "CHUA", "CDT", "SC", "DH", "A", "CO"]),
        "detail": r.choice(TEXTS),
        "revoked_on": r.choice([None, None, None, r.choice(DAYS)]),
        **period(r),
    }


def world(r):
    """People and the areas in which they work."""
    return {
        "people": [person(r) for _ in range(PEOPLE)],
        "traits": [
            {"unit": r.choice(UNITS), "trait": r.choice(TRAITS), **period(r)} for _ in range(3)
        ],
        "languages": [
            {"unit": r.choice(UNITS), "language": r.choice(LANGUAGES), **period(r)}
            for _ in range(4)
        ],
    }


def make_units():
    """{code: Unit}: a province over two communes and a department."""
    top = make_unit("T", kind="province")
    return {
        "T": top,
        "X1": make_unit("X1", under=top),
        "X2": make_unit("X2", under=top),
        "S1": make_unit("S1", kind="department", under=top),
    }


def make_contents():
    """{code: Category} of a small tree."""
    found = {code: make_category(code) for code in CONTENTS}
    for code, above in (("BD.A", "BD"), ("BD.A.1", "BD.A")):
        found[code].parent = found[above]
        found[code].save()
    return found


def build(drawn_world, units):
    """Write the drawn world to the database."""
    contents = make_contents()
    groups = {group.name: group for group in EthnicGroup.objects.filter(name__in=GROUPS)}
    levels = {(lv.ladder, lv.code): lv for lv in Level.objects.filter(ladder__in=LADDERS)}
    for row in drawn_world["traits"]:
        UnitTrait.objects.create(**{**row, "unit": units[row["unit"]]})
    for row in drawn_world["languages"]:
        place, spoken = units[row["unit"]], groups[row["language"]]
        UnitLanguage.objects.create(**{**row, "unit": place, "language": spoken})
    people = enumerate(drawn_world["people"])
    ids = [build_person(drawn, n, units, groups, levels) for n, drawn in people]
    for pk, drawn in zip(ids, drawn_world["people"], strict=True):
        for row in drawn["turns"]:
            content = contents.get(row["category"])
            Enrolment.objects.create(
                official_id=pk, title="Khóa", origin="history", **{**row, "category": content}
            )
    refresh(ids)


def build_person(drawn, number, units, groups, levels):
    """Write one drawn person; the id."""
    official = Official(
        full_name=f"Nguyễn Văn {'ABCDEFGH'[number]}",
        gender=drawn["gender"],
        ethnic_group=groups.get(drawn["group"]),
        birth_date=drawn["birth"][0],
        birth_precision=drawn["birth"][1],
        recruited_on=drawn["recruited"][0],
        recruited_precision=drawn["recruited"][1],
    )
    set_keys(official)
    official.save()
    for row in drawn["postings"]:
        Posting.objects.create(official=official, **{**row, "unit": units[row["unit"]]})
    for row in drawn["qualifications"]:
        level = levels.get((row["ladder"], row["level"]))
        Qualification.objects.create(official=official, **{**row, "level": level})
    for row in drawn["parties"]:
        PartyStatus.objects.create(official=official, **row)
    for row in drawn["plannings"]:
        PlanningEntry.objects.create(official=official, **row)
    return official.pk

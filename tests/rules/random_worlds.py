"""Random small populations, rules and days for property tests; days repeat, so that edges meet."""

from datetime import date

from hypothesis import strategies as st

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
from tests.factories import make_unit
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
days, flags = st.sampled_from(DAYS), st.booleans()


@st.composite
def periods(draw):
    first = draw(st.sampled_from([EVER, *DAYS[:-1]]))
    later = [day for day in DAYS if day > first]
    return {"valid_from": first, "valid_to": draw(st.sampled_from([FOREVER, FOREVER, *later]))}


def rows(**columns):
    """A strategy for the columns of one dated row."""
    return st.fixed_dictionaries(columns).flatmap(
        lambda values: periods().map(lambda period: {**values, **period})
    )


def partial_days(values):
    """(day, precision) with the day as it is stored: the first of the year for a year."""
    exact = st.tuples(st.sampled_from(values), st.just("day"))
    year = st.tuples(st.sampled_from([d.replace(month=1, day=1) for d in values]), st.just("year"))
    return st.one_of(st.just((None, "day")), exact, exact, year)


PERSON = st.fixed_dictionaries(
    {
        "birth": partial_days(BIRTHS),
        "recruited": partial_days(DAYS[:5]),
        "gender": st.sampled_from(["", "nam", "nu"]),
        "group": st.sampled_from([None, *GROUPS]),
        "postings": st.lists(
            rows(
                unit=st.sampled_from(UNITS),
                staff_kind=st.sampled_from(["", *KINDS]),
                position=st.sampled_from(POSITIONS),
                rank_code=st.sampled_from(RANKS),
                leadership=flags,
                is_main=flags,
            ),
            max_size=3,
        ),
        "qualifications": st.lists(
            rows(
                ladder=st.sampled_from(LADDERS),
                level=st.sampled_from([None, "CHUA", "CDT", "SC", "DH", "A", "CO"]),
                detail=st.sampled_from(TEXTS),
                revoked_on=st.sampled_from([None, None, *DAYS]),
            ),
            max_size=4,
        ),
        "parties": st.lists(rows(member=flags), max_size=2),
        "plannings": st.lists(periods(), max_size=1),
    }
)
WORLD = st.fixed_dictionaries(
    {
        "people": st.lists(PERSON, min_size=1, max_size=6),
        "traits": st.lists(
            rows(unit=st.sampled_from(UNITS), trait=st.sampled_from(TRAITS)), max_size=3
        ),
        "languages": st.lists(
            rows(unit=st.sampled_from(UNITS), language=st.sampled_from(LANGUAGES)), max_size=4
        ),
    }
)


def some(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def ends(lowest, highest):
    numbers = st.integers(lowest, highest)
    both = st.tuples(numbers, numbers).map(sorted).map(lambda v: {"from": v[0], "to": v[1]})
    return st.one_of(both, numbers.map(lambda v: {"from": v}), numbers.map(lambda v: {"to": v}))


LEVELS = [("professional", c) for c in ("CDT", "SC", "DH")]
LEVELS += [("informatics", c) for c in ("CHUA", "A")] + [("ethnic_language", "CO")]
VALUES = {
    "staff_kind": some(KINDS),
    "unit_kind": some(["province", "commune", "department", "party"]),
    "unit_trait": st.sampled_from(TRAITS),
    "in_unit": some(UNITS),
    "ethnic_group": some(GROUPS),
    "ethnic_minority": flags,
    "gender": st.sampled_from(["nam", "nu"]),
    "party_member": flags,
    "leadership": flags,
    "in_planning": flags,
    "age": ends(30, 60),
    "years_to_retirement": ends(-5, 20),
    "years_of_service": ends(0, 25),
    "position": some(POSITIONS[1:]),
    "rank": some(RANKS[1:]),
    "level_at_least": st.sampled_from([{"ladder": a, "level": b} for a, b in LEVELS]),
    "has": st.sampled_from(LADDERS),
    "speaks": some(LANGUAGES),
    "speaks_language_of_unit": st.just(True),
}
LEAVES = st.one_of([value.map(lambda v, k=key: {k: v}) for key, value in VALUES.items()])
RULES = st.recursive(
    LEAVES,
    lambda rule: st.one_of(
        st.lists(rule, max_size=3).map(lambda r: {"all": r}),
        st.lists(rule, min_size=1, max_size=3).map(lambda r: {"any": r}),
        rule.map(lambda r: {"not": r}),
    ),
    max_leaves=5,
)


def make_units():
    """{code: Unit}: a province over two communes and a department."""
    top = make_unit("T", kind="province")
    return {
        "T": top,
        "X1": make_unit("X1", under=top),
        "X2": make_unit("X2", under=top),
        "S1": make_unit("S1", kind="department", under=top),
    }


def build(world, units):
    """Write the drawn world to the database."""
    groups = {group.name: group for group in EthnicGroup.objects.filter(name__in=GROUPS)}
    levels = {(lv.ladder, lv.code): lv for lv in Level.objects.filter(ladder__in=LADDERS)}
    for row in world["traits"]:
        UnitTrait.objects.create(**{**row, "unit": units[row["unit"]]})
    for row in world["languages"]:
        place, spoken = units[row["unit"]], groups[row["language"]]
        UnitLanguage.objects.create(**{**row, "unit": place, "language": spoken})
    refresh([build_person(drawn, n, units, groups, levels) for n, drawn in enumerate(world["people"])])


def build_person(drawn, number, units, groups, levels):
    """Write one drawn person; the id."""
    person = Official(
        full_name=f"Nguyễn Văn {'ABCDEFGH'[number]}",
        gender=drawn["gender"],
        ethnic_group=groups.get(drawn["group"]),
        birth_date=drawn["birth"][0],
        birth_precision=drawn["birth"][1],
        recruited_on=drawn["recruited"][0],
        recruited_precision=drawn["recruited"][1],
    )
    set_keys(person)
    person.save()
    for row in drawn["postings"]:
        Posting.objects.create(official=person, **{**row, "unit": units[row["unit"]]})
    for row in drawn["qualifications"]:
        level = levels.get((row["ladder"], row["level"]))
        Qualification.objects.create(official=person, **{**row, "level": level})
    for row in drawn["parties"]:
        PartyStatus.objects.create(official=person, **row)
    for row in drawn["plannings"]:
        PlanningEntry.objects.create(official=person, **row)
    return person.pk

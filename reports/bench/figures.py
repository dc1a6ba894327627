"""Ten targets × all units: by the engine, by SQL over the same rows, by SQL over the records."""

from django.db import connection

from cadres.models import Unit
from cadres.rules.counting import Pair, count

COMMUNE = {"unit_kind": ["commune"]}


def _level(ladder, level):
    return {"level_at_least": {"ladder": ladder, "level": level}}


def _of(kind):
    return {"all": [{"staff_kind": [kind]}, COMMUNE]}


# (population rule, attained rule, the same two as an expert writes them in SQL)
TEN = [
    (_of("CC"), _level("professional", "TC"), "staff_kind = 'CC'", "lv_professional >= 20"),
    (_of("CC"), _level("professional", "DH"), "staff_kind = 'CC'", "lv_professional >= 40"),
    (_of("CB"), _level("political_theory", "TC"), "staff_kind = 'CB'", "lv_political_theory >= 20"),
    (_of("CC"), _level("political_theory", "TC"), "staff_kind = 'CC'", "lv_political_theory >= 20"),
    (COMMUNE, _level("state_management", "CV"), "true", "lv_state_management >= 20"),
    (COMMUNE, {"has": "state_management"}, "true", "lv_state_management >= 1"),
    (COMMUNE, {"has": "informatics"}, "true", "lv_informatics >= 1"),
    (COMMUNE, {"has": "defence_security"}, "true", "lv_defence_security >= 1"),
    (_of("CB"), _level("professional", "DH"), "staff_kind = 'CB'", "lv_professional >= 40"),
    (_of("CB"), {"party_member": True}, "staff_kind = 'CB'", "party_member"),
]


COLUMNS = ", ".join(
    f"COUNT(*) FILTER (WHERE {among}), COUNT(*) FILTER (WHERE {among} AND {met})"
    for _, _, among, met in TEN
)
LADDERS = [
    *("professional", "political_theory", "state_management"),
    *("informatics", "defence_security"),
]
# A level's code as level columns have it; text without a level counts for "has" only.
CODE = "CASE WHEN lv.id IS NULL THEN 1 ELSE 10 * lv.rank END"


def engine(on):
    """The figures of the ten targets for each unit, by the portal's engine: {(row, unit): pair}."""
    return numbers(count(pairs(), on=on, by_unit=True))


def pairs():
    """The ten targets as rules."""
    return [Pair(p, a) for p, a, _, _ in TEN]


def numbers(found):
    """{(row, unit): (population, attained)} of the figures of the ten targets."""
    return {
        (row, unit): (part.population, part.attained)
        for row, figure in enumerate(found)
        for unit, part in figure.by_unit.items()
    }


def by_hand(on):
    """The same by one SQL over the level columns, as an expert would write it."""
    sql = (
        f"SELECT unit_id, {COLUMNS} FROM cadres_standing"  # noqa: S608 - constants only
        " WHERE valid_from <= %s AND valid_to > %s AND in_service"
        f" AND unit_id IN ({_communes()}) GROUP BY unit_id"
    )
    return _rows(sql, [on, on])


def from_records(on):
    """The same by one SQL over the records: postings, qualifications, party membership."""
    levels = ", ".join(
        f"MAX(CASE WHEN q.ladder = '{ladder}' THEN {CODE} END) AS lv_{ladder}" for ladder in LADDERS
    )
    sql = (
        f"SELECT p.unit_id, {COLUMNS} FROM cadres_posting p"  # noqa: S608 - constants only
        f" LEFT JOIN (SELECT q.official_id, {levels} FROM cadres_qualification q"
        " LEFT JOIN cadres_level lv ON lv.id = q.level_id"
        " WHERE q.valid_from <= %s AND q.valid_to > %s GROUP BY q.official_id) held"
        " ON held.official_id = p.official_id"
        " LEFT JOIN (SELECT official_id AS member_id, member AS party_member"
        " FROM cadres_partystatus WHERE valid_from <= %s AND valid_to > %s) party"
        " ON party.member_id = p.official_id"
        " WHERE p.valid_from <= %s AND p.valid_to > %s AND p.is_main"
        f" AND p.unit_id IN ({_communes()}) GROUP BY p.unit_id"
    )
    return _rows(sql, [on] * 6)


def _communes():
    found = Unit.objects.filter(kind="commune").values_list("pk", flat=True)
    return ",".join(map(str, found))


def _rows(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return {
        (number, row[0]): (row[1 + 2 * number], row[2 + 2 * number])
        for row in rows
        for number in range(len(TEN))
        if row[1 + 2 * number]
    }

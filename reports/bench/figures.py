"""Ten targets × all units: the engine against one hand-written SQL over the same rows."""

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


def engine(on):
    """The figures of the ten targets for each unit, by the portal's engine: {(row, unit): pair}."""
    found = count([Pair(p, a) for p, a, _, _ in TEN], on=on, by_unit=True)
    return {
        (row, unit): (part.population, part.attained)
        for row, figure in enumerate(found)
        for unit, part in figure.by_unit.items()
    }


def by_hand(on):
    """The same by one SQL, as an expert would write it."""
    units = ",".join(
        str(pk) for pk in Unit.objects.filter(kind="commune").values_list("pk", flat=True)
    )
    columns = ", ".join(
        f"COUNT(*) FILTER (WHERE {among}), COUNT(*) FILTER (WHERE {among} AND {met})"
        for _, _, among, met in TEN
    )
    sql = (
        f"SELECT unit_id, {columns} FROM cadres_standing"  # noqa: S608 - constants only
        f" WHERE valid_from <= %s AND valid_to > %s AND in_service AND unit_id IN ({units})"
        " GROUP BY unit_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [on, on])
        rows = cursor.fetchall()
    return {
        (number, row[0]): (row[1 + 2 * number], row[2 + 2 * number])
        for row in rows
        for number in range(len(TEN))
        if row[1 + 2 * number]
    }

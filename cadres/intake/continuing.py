"""A corrected file goes on with an import of before: what was decided there is not asked again."""

from cadres.intake.keeping import choose
from cadres.intake.kinds import ROSTER
from cadres.models import ImportBatch

AS_TOLD = ("units", "columns", "absent")  # told by name, field and person: of any file


def take_decisions(batch):
    """Choose what was chosen in the import that this file goes on with; whether anything was."""
    before = ImportBatch.objects.filter(pk=batch.choices.get("continues") or 0).first()
    if before is None or batch.kind != ROSTER:
        return False
    found = {name: before.choices.get(name, {}) for name in AS_TOLD}
    found |= {"fields": _fields(batch, before), "matches": _matches(batch, before)}
    found = {name: told for name, told in found.items() if told}
    for name, told in found.items():
        choose(batch, name, told)
    return bool(found)


def _fields(batch, before):
    """{row and field: take or keep} where the same person is told the same thing again."""
    chosen = {}
    for key, way in before.choices.get("fields", {}).items():
        place, _, field = key.rpartition("!")
        chosen.setdefault(place, {})[field] = way
    decided = {
        (row.official_id, field, _told(row, field)): way
        for row in _rows(before)
        if row.official_id
        for field, way in chosen.get(_place(row), {}).items()
    }
    fields = {field for _, field, _ in decided}
    return {
        f"{_place(row)}!{field}": decided[row.official_id, field, _told(row, field)]
        for row in (_rows(batch) if decided else ())
        for field in fields
        if (row.official_id, field, _told(row, field)) in decided
    }


def _matches(batch, before):
    """{row: who it is} of doubtful rows that name somebody who was decided on."""
    chosen = before.choices.get("matches", {})
    decided = {_person(row): chosen[_place(row)] for row in _rows(before) if _place(row) in chosen}
    asked = batch.report.get("candidates", {}) if decided else {}
    return {
        _place(row): decided[_person(row)]
        for row in (_rows(batch) if asked else ())
        if _place(row) in asked and _person(row) in decided
    }


def _rows(batch):
    return batch.rows.only("sheet", "row", "official_id", "values", "unit_text")


def _place(row):
    return f"{row.sheet}!{row.row}"


def _told(row, field):
    """What the file says, so that it can be compared."""
    return repr(row.unit_text if field == "unit" else row.values.get(field))


def _person(row):
    return row.values.get("full_name"), row.values.get("birth_date"), row.unit_text

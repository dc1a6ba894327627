"""Rows that may mean somebody already recorded: both side by side, a person decides."""

from cadres.importing.fields import label
from cadres.models import Official, Posting
from trainingplans.lib.dates import PartialDate

COMPARED = ("full_name", "birth_date", "personal_id", "ethnic_group", "gender", "unit", "position")
SHOWN = 50


def context(batch, account, words, sheets):
    """[{row, name, sides, field, chosen}] of the rows in doubt that the account may decide."""
    asked = [_place(key, ids) for key, ids in batch.report.get("candidates", {}).items()][:SHOWN]
    if not asked:
        return []
    ids = {official for one in asked for official in one["candidates"]}
    people = _people(ids, account, batch.on)
    rows = {(r.sheet, r.row): r for r in batch.rows.filter(row__in=[o["row"] for o in asked])}
    numbers = {sheet["name"]: number for number, sheet in enumerate(sheets)}
    return [
        _question(one, rows[one["sheet"], one["row"]], people, words, numbers, batch.choices)
        for one in asked
        if (one["sheet"], one["row"]) in rows
    ]


def _place(key, candidates):
    sheet, _, row = key.rpartition("!")
    return {"sheet": sheet, "row": int(row), "candidates": candidates}


def _people(ids, account, on):
    """{id: values as a roster would tell them} of the candidates; two queries."""
    officials = Official.objects.visible_to(account).filter(pk__in=ids)
    posts = {
        post.official_id: post
        for post in Posting.objects.at(on).filter(official__in=ids).select_related("unit")
    }
    return {
        official.pk: _values(official, posts.get(official.pk))
        for official in officials.select_related("ethnic_group")
    }


def _values(official, post):
    return {
        "full_name": official.full_name,
        "birth_date": official.birth.iso if official.birth else None,
        "personal_id": official.masked_id,
        "ethnic_group": str(official.ethnic_group or ""),
        "gender": official.gender,
        "unit": post.unit.name if post else "",
        "position": post.position if post else "",
    }


def _question(one, row, people, words, numbers, choices):
    """A row of the file beside its candidates, with what differs marked."""
    told = row.values | {"unit": row.unit_text or row.values.get("unit", "")}
    key = f"{row.sheet}!{row.row}"
    chosen = choices.get("matches", {}).get(key)
    return {
        "row": row.row,
        "name": told.get("full_name", ""),
        "field": f"nguoi-{numbers.get(row.sheet, 0)}-{row.row}",
        "chosen": str(chosen or ""),
        "lines": [
            {
                "label": label(field),
                "told": words.written(field, told.get(field)),
                "known": [
                    _side(field, told.get(field), people[pk].get(field), words)
                    for pk in one["candidates"]
                    if pk in people
                ],
            }
            for field in COMPARED
        ],
        "candidates": [
            {"id": pk, "name": people[pk]["full_name"]} for pk in one["candidates"] if pk in people
        ],
    }


def _side(field, told, known, words):
    differs = bool(told and known) and not _agree(field, told, known)
    return {"text": words.written(field, known), "differs": differs}


def _agree(field, told, known):
    if field == "birth_date":
        return PartialDate.parse(told).fits(PartialDate.parse(known))
    if field == "personal_id":
        return told[:4] == known[:4] and told[-4:] == known[-4:]
    return told == known

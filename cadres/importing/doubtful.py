"""Rows that may mean somebody already recorded: both side by side, a person decides."""

from cadres.importing.fields import label
from cadres.intake.fields import key_of
from cadres.intake.kinds import ROSTER
from cadres.models import Official, Posting
from trainingplans.lib.dates import PartialDate
from trainingplans.lib.numbers import format_number
from trainingplans.lib.text import unit_key, unit_name

COMPARED = ("full_name", "birth_date", "personal_id", "ethnic_group", "gender", "unit", "position")
SHOWN = 50
REFUSED = "Chưa chọn thì dòng ở lại tệp đánh dấu lỗi."
NAMESAKE = "Trùng họ tên với người đang có ở cùng đơn vị, khác ngày sinh. Chưa chọn thì thêm mới."
CHOSEN = "Đã chọn là người đã có. Chọn lại nếu không phải."


def context(batch, account, words, sheets):
    """[{row, name, hint, lines, field, chosen}] of the rows in doubt that the account may decide.

    Refused ones, and new people of the very name of somebody of their unit who is not listed.
    """
    doubts = batch.report.get("candidates", {})
    asked = [_place(key, ids, REFUSED) for key, ids in doubts.items()]
    if batch.kind == ROSTER:
        known = {**_namesakes(batch), **_chosen(batch)}
        asked += [_place(key, *told) for key, told in known.items() if key not in doubts]
    asked = asked[:SHOWN]
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


def note(doubtful):
    """What to say above the sheet of new people who may be known already; "" without any."""
    open_ones = [one for one in doubtful if one["hint"] == NAMESAKE and not one["chosen"]]
    if not open_ones:
        return ""
    return (
        f"{format_number(len(open_ones))} dòng thêm mới trùng họ tên với người đang có ở cùng đơn "
        "vị, khác ngày sinh. So hai bên và chọn ở dưới trang tính."
    )


def _namesakes(batch):
    """{key of a row: ([officials], hint)} of new people who are called like somebody not listed."""
    absent = {}
    for one in batch.report.get("absent", []):
        place = key_of(one["name"]), unit_key(one.get("unit", ""))
        absent.setdefault(place, []).append(one["official"])
    default = batch.unit.name if batch.unit else ""
    rows = batch.rows.filter(action="create") if absent else batch.rows.none()
    found = {}
    for sheet, row, name, unit in rows.values_list(
        "sheet", "row", "values__full_name", "unit_text"
    ):
        place = key_of(name or ""), unit_key(unit_name(unit or default))
        if place in absent:
            found[f"{sheet}!{row}"] = absent[place], NAMESAKE
    return found


def _chosen(batch):
    """{key of a row: ([official], hint)} of rows that somebody said to be a known person."""
    chosen = batch.choices.get("matches", {})
    return {key: ([who], CHOSEN) for key, who in chosen.items() if who != "new"}


def _place(key, candidates, hint):
    sheet, _, row = key.rpartition("!")
    return {"sheet": sheet, "row": int(row), "candidates": candidates, "hint": hint}


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
        "hint": one["hint"],
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

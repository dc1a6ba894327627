"""Whether an import would still do what its preview showed: records may have been edited since."""

import json

from cadres.intake.applying import plain_json
from cadres.intake.cases import CREATE, UNCHANGED, UPDATE
from trainingplans.lib.numbers import format_number

KNOWN = {UPDATE, UNCHANGED}
NAMED = 3


class Outdated(Exception):
    """People of the list are no longer what the preview showed; the text names them."""


def check(batch, outcome):
    """Outdated where `outcome`, compared anew, is not what the rows of the preview tell.

    Choices made since are none of it: what counts is whom a row means and what the record holds.
    """
    shown = _shown(batch)
    chosen = batch.choices.get("matches", {})
    moved = [
        case.row.values.get("full_name", "")
        for case in outcome.cases
        if case.key not in chosen and _has_moved(case, shown.get(case.key))
    ]
    seen = {person["official"] for person in batch.report.get("absent", [])}
    moved += [one["name"] for one in outcome.absent if one["ended"] and one["official"] not in seen]
    if moved:
        raise Outdated(_words(moved))


def _shown(batch):
    """{row: (action, official id, {field: value held})} as the preview stored them."""
    kept = batch.report.get("kept", {})
    rows = batch.rows.values_list("sheet", "row", "action", "official_id", "changed")
    return {
        key: (action, official, _held(changed | kept.get(key, {})))
        for sheet, row, action, official, changed in rows
        for key in [f"{sheet}!{row}"]
    }


def _held(changes):
    return {field: old for field, (old, _) in changes.items()}


def _has_moved(case, shown):
    """Whether the row means somebody else now, or the same person holds other values."""
    if shown is None:
        return False
    action, official, held = shown
    if case.action in KNOWN and action in KNOWN:
        now = json.loads(plain_json(_held(case.changed | case.kept)))
        return official != case.official_id or now != held
    return {case.action, action} in ({CREATE, UPDATE}, {CREATE, UNCHANGED})


def _words(names):
    told = [name for name in names if name][:NAMED]
    more = "…" if len(names) > NAMED else ""
    return (
        f"Hồ sơ của {format_number(len(names))} người đã đổi từ lúc tệp này được đọc "
        f"({', '.join(told)}{more}). Chưa ghi gì; thay đổi đã tính lại theo hồ sơ hiện nay: "
        "xem lại rồi bấm Áp dụng."
    )

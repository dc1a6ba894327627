"""Names of units that the file writes and the tree does not know: asked once for all their rows.

A cell can be mended where it stands; a unit told by a group line, a sheet's name or the lines above
the table has no cell of its own, and may stand for hundreds of rows.
"""

from collections import Counter

from cadres.importing.marks import in_cell
from cadres.intake.locating import ASKING
from cadres.models import Unit
from trainingplans.lib.dates import today

NAME = "don-vi-"
SHOWN = 50  # names asked at once, those with most rows first
LONGEST = 250


def context(batch, account):
    """{count, names: [{field, text, rows, answer, error}], units: [{name, code}]}, or None."""
    chosen = batch.choices.get("units", {})
    errors = {
        issue["value"]: in_cell(issue)
        for issue in batch.issues
        if issue["code"] in ASKING | {"foreign_unit"}
    }
    rows = Counter(
        issue["value"] for issue in batch.issues if issue["code"] in ASKING and issue["value"]
    )
    texts = [text for text, _ in rows.most_common()]
    texts += [text for text in chosen if text not in rows]
    if not texts:
        return None
    names = [
        {
            "field": NAME + text,
            "text": text,
            "rows": rows[text],
            "answer": chosen.get(text, ""),
            "error": errors.get(text, "") if chosen.get(text) else "",
        }
        for text in texts[:SHOWN]
    ]
    return {"count": len(rows), "names": names, "units": _units(account)}


def _units(account):
    units = Unit.objects.branch_of(account).filter(valid_to__gt=today())
    return list(units.order_by("sort_key", "pk").values("name", "code"))


def answers(posted):
    """{text of the file: name or code of a unit, "" to forget it} out of the form."""
    return {
        name.removeprefix(NAME)[:LONGEST]: value.strip()[:LONGEST]
        for name, value in posted.items()
        if name.startswith(NAME) and name != NAME
    }

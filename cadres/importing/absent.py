"""People of the same units who are no longer on the list, each with a choice."""

from cadres.importing.decisions import ABSENT_WAYS
from trainingplans.lib.dates import show

SHOWN = 200


def context(batch):
    """{people, more} for the page; None when nobody is missing."""
    people = batch.report.get("absent", [])
    if not people:
        return None
    chosen = batch.choices.get("absent", {})
    return {
        "count": len(people),
        "more": max(len(people) - SHOWN, 0),
        "people": [_person(one, chosen, batch) for one in people[:SHOWN]],
    }


def _person(one, chosen, batch):
    """One person: what is recorded, the ways to take it, the one chosen."""
    way = chosen.get(str(one["official"]), batch.absent)
    return {
        "id": one["official"],
        "name": one["name"],
        "post": one.get("position", ""),
        "unit": one.get("unit", ""),
        "field": f"vang-{one['official']}",
        "options": [
            {
                "value": value,
                "label": words if value == "keep" else f"{words} từ {show(batch.on)}",
                "selected": value == way,
            }
            for value, words in ABSENT_WAYS.items()
        ],
    }

"""What a preview showed when it was opened: a form tells only what was changed on it since.

Two people may have the same preview open, or one person two tabs. A form posts every control that
it has; those that nobody touched must not put back what somebody else decided meanwhile.
"""

import json

NAME = "da-hien"


def shown_state(sheet, differences, doubtful, absent, unknown_units, list_day):
    """JSON {name of a control: its value} of the parts of the page that hold decisions."""
    state = {}
    maps = [sheet["columns"], *(row["columns"] for row in sheet["rows"] if "columns" in row)]
    for column in (column for columns in maps for column in columns if column["name"]):
        state[column["name"]] = _selected(column["options"])
    cells = (cell for row in sheet["rows"] for cell in row.get("cells", []))
    fixes = (cell["fix"] for cell in cells if cell.get("fix"))
    state |= {fix["name"]: str(fix["value"] or "") for fix in fixes}
    for entry in (differences or {}).get("rows", []):
        state[entry["name"]] = "keep" if entry["keep"] else "take"
    state |= {one["field"]: one["chosen"] for one in doubtful}
    for person in (absent or {}).get("people", []):
        state[person["field"]] = _selected(person["options"])
    for one in (unknown_units or {}).get("names", []):
        state[one["field"]] = one["answer"]
    if list_day:
        state[list_day["field"]] = list_day["value"]
    return json.dumps(state, ensure_ascii=False)


def _selected(options):
    return next((option["value"] for option in options if option["selected"]), "")


def changed_only(posted):
    """The posted form without the controls that stand as they were shown; {name: value}."""
    shown = _shown_in(posted)
    return {
        name: value
        for name, value in posted.items()
        if name not in shown or _flat(value) != _flat(shown[name]) or name == posted.get("fix")
    }


def _shown_in(posted):
    """{name: value} that a posted form says it showed; {} where it says nothing."""
    try:
        shown = json.loads(posted.get(NAME, "{}"))
    except ValueError:
        return {}
    if not isinstance(shown, dict):
        return {}
    return {name: value for name, value in shown.items() if isinstance(value, str)}


def _flat(text):
    """A text as a field of one line sends it back."""
    return text.replace("\r", "").replace("\n", "").strip()

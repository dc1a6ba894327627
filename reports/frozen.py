"""Frozen reports: what each kind asks, counts and lists; hashing; what has been restated since."""

import hashlib
import json
from collections import defaultdict

from cadres.history import changes_since
from cadres.models import Account, Unit
from cadres.rules import DIMENSIONS, RuleContext, matching
from courses.models import Enrolment
from courses.turns import counted_turns, document, turns
from reports.figures import attainment, attainment_document
from reports.official.freezing import counted, definition_of_form, mapping_on
from reports.official.registry import FORMS
from reports.structure import BREAKDOWNS, EVERYBODY, structure
from trainingplans.lib.dates import parse_iso
from trainingplans.plans.loading import plain_number
from trainingplans.plans.models import Target

ATTAINMENT, STRUCTURE, TURNS = "attainment", "structure", "turns"
KINDS = {
    ATTAINMENT: "Số liệu mục tiêu",
    STRUCTURE: "Cơ cấu đội ngũ",
    TURNS: "Lượt và người đã học",
    **{form.code: form.name for form in FORMS.values()},
}
OF_PERIOD = {TURNS, *FORMS}
GROUPS = ("attained", "unknown", "missing")


def definition_of(kind, *, on, first=None, unit=None, targets=()):
    """All that it takes to count the report again: days, unit and the rules as they are now."""
    asked = {"kind": kind, "on": on.isoformat(), "unit": unit.code if unit else None}
    if kind in OF_PERIOD:
        asked["from"] = (first or on.replace(month=1, day=1)).isoformat()
    if kind == ATTAINMENT:
        asked["targets"] = [target_definition(target) for target in targets]
    if kind in FORMS:
        asked |= definition_of_form(kind, on)
    return asked


def target_definition(target):
    """A target as a report stores it."""
    return {
        "code": target.code,
        "name": target.name,
        "population": target.population,
        "attained": target.attained,
        "threshold": plain_number(target.threshold),
        "due": target.due.isoformat(),
        "unit": target.unit.code if target.unit else None,
        "legal_basis": target.legal_basis,
    }


def computed(definition, account):
    """(figures, rows) of a definition as the records stand now, as `account` may see them.

    A row is [key, name, unit, values]; rows with the same key tell of the same person or lượt.
    """
    on = parse_iso(definition["on"])
    unit = Unit.objects.get(code=definition["unit"]) if definition["unit"] else None
    return COUNTED[definition["kind"]](definition, account, on, unit)


def _attainment(definition, account, on, unit):
    targets = [_target(stored) for stored in definition["targets"]]
    values, people = defaultdict(dict), {}
    answers = attainment(targets, account, on, unit=unit, by_unit=True)
    for group in GROUPS:
        for answer in attainment(targets, account, on, unit=unit, people=group):
            for row in answer.people or ():
                values[row.official_id][answer.target.code] = group
                people[row.official_id] = row
    rows = [_row(people[pk], values[pk]) for pk in people]
    return attainment_document(answers, on, unit, by_unit=True), _in_order(rows)


def _target(stored):
    fields = {**stored, "due": parse_iso(stored["due"])}
    if fields["unit"]:
        fields["unit"] = Unit.objects.get(code=fields["unit"])
    return Target(**fields)


def _structure(definition, account, on, unit):
    context = RuleContext(on)
    chosen = [DIMENSIONS[code] for code in (*BREAKDOWNS.values(), "gender", "party_member")]
    units = Unit.objects.below(unit) if unit else None
    people = matching(EVERYBODY, on=on, units=units, context=context)
    raw = {f"by_{each.code}": each.value(context) for each in chosen}
    expressions = {name: value for name, value in raw.items() if not isinstance(value, str)}
    rows = [
        _row(row, {each.code: each.key(_told(row, each, context), context) for each in chosen})
        for row in people.annotate(**expressions)
    ]
    return structure(account, on, unit), _in_order(rows)


def _told(row, dimension, context):
    value = dimension.value(context)
    return getattr(row, value if isinstance(value, str) else f"by_{dimension.code}")


def _turns(definition, account, on, unit):
    first = parse_iso(definition["from"])
    units = Unit.objects.below(unit).values("pk") if unit else None
    among = Enrolment.objects.visible_to(account)
    found = turns(first, on, units=units, by="category", among=among)
    counted = counted_turns(first, on, units=units, among=among)
    rows = [
        [
            lesson.pk,
            lesson.official.full_name,
            lesson.unit.name if lesson.unit else "",
            {
                "official": lesson.official_id,
                "title": lesson.title,
                "category": lesson.category.code if lesson.category else None,
                "ended": lesson.ends_on.isoformat(),
            },
        ]
        for lesson in counted.select_related("official", "unit", "category")
    ]
    return document(found, first, on), _in_order(rows)


def _row(standing, values):
    return [standing.official_id, standing.official.full_name, standing.unit.name, values]


def _in_order(rows):
    return sorted(rows, key=lambda row: row[0])


COUNTED = {ATTAINMENT: _attainment, STRUCTURE: _structure, TURNS: _turns}
COUNTED |= dict.fromkeys(FORMS, counted)


def hash_of(definition, figures, rows):
    """The fingerprint of a report: hex sha256 of its definition, figures and rows."""
    told = json.dumps([definition, figures, rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


# ---- what has been restated --------------------------------------------------------------------


def verified(snapshot):
    """The JSON of `verify_report`: whether it is intact, and what differs today, and why.

    Counted as the department sees it, which alone freezes reports; `visible_to` of the snapshot
    says who may read this.
    """
    stored = hash_of(snapshot.definition, snapshot.figures, snapshot.rows)
    figures, rows = computed(snapshot.definition, Account.objects.system())
    figures, rows = json.loads(json.dumps([figures, rows]))  # as JSON stores them
    people = changed_rows(snapshot, rows)
    return {
        "id": snapshot.pk,
        "name": snapshot.name,
        "kind": snapshot.kind,
        "on": snapshot.on.isoformat(),
        "sent_at": snapshot.sent_at.isoformat(),
        "hash": snapshot.hash,
        "intact": stored == snapshot.hash,
        "same": (snapshot.figures, snapshot.rows) == (figures, rows),
        "restated": changed_figures(snapshot.figures, figures),
        "people": people,
        "definitions": changed_definitions(snapshot.definition),
    }


def changed_figures(before, now):
    """[{what, frozen, now}] of the numbers that differ."""
    old, new = dict(flat(before)), dict(flat(now))
    return [
        {"what": path, "frozen": old.get(path), "now": new.get(path)}
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    ]


def flat(value, path=""):
    """(path, plain value) of everything in a document; rows of a list by their name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from flat(inner, f"{path}.{_name(inner, number)}")
    else:
        yield path, value


def _name(inner, number):
    keys = ("code", "unit", "key", "name")
    named = isinstance(inner, dict) and next((inner[k] for k in keys if inner.get(k)), None)
    return named or number


def changed_rows(snapshot, rows):
    """[{official, name, unit, frozen, now, why}] of the rows that came, went or changed."""
    old, new = ({row[0]: row for row in part} for part in (snapshot.rows, rows))
    changed = [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
    officials = {key: _official(old.get(key) or new[key]) for key in changed}
    why = changes_since({pk for pk in officials.values() if pk}, snapshot.sent_at)
    return [_change(key, officials[key], old.get(key), new.get(key), why) for key in changed]


def _official(row):
    return row[3].get("official", row[0])


def _change(key, official, old, new, why):
    row = new or old
    reasons = why.get(official) or ["quy tắc, địa bàn, đơn vị hoặc lượt học được sửa"]
    told = {"official": official, "name": row[1], "unit": row[2]}
    return {**told, "frozen": old and old[2:], "now": new and new[2:], "why": reasons}


def changed_definitions(definition):
    """[{code, what}] of the targets and columns that have been edited or deleted since."""
    stored = {target["code"]: target for target in definition.get("targets", ())}
    now = {t.code: target_definition(t) for t in Target.objects.filter(code__in=stored)}
    found = _changed_mapping(definition)
    for code, old in stored.items():
        if code not in now:
            found.append({"code": code, "what": "mục tiêu đã xóa"})
        elif keys := [key for key in old if old[key] != now[code][key]]:
            found.append({"code": code, "what": f"đã sửa {', '.join(FIELDS[k] for k in keys)}"})
    return found


def _changed_mapping(definition):
    """One line where contents have been put under other columns of a form since."""
    kind = definition["kind"]
    if kind not in FORMS or mapping_on(kind, parse_iso(definition["on"])) == definition["mapping"]:
        return []
    return [{"code": kind, "what": "đã xếp lại nội dung vào cột của biểu"}]


FIELDS = {
    "name": "tên",
    "population": "đối tượng",
    "attained": "điều kiện đạt",
    "threshold": "ngưỡng",
    "due": "hạn",
    "unit": "phạm vi",
    "legal_basis": "căn cứ",
}

"""Reference data of training: the tree of contents, rules about nominees, weights of reasons."""

import json
from pathlib import Path

from cadres.catalogues import LADDER_KEYS, Counts, read_csv, upsert
from cadres.choices import Ladder
from cadres.models import EthnicGroup, Level
from courses.models import Category, Course, PolicyWeight, RuleSetting
from trainingplans.lib.dates import EVER, FOREVER
from trainingplans.lib.text import fold, sort_key

DATA = Path(__file__).parent / "data"
LADDERS = {key: ladder.value for ladder, key in LADDER_KEYS.items()}
# Contents whose ladder the list does not name: knowledge of ethnic affairs.
ETHNIC_AFFAIRS = "BD.DTOC"


def load_course_catalogues():
    """Load the categories (parents first), rules and weights; {name on screen: Counts}."""
    return {
        "nội dung đào tạo, bồi dưỡng": _load_categories(),
        "khóa đào tạo, bồi dưỡng": _load_courses(),
        **load_settings(),
    }


def _load_categories():
    counts = Counts()
    rows = read_csv(DATA / "training_categories.csv")
    for depth in sorted({row["code"].count(".") for row in rows}):
        ids = dict(Category.objects.values_list("code", "pk"))
        level = [row for row in rows if row["code"].count(".") == depth]
        done = upsert(Category, ["code"], [_category(row, ids) for row in level])
        counts += done
    return counts


def _category(row, ids):
    """The columns of one category; `ids` are those of the categories above."""
    return {
        "code": row["code"],
        "parent_id": ids[row["parent"]] if row["parent"] else None,
        "form": row["kind"],
        "name": row["name"],
        "ladder": _ladder(row),
        "usual_organiser": row["usual_organiser"],
        "note": row["note"],
    }


def _ladder(row):
    """The ladder on which somebody who completed this content may stand higher."""
    if row["code"].startswith(ETHNIC_AFFAIRS):
        return Ladder.ETHNIC_AFFAIRS.value
    return LADDERS.get(row["updates_level_scale"], "")


def _load_courses():
    """Add the courses whose code is not there yet: what staff edited stays."""
    known = set(Course.objects.values_list("code", flat=True))
    rows = list(read_csv(DATA / "courses.csv"))
    categories = dict(Category.objects.values_list("code", "pk"))
    levels = {(row.ladder, row.code): row.pk for row in Level.objects.all()}
    groups = dict(EthnicGroup.objects.values_list("name", "pk"))
    new = [_course(row, categories, levels, groups) for row in rows if row["code"] not in known]
    Course.objects.bulk_create(new)
    return Counts(created=len(new), unchanged=len(rows) - len(new))


def _course(row, categories, levels, groups):
    """A course of the data file, not saved yet."""
    ladder, _, level = row["level"].partition(":")
    return Course(
        code=row["code"],
        name=row["name"],
        category_id=categories[row["category"]],
        hours=int(row["hours"]) if row["hours"] else None,
        on_result=row["on_result"],
        grants_level_id=levels[ladder, level] if level else None,
        grants_language_id=groups[row["language"]] if row["language"] else None,
        audience=json.loads(row["audience"] or "null"),
        prerequisites=json.loads(row["prerequisites"] or "null"),
        counts_yearly=not row["category"].startswith("DT."),
        search_key=fold(f"{row['name']} {row['code']}"),
        sort_key=sort_key(row["name"]),
    )


def load_settings():
    """Load the rules about nominees and the weights of reasons; {name on screen: Counts}."""
    return {
        "quy định về người được cử": _load_missing(RuleSetting, "key", _settings()),
        "trọng số ưu tiên": _load_missing(PolicyWeight, "reason", _weights()),
    }


def _load_missing(model, name, rows):
    """Add the rows of a rule (or reason) that has none yet: what staff edited stays."""
    known = set(model.objects.values_list(name, flat=True))
    new = [row for row in rows if getattr(row, name) not in known]
    model.objects.bulk_create(new)
    return Counts(created=len(new), unchanged=len(rows) - len(new))


def _settings():
    return [
        RuleSetting(
            key=row["key"],
            staff_kind=row["staff_kind"],
            severity=row["severity"],
            value=row["value"] or None,
            legal_basis=row["legal_basis"],
            valid_from=row["valid_from"] or EVER,
            valid_to=row["valid_to"] or FOREVER,
        )
        for row in read_csv(DATA / "rule_settings.csv")
    ]


def _weights():
    return [PolicyWeight(**row) for row in read_csv(DATA / "policy_weights.csv")]

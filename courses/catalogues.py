"""Reference data of training contents: the tree of categories."""

from pathlib import Path

from cadres.catalogues import LADDER_KEYS, Counts, read_csv, upsert
from cadres.choices import Ladder
from courses.models import Category

DATA = Path(__file__).parent / "data"
LADDERS = {key: ladder.value for ladder, key in LADDER_KEYS.items()}
# Contents whose ladder the list does not name: knowledge of ethnic affairs.
ETHNIC_AFFAIRS = "BD.DTOC"


def load_course_catalogues():
    """Load the categories, parents before children; {name on screen: Counts}."""
    return {"nội dung đào tạo, bồi dưỡng": _load_categories()}


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

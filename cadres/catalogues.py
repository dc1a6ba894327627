"""Reference data of people: from the files in `cadres/data` into the tables, again and again."""

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cadres.choices import Ladder
from cadres.models import Commune, EthnicGroup, Level, Province, Rank
from cadres.standings import ranks_of_levels, refresh_reranked
from trainingplans.lib.text import same_key, sort_key, tidy

DATA = Path(__file__).parent / "data"
# The keys of levels.json, by our ladders; ethnic_affairs has no list of its own there.
LADDER_KEYS = {
    Ladder.PROFESSIONAL: "trinh_do_chuyen_mon",
    Ladder.POLITICAL_THEORY: "ly_luan_chinh_tri",
    Ladder.STATE_MANAGEMENT: "quan_ly_nha_nuoc",
    Ladder.INFORMATICS: "tin_hoc",
    Ladder.FOREIGN_LANGUAGE: "ngoai_ngu",
    Ladder.ETHNIC_LANGUAGE: "tieng_dan_toc",
    Ladder.DEFENCE_SECURITY: "quoc_phong_an_ninh",
}
OWN_LEVELS = {
    Ladder.ETHNIC_LANGUAGE: [{"code": "CO", "name": "Biết tiếng dân tộc", "rank": 1}],
    Ladder.ETHNIC_AFFAIRS: [
        {"code": f"DT{group}", "name": f"Nhóm đối tượng {group}", "rank": 5 - group}
        for group in (4, 3, 2, 1)
    ],
}
NOT_TRAINED = {"code": "CHUA", "rank": 0, "aliases": ["Chưa", "Không", "0"]}
NOT_TRAINED_NAMES = {
    Ladder.INFORMATICS: "Chưa có",
    Ladder.FOREIGN_LANGUAGE: "Chưa có",
    Ladder.ETHNIC_LANGUAGE: "Chưa biết",
}


@dataclass
class Counts:
    """What loading a list did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other):
        return Counts(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )

    @property
    def changed(self):
        return bool(self.created or self.updated)


def upsert(model, key, rows):
    """Make the table hold `rows` (dicts of columns, found by the columns `key`); Counts.

    Rows that the list no longer names stay. Three queries and one more per few hundred rows.
    """
    known = {tuple(getattr(row, name) for name in key): row for row in model.objects.all()}
    new, changed, counts = [], [], Counts()
    columns = [name for name in rows[0] if name not in key] if rows else []
    for values in rows:
        row = known.get(tuple(values[name] for name in key))
        if row is None:
            new.append(model(**values))
        elif any(getattr(row, name) != values[name] for name in columns):
            for name in columns:
                setattr(row, name, values[name])
            changed.append(row)
        else:
            counts.unchanged += 1
    if changed:
        model.objects.bulk_update(changed, columns, batch_size=200)
    model.objects.bulk_create(new, batch_size=2000)
    return counts + Counts(created=len(new), updated=len(changed))


def read_csv(path):
    """The rows of a data file as dicts."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load_people_catalogues():
    """Load all lists of this layer; {name on screen: Counts}. The caller holds the transaction."""
    ranks_before = ranks_of_levels()
    counts = {
        "dân tộc": upsert(EthnicGroup, ["code"], ethnic_groups()),
        "bậc trình độ": upsert(Level, ["ladder", "code"], levels()),
        "ngạch": upsert(Rank, ["code"], ranks()),
        "tỉnh, thành phố": upsert(Province, ["code"], provinces()),
        "xã, phường, đặc khu": upsert(Commune, ["code", "valid_from"], communes()),
    }
    if counts["bậc trình độ"].updated:
        refresh_reranked(ranks_before)
    return counts


def ethnic_groups():
    """The rows of EthnicGroup."""
    return [
        {
            "code": row["code"],
            "name": tidy(row["name"]),
            "aliases": [tidy(alias) for alias in row["aliases"].split(";") if alias.strip()],
            "is_minority": row["is_minority"] == "1",
            "sort_key": sort_key(tidy(row["name"])),
        }
        for row in read_csv(DATA / "ethnic_groups.csv")
    ]


def levels():
    """The rows of Level: the eight ladders, each with its "not trained"."""
    lists = json.loads((DATA / "levels.json").read_text(encoding="utf-8"))
    return [row for ladder in Ladder for row in _rungs(ladder, lists)]


def _rungs(ladder, lists):
    """The rungs of one ladder, from the bottom."""
    items = OWN_LEVELS.get(ladder) or lists[LADDER_KEYS[ladder]]["items"]
    if not any(item["rank"] == 0 for item in items):
        items = [{**NOT_TRAINED, "name": NOT_TRAINED_NAMES.get(ladder, "Chưa bồi dưỡng")}, *items]
    return [
        {
            "ladder": ladder.value,
            "code": item["code"],
            "name": item["name"],
            "rank": item["rank"],
            "aliases": item.get("aliases", []),
        }
        for item in items
    ]


def ranks():
    """The rows of Rank."""
    names = ("code", "name", "equivalent_group", "kind")
    return [{name: row[name] for name in names} for row in read_csv(DATA / "ngach_codes.csv")]


def provinces():
    """The rows of Province."""
    names = ("code", "name", "full_name")
    return [{name: row[name] for name in names} for row in read_csv(DATA / "provinces_2026.csv")]


def communes():
    """The rows of Commune; needs the provinces. Case slips of the source are mended."""
    ids = dict(Province.objects.values_list("code", "pk"))
    return [
        {
            "code": row["code"],
            "full_name": capitalised(tidy(row["full_name"])),
            "kind": row["type"],
            "province_id": ids[row["province_code"]],
            "valid_from": date.fromisoformat(row["type_effective_from"]),
        }
        for row in read_csv(DATA / "communes_2026-10-10.csv")
    ]


def capitalised(text):
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


class GroupNotFound(LookupError):
    """No ethnic group, or several, bear this name; the text says which, in Vietnamese."""


class GroupFinder:
    """Finds ethnic groups (and their languages) by name, else by alias; one query."""

    def __init__(self, groups=None):
        groups = list(EthnicGroup.objects.all() if groups is None else groups)
        self.names = {group_key(group.name): group for group in groups}
        self.aliases = defaultdict(dict)
        for group in groups:
            for alias in group.aliases:
                self.aliases[group_key(alias)][group.pk] = group

    def find(self, text):
        """The one group of that name or alias; GroupNotFound otherwise."""
        key = group_key(text)
        if group := self.names.get(key):
            return group
        found = list(self.aliases.get(key, {}).values())
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(group.name for group in found)
            raise GroupNotFound(f"“{text}” là tên gọi khác của nhiều dân tộc: {names}.")
        raise GroupNotFound(f"Không có dân tộc “{text}” trong danh mục.")


def group_key(text):
    """What names of groups are compared by: M'Nông, M’nông, Mnông and tiếng Mnông are equal."""
    text = re.sub(r"^(người|dân tộc|tiếng)\s+", "", tidy(text).casefold())
    return same_key(re.sub(r"[\W_]", "", text))

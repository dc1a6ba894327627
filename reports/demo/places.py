"""The units of the demonstration province: real names of today and of before, invented areas."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cadres.catalogues import DATA as PEOPLE_DATA
from cadres.catalogues import capitalised, read_csv
from cadres.choices import Trait, UnitChangeKind, UnitKind
from cadres.models import (
    EthnicGroup,
    Unit,
    UnitChange,
    UnitLanguage,
    UnitSuccession,
    UnitTrait,
)
from cadres.units import set_keys
from reports.demo.bulk import insert, last_id
from trainingplans.lib.dates import EVER, FOREVER
from trainingplans.lib.text import tidy, unit_key

DATA = Path(__file__).parent.parent / "data"
WEAKEST = -0.34  # how much less is done in the first commune than elsewhere


@dataclass
class Place:
    """A unit of today where people work: what sort, who lives there, what it was before."""

    unit: Unit
    sort: str  # commune | department | party | mass | service
    weight: float
    groups: dict
    offices: list = field(default_factory=list)
    staff: str = ""  # center | school | hospital, of services
    before: list = field(default_factory=list)  # (unit, the day it became this one)
    minor: set = field(default_factory=set)  # codes of divided ones that mostly went elsewhere
    district: Unit | None = None
    languages: list = field(default_factory=list)
    minority_area: bool = False
    zeal: float = 0.0  # how much more (or less) training is done here
    least: int = 0  # people here, however few there are in all

    @property
    def is_ward(self):
        return self.unit.name.startswith("Phường")


@dataclass
class Province:
    """All units, the places of today among them, and who stands out."""

    root: Unit
    places: list
    units: list

    def named(self, name):
        """The place of today with that name."""
        return next(place for place in self.places if place.unit.name == name)


def load_data(name):
    """A data file of the demonstration."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


class Tree:
    """Collects units, superiors first, and writes them together."""

    def __init__(self):
        self.units, self.codes, self.names = [], set(), set()

    def add(self, name, kind, parent=None, *, code="", since=EVER, until=FOREVER):
        """A unit to be written; a namesake is told apart by what it stood under."""
        if unit_key(name) in self.names:
            name = f"{name} ({parent.name[:1].lower()}{parent.name[1:]})"
        self.names.add(unit_key(name))
        code = code or f"TN{len(self.units):03d}"
        code = f"{code}-CU" if code in self.codes else code
        self.codes.add(code)
        unit = Unit(code=code, name=name, kind=kind, valid_from=since, valid_to=until)
        unit.parent = parent
        set_keys(unit)
        self.units.append(unit)
        return unit

    def write(self):
        """Save all units; superiors were added before those below them."""
        for number, unit in enumerate(self.units, start=last_id(Unit) + 1):
            unit.pk = number
            unit.parent = unit.parent  # takes over its id, known by now
            unit.path = f"{unit.parent.path if unit.parent else '/'}{number}/"
        insert(Unit, self.units)


def build_places(rng):
    """Write the units with their areas and successions; the Province."""
    plan = load_data("demo_province.json")
    tree = Tree()
    root = tree.add(plan["province"]["name"], UnitKind.PROVINCE, code=plan["province"]["code"])
    places = _communes(plan, tree, root) + _agencies(plan, tree, root)
    _give_zeal(plan, places, rng)
    tree.write()
    _areas(plan, places, rng)
    _successions(plan, places, tree)
    return Province(root, places, tree.units)


def _communes(plan, tree, root):
    """The communes of today, and closed ones and districts of before."""
    code = plan["province"]["code"]
    rows = read_csv(PEOPLE_DATA / "communes_2026-10-10.csv")
    today = {row["code"]: row for row in rows if row["province_code"] == code}
    old = [
        {**row, "old_commune": tidy(row["old_commune"]), "old_district": _district(row)}
        for row in read_csv(PEOPLE_DATA / "commune_old_to_new_2025.csv")
        if row["new_code"] in today
    ]
    merged_on = date.fromisoformat(plan["merged_on"])
    new = {code: capitalised(tidy(row["full_name"])) for code, row in today.items()}
    lived_on = {
        row["new_code"]: row
        for row in old
        if row["is_default"] == "1" and row["old_commune"] == new[row["new_code"]]
    }
    units = {
        code: tree.add(
            name,
            UnitKind.COMMUNE,
            root,
            code=code,
            since=EVER if code in lived_on else merged_on,
        )
        for code, name in new.items()
    }
    districts = _districts(plan, tree, root, old, merged_on)
    before = _old_communes(tree, old, units, lived_on, districts, merged_on)
    return [
        _commune(plan, units[code], before[code], districts, old, merged_on) for code in sorted(new)
    ]


def _district(row):
    return capitalised(tidy(row["old_district"]).replace("Thành Phố", "Thành phố"))


def _districts(plan, tree, root, old, merged_on):
    """{name: closed district}; those of a province that was merged in stand under that one."""
    tops = {
        one["code"]: tree.add(one["name"], UnitKind.PROVINCE, code=one["code"], until=merged_on)
        for one in plan["old_provinces"]
    }
    found = {}
    for row in old:
        if row["old_district"] not in found:
            top = tops.get(row["old_province_code"], root)
            found[row["old_district"]] = tree.add(
                row["old_district"],
                UnitKind.DISTRICT,
                top,
                code=f"H{row['old_district_code']}",
                until=merged_on,
            )
    return found


def _old_communes(tree, old, units, lived_on, districts, merged_on):
    """{code of today: [old units]}; a commune that kept its name is one and the same unit."""
    kept = {row["old_code"]: units[code] for code, row in lived_on.items()}
    before = defaultdict(list)
    for row in old:
        if row["old_code"] not in kept:
            kept[row["old_code"]] = tree.add(
                row["old_commune"],
                UnitKind.COMMUNE,
                districts[row["old_district"]],
                code=row["old_code"],
                until=merged_on,
            )
        before[row["new_code"]].append((kept[row["old_code"]], row))
    return before


def _commune(plan, unit, before, districts, old, merged_on):
    """The Place of one commune."""
    homes = [row["old_district"] for _, row in before if row["is_default"] == "1"]
    home = max(homes, key=homes.count)
    area = plan["districts"][home]
    return Place(
        unit,
        "commune",
        1 + 0.25 * len(before),
        area["groups"],
        before=[(old_unit, merged_on) for old_unit, _ in before],
        minor={old_unit.code for old_unit, row in before if row["is_default"] != "1"},
        district=districts[home],
        languages=area["languages"],
        minority_area=area["minority_area"],
    )


def _agencies(plan, tree, root):
    """Departments with what they absorbed and keep under them, party, mass organisations."""
    groups, places, units = plan["province_groups"], [], {}
    merged_on = date.fromisoformat(plan["merged_on"])
    for one in plan["departments"]:
        since = date.fromisoformat(one["founded"]) if "founded" in one else EVER
        parent = units.get(one.get("under"), root)
        unit = tree.add(one["name"], UnitKind.DEPARTMENT, parent, since=since)
        units[one["name"]] = unit
        place = Place(unit, "department", one["weight"], groups, one["offices"])
        place.before = [_absorbed(tree, old, root, merged_on) for old in one["absorbs"]]
        places.append(place)
        for service in one["services"]:
            inner = tree.add(service["name"], UnitKind.PUBLIC_SERVICE, unit)
            places.append(_service(inner, service["weight"], groups, service["staff"]))
    school = plan["school"]
    unit = tree.add(school["name"], UnitKind.PUBLIC_SERVICE, root)
    places.append(_service(unit, school["weight"], groups, "school"))
    for sort, kind in (("party", UnitKind.PARTY), ("mass", UnitKind.MASS_ORGANISATION)):
        for one in plan[sort]:
            unit = tree.add(one["name"], kind, root)
            places.append(Place(unit, sort, one["weight"], groups, ["Văn phòng", "Phòng Tổng hợp"]))
    return places


def _service(unit, weight, groups, staff):
    return Place(unit, "service", weight, groups, ["Phòng Hành chính - Tổ chức"], staff)


def _absorbed(tree, old, root, merged_on):
    """A closed department and the day on which it went into another one."""
    on = date.fromisoformat(old["on"])
    top = next((unit for unit in tree.units if unit.name in _with_small(old["name"])), root)
    return tree.add(old["name"], UnitKind.DEPARTMENT, top, until=on), on


def _with_small(name):
    """The names of provinces that "Sở … tỉnh Bắc Kạn" may stand under."""
    return {f"Tỉnh {name.split(' tỉnh ')[1]}"} if " tỉnh " in name else set()


def _give_zeal(plan, places, rng):
    """Some places send many people to classes, some few; the first commune fewest."""
    for place in places:
        place.zeal = rng.gauss(0, 0.07) if place.sort == "commune" else rng.gauss(0.03, 0.05)
        if place.unit.name == plan["first_commune"]:
            place.zeal = WEAKEST
        if place.unit.name in (plan["first_commune"], plan["second_commune"]):
            place.least = 2  # the demonstration accounts are theirs


def _areas(plan, places, rng):
    """Traits and languages of communes: of the old units until the merger, then of the new."""
    groups = {group.name: group for group in EthnicGroup.objects.all()}
    traits, languages, told = [], [], set()
    for place in places:
        if place.sort != "commune":
            continue
        own = _traits_of(plan["districts"][place.district.name], rng)
        units = {place.unit, *(old for old, _ in place.before)} - told
        told |= units
        for unit in sorted(units, key=lambda unit: unit.pk):
            traits += _trait_rows(plan, unit, own, rng)
            spoken = [groups[name] for name in place.languages]
            languages += [UnitLanguage(unit=unit, language=group) for group in spoken]
    insert(UnitTrait, traits)
    insert(UnitLanguage, languages)


def _traits_of(area, rng):
    """The traits of one commune of this area."""
    own = [Trait.MINORITY_AREA] if area["minority_area"] else []
    own += [Trait.MOUNTAIN] if area["mountain"] else []
    return own + ([f"region_{rng.choice(area['regions'])}"] if area["regions"] else [])


def _trait_rows(plan, unit, own, rng):
    """Rows under the delimitation of before 2026 and under the one since then."""
    old, new = plan["old_areas"], plan["new_areas"]
    turn = date.fromisoformat(new["from"])
    first = date.fromisoformat(old["from"])
    now = _moved_up(own, rng)
    rows = []
    if unit.valid_from < turn:
        rows += [UnitTrait(unit=unit, trait=t, valid_from=first, valid_to=turn) for t in own]
    if unit.valid_to > turn:
        rows += [UnitTrait(unit=unit, trait=t, valid_from=turn) for t in now]
    for row in rows:
        row.valid_from = max(row.valid_from, unit.valid_from)
        row.valid_to = min(row.valid_to, unit.valid_to)
        row.legal_basis = (new if row.valid_from >= turn else old)["legal_basis"]
    return rows


def _moved_up(own, rng):
    """The traits since 2026: one commune in six left the hardest region for the second."""
    better = rng.random() < 1 / 6
    return ["region_2" if better and trait == "region_3" else trait for trait in own]


def _successions(plan, places, tree):
    """What became of closed communes, departments and provinces, one change a new unit."""
    by_name = {unit.name: unit for unit in tree.units}
    merged_on = date.fromisoformat(plan["merged_on"])
    tops = [by_name[one["name"]] for one in plan["old_provinces"]]
    merge, basis = UnitChangeKind.MERGE, plan["decision"]
    told = [(merge, merged_on, basis, [(top, tree.units[0], True) for top in tops])]
    children = defaultdict(list)
    for place in places:
        days = defaultdict(list)
        for old, on in place.before:
            if old.valid_to != FOREVER:
                days[on].append((old, place.unit, old.code not in place.minor))
        of_commune = basis if place.sort == "commune" else ""
        told += [(merge, on, of_commune, pairs) for on, pairs in days.items()]
        if place.district:
            first = place.district not in children
            children[place.district].append((place.district, place.unit, first))
    told += [(UnitChangeKind.SPLIT, merged_on, basis, pairs) for pairs in children.values()]
    _write_changes(told)


def _write_changes(told):
    """Save reorganisations (kind, day, decision, [(old unit, heir, whether the main one)])."""
    changes = insert(
        UnitChange, [UnitChange(kind=kind, on=on, decision=basis) for kind, on, basis, _ in told]
    )
    heirs = [
        UnitSuccession(change_id=change.pk, old_id=old.pk, new_id=new.pk, is_default=main)
        for change, (_, _, _, pairs) in zip(changes, told, strict=True)
        for old, new, main in pairs
    ]
    insert(UnitSuccession, heirs)

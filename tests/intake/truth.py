"""Compares what the intake finds in a sample with its truth file."""

import datetime
import json
from dataclasses import dataclass, field
from pathlib import Path

from cadres.intake.roster import read_roster
from trainingplans.lib.text import unit_key

FOLDER = Path(__file__).parents[1] / "files" / "rosters"
STEMS = sorted(p.name.removesuffix(".truth.json") for p in FOLDER.glob("*.truth.json"))
# The samples tell ages and two-digit years as of their own time.
TODAY = datetime.date(2026, 10, 10)
# What this half can decide; an unknown unit is decided against the database.
HERE = ("full_name", "personal_id")


@dataclass
class Result:
    """Figures of one file."""

    stem: str
    data_rows: int = 0
    found_rows: int = 0
    cells: int = 0
    wrong: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    false: list = field(default_factory=list)
    rejects: list = field(default_factory=list)
    doubles: list = field(default_factory=list)
    kinds: list = field(default_factory=list)
    warnings: tuple = ()
    roster: object = None

    @property
    def share(self):
        return 1 - len(self.wrong) / self.cells if self.cells else 0.0


def path_of(stem):
    """The sample itself."""
    return next(p for p in FOLDER.glob(stem + ".*") if not p.name.endswith(".json"))


def truth_of(stem):
    """Its truth."""
    return json.loads((FOLDER / f"{stem}.truth.json").read_text(encoding="utf-8"))


def _same(key, told, found):
    if key == "unit" and told and found:
        return unit_key(told) == unit_key(found)
    return told == found


def compare(stem):
    """The Result of one sample."""
    truth, roster = truth_of(stem), read_roster(path_of(stem), today=TODAY)
    result = Result(stem, truth["data_rows"], len(roster.rows), roster=roster)
    found = {(row.sheet, row.row): row for row in roster.rows}
    for told in truth["rows"]:
        _compare_row(result, told, found.get((told["sheet"], told["row"])))
    _compare_others(result, truth, roster, found)
    return result


def _compare_row(result, told, row):
    place, values = (told["sheet"], told["row"]), row.values if row else {}
    if row is None:
        result.missing.append(place)
    for key in set(told["values"]) | set(values):
        result.cells += 1
        if not _same(key, told["values"].get(key), values.get(key)):
            result.wrong.append((*place, key, told["values"].get(key), values.get(key)))
    if row is None:
        return
    reject = told.get("reject_field") if told.get("reject_field") in HERE else None
    if reject != row.reject_field:
        result.rejects.append((*place, reject, row.reject_field))
    double = tuple(told["duplicate_of"]) if told.get("duplicate_of") else None
    if double != row.duplicate_of:
        result.doubles.append((*place, double, row.duplicate_of))


def _compare_others(result, truth, roster, found):
    kinds = {(s.name, n): k for s in roster.sheets for n, k in s.row_kinds.items()}
    used = {s.name for s in roster.sheets if s.used}
    for sheet, row, kind in truth["not_data_rows"]:
        if (sheet, row) in found:
            result.false.append((sheet, row))
        if sheet in used and kinds.get((sheet, row), "blank") != kind:
            result.kinds.append((sheet, row, kind, kinds.get((sheet, row))))
    if "sample_step" not in truth:
        told = {(r["sheet"], r["row"]) for r in truth["rows"]}
        result.false += [place for place in found if place not in told]
    wanted = {(s, r, f) for s, r, f, _ in truth["warnings"] if f != "unit"}
    given = {(i.sheet, i.row, i.field) for i in roster.issues}
    result.warnings = (sorted(wanted - given, key=str), sorted(given - wanted, key=str))

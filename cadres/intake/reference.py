"""The reference data in cadres/data, read once."""

import csv
import json
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"


@cache
def load_json(name):
    """The parsed JSON file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def load_csv(name):
    """The rows of the CSV file as dicts."""
    with open(DATA / name, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))

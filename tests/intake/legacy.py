"""Unicode to TCVN3 and VNI, for making test files; the inverse of the tables in cadres/data."""

import json
import unicodedata
from pathlib import Path

TABLES = json.loads(
    (Path(__file__).parents[2] / "cadres/data/legacy_encodings.json").read_text(encoding="utf-8")
)


def _inverse(code):
    found = {}
    for legacy, letter in TABLES[code].items():
        found.setdefault(letter, legacy)
    return found


INVERSE = {code: _inverse(code) for code in ("tcvn3", "vni")}


def encode(text, code):
    """The text as it was typed with a legacy keyboard; TCVN3 types no capitals with a tone."""
    table, out = INVERSE[code], []
    for letter in unicodedata.normalize("NFC", text):
        if letter not in table and letter.lower() in table:
            letter = letter.lower()
        out.append(table.get(letter, letter))
    return "".join(out)

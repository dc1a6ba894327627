"""What the cells of a column look like: shares of dates, marks, names and so on."""

import datetime
import re
from functools import lru_cache

from cadres.intake.parsing.levels import read_level
from cadres.intake.parsing.outcome import is_ditto, is_empty
from cadres.intake.parsing.words import (
    defence_group,
    ethnic_group_of,
    find_staff_kind,
    is_mark,
    says_no,
)
from cadres.intake.reference import load_csv, load_json
from cadres.intake.understanding.contexts import sounds_otherwise
from trainingplans.lib.text import fold

SAMPLE = 120
# A cell fits one of these at most.
DATES = ("date", "year", "serial")
# Longer texts are free text; nothing else is looked for in them.
LONGEST = 200
SURNAMES = frozenset(load_json("roster_words.json")["surnames"])
PHONE = re.compile(
    r"(?:\+?84|0)[\s.]?\d{2,3}[\s.-]?\d{3}[\s.-]?\d{2,4}(?:[\s.-]?\d{1,3})?|[35789]\d{8}"
)
TEXT_SHAPES = (
    ("date", re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(?:\d{4}|\d{2})|"
        r"\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{1,2}(?:-\d{1,2})?")),
    ("two_dates", re.compile(r"(?:\d{1,2}[-/.]){2}\d{4}\D{1,12}(?:\d{1,2}[-/.]){2}\d{4}")),
    ("year", re.compile(r"(?:19|20)\d{2}")),
    ("personal_id", re.compile(r"['’]?\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}|['’]?\d{9}|\d{11}|"
        r"\d{10}(?:\.0)?|\d{11}\.0")),
    # Enough of them to say so without a heading; others may number anything: these begin with a
    # province and the century of birth.
    ("whole_id", re.compile(r"['’]?0\d{2}[ .]?[0-3]\d{2}[ .]?\d{3}[ .]?\d{3}|[1-9]\d[0-3]\d{8}")),
    # A number with what is written behind it: "001085000123, ngày 10/5/2021".
    ("personal_id", re.compile(r"\d{12}\s*[,;(/\n\-–][\s\S]{1,60}")),
    ("phone", PHONE),
    ("phone", re.compile(rf"(?:{PHONE.pattern})\s*[\n;,/][\s\S]{{1,60}}")),
    ("code", re.compile(r"[A-ZĐ]{1,6}[-./_ ]?\d{2,}[\w./-]*")),
    ("email", re.compile(r"\S+@\S+\.\S+")),
    ("rank_code", re.compile(r"\d{1,2}[a-z]?[.,]\d{3}|0\d{4}|V\.?\d{2}\.?\d{2}\.?\d{2}", re.I)),
    ("education", re.compile(r"\d{1,2}\s*/\s*(?:12|10|9|5)")),
    ("number", re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")),
)  # fmt: skip
GENDERS = frozenset(("nam", "nu", "male", "female", "m", "f", "ong", "ba"))
# Codes that say so without a heading; 0,7 or 12.500 may be any number.
RANKS = frozenset(row["code"] for row in load_csv("ngach_codes.csv"))
# "Trương Văn …", "Bàn Thị …" without their accents are people.
UNIT = re.compile(
    r"^(?:ubnd|uy ban|xa |phuong |thi tran |so |huyen |dac khu |chi cuc|trung tam|"
    r"(?:truong|ban) (?!(?:van|thi|duc|minh|quang|huu|ngoc|thanh|xuan|dinh|quoc|hong|kim)\b)|"
    r"van phong|thanh tra|benh vien|phong |cong an|hoi |dang uy|tram y te|bqldd|tinh )"
)


COUNT = re.compile(r"^(?:tong|cong)\b(?: (?:so|cong)\b|\W|$)|\b\d+ (?:nguoi|dong chi|d/c)\b")


@lru_cache(maxsize=50_000)
def shapes_of_text(text):
    """The names of all shapes that a text fits."""
    if len(text) > LONGEST:
        return frozenset(("text",))
    found = [name for name, pattern in TEXT_SHAPES if pattern.fullmatch(text)]
    folded = fold(text)
    if text in RANKS or text.startswith("V.") and "rank_code" in found:
        found.append("whole_rank")
    if is_mark(text):
        found.append("mark")
    if says_no(text):
        found.append("no")
    if folded in GENDERS or folded.split("/")[0] in GENDERS:
        found.append("gender")
    if any(c.isalpha() for c in text) and len(text) < 80:
        found += _word_shapes(text, folded)
    return frozenset(found)


def _word_shapes(text, folded):
    if len(folded) > 1 and ethnic_group_of(text):
        yield "ethnic_group"
    for field in ("professional_level", "political_level", "state_level"):
        if read_level(text, field)[0]:
            yield field
    if find_staff_kind(text):
        yield "staff_kind"
    if defence_group(text):
        yield "defence_group"
    if looks_like_name(text):
        yield "name"
    if UNIT.match(folded):
        yield "unit"
    yield "text"


def looks_like_name(text):
    """Two to six capitalised words, the first a surname."""
    words = text.split()
    if not 1 < len(words) < 7 or any(c.isdigit() for c in text):
        return False
    first = re.split(r"['’]", fold(words[0]))[0]
    if first not in SURNAMES or UNIT.match(fold(text)) and not sounds_otherwise(words[0]):
        return False
    return all(w[0].isupper() for w in words) or text.islower()


def shapes_of(value, text):
    """The shapes of any cell."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        both = (
            value.day <= 12
            and value.month in (10, 12, 9)
            or value.month <= 12
            and value.day in (10, 12)
        )
        return (
            frozenset(("date", "education"))
            if both and value.year >= 2015
            else frozenset(("date",))
        )
    if isinstance(value, float) and not value.is_integer():
        return frozenset(("number", "rank_code")) if 0 < value < 30 else frozenset(("number",))
    if isinstance(value, int) and 15000 < value < 50000:
        return shapes_of_text(text) | {"serial"}
    return shapes_of_text(text.strip())


class Shape:
    """Shares of the shapes among the filled cells of a column."""

    def __init__(self, cells, rows):
        self.count, self.rows, self.found = len(cells), rows, {}
        for value, text in cells:
            for name in shapes_of(value, text):
                self.found[name] = self.found.get(name, 0) + 1
        self.single = sum(" " not in text.strip() for _, text in cells)
        self.distinct = len({text for _, text in cells})

    def share(self, *names):
        """Largest share of the named shapes; 0 for an empty column."""
        return (
            max((self.found.get(n, 0) for n in names), default=0) / self.count
            if self.count
            else 0.0
        )

    @property
    def dates(self):
        """Share of the cells that tell a day, a month or a year, however each is written."""
        return sum(self.found.get(n, 0) for n in DATES) / self.count if self.count else 0.0

    @property
    def fill(self):
        """Share of the rows that have a value."""
        return self.count / self.rows if self.rows else 0.0


def tells(text):
    """Whether a cell says anything by itself."""
    return bool(text.strip()) and not is_ditto(text) and not is_empty(text.strip())


def _counts(line):
    """Whether a row counts people: "Cộng", "Xã A: 4 người". Its figures are of no person."""
    leading = [text for text in line[:4] if len(text) > 3 and not text[0].isdigit()][:2]
    return any(COUNT.search(fold(text)) for text in leading)


def column_shapes(sheet, grid, first, last, columns):
    """column -> Shape, from up to SAMPLE rows between first and last that look like data."""
    rows = [r for r in range(first, last + 1) if r <= len(grid) and sum(map(bool, grid[r - 1])) > 2]
    if len(rows) > SAMPLE:
        step = len(rows) / SAMPLE
        rows = [rows[int(i * step)] for i in range(SAMPLE)]
    rows = [r for r in rows if not _counts(grid[r - 1])] or rows
    found = {}
    for c in columns:
        cells = [
            (sheet.rows[r - 1][c - 1], grid[r - 1][c - 1])
            for r in rows
            if c <= len(grid[r - 1]) and tells(grid[r - 1][c - 1])
        ]
        found[c] = Shape(cells, len(rows))
    return found

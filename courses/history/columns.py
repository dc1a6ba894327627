"""The columns of a list of people who were trained: which they are, how their cells are read."""

import json
import re
from functools import cache, partial

from cadres.intake.parsing.dates import parse_date
from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from cadres.intake.parsing.schooling import parse_text
from cadres.intake.types import column_letter
from cadres.intake.understanding.extra import ExtraColumns
from cadres.intake.understanding.vocabulary import key
from courses.catalogues import DATA
from trainingplans.lib.text import fold

HOURS_A_DAY = 8
DAYS_A_WEEK = 5
AMOUNT = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(tiet|gio|ngay|buoi|tuan|thang|nam)?\b")
HOURS_OF = {
    "": 1,
    "tiet": 1,
    "gio": 1,
    "buoi": HOURS_A_DAY // 2,
    "ngay": HOURS_A_DAY,
    "tuan": HOURS_A_DAY * DAYS_A_WEEK,
}
# "từ 01/3 đến 15/3/2015", "3/2015 - 6/2015", "2014-2016".
LEAD = re.compile(r"^(?:trong|vao|tu|thoi gian|nam|ngay|thang|hoc|khoa|nam hoc)[\s:]+")
UNTIL = re.compile(r"\s+(?:den|toi|->|→)\s+|\s*[–—~]\s*|\s+-\s+|(?<=\d{4})-(?=\d)")
YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
SHORT_START = re.compile(r"(\d{1,2})(?:[/.-](\d{1,2}))?")
EARLIEST = 1950


@cache
def words():
    """The data file: headings, results, forms."""
    return json.loads((DATA / "history_headings.json").read_text(encoding="utf-8"))


@cache
def _plain():
    """{key of a heading: field}; the earlier field keeps a heading that two name."""
    found = {}
    for field, headings in words()["fields"].items():
        for heading in headings:
            found.setdefault(key(heading), field)
    return found


@cache
def _special():
    """({(leaf, parent): field}, {leaf without a parent: field}, leaves that must stand alone)."""
    below = {
        (key(leaf), key(parent)): field
        for field, (leaves, parents) in words()["under"].items()
        for leaf in leaves
        for parent in parents
    }
    alone = {key(leaf): field for field, leaves in words()["alone"].items() for leaf in leaves}
    return below, alone, frozenset(map(key, words()["only_alone"]))


def claim(paths):
    """{letter: field} of the columns that tell of the course (see ExtraColumns.claim)."""
    claimed = {}
    for number, path in paths.items():
        field = field_of(path)
        if field and (":" in field or field not in claimed.values()):
            claimed[column_letter(number)] = field
    if "content" in claimed.values() and "course" not in claimed.values():
        claimed = {c: "course" if f == "content" else f for c, f in claimed.items()}
    return claimed


def field_of(path):
    """The field that a path of headings names, None for none of ours."""
    below, alone, only_alone = _special()
    leaf, above = key(path[-1]), [key(text) for text in path[:-1]]
    for parent in above:
        if field := below.get((leaf, parent)):
            return field
    if not above and leaf in alone:
        return alone[leaf]
    if above and leaf in only_alone:
        return None
    return _plain().get(leaf) or _plain().get(key(re.sub(r"\(.*?\)", " ", path[-1])))


# Cells


def parsers(today, system):
    """{field: parser(value, text) -> Outcome} (see ExtraColumns.parsers)."""
    day = partial(parse_day, today=today, system=system)
    return {
        **dict.fromkeys(
            ("course", "content", "institution", "result", "certificate_no"), parse_text
        ),
        "form": parse_form,
        "from": day,
        "to": day,
        "issued": day,
        "score": parse_text,
        "period": partial(parse_period, today=today, system=system),
        "hours": parse_hours,
        "days": partial(parse_hours, unit="ngay"),
    }


def parse_form(value, text):
    """dao_tao, boi_duong; nothing for a mode of study, which is no form."""
    told = fold(text)
    for form, ways in words()["forms"].items():
        if told in map(fold, ways):
            return Outcome(form)
    if is_empty(text) or any(fold(mode) in told for mode in words()["modes"]):
        return NOTHING
    starts = [f for f, ways in words()["forms"].items() if told.startswith(fold(ways[0]))]
    return Outcome(starts[0]) if len(starts) == 1 else Outcome(code="unknown_form")


def parse_day(value, text, today, system):
    """A day, month or year that a course may begin or end on."""
    outcome = parse_date(value, text, today, system)
    if outcome.value and not EARLIEST <= int(outcome.value[:4]) <= today.year:
        return Outcome(code="absurd_date")
    return outcome


def parse_period(value, text, today, system):
    """Beginning and end out of one cell; a single date is the end."""
    if not isinstance(value, str):
        return _ending(parse_day(value, text, today, system))
    told = fold(text)
    while LEAD.match(told):
        told = LEAD.sub("", told)
    if years := YEARS.fullmatch(told.strip()):
        return _both(*(parse_day(year, year, today, system) for year in years.groups()))
    halves = [half for half in UNTIL.split(told) if half.strip()]
    if len(halves) != 2:
        return _ending(parse_day(told, told, today, system))
    last = parse_day(halves[1], halves[1], today, system)
    first = parse_day(*[_with_year(halves[0].strip(), last.value)] * 2, today, system)
    return _both(first, last)


def _with_year(text, last):
    """ "01/3" before "15/3/2015" is of the same year; "01" of the same month."""
    found = SHORT_START.fullmatch(text)
    if not found or not last or len(last) < len("yyyy-mm"):
        return text
    year, month = last[:4], last[5:7]
    if found[2]:
        return f"{found[1]}/{found[2]}/{year}"
    day_known = len(last) == len("yyyy-mm-dd")
    return f"{found[1]}/{month}/{year}" if day_known else f"{found[1]}/{year}"


def _ending(outcome):
    return outcome if outcome.code else Outcome(more={"to": outcome.value} if outcome.value else {})


def _both(first, last):
    if first.code or last.code:
        return Outcome(code=first.code or last.code)
    return Outcome(more={"from": first.value, "to": last.value})


def parse_hours(value, text, unit=""):
    """Whole hours (tiết); days and weeks are turned into hours."""
    if is_empty(text):
        return NOTHING
    found = AMOUNT.fullmatch(fold(text).strip(" ."))
    if not found:
        return Outcome(code="unknown_hours")
    per = HOURS_OF.get(found[2] or unit)
    if per is None:  # months and years say nothing of hours
        return NOTHING
    return Outcome(round(float(found[1].replace(",", ".")) * per) or None)


FIELDS = frozenset(
    [
        *("course", "content", "form", "form:dao_tao", "form:boi_duong", "from", "to", "period"),
        *("issued", "hours", "days", "institution", "result", "score", "certificate_no"),
    ]
)
EXTRA = ExtraColumns(claim=claim, parsers=parsers, fields=FIELDS)

"""Dates as people type them -> 1985-03-07, 1985-03 or 1985."""

import datetime
import re

from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from cadres.intake.reading.serials import from_serial, to_serial
from trainingplans.lib.dates import FIRST_YEAR, LAST_YEAR
from trainingplans.lib.text import fold

SEP = r"[-./,;_\\\s]{1,4}"
DAY = re.compile(rf"(\d{{1,2}}){SEP}(\d{{1,2}}){SEP}(\d{{4}}|\d{{2}})")
MONTH = re.compile(rf"(\d{{1,2}}){SEP}(\d{{4}})")
ISO = re.compile(rf"(\d{{4}}){SEP}(\d{{1,2}})(?:{SEP}(\d{{1,2}}))?(?:[Tt ].*)?")
YEAR = re.compile(r"(\d{4})")
COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
CLOCK = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?$", re.IGNORECASE)
WORDS = re.compile(
    r"(?:ngay\s+)?(?:(\d{1,2})[\s-]+)?(?:thang|thg|th)\.?\s*(\d{1,2})[\s,-]+(?:nam\s+)?(\d{4})"
)
LEAD = re.compile(
    r"^(?:(?:ngay sinh|sinh ngay|sinh nam|nam sinh|nam|sn|ns|ngay|ng|thang|sinh)[\s:.]+|t\.?\s?)"
    r"(?=\d)"
)
# A day or month left open in front: ../09/1985, --/--/1985, xx-3-1985, /1985.
OPEN = re.compile(r"^(?:(?:\.+|…+|-+|_+|\?+|x+)?\s*[-/.]\s*)+(?=\d)")
# "khoảng 1985", "~1985", "1985?": a year that nobody is sure of.
ABOUT = re.compile(
    r"(?:(?:khoang|tam|uoc|chung|about|circa|around|c\.|sinh khoang|~|≈)\s*(?:nam\s+)?(\d{4})|"
    r"(\d{4})\s*\?+)"
)
# The letter typed for the digit: "05/O3/1985".
LETTER_O = re.compile(r"(?<![a-z])o(?=\d)|(?<=\d)o(?![a-z])")
WEEKDAY = re.compile(r"^(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\s*,?\s+(?=\d)")
# The second number can be no month: 9/85.
SHORT_MONTH = re.compile(r"(\d{1,2})[-/.](3[2-9]|[4-9]\d)")
ROMAN_MONTH = re.compile(rf"(\d{{1,2}}){SEP}([ivx]{{1,4}}){SEP}(\d{{4}})")
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
REMARK = re.compile(r"\s*\((?:[^()\d]*|\d{1,3}\s*(?:tuoi|t)\b[^()]*)\)?$")
ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
ENGLISH_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]+([a-z]{3,9})[\s.,/-]+(\d{4}|\d{2})")
ENGLISH_MONTH = re.compile(r"([a-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
# No date with a clock is longer; blanks without end would be looked through again and again.
LONGEST = 60
OLDEST, YOUNGEST = 100, 15
PARTY_FROM = 1930


def parse_date(value, text, today, system=1900, month_first=False):
    """Outcome of any cell: a date, a number (year or day number) or a text."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return _from_date(value, today, system)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, today, system)
    if is_empty(text):
        return NOTHING
    return _from_text(text, today, system, month_first)


def _from_date(value, today, system):
    # A year typed into a cell that shows dates: 1979 becomes 1905-06-01.
    if value.year <= 1909 and 1900 <= (number := to_serial(value, system)) <= today.year:
        return Outcome(str(number))
    return Outcome(value.isoformat())


def _from_number(value, today, system):
    if float(value).is_integer() and 1850 <= value <= today.year + 1:
        return Outcome(str(int(value)))
    if float(value).is_integer() and len(str(int(value))) in (7, 8) and value > 0:
        return _compact(f"{int(value):08d}", today)
    # Readers leave 60 as 60.0 where it stood as a day: the 29/02/1900 that never was.
    if float(value).is_integer() and 30 <= value < 100 and (type(value) is int or value != 60):
        return Outcome(str(1900 + int(value)))
    if 1 <= value < 100_000:
        date = from_serial(float(int(value)), system)
        if date:
            return Outcome(date.isoformat())
    if not float(value).is_integer():
        # 3.1985 typed as month.year, 12.1979.
        month, _, year = f"{value:.4f}".partition(".")
        if 1 <= int(month) <= 12 and 1900 <= int(year) <= today.year:
            return Outcome(f"{year}-{int(month):02d}")
    return Outcome(code="impossible_date")


def full_year(text, today):
    """Two digits: 19xx, or 20xx up to the present."""
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if 2000 + year <= today.year else 1900 + year


def _from_text(text, today, system, month_first):
    text = fold(text).strip(" ,;'’`\"()[]")
    text = WEEKDAY.sub("", OPEN.sub("", text)).strip(" ./-")
    text = CLOCK.sub("", REMARK.sub("", text)).strip()
    if "o" in text:
        text = LETTER_O.sub("0", text)
    for attempt in (text, text := LEAD.sub("", text)):
        for pattern, read in READERS:
            match = pattern.fullmatch(attempt)
            if match and (outcome := read(match, today, month_first)):
                return outcome
    if text.isdecimal() and 1 <= int(text) < 100_000:
        return _from_number(int(text), today, system)
    if match := ABOUT.fullmatch(text):
        return Outcome(match[1] or match[2], code="doubtful_year")
    return Outcome(code="impossible_date")


def _compact(text, today):
    if 1850 <= int(text[4:]) <= today.year:
        return _build(int(text[4:]), int(text[2:4]), int(text[:2]))
    return _build(int(text[:4]), int(text[4:6]), int(text[6:]))


def _build(year, month, day):
    if not month and not day:
        return Outcome(str(year))
    if not day:
        return (
            Outcome(f"{year:04d}-{month:02d}")
            if 1 <= month <= 12
            else Outcome(code="impossible_date")
        )
    try:
        return Outcome(datetime.date(year, month, day).isoformat())
    except ValueError:
        return Outcome(code="impossible_date", suggestion=_nearest(year, month, day))


def _nearest(year, month, day):
    """What may be meant: day and month the other way round; else of the date only the year."""
    if day <= 12 < month <= 31:
        return f"{month:02d}/{day:02d}/{year}"
    return str(year) if FIRST_YEAR <= year <= LAST_YEAR else ""


def _day(match, today, month_first):
    first, second, year = match.groups()
    day, month = (second, first) if month_first else (first, second)
    return _build(full_year(year, today), int(month), int(day))


def _roman(match, today, _):
    if match[2] not in ROMAN:
        return Outcome(code="impossible_date")
    return _build(int(match[3]), ROMAN.index(match[2]) + 1, int(match[1]))


def _english(day, name, year, today):
    if name[:3] not in ENGLISH:
        return None
    return _build(full_year(year, today), ENGLISH.index(name[:3]) + 1, int(day or 0))


READERS = (
    (DAY, _day),
    (MONTH, lambda m, today, _: _build(int(m[2]), int(m[1]), 0) if int(m[1]) else Outcome(m[2])),
    (YEAR, lambda m, today, _: Outcome(m[1])),
    (ISO, lambda m, today, _: _build(int(m[1]), int(m[2]), int(m[3] or 0))),
    (SHORT_MONTH, lambda m, today, _: _build(1900 + int(m[2]), int(m[1]), 0)),
    (COMPACT, lambda m, today, _: _compact(m[0], today)),
    (WORDS, lambda m, today, _: _build(int(m[3]), int(m[2]), int(m[1] or 0))),
    (ROMAN_MONTH, _roman),
    (ENGLISH_DAY, lambda m, today, _: _english(m[1], m[2], m[3], today)),
    (ENGLISH_MONTH, lambda m, today, _: _english(m[2], m[1], m[3], today)),
)


def birth_date(outcome, today):
    """The same, or absurd_date where nobody in service can be born then."""
    if outcome.value and not today.year - OLDEST <= int(outcome.value[:4]) <= today.year - YOUNGEST:
        return Outcome(code="absurd_date")
    return outcome


def party_date(outcome, today):
    """The same, or absurd_date where nobody can have joined then."""
    value = outcome.value
    if value and not (int(value[:4]) >= PARTY_FROM and value <= today.isoformat()):
        return Outcome(code="absurd_date")
    return outcome


def is_month_first(texts):
    """Whether a column writes month/day/year: some second numbers over 12 and no first ones."""
    first = second = 0
    for text in texts:
        if len(text) < LONGEST and (match := DAY.fullmatch(CLOCK.sub("", text.strip()))):
            first += int(match[1]) > 12
            second += int(match[2]) > 12
    return second >= 3 and first == 0

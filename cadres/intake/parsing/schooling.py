"""General education, 12/12, also after Excel made a date of it; and texts kept as typed."""

import datetime
import re

from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from trainingplans.lib.text import tidy

GRADE = re.compile(
    r"(?:lớp\s*)?(\d{1,2})\s*[/\\\-.]\s*(\d{1,2})"
    r"(?:\s*\(?(?:hệ\s+)?"
    r"(?:phổ thông|pt|thpt|bt|btvh|btth|bttt|bổ túc(?: văn h[oó][aá])?|gdtx)\)?)?",
    re.I,
)
# "Tốt nghiệp THPT (12/12)"
INSIDE = re.compile(r"(?<![\d/])(\d{1,2})/(12|10|9)(?![\d/])")
LONGEST = 40
ISO = re.compile(r"\d{4}-(\d{2})-(\d{2})")
MAILTO = "mailto:"
SYSTEMS = (12, 10, 9, 5, 7)


def grade_of(first, second):
    """12/9 and 9/12 -> 9/12: the class comes before the system."""
    pairs = [(first, second), (second, first)]
    fitting = [p for p in pairs if p[0] <= p[1] and p[1] in SYSTEMS]
    one, two = fitting[0] if fitting else pairs[0]
    return f"{one}/{two}"


def parse_education(value, text, **_):
    """12/12; other words as typed."""
    if isinstance(value, datetime.date):
        return Outcome(grade_of(value.day, value.month))
    text = tidy(text)
    if is_empty(text):
        return NOTHING
    if match := GRADE.fullmatch(text):
        return Outcome(f"{int(match[1])}/{int(match[2])}")
    if match := ISO.match(text):
        return Outcome(grade_of(int(match[2]), int(match[1])))
    if match := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}", text):
        return Outcome(grade_of(int(match[1]), int(match[2])))
    if len(text) < LONGEST and len(inside := INSIDE.findall(text)) == 1:
        return Outcome(f"{int(inside[0][0])}/{inside[0][1]}")
    return Outcome(text)


def parse_text(value, text, **_):
    """Text as typed: NFC, single blanks."""
    text = tidy(text)
    return NOTHING if is_empty(text) else Outcome(text)


def parse_email(value, text, **_):
    """Text as typed, without mailto:."""
    outcome = parse_text(value, text)
    if outcome.value and outcome.value[: len(MAILTO)].lower() == MAILTO:
        return Outcome(outcome.value[len(MAILTO) :])
    return outcome

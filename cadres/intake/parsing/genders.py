"""Genders told by numbers, and what a list says that its numbers mean: "Nam: 1, Nữ: 0"."""

import re
from functools import partial

from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from cadres.intake.parsing.words import parse_gender
from trainingplans.lib.text import tidy

# No legend is longer; longer texts are not searched.
LONGEST = 200
# "năm" is a year: compared as it is written.
GENDERS = (("nam", r"(?:nam|male)"), ("nu", r"(?:nữ|nu|female)"))
FILL = r"\W*(?:(?:giới|ghi|điền|đánh|nhập|là|số|bằng)\W+)*"
ANY = re.compile(r"(?<!\w)(?:(\d)|nam|nữ|nu|male|female)(?!\w)")


def find_legend(text):
    """{"1": "nam", "0": "nu"} of a text that says so of both genders, else {}."""
    text = tidy(text).casefold() if len(text) <= LONGEST else ""
    first = ANY.search(text)
    if not first:
        return {}
    found = {}
    for gender, word in GENDERS:
        order = rf"(\d){FILL}{word}" if first[1] else rf"{word}{FILL}(\d)"
        if match := re.search(rf"(?<!\w){order}(?!\w)", text):
            found[match[1]] = gender
    return found if len(found) == 2 else {}


def legend_parser(heading, texts, grid):
    """The parser of a column of genders: with the legend of its heading or sheet for numbers."""
    if not any(text.isdigit() for text in texts):
        return parse_gender
    legend = find_legend(heading)
    if not legend:
        lines = (text for row in grid for text in row if text and not text.isdigit())
        legend = next(filter(None, map(find_legend, lines)), {})
    return partial(_parse, legend)


def _parse(legend, value, text, **_):
    if is_empty(text):
        return NOTHING
    gender = legend.get(text.strip(" .()"))
    return Outcome(gender) if gender else parse_gender(value, text)

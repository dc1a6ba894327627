"""Party membership of a person: the day of joining, marks, or the official day alone."""

import re

from cadres.intake.parsing import words
from cadres.intake.parsing.outcome import is_empty

WHOLE_DAY = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")


def read(reader, found):
    """Takes party_member and party_joined from the columns that tell them."""
    joined, member = reader.by_name.get("party_joined"), reader.by_name.get("party_member")
    if joined:
        _joining(reader, found, joined)
    if member:
        _member(reader, found, member)
    if official := reader.by_name.get("party_official"):
        _official(reader, found, official)
    if "party_joined" in found.values and not (member and "party_member" in found.values):
        found.take("party_member", True, joined or member)


def _joining(reader, found, column):
    value, text = reader.get(found, column)
    if not text or is_empty(text):
        return
    if isinstance(value, str) and (answer := words.yes_or_no(text)) is not None:
        found.take("party_member", answer, column)
        return
    outcome = _admission(reader.date["party_joined"], value, text)
    reader.take_date(found, "party_joined", outcome, column, text)


def _member(reader, found, column):
    value, text = reader.get(found, column)
    if words.says_unknown(text):
        return
    if (not text or is_empty(text)) and not isinstance(value, bool):
        if reader.marked[column.number]:
            found.take("party_member", False, column)
        return
    answer = value if isinstance(value, bool) else words.yes_or_no(text)
    if answer is not None:
        found.take("party_member", answer, column)
        return
    outcome = _admission(reader.date["party_member"], value, text)
    if outcome.value:
        reader.take_date(found, "party_joined", outcome, column, text)
    else:
        found.warn("unknown_answer", column, text)


def _admission(parse, value, text):
    """The day of a cell; of two the earlier, as full membership follows the admission."""
    days = WHOLE_DAY.findall(text) if isinstance(value, str) else ()
    if len(days) != 2:
        return parse(value, text)
    both = [parse(day, day) for day in days]
    return min(both, key=lambda outcome: outcome.value or "")


def _official(reader, found, column):
    """The day of full membership is not the day of joining, but tells a member."""
    value, text = reader.get(found, column)
    if text and not is_empty(text) and reader.date["party_official"](value, text).value:
        found.take("party_member", True, column)

"""Certificates of informatics and of foreign languages in one cell: "B Tin học, A2 tiếng Anh"."""

import re

from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from cadres.intake.parsing.words import parse_languages, says_no
from trainingplans.lib.text import fold, tidy

JOINT = re.compile(r"\s*(?:[;+&\n,]|(?<!\d)/|\bvà\b|\s[-–]\s)\s*", re.I)
IT = re.compile(
    r"\b(?:tin hoc|tin|u?d?cntt|cong nghe thong tin|may tinh|ic3|mos|thvp|th ?[abc]|computer|"
    r"informatics)\b"
)
TONGUE = r"(?:anh|phap|nga|trung|nhat|han|duc|y|tay ban nha|bo dao nha)"
FOREIGN = re.compile(
    rf"\b(?:ngoai ngu|tieng {TONGUE}|{TONGUE} van|av ?[abc]?|anh [abc][12]?|[abc][12]? anh|english|"
    r"toeic|ielts|toefl)\b"
)
# Levels that only languages have: A2 and B1 of Europe, bậc 1 to 6 of Vietnam.
OF_LANGUAGES = re.compile(r"\b(?:[abc][12]|bac [1-6])\b")
LETTER = re.compile(r"(?:(?:chung chi|cc|bang|trinh do|loai)\s+)?[abc]")


def field_of(text):
    """The field that one certificate is of, or None: "B" alone may be of either."""
    folded = fold(text)
    it, foreign = IT.search(folded), FOREIGN.search(folded)
    if it or foreign:
        return None if it and foreign else "it_level" if it else "foreign_language"
    if OF_LANGUAGES.search(folded):
        return "foreign_language"
    return "ethnic_languages" if "tieng" in folded and parse_languages(None, text).value else None


def is_certificate(text):
    """Whether a cell tells of certificates of informatics or languages, be it by a letter alone."""
    parts = _parts(text)
    return bool(parts) and all(field_of(p) or LETTER.fullmatch(fold(p)) for p in parts)


def _parts(text):
    return [tidy(part) for part in JOINT.split(text) if part.strip(" .()")]


def parse_certificates(value, text, **_):
    """Each certificate goes where it says; what does not say of what it is has to be asked."""
    if is_empty(text) or says_no(text):
        return NOTHING
    told, code = {}, ""
    for part in _parts(text):
        if field := field_of(part):
            told.setdefault(field, []).append(part)
        else:
            code = "unknown_certificate"
    more = {field: ", ".join(parts) for field, parts in told.items()}
    if "ethnic_languages" in told:
        more["ethnic_languages"] = parse_languages(None, more["ethnic_languages"]).value
    return Outcome(code=code, more=more)

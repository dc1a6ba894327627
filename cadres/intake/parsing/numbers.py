"""Identity numbers, phones, rank codes: digits that spreadsheets like to damage."""

import re
from functools import cache

from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from cadres.intake.parsing.words import says_no
from cadres.intake.reference import load_csv
from trainingplans.lib.text import same_key, tidy

BLANKS = re.compile(r"[\s.\-'’`,\u00a0]+")
NOT_DIGIT = re.compile(r"\D")
# A number that a program wrote out as a fraction: "19085123456.0".
FRACTION = re.compile(r"(?<=\d{8})\.0+$")
LABEL = re.compile(
    r"^(?:số\s*)?(?:cccd|cmnd|cmtnd|cmt|căn cước|đt|sđt|tel|dđ|mobile)?\s*[:.]?\s*", re.I
)
CIVIL = re.compile(r"(\d{1,2})([a-z]?)[.\-–]?(\d{3})", re.I)
CAREER = re.compile(r"V\.?(\d{2})\.?(\d{2})\.?(\d{2})", re.I)
CIVIL_INSIDE = re.compile(r"(?<![\w.])(\d{2}[a-z]?\.\d{3})(?![\d.])", re.I)
CAREER_INSIDE = re.compile(r"V\.\d{2}\.\d{2}\.\d{2}", re.I)
# "Chuyên viên, bậc 6/9", "CVC (bậc 2)"
STEP = re.compile(r"\s*[,;(\-–]?\s*bậc\s*:?\s*\d{1,2}(?:\s*/\s*\d{1,2})?\s*\)?$", re.I)
GENERAL = ("01.001", "01.002", "01.003", "01.004")
WHOLE_ID = re.compile(r"(?<!\d)[0-9]{12}(?!\d)")
PHONE_PARTS = re.compile(r"[;/\n]|,(?=\s*\+?0)|\s+-\s+|\s+và\s+|\s+hoặc\s+")


@cache
def provinces():
    """Prefixes of identity numbers."""
    return frozenset(row["prefix"] for row in load_csv("cccd_province_prefix_63.csv"))


def parse_personal_id(value, text, birth="", gender=""):
    """12 digits; lost zeros in front are restored; anything else is told and left out."""
    if len(text) == 12 and text.isdecimal() and text.isascii():
        return Outcome(text)
    if isinstance(value, float):
        if not value.is_integer():
            return Outcome(code="wrong_personal_id")
        text = str(int(value))
    digits = BLANKS.sub("", LABEL.sub("", FRACTION.sub("", text.strip())))
    if is_empty(digits) or says_no(text):
        return NOTHING
    if len(whole := WHOLE_ID.findall(text)) == 1:
        digits = whole[0]  # with its day of issue, or after the old number
    if not digits.isdecimal() or not digits.isascii():
        return Outcome(code="wrong_personal_id")
    if len(digits) == 9:
        return Outcome(code="cmnd_number")
    # A number that lost its zeros begins with none.
    if len(digits) in (10, 11) and digits[0] != "0":
        digits = digits.zfill(12)
        if digits[:3] not in provinces():
            return Outcome(code="wrong_personal_id")
    if len(digits) != 12:
        return Outcome(code="wrong_personal_id")
    return Outcome(digits)


def contradicts(personal_id, birth, gender):
    """What of birth year and gender the number denies: "birth_date", "gender" or ""."""
    century, year = divmod(int(personal_id[3]), 2)[0], personal_id[4:6]
    if birth and str(1900 + 100 * century)[:2] + year != birth[:4]:
        return "birth_date"
    if gender and ("nam", "nu")[int(personal_id[3]) % 2] != gender:
        return "gender"
    return ""


def parse_phone(value, text, **_):
    """Digits only, zero in front restored; the first of several numbers."""
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    if len(text) == 10 and text[0] == "0" and text.isdecimal() and text.isascii():
        return Outcome(text)
    if is_empty(text):
        return NOTHING
    for part in PHONE_PARTS.split(text):
        digits = NOT_DIGIT.sub("", FRACTION.sub("", part.strip()))
        for prefix in ("0084", "84"):
            if digits.startswith(prefix) and len(digits) - len(prefix) in (9, 10):
                digits = "0" + digits[len(prefix) :]
        if len(digits) in (9, 10) and not digits.startswith("0"):
            digits = "0" + digits
        if len(digits) in (10, 11) and digits.startswith("0"):
            return Outcome(digits)
    return Outcome(code="bad_phone")


@cache
def _rank_names():
    found = {}
    rows = load_csv("ngach_codes.csv")
    for row in rows:
        found.setdefault(same_key(row["name"]), []).append(row["code"])
    names = {name: codes[0] for name, codes in found.items() if len(codes) == 1}
    # "CVC" in a column of ranks is the general administrative rank of that group.
    short = {row["equivalent_group"].lower(): row["code"] for row in rows if row["code"] in GENERAL}
    return short | names


def _civil(match):
    group, letter, number = match.groups()
    return f"{group.zfill(2)}{letter.lower()}.{number}"


def parse_rank_code(value, text, **_):
    """01.003 from 1.003, 01003, 1003; V.07.03.29; the code of a rank told by name."""
    text = tidy(text)
    if is_empty(text):
        return NOTHING
    if isinstance(value, float) and not value.is_integer() and 0 < value < 100:
        text = f"{value:.3f}"
    bare = text.strip(" '’.").replace(" ", "").replace(",", ".")
    if match := CAREER.fullmatch(bare):
        return Outcome("V." + ".".join(match.groups()))
    if (match := CIVIL.fullmatch(bare)) and (len(bare) > 3):
        return Outcome(_civil(match))
    for pattern in (CAREER_INSIDE, CIVIL_INSIDE):
        if match := pattern.search(text):
            return Outcome(match.group().upper() if pattern is CAREER_INSIDE else match.group())
    code = _rank_names().get(same_key(STEP.sub("", text)))
    return Outcome(code) if code else Outcome(code="unknown_rank")

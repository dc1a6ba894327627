"""What a personal id says against the rest of a record: told, never refused."""

import csv
from functools import cache
from pathlib import Path

from cadres.choices import Gender

PREFIXES = Path(__file__).parent / "data" / "cccd_province_prefix_63.csv"


@cache
def provinces():
    """{first three digits: province}."""
    with PREFIXES.open(encoding="utf-8") as file:
        return {row["prefix"]: row["province_at_63"] for row in csv.DictReader(file)}


def contradictions(personal_id, gender, birth):
    """Sentences about what does not agree; `birth` is a PartialDate or None."""
    if not personal_id or len(personal_id) != 12 or not personal_id.isdigit():
        return []
    told = [
        _about_place(personal_id),
        _about_gender(personal_id, gender),
        _about_birth(personal_id, birth),
    ]
    return [sentence for sentence in told if sentence]


def gender_of(personal_id):
    """The sex that the fourth digit tells."""
    return Gender.FEMALE if int(personal_id[3]) % 2 else Gender.MALE


def birth_year_of(personal_id):
    """The year of birth that digits four to six tell."""
    return 1900 + 100 * (int(personal_id[3]) // 2) + int(personal_id[4:6])


def _about_place(number):
    if number[:3] not in provinces():
        return f"Số CCCD bắt đầu bằng {number[:3]}, không phải mã tỉnh nào đã biết. Xem lại số."
    return ""


def _about_gender(number, gender):
    told = gender_of(number)
    if gender and gender != told:
        return (
            f"Số CCCD là của người giới tính {told.label.lower()}, hồ sơ ghi"
            f" {Gender(gender).label.lower()}. Xem lại số hoặc giới tính."
        )
    return ""


def _about_birth(number, birth):
    year = birth_year_of(number)
    if birth and birth.first.year != year:
        return (
            f"Số CCCD là của người sinh năm {year}, hồ sơ ghi {birth.display}."
            " Xem lại số hoặc ngày sinh."
        )
    return ""

"""Units and staff kinds that the name of a sheet tells."""

import re

from cadres.intake.parsing.words import find_staff_kind
from cadres.intake.understanding.contexts import is_department, is_unit, proper_unit, strip_number
from trainingplans.lib.text import fold

# "DS xã Mường So", "Cán bộ xã Mường So": a sheet's name with the list before the place.
LISTED = re.compile(
    r"^(.*?)\s*\b((?:UBND\s+)?(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)\s+[A-ZĐÀ-Ỹ\d].*)$"
)
LISTS = frozenset(
    ("ds", "danh sach", "bieu", "cbcc", "cb, cc", "cb-cc", "danh sach cbcc", "ds cbcc",
     "can bo, cong chuc", "phu luc", "pl")
)  # fmt: skip
SHEET_NUMBER = re.compile(r"^\d{1,3}\s+(?=[^\W\d_])")


def kind_of_sheet(name):
    """The staff kind that a sheet's name tells, or None."""
    bare = strip_number(name)
    match = LISTED.match(bare)
    return find_staff_kind(bare) or (find_staff_kind(match[1]) if match else None)


def unit_of_sheet(name):
    """The unit that a sheet's name tells, or None."""
    bare = SHEET_NUMBER.sub("", strip_number(" ".join(name.replace("_", " ").split())))
    match = LISTED.match(bare)
    if match and match[1] and (fold(match[1]) in LISTS or find_staff_kind(match[1])):
        bare = match[2]
    return (
        proper_unit(bare)
        if is_unit(bare[:1].upper() + bare[1:]) and not is_department(bare)
        else None
    )


def office_of_sheet(name):
    """The part of a unit that a sheet's name tells ("Phòng Công chứng số 1"), or None."""
    name = " ".join(name.replace("_", " ").split())
    return proper_unit(name) if is_department(name) and is_unit(name) else None

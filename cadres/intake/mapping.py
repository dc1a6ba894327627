"""What the columns of a file are taken for, as a person says it: checked before it is used.

A mapping is {sheet: {column letter: key or None}}; a key is a field of a roster, or "field:detail"
for a column of marks ("professional_level:DH", "staff_kind:CB"). None leaves the column out. "B12"
instead of "B" speaks of that column in the table alone that has a heading in row 12.
"""

from cadres.choices import StaffKind
from cadres.intake.parsing.levels import LADDERS, names
from cadres.intake.parsing.numbers import parse_rank_code
from cadres.intake.parsing.words import find_ethnic_group
from cadres.intake.types import IntakeError, column_place, sheet_of_part
from cadres.intake.understanding.headings import DETAILS
from cadres.intake.understanding.people import SIMPLE
from cadres.intake.understanding.weighing import EXPECTED

FIELDS = frozenset(SIMPLE) | frozenset(EXPECTED) | {"middle_name", "rank_name", "in_planning"}
FREE_DETAIL = frozenset(("education", "it_level", "foreign_language"))
SHOWN = 6


def check_mapping(mapping, also=frozenset()):
    """IntakeError "mapping" that names what is no mapping, no column or no field.

    `also`: the keys of another kind of list that are allowed beside those of a roster.
    """
    if not isinstance(mapping, dict) or not all(isinstance(v, dict) for v in mapping.values()):
        raise _wrong('phải có dạng {"tên trang": {"B": "full_name"}}')
    for sheet, letters in mapping.items():
        for letter, key in letters.items():
            if not column_place(letter):
                raise _wrong(
                    f"trang “{sheet}”: “{letter}” không phải là cột. Ghi chữ của cột, từ A đến XFD"
                )
            if not (isinstance(key, str) and key in also):
                _check_key(sheet, letter, key, also)


def check_sheets(mapping, workbook):
    """IntakeError "mapping" that names a sheet which the workbook does not have."""
    have = [sheet.name for sheet in workbook.sheets]
    for name in mapping or ():
        if sheet_of_part(name, have) is None:
            listed = ", ".join(f"“{one}”" for one in have[:SHOWN])
            more = f" và {len(have) - SHOWN} trang khác" if len(have) > SHOWN else ""
            raise _wrong(f"tệp không có trang “{name}”. Các trang của tệp: {listed}{more}")


def _check_key(sheet, letter, key, also):
    where = f"trang “{sheet}”, cột {letter}"
    if key is None:
        return
    field, _, detail = key.partition(":") if isinstance(key, str) else (str(key), "", "")
    if field not in FIELDS:
        allowed = ", ".join(sorted(FIELDS | also))
        raise _wrong(f"{where}: không có mục “{field}”. Các mục: {allowed}")
    if ":" in key and detail not in _details(field, detail):
        raise _wrong(f"{where}: mục “{field}” không có giá trị “{detail}”")


def _details(field, detail):
    """The details that a column of marks of this field may stand for."""
    if field in LADDERS:
        return {code for _, code in names(field).values()}
    if field == "staff_kind":
        return set(StaffKind.values)
    if field == "defence_group":
        return set("1234")
    if field in FREE_DETAIL:
        return {detail} - {""}
    if field == "rank_code":
        return {parse_rank_code(None, detail).value} if detail else ()
    return {find_ethnic_group(detail)} if field in DETAILS and detail else ()


def _wrong(what):
    return IntakeError("mapping", f"Bảng khai cột (mapping) chưa đúng: {what}.")

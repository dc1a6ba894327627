"""The roster intake without a database: bytes of a file in, typed rows out."""

import datetime
from collections import Counter

from cadres.intake import stages
from cadres.intake.issues import make_issue, place
from cadres.intake.mapping import check_sheets
from cadres.intake.reading.refusals import refusal
from cadres.intake.reading.running import read_workbook
from cadres.intake.types import IntakeError, ParsedRoster
from cadres.intake.understanding.blanks import settle_blanks
from cadres.intake.understanding.extra import NO_EXTRA
from cadres.intake.understanding.parts import read_sheet
from cadres.intake.understanding.texts import text_kind

NOT_COUNTED = ("data", "more", "blank")


def read_roster(source, file_name="", *, mapping=None, today=None):
    """ParsedRoster of a path or bytes; IntakeError where the file cannot be read or holds nobody.

    mapping {sheet: {"B": "full_name", "K": None}} overrides what the columns are taken for.
    """
    roster = rows_from(read_workbook(source, file_name), mapping, today)
    if not roster.rows:
        raise refusal("no_people")
    return roster


def rows_from(workbook, mapping=None, today=None, edits=None, extra=NO_EXTRA):
    """ParsedRoster of a workbook; edits {(sheet, row, column): text} replace cells first.

    `extra`: the ExtraColumns of another kind of list; one person may stand in many rows of it.
    """
    today = today or datetime.date.today()
    mapping = mapping or {}
    check_sheets(mapping, workbook)
    if edits:
        apply_edits(workbook, edits)
    roster = ParsedRoster(workbook.kind, date_system=workbook.date_system)
    met, marks, names = {}, [], [sheet.name for sheet in workbook.sheets]
    results = [
        result
        for sheet in stages.sheet_by_sheet(workbook.sheets)
        for result in read_sheet(
            sheet, today, workbook.date_system, mapping, taken=names, extra=extra
        )
    ]
    for result in results:
        roster.sheets.append(result.parsed)
        roster.rows += result.rows
        roster.issues += result.issues
        marks += result.marks
        if result.parsed.used:
            met = {code: met.get(code, 0) + number for code, number in result.met.items()}
    settle_blanks(marks)
    roster.text = text_kind(met)
    roster.other_rows = _other_rows(roster)
    if extra is NO_EXTRA:
        _mark_doubles(roster)
    return roster


def apply_edits(workbook, edits):
    """Puts texts typed on the page into the workbook; an empty text empties the cell."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for (name, row, column), text in edits.items():
        sheet = sheets[name]
        while len(sheet.rows) < row:
            sheet.rows.append([])
        cells = sheet.rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = text or None
        sheet.fonts.pop((row, column), None)
        sheet.errors.pop((row, column), None)


def _other_rows(roster):
    used = [sheet for sheet in roster.sheets if sheet.used]
    whole = sum(
        kind not in NOT_COUNTED
        for sheet in used if sheet.part_of is None
        for kind in sheet.row_kinds.values()
    )  # fmt: skip
    # A row with two people of tables beside each other, or one title over both, is one row.
    parts = {}
    for sheet in used:
        if sheet.part_of is not None:
            for row, kind in sheet.row_kinds.items():
                parts.setdefault((sheet.part_of, row), set()).add(kind)
    return whole + sum(
        kinds.isdisjoint(("data", "more")) and kinds != {"blank"} for kinds in parts.values()
    )


def _frozen(values):
    if "ethnic_languages" not in values:
        return frozenset(values.items()), ()
    plain = frozenset((k, v) for k, v in values.items() if k != "ethnic_languages")
    return plain, tuple(values.get("ethnic_languages", ()))


def _namesakes(rows):
    """Rows whose like may stand elsewhere: others have the same name and number, if any."""
    met = Counter((row.values.get("full_name"), row.values.get("personal_id")) for row in rows)
    return {key for key, number in met.items() if number > 1}


def _mark_doubles(roster):
    """Identical rows, and one CCCD on rows that differ: the first of them stands."""
    seen, owners, twice = {}, {}, _namesakes(roster.rows)
    for row in roster.rows:
        number = row.values.get("personal_id")
        if (row.values.get("full_name"), number) in twice:
            first = seen.setdefault(_frozen(row.values), row)
            if first is not row and row.values:
                _duplicate(roster, row, first)
                continue
        if number and number in owners:
            _double_id(roster, row, owners[number])
        elif number and not row.reject_field:
            owners[number] = row


def _duplicate(roster, row, first):
    row.duplicate_of = (first.sheet, first.row)
    other = place(first.sheet if first.sheet != row.sheet else "", first.row)
    roster.issues.append(make_issue("duplicate_row", row.sheet, row.row, None, None, other=other))


def _double_id(roster, row, owner):
    row.reject_field = row.reject_field or "personal_id"
    other = place(owner.sheet if owner.sheet != row.sheet else "", owner.row)
    letter = row.cells.get("personal_id")
    number = row.values["personal_id"]
    # The number is in doubt as a whole; what else it contradicts says nothing more.
    doubts = ("personal_id_birth", "personal_id_gender")
    roster.issues[:] = [
        i for i in roster.issues if i.code not in doubts or (i.sheet, i.row) != (row.sheet, row.row)
    ]
    roster.issues.append(
        make_issue(
            "double_personal_id", row.sheet, row.row, letter, "personal_id", number, other=other
        )
    )


__all__ = ["IntakeError", "apply_edits", "read_roster", "read_workbook", "rows_from"]

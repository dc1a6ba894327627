"""How the tests of layouts read a file: on a fixed day, values by row."""

import datetime

from cadres.intake.roster import read_roster

TODAY = datetime.date(2026, 10, 10)


def read(data, **options):
    """The ParsedRoster of bytes."""
    return read_roster(data, today=TODAY, **options)


def values(roster):
    """{row: values} of a one-sheet roster, or {(sheet, row): values}."""
    if len({row.sheet for row in roster.rows}) < 2:
        return {row.row: row.values for row in roster.rows}
    return {(row.sheet, row.row): row.values for row in roster.rows}


def kinds(roster, number=0):
    """{row: what it is} of a sheet."""
    return roster.sheets[number].row_kinds

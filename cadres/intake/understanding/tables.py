"""A table that was read, as the page and the contract show it."""

from cadres.intake.types import ParsedTable, column_letter, column_place
from cadres.intake.understanding.columns import confidence, unknown


def told_of(mapping, top, bottom):
    """{column letter: key} of what a sheet's mapping says of the table with headings in those rows.

    What it says of this table alone goes before what it says of all tables of the sheet.
    """
    told, own = {}, {}
    for place, name in mapping.items():
        letter, row = column_place(place)
        if row is None:
            told[letter] = name
        elif top <= row <= bottom:
            own[letter] = name
    return told | own


def table_of(block, layout, rows):
    """The ParsedTable of a header block whose people stand in `rows`."""
    columns = {}
    for column in layout.columns:
        if column.field == "index":
            continue
        shown = _public(column.field)
        columns.setdefault(shown, []).append(column.letter)
    plain = {
        name: letters[0] if len(letters) == 1 else letters for name, letters in columns.items()
    }
    left = sorted({*layout.known, *unknown(layout)} & set(layout.headings))
    unmapped = {column_letter(c): layout.headings[c] for c in left}
    return ParsedTable(
        header_rows=(block.top, block.bottom),
        first_row=rows[0],
        last_row=rows[-1],
        columns=plain,
        unmapped=unmapped,
        headings={column_letter(c): h for c, h in layout.headings.items()},
        confidence=confidence(layout),
        alternatives={column_letter(c): a[:4] for c, a in layout.alternatives.items()},
        second_row=block.bottom if block.second else 0,
    )


PUBLIC = {
    "family_name": "full_name", "given_name": "full_name", "middle_name": "full_name",
    "birth_male": "birth_date", "birth_female": "birth_date", "birth_day": "birth_date",
    "birth_month": "birth_date", "birth_year": "birth_date", "gender_female": "gender",
    "gender_male": "gender", "party_official": "party_member",
}  # fmt: skip


def _public(name):
    return PUBLIC.get(name, name)

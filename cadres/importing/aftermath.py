"""What must be said after a file was read anew: columns left out, cells that are still wrong."""

from cadres.importing.fields import label
from cadres.importing.sheet_page import fields_by_letter, heading_of, in_order, meaning_of
from cadres.intake.keeping import asked_of, file_sheet, sheets_of
from cadres.models import ImportBatch

CELLS_NAMED = 3


def still_to_see(saved):
    """Sentences about what was saved and did not do what it was for; [] while it is being read."""
    saved.batch.refresh_from_db()
    if saved.what != "reading" or saved.batch.state != ImportBatch.State.PREVIEW:
        return []
    sheets = sheets_of(saved.batch)
    return [*_columns(saved, sheets), *_cells(saved, sheets)]


def _cells(saved, sheets):
    """The problems of cells that were typed just now."""
    files = {sheet["name"]: file_sheet(sheet) for sheet in sheets}
    wrong = [
        issue["message"]
        for issue in saved.batch.issues
        if (files.get(issue["sheet"]), issue["row"], issue["column"]) in saved.cells
    ]
    return [f"Vẫn cần xem: {message}" for message in wrong[:CELLS_NAMED]]


def _columns(saved, sheets):
    """Fields that were chosen for one column and are no longer read from another."""
    before = {_key(sheet, table): table for sheet, table, _ in _tables(saved.sheets)}
    told = []
    for sheet, table, mark in _tables(sheets):
        chosen = _chosen(saved.columns.get(sheet["name"], {}), mark)
        known = before.get(_key(sheet, table))
        if chosen and known:
            told += [
                _one_only(field, chosen, known, table) for field in {*chosen.values()} - {None}
            ]
    return list(dict.fromkeys(filter(None, told)))


def _tables(sheets):
    return [(sheet, *asked) for sheet in sheets for asked in asked_of(sheet["tables"])]


def _key(sheet, table):
    return sheet["name"], table["header_rows"][0]


def _chosen(columns, mark):
    """{letter: field} that was chosen for the table with this mark."""
    end = len(mark)
    return {place[: len(place) - end]: f for place, f in columns.items() if place.endswith(mark)}


def _one_only(field, chosen, before, now):
    """That a field is read from one column, where two were to mean it; "" where they do."""
    wanted = {letter for letter, told in chosen.items() if told == field}
    wanted |= {
        letter
        for letter in fields_by_letter(before)
        if letter not in chosen and meaning_of(before, letter) == field
    }
    taken = {letter for letter in fields_by_letter(now) if meaning_of(now, letter) == field}
    left = wanted - taken
    if not taken or not left:
        return ""
    return (
        f"{label(field)} chỉ lấy từ một cột: nay lấy cột {_named(taken, now)}, "
        f"không nhập cột {_named(left, now)}."
    )


def _named(letters, table):
    """“G (Chức vụ)”: columns by their letters and headings."""
    names = [(letter, heading_of(table, letter)) for letter in in_order(letters)]
    return ", ".join(f"{letter} ({name})" if name else letter for letter, name in names)

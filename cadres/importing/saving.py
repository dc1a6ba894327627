"""Saving the decisions of a preview: into the batch, and what is remembered for the next file."""

from dataclasses import dataclass, field

from django.db import transaction

from cadres.audit import record
from cadres.importing import clashes, decisions, list_day, unknown_units
from cadres.importing.decisions import StateError
from cadres.importing.marks import Marks, value_offered
from cadres.importing.sheet_page import fields_by_letter, meaning_of
from cadres.importing.shown import changed_only
from cadres.intake.keeping import asked_of, file_sheet, headings_of, layout_of, sheets_of
from cadres.intake.kinds import KINDS
from cadres.intake.types import column_number, column_place
from cadres.intake.understanding.cells import NAMES
from cadres.intake.understanding.tables import told_of
from cadres.models import ImportBatch, SenderMapping
from cadres.roles import BRANCH
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_number


@dataclass
class Saved:
    """`what`: "" nothing new, "choices", or "reading" when the file must be understood anew.

    `is_behind`: the form was older than what somebody else decided meanwhile; `problem`: what of
    the form could not be saved; `is_new_day`: the list is of another day now; `columns`, `cells`:
    what was chosen and the places written; `sheets`: as they were understood before.
    """

    batch: ImportBatch
    what: str = ""
    words: str = ""
    problem: str = ""
    is_behind: bool = False
    is_new_day: bool = False
    columns: dict = field(default_factory=dict)
    cells: tuple = ()
    sheets: tuple = ()


@transaction.atomic
def save_decisions(batch, posted, *, by):
    """Merge a posted form into the batch; StateError when it is no longer a preview."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.PREVIEW:
        raise StateError(
            f"Lần nhập này đang ở bước “{batch.get_state_display()}”, lựa chọn không còn sửa được."
        )
    sheets = sheets_of(batch)
    version, posted = posted.get("lan"), changed_only(posted)
    found = decisions.read(posted, [sheet["name"] for sheet in sheets])
    columns = _changed_columns(found.columns, sheets, batch.mapping)
    problem = "" if _still_names(columns, sheets) else NAMELESS
    columns = {} if problem else columns
    try:
        on = list_day.chosen(batch, posted)
    except list_day.DayError as error:
        on, problem = batch.on, f"{problem} {error}".strip()
    cells = _typed_cells(found.cells, posted, sheets, batch.issues, own_unit_of(by))
    placed = _in_file(sheets, cells, found.taken_back)
    settled = clashes.settle(batch, *placed, posted, version)
    problem = f"{problem} {clashes.problem(batch, settled.met)}".strip()
    edits = decisions.merge_edits(batch.edits, settled.written, settled.gone)
    choices = decisions.merge_choices(batch.choices, found)
    choices = clashes.noted(choices, settled, by=by, version=batch.version + 1)
    choices = _with_units(choices, unknown_units.answers(posted))
    if answers := KINDS[batch.kind].answers:
        choices |= answers(batch, posted)
    is_behind = version not in (None, str(batch.version))
    words = _words(columns, settled, found, on if on != batch.on else None)
    saved = Saved(batch, "", words, problem, is_behind, is_new_day=on != batch.on)
    saved.columns, saved.cells, saved.sheets = columns, tuple(settled.written), tuple(sheets)
    if columns or edits != batch.edits or on != batch.on:
        saved.what = "reading"
    elif choices != batch.choices:
        saved.what = "choices"
    if saved.what:
        batch.on = on
        _write(batch, columns, edits, choices, by)
        _remember(batch, columns, sheets, by)
    return saved


def _with_units(choices, told):
    """The choices with the units that names of the file stand for; an empty answer takes back."""
    units = {text: unit for text, unit in {**choices.get("units", {}), **told}.items() if unit}
    rest = {key: value for key, value in choices.items() if key != "units"}
    return rest | ({"units": units} if units else {})


def _write(batch, columns, edits, choices, by):
    for sheet, letters in columns.items():
        batch.mapping = batch.mapping | {sheet: batch.mapping.get(sheet, {}) | letters}
    batch.edits, batch.choices = edits, choices
    batch.version += 1
    batch.save(update_fields=["mapping", "edits", "choices", "on", "version"])
    detail = {"columns": columns, "cells": len(edits), "on": batch.on.isoformat()}
    record("import.decide", by=by, subject=batch, unit=batch.unit, batch=batch.pk, detail=detail)


def _changed_columns(posted, sheets, mapping):
    """{sheet: {letter and mark: field or None}} of the columns that now mean something else."""
    changes = [
        (sheet["name"], table, mark, _changes(posted.get(sheet["name"], {}), table, mark, told))
        for sheet in sheets
        for told in [mapping.get(sheet["name"], {})]
        for table, mark in asked_of(sheet["tables"])
    ]
    chosen = {layout_of(headings_of(table)): new for _, table, _, new in changes if new}
    changed = {}
    for sheet, table, mark, new in changes:
        # The same for all other tables of the file with the very same headings.
        new = new or chosen.get(layout_of(headings_of(table)), {})
        if new:
            changed.setdefault(sheet, {}).update({c + mark: field for c, field in new.items()})
    return changed


NAMELESS = (
    "Phải còn một cột hiểu là Họ và tên nên chưa lưu cách hiểu các cột. Chọn cột Họ và tên mới "
    "trước hoặc cùng lúc."
)


def _still_names(changed, sheets):
    """Whether some table of the file tells names with these columns: without, nobody is read."""
    if not changed:
        return True
    return any(
        _means_name(table, mark, changed.get(sheet["name"], {}))
        for sheet in sheets
        for table, mark in asked_of(sheet["tables"])
    )


def _means_name(table, mark, changed):
    letters = {*fields_by_letter(table), *(c for c in _letters(changed, mark))}
    meant = (changed.get(c + mark, meaning_of(table, c)) for c in letters)
    return not set(NAMES).isdisjoint(meant)


def _changes(posted, table, mark, mapping):
    """{letter: field or None} of the columns of one table that now mean something else."""
    told = told_of(mapping, *table["header_rows"])
    said = {c: posted[c + mark] for c in _letters(posted, mark)}
    return {
        c: field
        for c, field in said.items()
        if field != (told.get(c) or meaning_of(table, c) or None)
    }


def _letters(posted, mark):
    """The columns that a form names with this mark behind their letters."""
    places = map(column_place, posted)
    return [letter for letter, row in places if str(row or "") == mark]


def own_unit_of(account):
    """The name of the only unit that an account may import for; "" for the department."""
    return account.unit.name if account.scope == BRANCH and account.unit else ""


def _typed_cells(cells, posted, sheets, issues, own_unit):
    """{(sheet, row, letter): text} that somebody typed or took over, not the mere suggestions."""
    pressed = decisions.CELL.match(posted.get("fix", ""))
    names = [sheet["name"] for sheet in sheets]
    taken = decisions._place(pressed, names) if pressed else None
    shown = {
        (issue["sheet"], row, issue["column"]): value_offered(issue, own_unit)
        for sheet in sheets
        for row, found in Marks(sheet, issues, own_unit).by_row.items()
        for issue in found
    }
    grids = {sheet["name"]: sheet["grid"] for sheet in sheets}
    return {
        place: text.strip()
        for place, text in cells.items()
        if _on_sheet(grids, place)
        and (place == taken or text.strip() != shown.get(place, _text_at(grids, place)).strip())
    }


def _in_file(sheets, cells, taken_back):
    """The same cells and places by the sheets of the file: a part has the places of its sheet."""
    names = {sheet["name"]: file_sheet(sheet) for sheet in sheets}
    typed = {(names[sheet], row, letter): text for (sheet, row, letter), text in cells.items()}
    return typed, [(names.get(sheet, ""), row, letter) for sheet, row, letter in taken_back]


def _on_sheet(grids, place):
    """Whether the page can show that cell: a form may name a cell a million rows below."""
    sheet, row, letter = place
    grid = grids.get(sheet, [])
    return 0 < row <= len(grid) and column_number(letter) <= max(map(len, grid))


def _text_at(grids, place):
    sheet, row, letter = place
    grid = grids.get(sheet, [])
    line = grid[row - 1] if 0 < row <= len(grid) else []
    column = column_number(letter)
    return line[column - 1] if column <= len(line) else ""


def _remember(batch, columns, sheets, by):
    """Keep a mapping chosen by hand for the next file of this sender with the same headings."""
    for sheet in sheets:
        chosen = columns.get(sheet["name"], {})
        for table, mark in asked_of(sheet["tables"]):
            letters = _letters(chosen, mark)
            if letters:
                kept, _ = SenderMapping.objects.get_or_create(
                    sender=by, layout=layout_of(table["headings"]), defaults={"mapping": {}}
                )
                kept.mapping |= {letter: chosen[letter + mark] for letter in letters}
                kept.save()


def _words(columns, settled, found, on):
    """What was saved, in one sentence; "" for nothing worth saying."""
    parts = []
    if columns:
        count = sum(len(letters) for letters in columns.values())
        parts.append(f"cách hiểu {format_number(count)} cột")
    if settled.written:
        parts.append(f"{format_number(len(settled.written))} ô đã sửa")
    if settled.gone:
        parts.append("bỏ 1 ô đã sửa")
    if on:
        parts.append(f"ngày của danh sách là {show(on)}")
    if found.by_column:
        parts.append("lựa chọn theo cột")
    return f"Đã lưu {', '.join(parts)} và đọc lại tệp." if parts else ""

"""Writes: each one atomic, with an author (`by=account`) and one audit row."""

from cadres.actions.accounts import (
    add_account,
    change_account,
    note_own_password,
    reset_password,
)
from cadres.actions.errors import Refused
from cadres.actions.people import (
    add_official,
    add_row,
    change_official,
    change_row,
    delete_row,
    move_posting,
    restore_row,
    reveal_personal_id,
    unit_of,
)
from cadres.actions.units import (
    add_mark,
    add_unit,
    change_unit,
    close_unit,
    delete_mark,
    end_mark,
    restore_mark,
)

__all__ = [
    "Refused",
    "add_account",
    "add_mark",
    "add_official",
    "add_row",
    "add_unit",
    "change_account",
    "change_official",
    "change_row",
    "change_unit",
    "close_unit",
    "delete_mark",
    "delete_row",
    "end_mark",
    "move_posting",
    "note_own_password",
    "reset_password",
    "restore_mark",
    "restore_row",
    "reveal_personal_id",
    "unit_of",
]

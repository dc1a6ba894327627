"""Kinds of imports: how a list is understood, compared, written and taken back.

The roster is one of them; an upper layer registers its own at start-up. What all have in common —
the stored file, the steps, who may take which, the audit row — is in `batches`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cadres.intake import applying
from cadres.intake.preparing import prepare
from cadres.intake.understanding.extra import NO_EXTRA, ExtraColumns
from cadres.intake.undoing import Undo

ROSTER = "roster"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of list.

    `prepare(parsed, *, by, on, unit, choices, absent, sha256, batch)`: an Outcome, nothing written.
    `write(outcome, batch, *, by)` and `undo(batch, *, by)` run in the caller's transaction; undo
    answers {reversed, kept, refused}. `page`: an object with what its import pages show.
    """

    permission: str
    prepare: Callable
    write: Callable
    undo: Callable
    extra: ExtraColumns = NO_EXTRA
    finish: Callable | None = None  # what a ParsedRoster still needs, once its rows are there
    page: object = None


def _undo_roster(batch, *, by):
    return Undo(batch, by=by).run()


KINDS = {
    ROSTER: Kind(
        permission="cadres.import_roster",
        prepare=prepare,
        write=applying.write,
        undo=_undo_roster,
    )
}


def register(code, kind):
    """Add a kind of import under its code (ImportBatch.KINDS)."""
    KINDS[code] = kind


def kinds_of(account):
    """The codes of the kinds that the account may import."""
    return [code for code, kind in KINDS.items() if account.has_perm(kind.permission)]

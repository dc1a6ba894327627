"""Kinds of imports: how a list is understood, compared, written and taken back.

The roster is one of them; an upper layer registers its own at start-up. What all have in common —
the stored file, the steps, who may take which, the audit row — is in `batches`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

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
    answers {reversed, kept, refused}. The rest is how its import pages speak and what they ask:
    `part(batch)`: the context of `template`, a section of the preview, or None; `answers(batch,
    posted)`: what that section's form decided, to be merged into the batch's choices.
    """

    permission: str
    prepare: Callable
    write: Callable
    undo: Callable
    extra: ExtraColumns = NO_EXTRA
    finish: Callable | None = None  # what a ParsedRoster still needs, once its rows are there
    home: str = "imports:upload"  # URL name of the page where its files are sent
    title: str = "Nhập danh sách"
    noun: str = "người"  # what undo counts
    labels: dict = field(default_factory=dict)  # {extra field: its name on screen}
    template: str = ""
    part: Callable | None = None
    answers: Callable | None = None


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

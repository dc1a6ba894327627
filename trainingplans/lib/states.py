"""States and moves between them: one table a thing, read by buttons, actions, tests, help."""

from dataclasses import dataclass

from trainingplans.lib.commands import Refused


@dataclass(frozen=True, kw_only=True)
class Move:
    """A move: who (permission) may bring a row from which states to which, in which words."""

    code: str
    label: str  # the button: verb and object, "Trình lãnh đạo Sở"
    sources: tuple
    target: str
    permission: str
    needs_reason: bool = False
    harmful: bool = False  # shown in red, asked once more


class Machine:
    """The moves of one kind of row, which has a `state`."""

    def __init__(self, states, *moves):
        self.states = states
        self.moves = {move.code: move for move in moves}

    def open_to(self, account, state):
        """The moves that `account` may make from `state`, in the table's order."""
        return [
            move
            for move in self.moves.values()
            if state in move.sources and account.has_perm(move.permission)
        ]

    def check(self, row, code, *, by, reason=""):
        """The Move, if `by` may make it with the row as it is; Refused with the reason why not.

        Call it on a row locked in this transaction: of two at once, one gets the Refusal.
        """
        move = self.moves[code]
        if not by.has_perm(move.permission):
            raise Refused(f"{by.rights.label} không được làm việc “{move.label}”.")
        if row.state not in move.sources:
            now = row.get_state_display()
            allowed = ", ".join(f"“{self.states(one).label}”" for one in move.sources)
            raise Refused(f"{row}: đang ở trạng thái “{now}”; “{move.label}” chỉ làm từ {allowed}.")
        if move.needs_reason and not reason.strip():
            raise Refused(f"Ghi lý do để {move.label[:1].lower()}{move.label[1:]}.")
        return move

    def table(self):
        """[(label, [labels of sources], label of target, permission)] for the help page."""
        return [
            (
                move.label,
                [self.states(one).label for one in move.sources],
                self.states(move.target).label,
                move.permission,
            )
            for move in self.moves.values()
        ]

"""The list of the past as a kind of import."""

from cadres.intake.kinds import Kind
from courses.history.columns import EXTRA
from courses.history.preparing import prepare
from courses.history.rows import finish
from courses.history.undoing import undo
from courses.history.writing import write

CODE = "history"
PERMISSION = "courses.import_history"
KIND = Kind(
    permission=PERMISSION, prepare=prepare, write=write, undo=undo, extra=EXTRA, finish=finish
)

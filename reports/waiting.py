"""What waits for somebody about targets: those that are not reached, with their due dates."""

from datetime import timedelta

from cadres.roles import ALL
from reports.board import board_of
from reports.scope import Scope
from reports.sentences import capital
from trainingplans.lib.inbox import Item
from trainingplans.lib.numbers import format_number, format_percent, format_threshold
from trainingplans.plans.models import Target

AHEAD, UNITS_AHEAD = timedelta(days=183), timedelta(days=366)  # later ones stand on their page


def targets(account, on):
    """Targets under their threshold in the units that the account sees."""
    if not account.has_perm("plans.view_target"):
        return
    ahead = AHEAD if account.scope == ALL else UNITS_AHEAD
    found = Target.objects.visible_to(account).for_list().filter(due__lte=on + ahead)
    board = board_of(found, Scope(account, on))
    for line in board.lines:
        if line.short_by:
            share = format_percent(line.percent, line.threshold)
            yield Item(
                title=f"{line.name}: còn thiếu {format_number(line.short_by)} người",
                url=line.link("missing", "nguoi"),
                icon="target",
                source=capital(f"{share}, ngưỡng {format_threshold(line.threshold)}"),
                count=line.short_by,
                due=line.due,
            )

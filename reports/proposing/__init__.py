"""The cheapest classes and seats that bring targets over their thresholds: an integer program.

`world` says what is asked and answered in plain values, `solving` answers, `solver` is the one
place that knows the solver, `reading` makes a world of a plan, its targets and what is known.
"""

from reports.proposing.solver import NoSolver
from reports.proposing.solving import effect_of, propose
from reports.proposing.world import Goal, Group, Line, Offer, World

__all__ = [
    "Goal",
    "Group",
    "Line",
    "NoSolver",
    "Offer",
    "World",
    "effect_of",
    "propose",
]

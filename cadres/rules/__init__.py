"""Rules over people are data: one closed vocabulary of conditions, one way to count by them."""

from cadres.rules import knowledge, persons, places, spans  # noqa: F401  they register themselves
from cadres.rules.base import CONDITIONS, Condition, RuleError, register
from cadres.rules.context import RuleContext
from cadres.rules.counting import Figure, Pair, count, matching, members, people, tally
from cadres.rules.dimensions import DIMENSIONS, UNKNOWN, Dimension
from cadres.rules.trees import describe, ladders_named, normalise, to_q, validate

__all__ = [
    "CONDITIONS",
    "Condition",
    "DIMENSIONS",
    "Dimension",
    "Figure",
    "Pair",
    "RuleContext",
    "RuleError",
    "UNKNOWN",
    "count",
    "describe",
    "ladders_named",
    "matching",
    "members",
    "normalise",
    "people",
    "register",
    "tally",
    "to_q",
    "validate",
]

"""Rules over people are data: one closed vocabulary of conditions, one way to count by them."""

from cadres.rules import knowledge, persons, places, spans  # noqa: F401  they register themselves
from cadres.rules.base import CONDITIONS, Condition, RuleError, register
from cadres.rules.context import RuleContext
from cadres.rules.counting import Figure, Pair, count, matching, people
from cadres.rules.trees import describe, ladders_named, normalise, to_q, validate

__all__ = [
    "CONDITIONS",
    "Condition",
    "Figure",
    "Pair",
    "RuleContext",
    "RuleError",
    "count",
    "describe",
    "ladders_named",
    "matching",
    "normalise",
    "people",
    "register",
    "to_q",
    "validate",
]

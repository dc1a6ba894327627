"""A course's rule on people, asked of many at once: who meets which part, who cannot be decided."""

from functools import reduce
from operator import or_

from django.db.models import BooleanField, Case, Q, Value, When

from cadres.rules import CONDITIONS, RuleContext, describe, validate
from cadres.rules.base import NOBODY
from cadres.rules.spans import Elapsed
from cadres.rules.trees import ALL, leaves, to_q


class Asked:
    """A rule taken apart at its "all": each part is a column of one query over standings."""

    def __init__(self, rule, name, on):
        self.name = name
        self.context = RuleContext(on)
        self.problems = validate(rule, self.context) if rule else []
        self.parts = [] if self.problems else _parts(rule)
        self.words = [describe(part, self.context) for part in self.parts]

    def columns(self):
        """{column: expression} for `annotate`: met and undecided of each part."""
        found = {}
        for number, part in enumerate(self.parts):
            found[f"{self.name}_met{number}"] = _flag(to_q(part, self.context))
            found[f"{self.name}_open{number}"] = _flag(undecided(part, self.context))
        return found

    def missed(self, row):
        """[words] of the parts that an annotated standing surely does not meet."""
        return [
            w for n, w in enumerate(self.words) if not self._met(row, n) and not self._open(row, n)
        ]

    def unclear(self, row):
        """[words] of the parts that the record is too thin to decide."""
        return [w for n, w in enumerate(self.words) if not self._met(row, n) and self._open(row, n)]

    def _met(self, row, number):
        return getattr(row, f"{self.name}_met{number}")

    def _open(self, row, number):
        return getattr(row, f"{self.name}_open{number}")


def audience_of(training_class):
    """The rule on who may come to a class: the course's and the class's own; None for anybody."""
    if training_class is None:
        return None
    asked = [training_class.course.audience, training_class.audience]
    parts = [part for rule in asked for part in _parts(rule)]
    return {ALL: parts} if parts else None


def _parts(rule):
    if not rule:
        return []
    return rule[ALL] if set(rule) == {ALL} else [rule]


def _flag(condition):
    return Case(When(condition, then=Value(True)), default=False, output_field=BooleanField())


def undecided(rule, context):
    """The Q of people of whom a condition of the rule lacks what it asks about."""
    lacking = [_lacks(CONDITIONS[key], value, context) for key, value in leaves(rule)]
    return reduce(or_, lacking, NOBODY)


def _lacks(condition, value, context):
    empty = [Q(**{f"{column}__isnull": True}) for column in condition.columns(value)]
    found = reduce(or_, empty, NOBODY)
    if isinstance(condition, Elapsed):
        found |= _between(condition, value, context.on)
    return found


def _between(condition, value, on):
    """Whose date is known in part, so that the limit lies within what it may mean."""
    found = NOBODY
    if "from" in value:
        found |= ~condition.at_least(value["from"], on) & ~condition.less_than(value["from"], on)
    if "to" in value:
        over = value["to"] + 1
        found |= ~condition.less_than(over, on) & ~condition.at_least(over, on)
    return found

"""Targets computed: the figures of the counting engine with their words, units and people."""

from dataclasses import dataclass, field

from cadres.models import Unit
from cadres.roles import ALL
from cadres.rules import Figure, RuleContext, describe, people
from reports import kept
from trainingplans.plans.counting import pair_of, problems_of
from trainingplans.plans.loading import plain_number


@dataclass
class TargetFigure:
    """A target on a day: its figure, in words, by unit, and (where asked) its people."""

    target: object
    figure: Figure
    words: dict = field(default_factory=dict)  # {"population": …, "attained": …}
    by_unit: list = field(default_factory=list)  # [(Unit, Figure)] in the order of names
    people: list | None = None  # standings
    problems: list = field(default_factory=list)  # why the rule can no longer be read

    @property
    def met(self):
        return self.figure.met(self.target.threshold)

    @property
    def short_by(self):
        return self.figure.short_by(self.target.threshold)


def units_for(account, unit=None):
    """The units that a figure may count in: the account's, below `unit`; None for all."""
    if unit is None and account.is_active and account.scope == ALL:
        return None
    units = Unit.objects.branch_of(account)
    return units.below(unit) if unit else units


def attainment(targets, account, on, unit=None, by_unit=False, people=None):
    """A TargetFigure for each target, as `account` may see it on the day `on`.

    `unit` narrows to what is below it; `people` names a part (missing, attained, unknown,
    population) whose standings are wanted too, one query a target; else the number of queries
    is the same for any number of targets, units and people.
    """
    context = RuleContext(on)
    units = units_for(account, unit)
    answers = [TargetFigure(t, Figure(), problems=problems_of(t, context)) for t in targets]
    sound = [answer for answer in answers if not answer.problems]
    pairs = [pair_of(answer.target) for answer in sound]
    figures = kept.figures(pairs, on=on, units=units, by_unit=by_unit, context=context)
    for answer, pair, figure in zip(sound, pairs, figures, strict=True):
        answer.figure = figure
        answer.words = {part: describe(rule, context) for part, rule in pair._asdict().items()}
        if people:
            answer.people = people_behind(pair, people, on, units, context)
    if by_unit:
        name_units(sound)
    return answers


def people_behind(pair, which, on, units, context):
    """The standings of a part of a figure, by name."""
    return list(people(pair, which, on=on, units=units, context=context))


def name_units(answers):
    """Fill `by_unit` of the answers, in the order of the units' names; one query."""
    ids = {pk for answer in answers for pk in answer.figure.by_unit}
    units = list(Unit.objects.filter(pk__in=ids).order_by("sort_key", "code"))
    for answer in answers:
        here = answer.figure.by_unit
        answer.by_unit = [(unit, here[unit.pk]) for unit in units if unit.pk in here]


def attainment_document(answers, on, unit=None, by_unit=False):
    """The JSON form of `attainment`, as the command-line contract has it."""
    return {
        "on": on.isoformat(),
        "unit": unit.name if unit else None,
        "targets": [_document(answer, by_unit) for answer in answers],
    }


def _document(answer, by_unit):
    target, figure = answer.target, answer.figure
    document = {
        "code": target.code,
        "name": target.name,
        "threshold": plain_number(target.threshold),
        "due": target.due.isoformat(),
        **numbers(figure),
        "percent": None if figure.percent is None else float(figure.percent),
        "met": answer.met,
        "short_by": answer.short_by,
        "in_words": answer.words,
    }
    if by_unit:
        document["by_unit"] = [
            {"unit": unit.name, "code": unit.code, **numbers(part)} for unit, part in answer.by_unit
        ]
    if answer.people is not None:
        document["people"] = [person(row) for row in answer.people]
    if answer.problems:
        document["problems"] = answer.problems
    return document


def numbers(figure):
    """The three numbers of a figure."""
    return {
        "population": figure.population,
        "attained": figure.attained,
        "unknown": figure.unknown,
    }


def as_float(value):
    """A Fraction as JSON has it, two places; None stays."""
    return None if value is None else round(float(value), 2)


def person(row):
    """A standing as figures name people."""
    return {
        "official": row.official_id,
        "name": row.official.full_name,
        "unit": row.unit.name,
        "position": row.position,
    }

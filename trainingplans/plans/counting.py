"""Targets and the counting engine: the rules of a target, and which people it concerns."""

from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Value, When

from cadres.rules import Pair, RuleContext, normalise, to_q, validate
from cadres.rules.counting import in_service


def pair_of(target):
    """The rules of a target, narrowed to the unit that it is set for."""
    if target.unit is None:
        return Pair(target.population, target.attained)
    return Pair({"all": [{"in_unit": [target.unit.code]}, target.population]}, target.attained)


def rule_of(value):
    """A rule as it is stored, from what a document gives; None for none. ValueError in words."""
    if value is None:
        return None
    context = RuleContext()
    if problems := validate(value, context):
        raise ValueError(" ".join(problems))
    return normalise(value, context)


def problems_of(target, context):
    """Why a stored target can no longer be read, [] for a sound one."""
    pair = pair_of(target)
    return [
        *validate(pair.population, context, "population"),
        *validate(pair.attained, context, "attained"),
    ]


@dataclass
class Standings:
    """What is true of some officials on a day: who counts in which target, who is planned."""

    concerned: dict = field(default_factory=dict)  # {official id: {target id: has attained}}
    planned: set = field(default_factory=set)  # in quy hoạch
    units: dict = field(default_factory=dict)  # {official id: unit id}, whoever is in service

    def misses(self, official, target):
        """Whether the official counts in the target and has not attained (or is unknown)."""
        return self.concerned.get(official, {}).get(target) is False

    def attains(self, official, target):
        return self.concerned.get(official, {}).get(target) is True


def standings_of(officials, targets, on):
    """Standings of `officials` (ids or a queryset) in `targets`; the same few queries for any
    number of people, targets and units. A target that can no longer be read concerns nobody."""
    context = RuleContext(on)
    sound = [target for target in targets if not problems_of(target, context)]
    flags = {}
    for place, target in enumerate(sound):
        pair = pair_of(target)
        flags[f"in{place}"] = _flag(to_q(pair.population, context))
        flags[f"has{place}"] = _flag(to_q(pair.attained, context))
    found = Standings()
    rows = in_service(on).filter(official__in=officials).annotate(**flags).order_by()
    for row in rows.values("official_id", "unit_id", "in_planning", *flags):
        official = row["official_id"]
        found.units[official] = row["unit_id"]
        if row["in_planning"]:
            found.planned.add(official)
        found.concerned[official] = {
            target.pk: bool(row[f"has{place}"])
            for place, target in enumerate(sound)
            if row[f"in{place}"]
        }
    return found


def _flag(condition):
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())

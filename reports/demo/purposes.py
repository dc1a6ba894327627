"""Programmes and targets of the demonstration: those of the five field reports."""

from datetime import date

from reports.demo.places import load_data
from trainingplans.plans.actions import load_targets
from trainingplans.plans.models import Programme


def make_purposes(*, by):
    """Write the programmes, and the targets that serve them."""
    made = {}
    for entry in load_data("demo_programmes.json"):
        above = made.get(entry.pop("parent"))
        days = {key: _day(entry.pop(key)) for key in ("issued_on", "starts_on", "ends_on")}
        programme = Programme(parent=above, **entry, **days)
        programme._history_user = by
        programme.save()
        made[programme.number or programme.title] = programme
    return load_targets(load_data("demo_targets.json"), by=by)


def _day(text):
    return date.fromisoformat(text) if text else None

"""Writes of plans: targets, one by one from the form or many from a document."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from cadres.audit import record
from cadres.rules import RuleContext, RuleError, normalise, validate
from trainingplans.lib.commands import Refused
from trainingplans.plans.loading import TargetReader, document_of
from trainingplans.plans.models import Target


@dataclass
class Loaded:
    """The codes of targets that a document created, replaced or found as they were."""

    created: list = field(default_factory=list)
    replaced: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)


@transaction.atomic
def load_targets(document, *, by):
    """Create or replace targets by code: all of them, or Refused with every problem."""
    reader = TargetReader()
    entries = reader.read(document)
    if reader.problems:
        raise Refused(*reader.problems)
    codes = [entry["code"] for entry in entries]
    known = Target.objects.select_for_update().filter(code__in=codes).in_bulk(field_name="code")
    loaded = Loaded()
    for entry in entries:
        _load(known.get(entry["code"]), entry, by, loaded)
    if loaded.created or loaded.replaced:
        record("target.load", by=by, label="Nạp mục tiêu", detail=vars(loaded))
    return loaded


def _load(target, entry, by, loaded):
    """Write one entry over its target, or a new one."""
    entry = {"legal_basis": "", "unit": None, "programme": None, **entry}
    if target is None:
        _store(Target(**entry, order=_last() + 1), by)
        loaded.created.append(entry["code"])
        return
    before = document_of(target)
    for column, value in entry.items():
        setattr(target, column, value)
    if document_of(target) == before:
        loaded.unchanged.append(target.code)
        return
    target.version += 1
    _store(target, by)
    loaded.replaced.append(target.code)


def _last():
    """The place of the last target, so that a new one comes after it."""
    return Target.objects.aggregate(last=Max("order"))["last"] or 0


def _store(target, by):
    target._history_user = by
    target.save()


@transaction.atomic
def save_target(target, *, by):
    """Save a target from a form, its rules in their stored form; audited. RuleError for bad ones.

    The caller has compared versions; a changed target gets the next one.
    """
    context = RuleContext()
    problems = [
        *validate(target.population, context, "population"),
        *validate(target.attained, context, "attained"),
    ]
    if problems:
        raise RuleError(problems)
    target.population = normalise(target.population, context)
    target.attained = normalise(target.attained, context)
    act = "target.change" if target.pk else "target.add"
    if target.pk:
        target.version += 1
    else:
        target.order = _last() + 1
    _store(target, by)
    record(act, by=by, subject=target, unit=target.unit, detail=document_of(target))
    return target


@transaction.atomic
def delete_target(target, *, by):
    """Delete a target; what it said stays in the audit event and in its history."""
    record("target.delete", by=by, subject=target, unit=target.unit, detail=document_of(target))
    target._history_user = by
    target.delete()

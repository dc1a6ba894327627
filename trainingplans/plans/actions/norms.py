"""Writes of cost norms: a new one takes the place of the one before from its first day on."""

from django.db import transaction

from cadres.audit import record
from trainingplans.lib.dates import FOREVER
from trainingplans.plans.models import CostNorm


@transaction.atomic
def add_norm(norm, *, by):
    """Save a new norm; one for the same that is open at its end stops where this one begins."""
    same = CostNorm.objects.select_for_update().filter(
        category=norm.category,
        per=norm.per,
        valid_from__lt=norm.valid_from,
        valid_to__gt=norm.valid_from,
    )
    for before in same:
        before.valid_to = norm.valid_from
        before.save()
    norm.save()
    record("norm.add", by=by, subject=norm, detail={"amount": norm.amount})
    return norm


@transaction.atomic
def end_norm(norm, on, *, by):
    """The norm no longer holds from the day `on`; one that has not begun yet is deleted."""
    row = CostNorm.objects.select_for_update().get(pk=norm.pk)
    record("norm.end", by=by, subject=row)
    if row.valid_from >= on:
        row.delete()
    elif row.valid_to == FOREVER or row.valid_to > on:
        row.valid_to = on
        row.save()

"""The province of the benchmark: people with a past of two years, and ten targets.

A few people come by import, as in use; the others are copies of them with other names.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db import connection

from cadres.intake.batches import apply, open_batch, preview
from cadres.models import Official, Unit
from reports.bench import rosters
from reports.bench.copies import multiply
from reports.bench.figures import TEN
from reports.bench.scratch import UNITS
from trainingplans.lib.dates import today
from trainingplans.plans.models import Target

IMPORTED = 3000
IN_SMALL_UNIT = IMPORTED // UNITS
IN_UNIT = 500  # at most, but in a small province of UNITS
PROMOTED = 0.2  # of the people imported, half a year ago


@dataclass(frozen=True)
class Province:
    """What the steps of reading ask about."""

    officials: int
    clerk: object
    now: object
    past: object  # between the two rosters
    units: int
    small: Unit  # has as many people in every province
    unit: Unit  # grows with the province
    targets: list


def fill(officials, clerk):
    """Import people as of two years ago, the changes of half a year ago; then multiply them."""
    now, units = today(), max(UNITS, officials // IN_UNIT)
    imported = min(officials, IMPORTED)
    _import(clerk, now - timedelta(days=730), rosters.rows(imported, units=UNITS))
    promoted = rosters.rows(imported, units=UNITS, changed=PROMOTED)
    _import(clerk, now - timedelta(days=180), islice(promoted, int(imported * PROMOTED)))
    rosters.make_units(units - UNITS, after=UNITS)
    multiply(officials, units)
    targets = [
        Target.objects.create(
            code=f"t{number}",
            name=f"Mục tiêu {number}",
            population=population,
            attained=attained,
            threshold=90,
            due=now + timedelta(days=365),
            order=number,
        )
        for number, (population, attained, _, _) in enumerate(TEN)
    ]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if Official.objects.count() != officials:
        raise AssertionError("the province of the benchmark is not whole")
    small, unit = Unit.objects.order_by("pk")[:2]
    return Province(officials, clerk, now, now - timedelta(days=360), units, small, unit, targets)


def _import(clerk, on, people):
    batch = open_batch(rosters.workbook(people), "bench.xlsx", by=clerk, on=on)
    preview(batch)
    apply(batch, by=clerk)

"""The province of the benchmark: people with a past of two years, and ten targets."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db import connection

from cadres.intake.batches import apply, open_batch, preview
from cadres.models import Official, Unit
from reports.bench import rosters
from reports.bench.figures import TEN
from reports.bench.scratch import UNITS
from trainingplans.lib.dates import today
from trainingplans.plans.models import Target

PROMOTED = 0.2  # of the people, half a year ago


@dataclass(frozen=True)
class Province:
    """What the steps of reading ask about."""

    officials: int
    clerk: object
    now: object
    past: object  # between the two rosters
    unit: Unit
    targets: list


def fill(officials, clerk):
    """Import the people as of two years ago and the changes of half a year ago."""
    now = today()
    people = list(rosters.rows(officials, units=UNITS))
    _import(clerk, now - timedelta(days=730), people)
    promoted = rosters.rows(officials, units=UNITS, changed=PROMOTED)
    _import(clerk, now - timedelta(days=180), islice(promoted, int(officials * PROMOTED)))
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
    unit = Unit.objects.filter(kind="commune").order_by("code").first()
    return Province(officials, clerk, now, now - timedelta(days=360), unit, targets)


def _import(clerk, on, people):
    batch = open_batch(rosters.workbook(people), "bench.xlsx", by=clerk, on=on)
    preview(batch)
    apply(batch, by=clerk)

"""The 40 lessons a year: how many somebody has completed, who still lacks some, by unit."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, Sum

from cadres.models import Standing, Unit
from courses.models import Enrolment, RuleSetting

HOURS = "yearly_hours"
USUAL = 40
DAYS = (1, 1), (12, 31)
KINDS = ["CB", "CC", "VC"]  # village and part-time workers have no such duty


def required_hours(year):
    """The lessons that the dated setting asks for at the end of a year; 40 without one."""
    rows = RuleSetting.objects.at(date(year, 12, 31)).filter(key=HOURS, staff_kind="")
    value = rows.order_by("-valid_from").values_list("value", flat=True).first()
    return int(value or Decimal(USUAL))


def counting(year):
    """The completed courses of a year whose lessons count towards the duty."""
    first, last = (date(year, *day) for day in DAYS)
    return Enrolment.objects.turns(first, last).filter(
        Q(course__isnull=True) | Q(course__counts_yearly=True)
    )


def hours_by_year(official):
    """{year: lessons completed}, the newest first; courses without lessons count none."""
    rows = (
        Enrolment.objects.filter(official=official, completed=True, ends_on__isnull=False)
        .filter(Q(course__isnull=True) | Q(course__counts_yearly=True))
        .order_by()
        .values(year=F("ends_on__year"))
        .annotate(hours=Sum("hours"))
    )
    return {row["year"]: row["hours"] or 0 for row in sorted(rows, key=lambda r: -r["year"])}


def units_table(account, year, on):
    """[{unit, people, enough, some, none, lacking}] of the units that `account` sees, worst first.

    Everybody in service on the day with the duty; two queries whatever their number.
    """
    needed = required_hours(year)
    hours = _hours_of(year)
    counts = defaultdict(lambda: [0, 0, 0])  # enough, some, none
    people = _people(account, on).values_list("unit", "official")
    for unit, official in people:
        told = hours.get(official, 0)
        counts[unit][0 if told >= needed else 1 if told else 2] += 1
    units = Unit.objects.in_bulk(counts)
    rows = [
        {
            "unit": units[pk],
            "people": sum(told),
            "enough": told[0],
            "some": told[1],
            "none": told[2],
            "lacking": told[1] + told[2],
        }
        for pk, told in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["lacking"], row["unit"].sort_key))


def lacking(account, year, on, unit=None):
    """The standings of who lacks lessons, by name order; `hours_done` on each."""
    needed = required_hours(year)
    enough = _totals(year).filter(total__gte=needed).values("official")
    rows = _people(account, on).exclude(official__in=enough)
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.select_related("official", "unit").order_by("sort_key", "official_id")


def with_hours(rows, year):
    """[(standing, lessons completed)] of one page of standings."""
    rows = list(rows)
    told = dict(
        _totals(year)
        .filter(official__in=[row.official_id for row in rows])
        .values_list("official", "total")
    )
    return [(row, told.get(row.official_id) or 0) for row in rows]


def _people(account, on):
    branch = Unit.objects.branch_of(account)
    rows = Standing.objects.at(on).filter(in_service=True, staff_kind__in=KINDS)
    return rows.filter(unit__in=branch)


def _totals(year):
    return counting(year).order_by().values("official").annotate(total=Sum("hours"))


def _hours_of(year):
    return {pk: total or 0 for pk, total in _totals(year).values_list("official", "total")}

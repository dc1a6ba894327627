"""To serve after study: how long, until when, what is repaid by whoever leaves before (1.7)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q

from cadres.choices import Gender
from cadres.models import Standing
from courses.models import Commitment, RuleSetting
from trainingplans.lib.dates import add_months, today

MULTIPLE = "commitment_multiple"
REDUCTION, PREFERRED = "repay_reduction", "repay_reduction_preferred"
# Times the length of study, where no dated setting says otherwise.
USUAL = {"CC": Decimal(3), "": Decimal(2)}


def multiple_for(staff_kind, on, settings=None):
    """How many times the length of study somebody of this kind serves; `on` the day it ended."""
    row = setting_on(MULTIPLE, staff_kind, on, settings)
    return row.value if row and row.value else USUAL.get(staff_kind, USUAL[""])


def setting_on(key, staff_kind, on, settings=None):
    """The setting of a rule for a kind of staff on a day, or None.

    One for the kind goes before one for all; the newest valid one counts.
    """
    rows = settings if settings is not None else settings_of()
    valid = [r for r in rows if r.key == key and r.valid_from <= on < r.valid_to]
    for kind in (staff_kind, ""):
        if found := [row for row in valid if row.staff_kind == kind and row.value is not None]:
            return found[-1]
    return None


def settings_of():
    """The dated settings, oldest first; read once for many people."""
    keys = [MULTIPLE, REDUCTION, PREFERRED]
    return list(RuleSetting.objects.filter(key__in=keys).order_by("valid_from"))


def period_of(starts_on, ends_on, multiple):
    """(first day of service, last day): `multiple` times the months of study, at least one."""
    months = max(1, months_between(starts_on, ends_on))
    owed = int((months * Decimal(multiple)).to_integral_value(ROUND_HALF_UP))
    return ends_on, add_months(ends_on, owed)


def months_between(first, last):
    """Whole months, rounded: fifteen days over count as one more."""
    months = (last.year - first.year) * 12 + last.month - first.month
    days = last.day - first.day
    return months + (1 if days >= 15 else -1 if days < -15 else 0)


def sum_to_repay(cost, owed, served):
    """S = F / T1 × (T1 − T2) in whole đồng, halves up; nothing once all is served.

    F the whole cost of one person's study, T1 the months to be served, T2 those served.
    """
    if owed <= 0 or served >= owed:
        return 0
    exact = Fraction(cost, owed) * (owed - max(0, served))
    return int(exact + Fraction(1, 2))


def reduction_of(enrolment, on, settings=None):
    """What is let off a repayment decided on a day: {percent, years, basis}.

    So many per cent for each full year of service before the study (NĐ 101/2017, Điều 9: 1 %, up to
    1.5 % for women and ethnic minorities); at most the whole sum. Probation is not on record and
    not taken off.
    """
    kind, recruited = enrolment.staff_kind, enrolment.official.recruited
    group = enrolment.ethnic_group
    preferred = enrolment.gender == Gender.FEMALE or bool(group and group.is_minority)
    row = setting_on(PREFERRED if preferred else REDUCTION, kind, on, settings)
    years = years_between(recruited.last, enrolment.starts_on) if recruited else 0
    if not row or not row.value:
        return {"percent": Decimal(0), "years": years, "basis": ""}
    percent = min(Decimal(100), row.value * years)
    return {"percent": percent, "years": years, "basis": row.legal_basis}


def years_between(first, last):
    """Full years from one day to another, 0 where there are none."""
    passed = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    return max(0, passed)


def standing_of(commitment, on=None, settings=None):
    """What the page shows of a commitment on a day: months, state, the sum if left that day."""
    on = on or today()
    until = min(on, commitment.released_on or on)
    owed = months_between(commitment.starts_on, commitment.ends_on)
    served = max(0, min(owed, months_between(commitment.starts_on, until)))
    whole = 0 if commitment.released_on else sum_to_repay(commitment.cost, owed, served)
    reduction = reduction_of(commitment.enrolment, on, settings)
    return {
        "owed": owed,
        "served": served,
        "left": owed - served,
        "running": commitment.released_on is None and on <= commitment.ends_on,
        "whole": whole,
        "reduction": reduction,
        "sum": reduced(whole, reduction["percent"]),
    }


def reduced(whole, percent):
    """A sum less so many per cent, in whole đồng, halves up."""
    exact = Fraction(whole) * (100 - Fraction(percent)) / 100
    return int(exact + Fraction(1, 2))


def running(on):
    """The condition of commitments that still hold on a day."""
    return Q(ends_on__gte=on) & (Q(released_on__isnull=True) | Q(released_on__gt=on))


def broken(account, on):
    """Commitments that hold although the person is out of service: they are to be repaid."""
    serving = Standing.objects.at(on).filter(
        official=OuterRef("enrolment__official"), in_service=True
    )
    rows = Commitment.objects.visible_to(account).filter(running(on))
    return rows.filter(~Exists(serving))

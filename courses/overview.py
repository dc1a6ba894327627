"""Classes seen as places to fill: for a unit what it may send, for the department who has sent."""

from collections import Counter

from django.db.models import Count, Q

from cadres.models import Unit
from courses.busy import seats_of
from courses.models import ClassState, Nomination, NominationState, SeatQuota, TrainingClass

S = NominationState
CHOSEN = [S.DRAFT, S.RETURNED]


def calling_rows(account):
    """The classes that call, by deadline: seats of the branch, chosen, waiting, sent. 3 queries."""
    classes = TrainingClass.objects.visible_to(account).filter(state=ClassState.CALLING)
    classes = classes.select_related("course", "institution").order_by("nominations_due", "code")
    branch = Unit.objects.branch_of(account)
    seats = Counter()
    quotas = SeatQuota.objects.filter(training_class__in=classes, unit__in=branch.values("pk"))
    for pk, number in quotas.values_list("training_class", "seats"):
        seats[pk] += number
    rows = Nomination.objects.visible_to(account).filter(training_class__in=classes).order_by()
    counts = {
        row["training_class"]: row
        for row in rows.values("training_class").annotate(
            chosen=Count("pk", filter=Q(state__in=CHOSEN)),
            waiting=Count("pk", filter=Q(state=S.PREPARED)),
            sent=Count("pk", filter=Q(state__in=[S.SUBMITTED, S.ACCEPTED, S.RESERVE, S.DECIDED])),
            returned=Count("pk", filter=Q(state=S.RETURNED)),
        )
    }
    none = {"chosen": 0, "waiting": 0, "sent": 0, "returned": 0}
    return [
        {"class": row, "seats": seats.get(row.pk), **(counts.get(row.pk) or none)}
        for row in classes
    ]


def unit_rows(training_class):
    """The units of a class with their seats and what they have sent; most waiting first."""
    seats = seats_of(training_class)
    states = Counter()
    rows = Nomination.objects.filter(training_class=training_class).order_by()
    for unit, state, number in rows.values_list("unit", "state").annotate(n=Count("pk")):
        states[unit, state] += number
    ids = set(seats.quotas) | {unit for unit, _ in states}
    units = Unit.objects.filter(pk__in=ids).order_by("sort_key", "code")
    lines = [_unit_row(unit, seats, states) for unit in units]
    return sorted(lines, key=lambda line: -line["waiting"])


def _unit_row(unit, seats, states):
    holder = seats.holder(unit)
    seated = sum(states[unit.pk, state] for state in (S.ACCEPTED, S.DECIDED, S.ENROLLED))
    return {
        "unit": unit,
        "seats": seats.quotas.get(unit.pk),
        "waiting": states[unit.pk, S.SUBMITTED],
        "seated": seated,
        "reserve": states[unit.pk, S.RESERVE],
        "at_unit": sum(states[unit.pk, s] for s in (S.DRAFT, S.PREPARED, S.RETURNED)),
        "full": holder is not None and seats.seated[holder] >= seats.quotas[holder],
    }

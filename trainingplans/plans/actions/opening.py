"""A class opened from an item of a plan: it hangs on the item and takes over its seats."""

from collections import Counter

from django.db import transaction

from cadres.audit import record
from cadres.models import Unit
from courses.actions.classes import open_class
from courses.models import ClassState, SeatQuota
from trainingplans.lib.commands import Refused
from trainingplans.plans.models import PlanItem, PlannedClass, PlanState
from trainingplans.plans.shares import shared

OPEN = [PlanState.APPROVED, PlanState.RUNNING]


def seats_left(item):
    """{unit id: seats} of the item's quotas that no class of the item has taken yet."""
    left = Counter(dict(item.quotas.values_list("unit", "seats")))
    taken = SeatQuota.objects.filter(training_class__planned__item=item).exclude(
        training_class__state=ClassState.CANCELLED
    )
    for unit, seats in taken.values_list("unit", "seats"):
        left[unit] -= seats
    return {unit: seats for unit, seats in left.items() if seats > 0}


@transaction.atomic
def open_from_item(item, *, by, with_seats=True, with_audience=True, **fields):
    """A planned class of an item, its seats shared out of those left, for whom the item is; the
    class.

    Refused when the plan is not approved, or all its classes are open already.
    """
    row = PlanItem.objects.select_for_update().select_related("plan").get(pk=item.pk)
    if row.plan.state not in OPEN:
        raise Refused("Chỉ mở lớp từ kế hoạch đã phê duyệt và chưa kết thúc.")
    if _opened(row) >= row.classes:
        raise Refused(
            f"Mục {row.code} có {row.classes} lớp và đã mở đủ. Điều chỉnh kế hoạch trước."
        )
    seats = shared(fields["capacity"], seats_left(row)) if with_seats else {}
    units = Unit.objects.in_bulk([unit for unit, number in seats.items() if number])
    seats = {units[unit]: number for unit, number in seats.items() if number}
    fields["audience"] = row.audience if with_audience else None
    made = open_class(by=by, seats=seats, open_to_all=not seats, **fields)
    PlannedClass.objects.create(item=row, training_class=made)
    detail = {"class": made.code, "seats": sum(seats.values())}
    record("plan.open_class", by=by, subject=row, unit=row.plan.unit, detail=detail)
    return made


def _opened(item):
    return item.planned_classes.exclude(training_class__state=ClassState.CANCELLED).count()


def follow_clone(made, old, *, by):
    """A class like one of an item hangs on that item too, while the plan has room for it."""
    rows = PlanItem.objects.select_for_update(of=("self",)).select_related("plan")
    row = rows.filter(planned_classes__training_class=old).first()
    if row and row.plan.state in OPEN and _opened(row) < row.classes:
        PlannedClass.objects.create(item=row, training_class=made)
        detail = {"class": made.code}
        record("plan.open_class", by=by, subject=row, unit=row.plan.unit, detail=detail)

"""Writes about the seats of units in a class."""

from django.db import transaction

from cadres.audit import record
from cadres.models import Unit
from courses.models import SeatQuota, TrainingClass
from courses.seats import seats_of
from trainingplans.lib.commands import Refused
from trainingplans.lib.text import tidy

ACT = "seats.change"


@transaction.atomic
def change_seats(training_class, typed, *, by, reason=""):
    """Write {unit id: (seats shown before, seats now)}; returns the event, or None for no change.

    Refused, and nothing written, above the capacity, below what is taken, or where somebody else
    changed the same unit since the page was shown.
    """
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    rows = {row.unit_id: row for row in locked.seats.select_for_update().order_by("pk")}
    now = {pk: row.seats for pk, row in rows.items()}
    changes = {
        unit: (now.get(unit, 0), after)
        for unit, (before, after) in typed.items()
        if after != before and after != now.get(unit, 0)
    }
    if not changes:
        return None
    units = Unit.objects.in_bulk(changes)
    if problems := list(_problems(locked, typed, now, changes, units, by)):
        raise Refused(*problems)
    for pk, (_, after) in changes.items():
        _put(locked, rows.get(pk), units[pk], after, tidy(reason)[:250], by)
    detail = {"seats": {str(pk): pair for pk, pair in changes.items()}, "reason": tidy(reason)}
    return record(ACT, by=by, subject=locked, unit=locked.organiser, detail=detail)


def _problems(training_class, typed, now, changes, units, by):
    """What is wrong with the changes, a line each."""
    for pk, (before, after) in changes.items():
        if pk not in units:
            yield "Đơn vị này không còn. Tải lại trang."
        elif typed[pk][0] != before:
            yield f"{units[pk]}: người khác vừa sửa thành {before} suất; bạn ghi {after}. Lưu lại."
    total = sum(({**now, **{pk: after for pk, (_, after) in changes.items()}}).values())
    if total > training_class.capacity:
        yield (
            f"Tổng {total} suất vượt {training_class.capacity} chỗ của lớp."
            " Giảm suất, hoặc sửa số chỗ."
        )
    used = {row.unit.pk: row.used for row in seats_of(training_class, by)}
    for pk, (_, after) in changes.items():
        if used.get(pk, 0) > after:
            yield f"{units[pk]} đã có {used[pk]} người được nhận. Ghi ít nhất {used[pk]} suất."


def _put(training_class, row, unit, seats, reason, by):
    row = row or SeatQuota(training_class=training_class, unit=unit, version=0)
    row._history_user = by
    if not seats and row.pk:
        row.delete()
        return
    row.seats, row.reason = seats, reason
    row.version += 1
    row.save()


def undo_seats(training_class, event, *, by):
    """Take back one change of seats; Refused where a unit was changed since."""
    pairs = {int(pk): (after, before) for pk, (before, after) in event.detail["seats"].items()}
    now = dict(training_class.seats.values_list("unit", "seats"))
    if any(now.get(pk, 0) != shown for pk, (shown, _) in pairs.items()):
        raise Refused("Suất đã được sửa tiếp sau đó. Sửa lại ngay trong bảng.")
    return change_seats(training_class, pairs, by=by, reason="Hoàn tác")

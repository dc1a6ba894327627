"""Writes about the money of a class: planned and spent by source."""

from dataclasses import dataclass, field

from django.db import transaction

from cadres.audit import record
from cadres.models import AuditEvent
from courses.models import TrainingClass
from trainingplans.plans.models import ClassCost

FIELDS = ["what", "source_id", "planned", "spent"]
ACT, UNDO = "costs.change", "costs.undo"


@dataclass
class Saved:
    """The event of what was saved, or {number of the row: problem} that kept it all out."""

    event: object = None
    count: int = 0
    problems: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)


@transaction.atomic
def save_costs(training_class, rows, *, by):
    """Write the typed rows, all or none; returns Saved.

    A row: {number, pk or None, version, delete, what, source_id, planned, spent}. A row that is
    newer in the database is a problem that tells its values. Rows sent twice are written once.
    """
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    existing = {row.pk: row for row in locked.costs.select_for_update().order_by("pk")}
    new, changed, gone, problems = [], [], [], {}
    for row in rows:
        cost = existing.get(row["pk"])
        if row["pk"] and cost is None:
            if not row["delete"]:
                problems[row["number"]] = "Người khác đã xóa dòng này. Ghi lại ở dòng trống."
        elif cost is None:
            if not row["delete"] and not _sent_before(row, existing):
                new.append(row)
        elif row["delete"]:
            gone.append((row, cost))
        elif any(getattr(cost, name) != row[name] for name in FIELDS):
            changed.append((row, cost))
    pairs = [*changed, *gone]
    problems |= {
        row["number"]: _told(cost) for row, cost in pairs if cost.version != row["version"]
    }
    if problems:
        return Saved(problems=problems, versions={row["number"]: c.version for row, c in pairs})
    return _write(locked, new, changed, gone, by)


def _sent_before(row, existing):
    """Whether this very row is there: the form was sent twice."""
    return any(all(getattr(c, name) == row[name] for name in FIELDS) for c in existing.values())


def _told(cost):
    amounts = f"dự toán {cost.planned}, đã chi {cost.spent} đồng"
    return (
        f"Đã được sửa sau khi bạn mở trang: nay là {cost.what}, {cost.source}, {amounts}."
        " Lưu lại lần nữa để lấy giá trị của bạn."
    )


def _write(training_class, new, changed, gone, by):
    count = len(new) + len(changed) + len(gone)
    if not count:
        return Saved()
    detail = {
        "added": [],
        "changed": [_image(cost) for _, cost in changed],
        "deleted": [_image(cost) for _, cost in gone],
    }
    for _, cost in gone:
        cost._history_user = by
        cost.delete()
    for row, cost in changed:
        _put(cost, row, by)
    for row in new:
        cost = _put(ClassCost(training_class=training_class, version=0), row, by)
        detail["added"].append(cost.pk)
    unit = training_class.organiser
    event = record(ACT, by=by, subject=training_class, unit=unit, detail=detail)
    return Saved(event=event, count=count)


def _put(cost, values, by):
    for name in FIELDS:
        setattr(cost, name, values[name])
    cost.version += 1
    cost._history_user = by
    cost.save()
    return cost


def _image(cost):
    return {"pk": cost.pk, "version": cost.version} | {f: getattr(cost, f) for f in FIELDS}


@transaction.atomic
def undo_costs(training_class, event, *, by):
    """Take back one change; returns (taken back, kept because changed since)."""
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    rows = {row.pk: row for row in locked.costs.select_for_update().order_by("pk")}
    back = 0
    for pk in event.detail["added"]:
        if pk in rows and rows[pk].version == 1:
            rows[pk]._history_user = by
            rows[pk].delete()
            back += 1
    for image in event.detail["changed"]:
        row = rows.get(image["pk"])
        if row is not None and row.version == image["version"] + 1:
            _put(row, image, by)
            back += 1
    # What was deleted comes back once, however often this is asked for.
    undone = AuditEvent.objects.filter(act=UNDO, subject_id=locked.pk, detail__event=event.pk)
    for image in [] if undone.exists() else event.detail["deleted"]:
        _put(ClassCost(training_class=locked, version=0), image, by)
        back += 1
    total = sum(len(event.detail[kind]) for kind in ("added", "changed", "deleted"))
    detail = {"event": event.pk, "back": back}
    record(UNDO, by=by, subject=locked, unit=locked.organiser, detail=detail)
    return back, total - back

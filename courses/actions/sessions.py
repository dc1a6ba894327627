"""Writes about the sessions of a class: the grid, sessions from a pattern, the way back."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from cadres.audit import record
from courses.models import ClassSession, TrainingClass
from courses.sessions import MOST_AT_ONCE, slots
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show

FIELDS = ["on", "part", "place", "instructor_id", "hours", "topic"]
ACT = "sessions.change"


@dataclass
class Saved:
    """What saving the grid did, or the problems {number of the row: words} that kept it out."""

    event: object = None
    added: int = 0
    changed: int = 0
    deleted: int = 0
    skipped: int = 0
    problems: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)  # of the rows that are newer in the database

    @property
    def words(self):
        """Đã thêm 3, sửa 1, xóa 2 buổi."""
        told = [("thêm", self.added), ("sửa", self.changed), ("xóa", self.deleted)]
        return "Đã " + ", ".join(f"{verb} {n}" for verb, n in told if n) + " buổi."


class _Faults(Exception):
    pass


def save_sessions(training_class, rows, *, by):
    """Write the typed rows of the grid, all or none; returns Saved.

    A row: {number, pk or None, version, delete, on, part, place, instructor_id, hours, topic}.
    A row that somebody else saved since it was shown is a problem that tells the newer values.
    """
    try:
        with transaction.atomic():
            return _save(training_class, rows, by)
    except _Faults as faults:
        problems, versions = faults.args
        return Saved(problems=problems, versions=versions)
    except IntegrityError:
        words = "Hai buổi đổi chỗ cho nhau. Lưu từng buổi một."
        return Saved(problems={rows[0]["number"]: words})


def _save(training_class, rows, by):
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    existing = {row.pk: row for row in locked.sessions.select_for_update().order_by("pk")}
    problems, new, changed, gone = {}, [], [], []
    for row in rows:
        session = existing.get(row["pk"])
        if row["pk"] and session is None:
            if not row["delete"]:
                problems[row["number"]] = (
                    "Người khác đã xóa buổi này. Bỏ trống dòng, hoặc thêm lại."
                )
        elif session is None:
            if not row["delete"] and not _sent_before(row, existing):
                new.append(row)
        elif row["delete"]:
            gone.append((row, session))
        elif any(getattr(session, name) != row[name] for name in FIELDS):
            changed.append((row, session))
    problems |= _stale([*changed, *gone]) | _attended(gone) | _doubled(existing, new, changed, gone)
    if problems:
        versions = {row["number"]: session.version for row, session in [*changed, *gone]}
        raise _Faults(problems, versions)
    return _write(locked, new, changed, gone, by)


def _sent_before(row, existing):
    """Whether this very row is there: the form was sent twice."""
    return any(
        all(getattr(session, name) == row[name] for name in FIELDS) for session in existing.values()
    )


def _stale(pairs):
    """Rows that are newer in the database than on the page."""
    return {
        row["number"]: f"Đã được sửa sau khi bạn mở trang: nay là {_told(session)}."
        " Lưu lại lần nữa để lấy giá trị của bạn."
        for row, session in pairs
        if session.version != row["version"]
    }


def _told(session):
    """The values of a session in words."""
    parts = [str(session), session.place, str(session.instructor or ""), f"{session.hours} tiết"]
    return ", ".join(part for part in [*parts, session.topic] if part)


def _attended(gone):
    ids = [session.pk for _, session in gone]
    attended = set(
        ClassSession.objects.filter(pk__in=ids, attendance__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return {
        row["number"]: "Buổi đã điểm danh, không xóa được. Xóa điểm danh trước."
        for row, session in gone
        if session.pk in attended
    }


def _doubled(existing, new, changed, gone):
    """Rows that would stand at the same half-day and place as another."""
    moved = {session.pk for _, session in [*changed, *gone]}
    taken = {_slot(vars(row)) for pk, row in existing.items() if pk not in moved}
    problems = {}
    for row in [*[row for row, _ in changed], *new]:
        slot = _slot(row)
        if slot in taken:
            part = ClassSession.Part(row["part"]).label.lower()
            problems[row["number"]] = (
                f"Lớp đã có buổi {part} {show(row['on'])} ở đó. Đổi ngày, buổi hoặc phòng."
            )
        taken.add(slot)
    return problems


def _slot(row):
    return row["on"], row["part"], row["place"]


def _write(training_class, new, changed, gone, by):
    saved = Saved(added=len(new), changed=len(changed), deleted=len(gone))
    if not (new or changed or gone):
        return saved
    detail = {"added": [], "changed": [], "deleted": [image_of(session) for _, session in gone]}
    for _, session in gone:
        session._history_user = by
        session.delete()
    for row, session in changed:
        detail["changed"].append(image_of(session))
        _put(session, row, by)
    for row in new:
        session = _put(ClassSession(training_class=training_class, version=0), row, by)
        detail["added"].append(session.pk)
    saved.event = record(
        ACT, by=by, subject=training_class, unit=training_class.organiser, detail=detail
    )
    return saved


def _put(session, values, by):
    for name in FIELDS:
        setattr(session, name, values[name])
    session.version += 1
    session._history_user = by
    session.save()
    return session


def image_of(session):
    """A session as plain JSON, for the way back."""
    values = {name: getattr(session, name) for name in FIELDS}
    return {"pk": session.pk, **values, "on": session.on.isoformat(), "version": session.version}


@transaction.atomic
def add_pattern(training_class, pattern, *, by):
    """Sessions of a pattern {first, last, weekdays, parts, skipped, place, …}; returns Saved.

    Half-days that the class already has are skipped and counted.
    """
    wanted = slots(
        pattern["first"], pattern["last"], pattern["weekdays"], pattern["parts"], pattern["skipped"]
    )
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(f"Mẫu này tạo {len(wanted)} buổi. Mỗi lần nhiều nhất {MOST_AT_ONCE} buổi.")
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    had = set(locked.sessions.values_list("on", "part"))
    same = {name: pattern[name] for name in ("place", "instructor_id", "hours")}
    new = [
        {"on": day, "part": part, "topic": "", **same}
        for day, part in wanted
        if (day, part) not in had
    ]
    if not new:
        raise Refused("Không có buổi nào để thêm: không ngày nào khớp, hoặc lớp đã có đủ.")
    saved = _write(locked, new, [], [], by)
    saved.skipped = len(wanted) - len(new)
    return saved


@transaction.atomic
def undo_sessions(training_class, event, *, by):
    """Take back one change of the sessions; returns (taken back, kept because changed since)."""
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    rows = {row.pk: row for row in locked.sessions.select_for_update().order_by("pk")}
    back, kept = 0, 0
    for pk in event.detail["added"]:
        row = rows.pop(pk, None)
        if row is None:
            continue
        if row.version > 1 or row.attendance.exists():
            kept += 1
        else:
            row._history_user = by
            row.delete()
            back += 1
    for image in event.detail["changed"]:
        row = rows.get(image["pk"])
        if row is None or row.version != image["version"] + 1:
            kept += 1
        else:
            _put(row, _values(image), by)
            back += 1
    taken = {_slot(vars(row)) for row in rows.values()}
    for image in event.detail["deleted"]:
        values = _values(image)
        if _slot(values) in taken:
            kept += 1
        else:
            _put(ClassSession(training_class=locked, version=0), values, by)
            back += 1
    detail = {"event": event.pk, "back": back, "kept": kept}
    record("sessions.undo", by=by, subject=locked, unit=locked.organiser, detail=detail)
    return back, kept


def _values(image):
    field = ClassSession._meta.get_field("on")
    return {**{name: image[name] for name in FIELDS}, "on": field.to_python(image["on"])}

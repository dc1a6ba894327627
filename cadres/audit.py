"""Recording acts: one AuditEvent an act, written in the act's own transaction."""

import hashlib
import json

from django.db import connection, transaction
from django.utils import timezone

from cadres.models import AuditEvent

LOCK = 7_340_017  # any constant: the chain's advisory lock on PostgreSQL


def record(act, *, by, subject=None, label="", unit=None, batch=None, detail=None):
    """Append one event and return it; must run inside the transaction of the act itself.

    `act` is a short code such as "official.change", `subject` the row acted on, `detail` plain
    JSON (what changed, filters, counts; never whole personal ids).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "Ghi nhật ký phải nằm trong giao dịch của việc."
        )
    _one_at_a_time()
    event = AuditEvent(
        at=timezone.now(),
        by=by,
        act=act,
        subject=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        label=(label or (str(subject) if subject is not None else ""))[:250],
        unit=unit,
        batch=batch,
        detail=detail or {},
    )
    last = AuditEvent.objects.order_by("-id").values_list("hash", flat=True).first() or ""
    event.hash = chain(last, event)
    event.save(force_insert=True)
    return event


def chain(previous, event):
    """The hash of `event` on top of the `previous` one; hex sha256."""
    told = [
        previous,
        event.at.isoformat(),
        event.by_id,
        event.act,
        event.subject,
        event.subject_id,
        event.label,
        event.unit_id,
        event.batch,
        event.detail,
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def first_broken():
    """The first event whose hash does not follow from the one before, or None."""
    previous = ""
    for event in AuditEvent.objects.order_by("id").iterator():
        if event.hash != chain(previous, event):
            return event
        previous = event.hash
    return None


def _one_at_a_time():
    # SQLite's IMMEDIATE transactions already write one after the other.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

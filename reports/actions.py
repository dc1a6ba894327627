"""Writes of reports: freezing what is sent."""

import json

from django.db import transaction

from cadres.audit import record
from reports.frozen import computed, definition_of, hash_of
from reports.models import Snapshot
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show


def period_problem(first, last):
    """Why a period cannot be told, "" for one that can."""
    if first and first > last:
        return f"Từ ngày {show(first)} sau ngày {show(last)} của số liệu. Đổi chỗ hai ngày."
    return ""


@transaction.atomic
def freeze(kind, *, by, name, on, first=None, unit=None, targets=(), note=""):
    """Store a report with its definition, figures, rows and hash; the Snapshot.

    Figures and rows are counted within this transaction, so that they belong together.
    Refused for a report without a name, or whose period ends before it begins.
    """
    if not name.strip():
        raise Refused("Báo cáo chưa có tên. Ghi tên để sau này tìm lại được.")
    if problem := period_problem(first, on):
        raise Refused(problem)
    definition = definition_of(kind, on=on, first=first, unit=unit, targets=targets)
    told = computed(definition, by)
    definition, figures, rows = json.loads(json.dumps([definition, *told]))
    snapshot = Snapshot.objects.create(
        name=name,
        kind=kind,
        unit=unit,
        on=on,
        definition=definition,
        figures=figures,
        rows=rows,
        hash=hash_of(definition, figures, rows),
        sent_by=by,
        note=note,
    )
    detail = {"kind": kind, "on": on.isoformat(), "rows": len(rows), "hash": snapshot.hash}
    record("report.freeze", by=by, subject=snapshot, unit=unit, detail=detail)
    return snapshot

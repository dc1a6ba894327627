"""What an import did, what stayed out, and what taking it back did."""

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from cadres.importing import absent, list_day
from cadres.importing.acting import is_kept
from cadres.importing.differences import written
from cadres.importing.fields import Words
from cadres.importing.history import follow_up, status_of
from cadres.importing.marks import in_cell
from cadres.importing.working import steps
from cadres.intake.cleaning import kept_until
from cadres.intake.kinds import KINDS, ROSTER
from cadres.models import ImportBatch
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_number

State = ImportBatch.State
NAMES_SHOWN = 200
NEWER_SHOWN = 5
WRITTEN = ("create", "update")
TITLES = {
    State.APPLIED: "Đã nhập danh sách",
    State.UNDONE: "Đã hoàn tác lần nhập",
    State.REFUSED: "Không đọc được tệp",
    State.DROPPED: "Đã bỏ tệp",
}


def context(batch, account, query):
    """All that imports/result.html shows of a batch that is over; `query`: which page of people."""
    words, kind = status_of(batch)
    applied = batch.state == State.APPLIED
    return {
        "title": TITLES.get(batch.state, words),
        "batch": batch,
        "kind": KINDS[batch.kind],
        "status": {"label": words, "kind": kind},
        "steps": steps(4, batch) if applied else [],
        "tiles": _tiles(batch) if applied else [],
        "undo_bar": _undo_bar(batch) if applied else None,
        "later": list_day.told_later(batch) if applied else "",
        "people_url": people_url(batch),
        "changes": written(batch, Words(), query) if applied and batch.kind == ROSTER else None,
        "leaving": absent.leaving(batch) if applied else [],
        "rejected": _rejected(batch) if applied else [],
        **(_to_see(batch) if applied else {}),
        "reject_count": batch.counts.get("reject", 0),
        "reject_more": max(batch.counts.get("reject", 0) - NAMES_SHOWN, 0),
        "undone": _undone(batch.report.get("undo")),
        "newer": newer_imports(batch, account) if applied and "undo" in batch.report else [],
        "follow_up": follow_up(batch),
        "is_kept": is_kept(batch),
        "kept_until": kept_until(batch),
        "kept_days": settings.DROPPED_DAYS,
    }


def people_url(batch):
    """The list of officials filtered to exactly the people of this import."""
    return f"{reverse('cadres:officials')}?lan_nhap={batch.pk}&tinh_trang=tat-ca"


def _tiles(batch):
    counts = {key: format_number(batch.counts.get(key, 0)) for key in COUNTED}
    noun = KINDS[batch.kind].noun
    return [
        {"label": "Thêm mới", "status": "done", "figure": counts["create"], "note": noun},
        {"label": "Cập nhật", "status": "info", "figure": counts["update"], "note": noun},
        {
            "label": "Giữ nguyên",
            "status": "off",
            "figure": counts["unchanged"],
            "note": "giống hệ thống",
        },
        {
            "label": "Từ chối",
            "status": "alert",
            "figure": counts["reject"],
            "note": "dòng không ghi",
        },
    ]


COUNTED = ("create", "update", "unchanged", "reject")


def rows_written(batch):
    """How many rows the batch wrote."""
    return batch.counts.get("create", 0) + batch.counts.get("update", 0)


def _undo_bar(batch):
    rows, gone = format_number(rows_written(batch)), len(absent.leaving(batch))
    also = f" {format_number(gone)} người không còn trong danh sách đã thôi vị trí." if gone else ""
    people = people_url(batch)
    return {
        "text": f"Đã áp dụng {rows} dòng của {batch.file_name}.{also}",
        "url": reverse("imports:undo", args=[batch.pk]),
        "see_url": people,
        "see_label": "Xem những người này",
    }


def _rejected(batch):
    """Rows that stayed out, each with its reason, and with all else to mend in it."""
    reasons, more = _reasons(batch, "error"), _reasons(batch, "warning")
    for place in reasons:
        reasons[place] += more.get(place, [])
    return _told(batch, batch.rows.filter(action="reject")[:NAMES_SHOWN], reasons)


def _to_see(batch):
    """{rows, count, more}: rows that were written though something in them could not be used."""
    reasons = _reasons(batch, "warning")
    refused = set(batch.rows.filter(action="reject").values_list("sheet", "row"))
    places = sorted(place for place in reasons if place[1] and place not in refused)
    shown = places[:NAMES_SHOWN]
    rows = batch.rows.exclude(action="reject").filter(row__in={row for _, row in shown})
    written = [row for row in rows if (row.sheet, row.row) in shown]
    return {
        "to_see": _told(batch, written, reasons),
        "to_see_count": len(places),
        "to_see_more": len(places) - len(shown),
    }


def _reasons(batch, severity):
    """{(sheet, row): [what is wrong]} of the issues of this severity."""
    reasons = {}
    for issue in batch.issues:
        if issue["severity"] == severity:
            reasons.setdefault((issue["sheet"], issue["row"]), []).append(in_cell(issue))
    return reasons


def _told(batch, rows, reasons):
    """What _rows_told.html shows of rows and their reasons."""
    many = sum(sheet["used"] for sheet in batch.report.get("sheets", [])) > 1
    return [
        {
            "sheet": row.sheet if many else "",
            "row": row.row,
            "name": row.values.get("full_name", ""),
            "official": row.official_id,
            "why": " ".join(reasons.get((row.sheet, row.row), [])),
        }
        for row in rows
    ]


def _undone(result):
    """Reversed, kept and refused of an undo, for the page."""
    if not result:
        return None
    shown = {"reversed": result.get("reversed", 0)}
    for group in ("kept", "refused"):
        people = result.get(group, [])
        shown[group] = people[:NAMES_SHOWN]
        shown[f"{group}_count"] = len(people)
        shown[f"{group}_more"] = max(len(people) - NAMES_SHOWN, 0)
    return shown


def newer_imports(batch, account):
    """Applied imports, the newest first, that wrote people of this one after it; with `people`."""
    if batch.kind != ROSTER or batch.applied_at is None:
        return []
    written = batch.rows.filter(action__in=WRITTEN).values("official")
    newer = ImportBatch.objects.visible_to(account).filter(
        state=State.APPLIED,
        applied_at__gt=batch.applied_at,
        rows__action__in=WRITTEN,
        rows__official__in=written,
    )
    people = Count("rows__official", distinct=True)
    return newer.annotate(people=people).order_by("-applied_at")[:NEWER_SHOWN]


def undo_context(batch, account):
    """What imports/undo.html says before anything is taken back."""
    return {
        "newer": newer_imports(batch, account) if batch.state == State.APPLIED else [],
        "title": "Hoàn tác lần nhập",
        "batch": batch,
        "kind": KINDS[batch.kind],
        "rows": rows_written(batch),
        "leaving": len(absent.leaving(batch)),
        "possible": batch.state == State.APPLIED,
        "applied_on": show(timezone.localdate(batch.applied_at)) if batch.applied_at else "",
        "status": status_of(batch)[0],
    }

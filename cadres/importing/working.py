"""What a page says while a process works on a batch, or when it died."""

from django.urls import reverse
from django.utils import timezone

from cadres.intake.background import is_broken, seconds_running
from cadres.intake.kinds import KINDS
from cadres.models import ImportBatch

State = ImportBatch.State
LABELS = {
    State.WAITING: "Đang chờ đọc {}",
    State.READING: "Đang đọc {}",
    State.BROKEN: "Đang đọc {}",
    State.APPLYING: "Đang ghi {}",
    State.UNDOING: "Đang hoàn tác {}",
}
STEPS = ("Tải tệp lên", "Nhận ra bảng và cột", "Xem và sửa", "Áp dụng")
NOW = {State.WAITING: 1, State.READING: 1, State.BROKEN: 1, State.APPLYING: 3, State.UNDOING: 3}


def working_context(batch):
    """Context of the waiting page and of the part that it polls."""
    broken = is_broken(batch)
    return {
        "title": "Đang xử lý danh sách" if not broken else "Việc đang làm dừng giữa chừng",
        "batch": batch,
        "kind": KINDS[batch.kind],
        "broken": broken,
        "steps": steps(NOW.get(batch.state, 1), batch),
        "progress": None if broken else _progress(batch),
    }


def _progress(batch):
    return {
        "label": LABELS.get(batch.state, "{}").format(batch.file_name),
        "done": batch.done,
        "total": batch.total or None,
        "message": batch.message,
        "note": _time_left(batch.done, batch.total, seconds_running(batch)),
        "poll_url": reverse("imports:progress", args=[batch.pk]),
    }


def _time_left(done, total, seconds):
    """“Còn khoảng 40 giây.” once a twentieth is done; that one may leave, always."""
    leave = "Có thể rời trang hoặc tắt trình duyệt, việc vẫn chạy."
    if not total or done * 20 < total or done >= total:
        return leave
    left = round(seconds * (total - done) / done)
    words = f"{left} giây" if left < 90 else f"{round(left / 60)} phút"
    return f"Còn khoảng {words}. {leave}"


def steps(now, batch, notes=("", "", "", "")):
    """The four steps with the current one; `now` = 4 when all are done."""
    notes = (f"{_local(batch.created_at)}", *notes[1:])
    return [
        {
            "label": label,
            "note": notes[place],
            "state": "done" if place < now else "now" if place == now else "",
        }
        for place, label in enumerate(STEPS)
    ]


def _local(moment):
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"

"""What a page says while a process works on a batch, or when it died."""

from django.urls import reverse
from django.utils import timezone

from cadres.importing.acting import STEP_OF
from cadres.intake import stages
from cadres.intake.background import is_broken
from cadres.intake.batches import MAY_DROP
from cadres.intake.kinds import KINDS
from cadres.intake.living import sign_of
from cadres.intake.stages import SHARES
from cadres.models import ImportBatch
from trainingplans.lib.numbers import format_number

State = ImportBatch.State
STARTING = "Đang chờ máy chủ bắt đầu"
WORDS = {
    stages.READING: "đọc tệp",
    stages.UNDERSTANDING: "nhận ra bảng và cột",
    stages.COMPARING: "đối chiếu với hồ sơ",
    stages.STORING: "dựng trang xem trước",
    stages.WRITING: "ghi vào hồ sơ",
    ("undo", stages.WRITING): "đưa hồ sơ về như trước",
}
COUNTED = {stages.UNDERSTANDING, stages.COMPARING}
LEAVE = "Có thể rời trang hoặc tắt trình duyệt, việc vẫn chạy."
PACE_SECONDS = 3
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
        "may_drop": batch.state in MAY_DROP,
        "steps": steps(NOW.get(batch.state, 1), batch),
        "progress": None if broken else _progress(batch),
    }


def _progress(batch):
    step, sign = STEP_OF.get(batch.state, "preview"), sign_of(batch)
    stage = sign.stage if sign else ""
    counted = sign and sign.total if stage in COUNTED else 0
    return {
        "label": f"Đang {_words(step, stage)}" if stage else STARTING,
        "percent": sign.percent if sign else 0,
        "rows": f"{format_number(sign.done)} / {format_number(counted)} dòng" if counted else "",
        "note": f"{_following(step, stage)}{_time_left(sign)}{LEAVE}",
        "poll_url": reverse("imports:progress", args=[batch.pk]),
    }


def _words(step, stage):
    return WORDS.get((step, stage)) or WORDS[stage]


def _following(step, stage):
    """“Tiếp theo: đối chiếu với hồ sơ. ”: what comes after this stage; "" after the last."""
    order = list(SHARES[step])
    rest = order[order.index(stage) + 1 :] if stage in order else order
    return f"Tiếp theo: {_words(step, rest[0])}. " if rest else ""


def _time_left(sign):
    """“Còn khoảng 40 giây. ” once a tenth is done and some seconds have shown the pace."""
    if not sign or sign.percent < 10 or sign.seconds < PACE_SECONDS:
        return ""
    left = round(sign.seconds * (100 - sign.percent) / sign.percent)
    words = f"{left} giây" if left < 90 else f"{round(left / 60)} phút"
    return f"Còn khoảng {words}. " if left else ""


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

"""Who may take a batch into which step: checked under a lock on its row, so once only."""

from django.db import transaction
from django.utils import timezone

from cadres.importing.decisions import StateError
from cadres.intake import batches
from cadres.intake.background import STATE_OF, is_broken
from cadres.models import ImportBatch

State = ImportBatch.State
STARTS_FROM = {"apply": State.PREVIEW, "undo": State.APPLIED}
ALREADY = {
    ("apply", State.APPLYING): "Danh sách này đang được ghi; không cần bấm lại.",
    ("apply", State.APPLIED): "Danh sách này đã được áp dụng rồi; không ghi thêm lần nữa.",
    ("apply", State.UNDONE): "Danh sách này đã hoàn tác. Gửi lại tệp nếu muốn áp dụng.",
    ("undo", State.UNDOING): "Lần nhập này đang được hoàn tác; không cần bấm lại.",
    ("undo", State.UNDONE): "Lần nhập này đã được hoàn tác rồi.",
}
NOT_NOW = "Lần nhập này đang ở bước “{}”, không làm được việc vừa chọn."
STEP_OF = {
    State.WAITING: "preview",
    State.READING: "preview",
    State.BROKEN: "preview",
    State.APPLYING: "apply",
    State.UNDOING: "undo",
}


@transaction.atomic
def claim(batch, step):
    """Take the batch into `step`; StateError when it is not there (any more)."""
    locked = _locked(batch)
    if locked.state != STARTS_FROM[step]:
        raise StateError(ALREADY.get((step, locked.state)) or _not_now(locked))
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=STATE_OF[step], heartbeat=timezone.now(), message=""
    )


@transaction.atomic
def claim_again(batch):
    """The step to do once more, of a batch whose process died; StateError when it lives."""
    locked = _locked(batch)
    if not is_broken(locked):
        raise StateError("Việc này vẫn đang chạy hoặc đã xong; không cần chạy lại.")
    ImportBatch.objects.filter(pk=batch.pk).update(heartbeat=timezone.now(), message="")
    return STEP_OF[locked.state]


@transaction.atomic
def drop(batch, *, by):
    """Leave a previewed file unapplied."""
    locked = _locked(batch)
    if locked.state not in {State.PREVIEW, State.BROKEN} and not is_broken(locked):
        raise StateError(_not_now(locked))
    batches.drop(locked, by=by)


def _locked(batch):
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


def _not_now(batch):
    return NOT_NOW.format(batch.get_state_display())

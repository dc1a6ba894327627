"""Who may take a batch into which step: checked under a lock on its row, so once only."""

from django.db import transaction
from django.utils import timezone

from cadres.importing.decisions import StateError
from cadres.intake import batches
from cadres.intake.background import STATE_OF, is_broken
from cadres.intake.keeping import forget_sheets, sheets_of
from cadres.loading_units import load_unit_rows
from cadres.models import ImportBatch
from cadres.unit_rows import recognise_unit_sheet
from trainingplans.lib.numbers import format_number

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
        raise StateError(why_not(locked, step))
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


def drop(batch, *, by):
    """Put a file away that was not applied."""
    try:
        batches.drop(batch, by=by)
    except batches.NotAllowed as error:
        raise StateError(str(error)) from None
    forget_sheets(batch)


def take_up(batch, *, by):
    """Take a file up again that was put away; it must be read anew."""
    if not is_kept(batch):
        raise StateError("Tệp này không còn được lưu. Gửi lại tệp để nhập.")
    try:
        batches.take_up(batch, by=by)
    except batches.NotAllowed as error:
        raise StateError(str(error)) from None


def is_kept(batch):
    """Whether the stored file of a batch is still there."""
    return bool(batch.file) and batch.file.storage.exists(batch.file.name)


def _locked(batch):
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


def why_not(batch, step):
    """Why a batch in its present state cannot take this step."""
    return ALREADY.get((step, batch.state)) or NOT_NOW.format(batch.get_state_display())


def take_unit_sheet(batch, *, by):
    """Write areas and languages from the unit sheet of a file; what was done, in a sentence."""
    sheet = unit_sheet_of(sheets_of(batch))
    if sheet is None:
        raise StateError("Tệp không có trang nào ghi vùng và tiếng của đơn vị.")
    outcome = load_unit_rows(
        sheet["rows"],
        by=by,
        label=f"{batch.file_name}, trang {sheet['title']}",
        move_existing=False,
    )
    _unit_sheet_taken(batch)
    counts = outcome.counts
    words = (
        f"Đã lấy đặc điểm từ trang “{sheet['title']}”: {format_number(counts['create'])} đơn vị "
        f"thêm mới, {format_number(counts['update'])} cập nhật, "
        f"{format_number(counts['unchanged'])} giữ nguyên."
    )
    problems = "; ".join(problem.message for problem in outcome.problems[:5])
    return f"{words} {problems}".strip()


@transaction.atomic
def _unit_sheet_taken(batch):
    """The offer was taken; it is not made again for this file."""
    locked = _locked(batch)
    ImportBatch.objects.filter(pk=batch.pk).update(choices=locked.choices | {"unit_sheet": "taken"})


def unit_sheet_of(sheets):
    """{title, rows, count} of the sheet that lists units with areas or languages, or None."""
    for sheet in sheets:
        if not sheet["used"] and not sheet["hidden"]:
            rows = recognise_unit_sheet(sheet["grid"])
            if rows:
                return {"title": sheet["name"], "rows": rows, "count": len(rows)}
    return None

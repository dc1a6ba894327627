"""Writes of programmes and targets: atomic, by somebody, one audit event each."""

from django.db import transaction
from django.db.models import ProtectedError

from cadres.audit import record
from trainingplans.plans.models import Programme, Target


class Refused(Exception):
    """The act cannot be done; the text says why and what would help, in Vietnamese."""


@transaction.atomic
def add_programme(programme, *, by):
    """Save a new programme; the row."""
    return _add(programme, "programme.add", by)


@transaction.atomic
def add_target(target, *, by):
    """Save a new target; the row."""
    return _add(target, "target.add", by)


def _add(row, act, by):
    row._history_user = by
    row.save()
    record(act, by=by, subject=row)
    return row


@transaction.atomic
def attach_document(programme, upload, *, by):
    """Keep the text of a programme in place of the one before (its file stays for the history)."""
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    row.document = upload
    row.version += 1
    row._history_user = by
    row.save()
    record("programme.document", by=by, subject=row, detail={"file": row.document.name})
    return row


@transaction.atomic
def delete_programme(programme, *, by):
    """Delete a programme that nothing hangs on; Refused otherwise."""
    return _delete(
        programme,
        "programme.delete",
        by,
        "Chưa xóa được “{}”: còn dự án hoặc mục tiêu thuộc chương trình này."
        " Chuyển chúng sang chương trình khác trước.",
    )


@transaction.atomic
def delete_target(target, *, by):
    """Delete a target that nothing hangs on; Refused otherwise. Its history brings it back."""
    return _delete(
        target,
        "target.delete",
        by,
        "Chưa xóa được “{}”: kế hoạch hoặc báo cáo đang dùng mục tiêu này.",
    )


def _delete(row, act, by, refusal):
    pk, label = row.pk, str(row)
    record(act, by=by, subject=row)
    row._history_user = by
    try:
        row.delete()
    except ProtectedError:
        raise Refused(refusal.format(label)) from None
    return pk


@transaction.atomic
def restore_target(pk, *, by):
    """Bring back a deleted target as it was; Refused when its code was given away since."""
    return _restore(Target, pk, "target.restore", by)


@transaction.atomic
def restore_programme(pk, *, by):
    """Bring back a deleted programme as it was; Refused when its number was given away since."""
    return _restore(Programme, pk, "programme.restore", by)


def _restore(model, pk, act, by):
    gone = model.history.filter(id=pk, history_type="-").first()
    if gone is None or model.objects.filter(pk=pk).exists():
        raise Refused("Không còn gì để hoàn tác: mục này đang có trong danh sách.")
    row = gone.instance
    _check_free(model, row)
    row.version += 1
    row._history_user = by
    row.save(force_insert=True)
    record(act, by=by, subject=row)
    return row


def _check_free(model, row):
    """Refused when another row has taken what must be unique, or what it hung on is gone."""
    if model is Target and Target.objects.filter(code=row.code).exists():
        raise Refused(f"Mã {row.code} đã dùng cho mục tiêu khác. Đổi mã đó rồi hoàn tác lại.")
    if model is Programme and row.number and Programme.objects.filter(number=row.number).exists():
        raise Refused(f"Số {row.number} đã dùng cho chương trình khác. Đổi số đó rồi hoàn tác lại.")
    above = row.parent_id if model is Programme else row.programme_id
    if above and not Programme.objects.filter(pk=above).exists():
        raise Refused("Chương trình mà mục này thuộc về đã bị xóa. Hoàn tác chương trình đó trước.")

"""Writes of targets and programmes: atomic, by somebody, one audit event each."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max, ProtectedError

from cadres.audit import record
from cadres.rules import RuleContext, RuleError, normalise, validate
from trainingplans.lib.commands import Refused
from trainingplans.plans.loading import TargetReader, document_of
from trainingplans.plans.models import Programme, Target


@dataclass
class Loaded:
    """The codes of targets that a document created, replaced or found as they were."""

    created: list = field(default_factory=list)
    replaced: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)


@transaction.atomic
def load_targets(document, *, by):
    """Create or replace targets by code: all of them, or Refused with every problem."""
    reader = TargetReader()
    entries = reader.read(document)
    if reader.problems:
        raise Refused(*reader.problems)
    codes = [entry["code"] for entry in entries]
    known = Target.objects.select_for_update().filter(code__in=codes).in_bulk(field_name="code")
    loaded = Loaded()
    for entry in entries:
        _load(known.get(entry["code"]), entry, by, loaded)
    if loaded.created or loaded.replaced:
        record("target.load", by=by, label="Nạp mục tiêu", detail=vars(loaded))
    return loaded


def _load(target, entry, by, loaded):
    """Write one entry over its target, or a new one."""
    entry = {"legal_basis": "", "unit": None, "programme": None, **entry}
    if target is None:
        _store(Target(**entry, order=_last() + 1), by)
        loaded.created.append(entry["code"])
        return
    before = document_of(target)
    for column, value in entry.items():
        setattr(target, column, value)
    if document_of(target) == before:
        loaded.unchanged.append(target.code)
        return
    target.version += 1
    _store(target, by)
    loaded.replaced.append(target.code)


def _last():
    """The place of the last target, so that a new one comes after it."""
    return Target.objects.aggregate(last=Max("order"))["last"] or 0


def _store(target, by):
    target._history_user = by
    target.save()


@transaction.atomic
def save_target(target, *, by):
    """Save a target from a form, its rules in their stored form; audited. RuleError for bad ones.

    The caller has compared versions; a changed target gets the next one.
    """
    context = RuleContext()
    problems = [
        *validate(target.population, context, "population"),
        *validate(target.attained, context, "attained"),
    ]
    if problems:
        raise RuleError(problems)
    target.population = normalise(target.population, context)
    target.attained = normalise(target.attained, context)
    act = "target.change" if target.pk else "target.add"
    if target.pk:
        target.version += 1
    else:
        target.order = _last() + 1
    _store(target, by)
    record(act, by=by, subject=target, unit=target.unit, detail=document_of(target))
    return target


# ---- programmes, deleting, taking back ---------------------------------------------------------


@transaction.atomic
def add_programme(programme, *, by):
    """Save a new programme; the row."""
    programme._history_user = by
    programme.save()
    record("programme.add", by=by, subject=programme)
    return programme


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
        unit=target.unit,
        detail=document_of(target),
    )


def _delete(row, act, by, refusal, **told):
    pk, label = row.pk, str(row)
    record(act, by=by, subject=row, **told)
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

"""Writes about people: each one atomic, with an author, one audit row and new standings."""

from django.db import transaction

from cadres.actions.errors import Refused
from cadres.audit import record
from cadres.edits import save_versioned
from cadres.models import Official, PartyStatus, Posting, Standing
from cadres.officials import set_keys
from cadres.standings import refresh
from trainingplans.lib.dates import today


def unit_of(official_id):
    """The unit under which an official is filed today, or None."""
    standing = Standing.objects.at(today()).filter(official=official_id).select_related("unit")
    return next((s.unit for s in standing), None)


@transaction.atomic
def add_official(official, posting, *, by):
    """Save a new official with the first post; returns the official."""
    set_keys(official)
    official._history_user = posting._history_user = by
    official.save()
    posting.official = official
    posting.save()
    refresh([official.pk])
    record("official.add", by=by, subject=official, unit=posting.unit)
    return official


def change_official(form, *, by):
    """Save the form of an official; a Conflict on a newer version."""
    return save_versioned(
        form, by=by, act="official.change", write=_save_person, unit=unit_of(form.instance.pk)
    )


def _save_person(official):
    set_keys(official)
    official.save()
    refresh([official.pk])


@transaction.atomic
def add_row(row, *, by, act):
    """Save a new row of an official (a post, a level, …); returns it."""
    row._history_user = by
    row.save()
    if isinstance(row, PartyStatus):
        _close_earlier(row, by)
    refresh([row.official_id])
    _record_row(act, row, by)
    return row


def _close_earlier(status, by):
    """What was true of party membership before ends where the new row begins."""
    earlier = PartyStatus.objects.filter(
        official=status.official_id,
        valid_from__lt=status.valid_from,
        valid_to__gt=status.valid_from,
    ).exclude(pk=status.pk)
    for row in earlier:
        row.valid_to, row.version, row._history_user = status.valid_from, row.version + 1, by
        row.save()


def change_row(form, *, by, act):
    """Save the form of such a row; a Conflict on a newer version."""
    return save_versioned(
        form,
        by=by,
        act=act,
        write=_save_row,
        unit=unit_of(form.instance.official_id),
        detail=_whose(form.instance),
    )


def _save_row(row):
    row.save()
    refresh([row.official_id])


def move_posting(form, *, by):
    """Close the post of the form on its day and open the new one; a Conflict as above."""
    day = form.cleaned_data["on"]
    return save_versioned(
        form,
        by=by,
        act="posting.move",
        write=lambda row: _open_next(row, day, by),
        unit=unit_of(form.instance.official_id),
        detail=_whose(form.instance),
    )


def _open_next(wanted, day, by):
    """`wanted` is the old row with the new values upon it, unsaved."""
    old = Posting.objects.get(pk=wanted.pk)
    moved = old.unit_id != wanted.unit_id
    old.ended_by, old.version = "transferred" if moved else "changed", wanted.version
    until, old.valid_to = old.valid_to, day
    old._history_user = by
    old.save()
    new = Posting(official=old.official, unit=wanted.unit, valid_from=day, valid_to=until)
    for name in ("staff_kind", "position", "rank_code", "leadership", "decision", "is_main"):
        setattr(new, name, getattr(wanted, name))
    new._history_user = by
    new.save()
    refresh([old.official_id])


@transaction.atomic
def delete_row(row, *, by, act):
    """Delete a row that was wrong; returns the id of its last image, for `restore_row`."""
    if isinstance(row, Posting) and _is_only_post(row):
        raise Refused(
            "Hồ sơ phải còn ít nhất một vị trí công tác. Sửa dòng này, hoặc thêm vị trí đúng trước."
        )
    pk, official = row.pk, row.official_id
    unit, whose = unit_of(official), _whose(row)
    row._history_user = by
    row.delete()
    refresh([official])
    row.pk = pk
    record(act, by=by, subject=row, unit=unit, detail=whose)
    return row.history.first().history_id


def _is_only_post(row):
    return not Posting.objects.filter(official=row.official_id).exclude(pk=row.pk).exists()


@transaction.atomic
def restore_row(image, *, by, act):
    """Bring a deleted row back as its last history image has it; returns the row."""
    row, model = image.instance, type(image.instance)
    newest = model.history.filter(id=row.pk).first()
    if model._base_manager.filter(pk=row.pk).exists() or newest.pk != image.pk:
        raise Refused("Dòng này đã được khôi phục rồi.")
    if model.__name__ == "Appraisal" and _year_taken(row):
        raise Refused(f"Năm {row.year} đã có xếp loại khác. Mở dòng đó để sửa.")
    row.version += 1
    row._history_user = by
    row.save(force_insert=True)
    refresh([row.official_id])
    _record_row(act, row, by)
    return row


def _year_taken(row):
    return type(row).objects.filter(official=row.official_id, year=row.year).exists()


@transaction.atomic
def reveal_personal_id(official, *, by):
    """The whole personal id, with a trace of who looked."""
    record("official.reveal_id", by=by, subject=official, unit=unit_of(official.pk))
    return official.personal_id or ""


def _record_row(act, row, by):
    record(act, by=by, subject=row, unit=unit_of(row.official_id), detail=_whose(row))


def _whose(row):
    person = Official.objects.get(pk=row.official_id)
    return {"official": person.pk, "name": person.full_name}

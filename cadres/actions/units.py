"""Writes about units; a mark is a trait of the area or a language spoken there."""

from django.db import transaction

from cadres.actions.errors import Refused
from cadres.audit import record
from cadres.edits import save_versioned
from cadres.models import AuditEvent, Posting, Unit, UnitLanguage, UnitSuccession, UnitTrait
from cadres.units import new_code, place, save_unit, set_keys
from trainingplans.lib.dates import FOREVER, show

MARKS = {model._meta.label_lower: model for model in (UnitTrait, UnitLanguage)}


def add_unit(unit, *, by):
    """Save a new unit with its place in the tree; returns it."""
    return save_unit(unit, by=by, act="unit.add")


def change_unit(form, *, by):
    """Save the form of a unit, and move what is below it; a Conflict on a newer version."""
    return save_versioned(form, by=by, act="unit.change", write=_save, unit=form.instance)


def _save(unit):
    set_keys(unit)
    unit.code = unit.code or new_code()
    before = Unit.objects.get(pk=unit.pk).path
    unit.save()
    place(unit)
    if unit.path != before:
        _move_below(before, unit.path)


def _move_below(before, after):
    below = list(Unit.objects.filter(path__startswith=before).exclude(path__in=[before, after]))
    for unit in below:
        unit.path = after + unit.path.removeprefix(before)
    Unit.objects.bulk_update(below, ["path"])


def close_unit(form, *, by):
    """End a unit on the day of the form, FOREVER to open it again.

    Refused while people or units would stay in it, for a day after the end of the unit above, and
    for one that went into another unit.
    """
    unit, day = form.instance, form.cleaned_data["valid_to"]
    _refuse_if_used(unit, day)
    went = UnitSuccession.objects.filter(old=unit).select_related("new").first()
    if went:
        raise Refused(f"{unit} đã sắp xếp thành {went.new}, nên ngày đóng theo việc sắp xếp đó.")
    if unit.parent and unit.parent.valid_to < day:
        raise Refused(
            f"{unit.parent} đóng từ ngày {show(unit.parent.valid_to)}. Chọn ngày không muộn hơn,"
            " hoặc đổi đơn vị cấp trên trước."
        )
    act = "unit.reopen" if day == FOREVER else "unit.close"
    return save_versioned(form, by=by, act=act, unit=unit)


def _refuse_if_used(unit, day):
    people = Posting.objects.filter(unit=unit, valid_to__gt=day)
    count = people.values("official").distinct().count()
    if count:
        raise Refused(
            f"Từ ngày {show(day)} còn {count} người ở {unit}. Chuyển hoặc kết thúc vị trí trước."
        )
    below = Unit.objects.filter(parent=unit, valid_to__gt=day).count()
    if below:
        raise Refused(
            f"Từ ngày {show(day)} còn {below} đơn vị trực thuộc {unit}. Chuyển hoặc đóng trước."
        )


@transaction.atomic
def add_mark(mark, *, by):
    """Save a new trait or language of a unit; returns it."""
    mark.save()
    record(f"{mark._meta.model_name}.add", by=by, subject=mark, unit=mark.unit)
    return mark


@transaction.atomic
def end_mark(mark, day, *, by):
    """The mark no longer counts from `day` on."""
    mark.valid_to = day
    mark.save()
    detail = {"valid_to": day.isoformat()}
    record(f"{mark._meta.model_name}.end", by=by, subject=mark, unit=mark.unit, detail=detail)


@transaction.atomic
def delete_mark(mark, *, by):
    """Delete a wrong mark; returns the event that `restore_mark` takes back."""
    image = {field.attname: getattr(mark, field.attname) for field in mark._meta.concrete_fields}
    detail = {"row": {k: v.isoformat() if hasattr(v, "year") else v for k, v in image.items()}}
    event = record(
        f"{mark._meta.model_name}.delete", by=by, subject=mark, unit=mark.unit, detail=detail
    )
    mark.delete()
    return event


@transaction.atomic
def restore_mark(event: AuditEvent, *, by):
    """Bring back the mark that `event` deleted; returns it."""
    model, image = MARKS[event.subject], event.detail["row"]
    if model.objects.filter(pk=image["id"]).exists():
        raise Refused("Dòng này đã được khôi phục rồi.")
    mark = model(**{f.attname: f.to_python(image[f.attname]) for f in model._meta.concrete_fields})
    mark.save(force_insert=True)
    record(f"{model._meta.model_name}.restore", by=by, subject=mark, unit=mark.unit)
    return mark

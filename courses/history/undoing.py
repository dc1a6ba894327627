"""Taking a list of the past back: each lượt reversed, kept because edited, or refused."""

from cadres.intake import bulk
from cadres.intake.applying import MANY
from cadres.intake.people import one_of
from cadres.models import Change, Official
from courses.history.images import images_of, row_of
from courses.models import Enrolment

LABEL = Enrolment._meta.label_lower
NOT_COMPARED = {"version"}
COLUMNS = [column.attname for column in Enrolment._meta.concrete_fields]


def undo(batch, *, by):
    """Take back what the batch wrote; {reversed, kept, refused}, people told by lượt."""
    changes = list(Change.objects.filter(batch=batch, model=LABEL))
    present = images_of([change.object_id for change in changes])
    kept = {c.pk: why for c in changes if (why := _edited(c, present.get(c.object_id)))}
    refused = _referred_to([c for c in changes if c.before is None and c.pk not in kept])
    left = [c for c in changes if c.pk not in kept and c.pk not in refused]
    reason = f"undo:{batch.pk}"
    _restore([c for c in left if c.before is not None], present, by, reason)
    _delete([c.object_id for c in left if c.before is None], by, reason)
    if len(left) >= MANY:
        bulk.analyze([Enrolment])
    names = dict(
        Official.objects.filter(
            pk__in=one_of({c.official_id for c in changes if c.pk in kept or c.pk in refused})
        ).values_list("pk", "full_name")
    )
    return {
        "reversed": len(left),
        "kept": _named(changes, kept, names),
        "refused": _named(changes, refused, names),
    }


def _named(changes, why, names):
    return [
        {
            "official": change.official_id,
            "name": names.get(change.official_id, ""),
            "why": why[change.pk],
        }
        for change in changes
        if change.pk in why
    ]


def _edited(change, now):
    """Why a lượt must stay as it is, or ""."""
    if now is None:
        return "Lượt học đã bị xóa sau lần nhập."
    for name, value in change.after.items():
        if name not in NOT_COMPARED and name in now and now[name] != value:
            column = next(c for c in Enrolment._meta.concrete_fields if c.attname == name)
            return f"Đã sửa sau lần nhập: {column.verbose_name}."
    return ""


def _referred_to(created):
    """{change pk: why}: lượt that something else hangs on cannot be deleted."""
    by_id = {change.object_id: change.pk for change in created}
    refused = {}
    for relation in Enrolment._meta.get_fields(include_hidden=True) if by_id else ():
        if not relation.auto_created or not (relation.one_to_many or relation.one_to_one):
            continue
        model = relation.related_model
        if hasattr(model, "instance_type"):  # rows of history
            continue
        name = relation.field.name
        rows = model._default_manager.filter(**{f"{name}__in": one_of(by_id)})
        for pk in rows.values_list(f"{name}_id", flat=True):
            refused[by_id[pk]] = f"Đã có trong: {model._meta.verbose_name}."
    return refused


def _restore(changes, present, by, reason):
    rows = []
    for change in changes:
        row = row_of(change.before)
        row.version = present[change.object_id]["version"] + 1
        rows.append(row)
    if rows:
        bulk.update(Enrolment, rows, COLUMNS)
        bulk.write_history(Enrolment, [r.pk for r in rows], "~", by=by, reason=reason)


def _delete(ids, by, reason):
    if ids:
        bulk.write_history(Enrolment, ids, "-", by=by, reason=reason)
        bulk.delete(Enrolment, ids)

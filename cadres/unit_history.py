"""What changed of a unit, who did it and when, in words."""

from cadres.audit_words import act_in_words
from cadres.models import AuditEvent, Unit
from trainingplans.lib.dates import EVER, FOREVER, show

SHOWN = ["name", "code", "kind", "parent", "valid_from", "valid_to"]


def changes_of(unit):
    """[{when, who, what, lines: [{label, old, new}]}] of a unit and its marks, newest first."""
    images = list(unit.history.select_related("history_user").order_by("history_id"))
    parents = {image.parent_id for image in images} - {None}
    names = dict(Unit.objects.filter(pk__in=parents).values_list("pk", "name"))
    found = [
        _change(image, old, names) for old, image in zip([None, *images], images, strict=False)
    ]
    found += [_mark(event) for event in _mark_events(unit)]
    return sorted(found, key=lambda change: change["when"], reverse=True)


def _change(image, before, names):
    verb = "Thêm" if before is None else "Sửa"
    return {
        "when": image.history_date,
        "who": str(image.history_user) if image.history_user else "Hệ thống",
        "what": f"{verb} đơn vị",
        "about": "",
        "lines": [line for line in (_line(f, before, image, names) for f in SHOWN) if line],
    }


def _line(name, before, image, names):
    old, new = (_value(row, name, names) if row else "" for row in (before, image))
    label = str(Unit._meta.get_field(name).verbose_name)
    return {"label": label[:1].upper() + label[1:], "old": old, "new": new} if old != new else None


def _value(image, name, names):
    if name == "parent":
        return names.get(image.parent_id, "")
    if name == "kind":
        return image.get_kind_display()
    value = getattr(image, name)
    return value if isinstance(value, str) else "" if value in (EVER, FOREVER) else show(value)


def _mark_events(unit):
    subjects = ["cadres.unittrait", "cadres.unitlanguage"]
    return AuditEvent.objects.filter(unit=unit, subject__in=subjects).select_related("by")


def _mark(event):
    return {
        "when": event.at,
        "who": str(event.by) if event.by else "Hệ thống",
        "what": act_in_words(event.act),
        "about": event.label,
        "lines": [],
    }

"""Who changed what of a record, and when: the rows of history in words."""

from collections import defaultdict

from django.db import models
from django.utils import timezone

from cadres.choices import Ladder
from cadres.models import (
    Appraisal,
    EthnicGroup,
    Level,
    Official,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
    Unit,
)
from cadres.models.officials import partial
from cadres.rules.context import among
from trainingplans.lib.dates import EVER, FOREVER, show

ROWS = [Posting, Qualification, PartyStatus, PlanningEntry, Appraisal]
SKIPPED = {"id", "version", "official", "search_key", "sort_key", "source", "merged_into"}
SKIPPED |= {"retires_on"}
VERBS = {"+": "Thêm", "~": "Sửa", "-": "Xóa"}


def changes_of(official):
    """[{when, who, what, lines: [{label, old, new}]}], the newest first; a constant few queries."""
    images = _images(Official, {"id": official.pk})
    for model in ROWS:
        images += _images(model, {"official_id": official.pk})
    words = _Words(images)
    found = []
    for rows in _by_row(images).values():
        before = None
        for image in rows:
            change = _change(image, before, words)
            if change["lines"] or image.history_type != "~":
                found.append(change)
            before = image
    return sorted(found, key=lambda change: (change["when"], change["id"]), reverse=True)


def changes_since(officials, since):
    """{official id: lines such as "14/03/2026: Sửa trình độ (Chuyên môn), Lò Văn An"}.

    What was written after the moment `since`; one query a kind of row.
    """
    found, ids = defaultdict(list), list(officials)
    if not ids:
        return found
    for model, key in [(Official, "id"), *((model, "official_id") for model in ROWS)]:
        images = model.history.filter(among(key, ids), history_date__gt=since)
        images = list(images.select_related("history_user").order_by("history_id"))
        words = _Words(images)
        for image in images:
            found[getattr(image, key)].append(_in_one_line(image, words))
    return found


def _in_one_line(image, words):
    who = str(image.history_user) if image.history_user else "Hệ thống"
    about = f" ({name})" if (name := words.name(image)) else ""
    what = f"{VERBS[image.history_type]} {image.instance_type._meta.verbose_name}{about}"
    return f"{show(timezone.localdate(image.history_date))}: {what}, {who}"


def _images(model, condition):
    rows = model.history.filter(**condition).select_related("history_user")
    return list(rows.order_by("history_id"))


def _by_row(images):
    rows = defaultdict(list)
    for image in images:
        rows[type(image), image.id].append(image)
    return rows


def _change(image, before, words):
    model = image.instance_type
    return {
        "id": image.history_id,
        "when": image.history_date,
        "who": str(image.history_user) if image.history_user else "Hệ thống",
        "what": f"{VERBS[image.history_type]} {model._meta.verbose_name}",
        "about": words.name(image),
        "lines": _lines(image, before, words),
    }


def _lines(image, before, words):
    """The fields that differ; for a new row what it holds, for a deleted one what it held."""
    if image.history_type == "-":
        return []
    lines = []
    for field in _fields(image.instance_type):
        old = words.value(before, field) if before else ""
        new = words.value(image, field)
        if old != new and (before or new != "không"):
            lines.append({"label": _label(field), "old": old, "new": new})
    return lines


def _fields(model):
    """The fields that people know; the precision of a date is told with the date."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in SKIPPED and not field.name.endswith("_precision")
    ]


def _label(field):
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


class _Words:
    """Values of history images in words, the names of other rows looked up once."""

    def __init__(self, images):
        self.names = {
            model: dict(self._named(model, images)) for model in (EthnicGroup, Level, Unit)
        }

    @staticmethod
    def _named(model, images):
        ids = {
            getattr(image, field.attname)
            for image in images
            for field in image.instance_type._meta.concrete_fields
            if field.related_model is model
        }
        return model._base_manager.filter(pk__in=ids - {None}).values_list("pk", "name")

    def value(self, image, field):
        value = getattr(image, field.attname)
        if value in (None, ""):
            return ""
        if field.name == "personal_id":
            return f"{value[:4]} •••• {value[-4:]}"
        if field.related_model:
            return self.names.get(field.related_model, {}).get(value, "")
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(field, models.DateField):
            return _day(image, field, value)
        return str(dict(field.flatchoices).get(value, value))

    def name(self, image):
        """Which row: the post, the ladder, the year."""
        if image.instance_type is Posting:
            return image.position or self.names[Unit].get(image.unit_id, "")
        if image.instance_type is Qualification:
            return Ladder(image.ladder).label
        if image.instance_type is Appraisal:
            return str(image.year)
        return ""


def _day(image, field, value):
    if value in (EVER, FOREVER):
        return ""
    precision = getattr(image, field.name.rsplit("_", 1)[0] + "_precision", None)
    return partial(value, precision).display if precision else show(value)

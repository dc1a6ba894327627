"""The lượt that forms of results count: what was finished within a period, as of its start."""

from dataclasses import dataclass

from django.db.models import Q

from courses.turns import counted_turns
from trainingplans.lib.text import fold

COLUMNS = {
    "pk": "pk",
    "official": "official_id",
    "name": "official__full_name",
    "unit": "unit__name",
    "unit_kind": "unit__kind",
    "title": "title",
    "category": "category_id",
    "position": "position",
    "staff_kind": "staff_kind",
    "rank_code": "rank_code",
    "leadership": "leadership",
    "in_planning": "in_planning",
    "minority": "ethnic_group__is_minority",
    "gender": "gender",
    "training_class": "training_class_id",
    "organiser_kind": "training_class__organiser__kind",
    "mode": "training_class__mode",
}


@dataclass(frozen=True)
class Lesson:
    """One lượt with the snapshot of the day it started."""

    pk: int
    official: int
    name: str
    unit: str
    unit_kind: str
    title: str
    category: int
    position: str
    staff_kind: str
    rank_code: str
    leadership: bool
    in_planning: bool
    minority: bool
    gender: str
    training_class: int
    organiser_kind: str
    mode: str

    @property
    def position_key(self):
        return fold(self.position)


def lessons(first, last, *, units=None, among=None):
    """The Lessons that began and ended within a period, by the names of their people; one query."""
    rows = counted_turns(first, last, units=units, among=among)
    rows = rows.filter(Q(starts_on__gte=first) | Q(starts_on=None))
    rows = rows.order_by("official__sort_key", "official_id", "pk")
    return [Lesson(*row) for row in rows.values_list(*COLUMNS.values())]

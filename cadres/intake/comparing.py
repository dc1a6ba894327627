"""What a row tells otherwise than recorded on a day, key by key.

Ten thousand people hold a few hundred different posts and sets of levels, and rows tell as few:
what one of them comes to against the other is worked out once.
"""

from functools import lru_cache

from cadres.intake.fields import (
    CODED,
    CONSTANTS,
    LANGUAGES,
    PARTY,
    PLANNING,
    POST,
    READ,
    TEXTS,
    Known,
    is_fuller,
    same,
)
from cadres.intake.records import PARTS
from cadres.models import PartyStatus, PlanningEntry, Posting, Qualification
from trainingplans.lib.dates import PartialDate, today

# Columns of an official whose value is what a row tells.
AS_TOLD = [key for key in CONSTANTS if key not in ("birth_date", "ethnic_group")]
# What is held, and the keys that are told of it. The unit of a post is told beside the row.
GROUPS = [
    (Qualification, (*CODED, *TEXTS, "professional_major")),
    (PartyStatus, tuple(sorted(PARTY))),
    (PlanningEntry, tuple(PLANNING)),
    (Posting, tuple(sorted(POST - {"unit"}))),
]
PLACES = [(PARTS.index(model), keys, frozenset(keys)) for model, keys in GROUPS]
OF_POST = PLACES.pop()
KEPT = 100_000  # comparisons that are remembered


class Comparer:
    """Compares rows with dossiers as of one day."""

    def __init__(self, on, words, unit_names):
        self.on, self.words, self.unit_names = on, words, unit_names
        self.is_past = on < today()
        self.known = {}  # what is held and told -> the changes

    def changes(self, dossier, told, unit_id):
        """{key: (old, new)} of the keys that the row tells otherwise than recorded on the day."""
        changes = self._of_constants(dossier, told)
        for place, keys, words in PLACES:
            if words.isdisjoint(told):
                continue
            if found := self._of_group(dossier, place, keys, told, None):
                changes.update(found)
        if found := self._of_group(dossier, *OF_POST[:2], told, unit_id):
            changes.update(found)
        if "ethnic_languages" in told:
            changes.update(_compared(self._known(dossier, None), LANGUAGES, told))
        if len(changes) < 2:
            return changes
        return {key: changes[key] for key in ("unit", *told) if key in changes}

    def _known(self, dossier, unit_id):
        return Known(dossier, unit_id, self.on, self.words, self.unit_names)

    def _of_constants(self, dossier, told):
        official, different = dossier.official, []
        for key in AS_TOLD:
            new = told.get(key)
            if new is not None and new != getattr(official, key):
                different.append(key)
        birth = _birth_of(official.birth_date, official.birth_precision)
        if "birth_date" in told and told["birth_date"] != birth:
            different.append("birth_date")
        group = self.words.group_names.get(official.ethnic_group_id)
        if "ethnic_group" in told and told["ethnic_group"] != group:
            different.append("ethnic_group")
        if not different:
            return {}
        changes = dict(_compared(self._known(dossier, None), different, told))
        if changes and self._is_outdated(dossier):
            return {key: change for key, change in changes.items() if fills(key, *change)}
        return changes

    def _of_group(self, dossier, place, keys, told, unit_id):
        """The changes of one group of keys, and of the unit: ((key, (old, new)), …)."""
        shared = dossier.shared
        if shared is None:
            return self._compared_group(dossier, keys, told, unit_id)
        case = (place, shared[place], tuple(map(told.get, keys)), unit_id)
        found = self.known.get(case)
        if found is None:
            if len(self.known) >= KEPT:
                self.known.clear()
            found = self.known[case] = self._compared_group(dossier, keys, told, unit_id)
        return found

    def _compared_group(self, dossier, keys, told, unit_id):
        known, found = self._known(dossier, unit_id), []
        if unit_id and (known.post is None or known.post.unit_id != unit_id):
            found.append(("unit", (known.get("unit"), self.unit_names(unit_id))))
        return (*found, *_compared(known, [key for key in keys if key in told], told))

    def _is_outdated(self, dossier):
        """Whether something newer than the day is known: then names and ids stay as they are."""
        if not self.is_past:
            return False
        return any(day > self.on for day, _ in dossier.later) or any(
            row.valid_from > self.on for model in PARTS for row in dossier.contents(model)
        )


def _compared(known, keys, told):
    """(key, (old, new)) of those of the keys of which the row tells something new."""
    for key in keys:
        how, name = READ[key]
        old, new = how(known, name, told[key]), told[key]
        if old != new and not same(key, old, new):
            yield key, (old, new)


@lru_cache(maxsize=50_000)
def _birth_of(first, precision):
    return PartialDate(first, precision).iso if first else None


def fills(key, old, new):
    """Whether an older roster's value fills a gap in what is recorded."""
    return old is None or (key == "birth_date" and is_fuller(old, new))

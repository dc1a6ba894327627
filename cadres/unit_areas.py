"""What areas are during periods: restating a trait or a language from a day on."""

from collections import defaultdict

from cadres.choices import Trait
from cadres.models import UnitLanguage, UnitTrait
from trainingplans.lib.dates import EVER, FOREVER


class Areas:
    """Traits and languages of units in memory; `tell_*` restate, `write` saves all in bulk."""

    def __init__(self, unit_ids):
        known = set(unit_ids)
        self.traits, self.languages = defaultdict(list), defaultdict(list)
        if known:
            for row in UnitTrait.objects.filter(trait=Trait.MINORITY_AREA):
                self.traits[row.unit_id].append(row)
            for row in UnitLanguage.objects.all():
                self.languages[row.unit_id].append(row)
        self.new, self.cut, self.gone = [], [], []
        self.changed = set()

    def tell_minority_area(self, unit, holds, since):
        """From the day `since` (None: ever) on, the unit's area is one of minorities, or not."""
        rows = self.traits[unit.pk]
        if holds:
            self._hold(rows, since, UnitTrait(unit=unit, trait=Trait.MINORITY_AREA))
        else:
            self._end(rows, since)

    def tell_languages(self, unit, groups, since):
        """From the day `since` (None: ever) on, exactly these languages are spoken."""
        told = {group.pk for group in groups}
        spoken = defaultdict(list)
        for row in self.languages[unit.pk]:
            spoken[row.language_id].append(row)
        for group in groups:
            self._hold(spoken[group.pk], since, UnitLanguage(unit=unit, language=group))
        for pk, rows in spoken.items():
            if pk not in told:
                self._end(rows, since)

    def _hold(self, rows, since, fresh):
        """One open row that covers `since`; without a day an open row is enough."""
        start = since or EVER
        if any(
            row.valid_to == FOREVER and (since is None or row.valid_from <= start) for row in rows
        ):
            return
        self._end(rows, start)
        fresh.valid_from = start
        self.new.append(fresh)
        self.changed.add(fresh.unit_id)

    def _end(self, rows, since):
        """Nothing after `since`: open rows are closed on that day, later ones go."""
        start = since or EVER
        for row in rows:
            if row.valid_to <= start or (since is None and row.valid_to != FOREVER):
                continue
            self.changed.add(row.unit_id)
            if row.valid_from < start:
                row.valid_to = start
                self.cut.append(row)
            else:
                self.gone.append(row)

    def write(self):
        """Save what was told; a handful of queries."""
        for model in (UnitTrait, UnitLanguage):
            gone = [row.pk for row in self.gone if isinstance(row, model)]
            model.objects.filter(pk__in=gone).delete()
            cut = [row for row in self.cut if isinstance(row, model)]
            model.objects.bulk_update(cut, ["valid_to"], batch_size=400)
            new = [row for row in self.new if isinstance(row, model)]
            model.objects.bulk_create(new, batch_size=1000)

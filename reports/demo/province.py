"""The demonstration province: units, officials, their years; the same for the same seed."""

import random
from dataclasses import dataclass

from django.db import transaction

from cadres.models import (
    Appraisal,
    EthnicGroup,
    Level,
    Official,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
    Standing,
    Unit,
    UnitChange,
    UnitLanguage,
    UnitSuccession,
    UnitTrait,
)
from cadres.standings import standings_of
from reports.demo.bulk import count_on, insert, keep_history, last_id
from reports.demo.careers import Careers
from reports.demo.identity import People
from reports.demo.places import build_places
from reports.demo.posts import agency_posts, commune_posts
from reports.demo.training import Training

OFFICIALS, SEED = 3200, 1719
GONE = 0.09  # of all officials: those who have left since 2021
SHARES = {"commune": 0.69, "department": 0.14, "service": 0.08, "party": 0.04, "mass": 0.05}
CHUNK = 1000
WITH_HISTORY = (Unit, Official, Posting, Qualification, PartyStatus, PlanningEntry, Appraisal)
RECORDS = (Posting, Qualification, PartyStatus, PlanningEntry, Appraisal)


@dataclass
class Built:
    """What was written: the units, and how many rows of each kind."""

    province: object
    counts: dict


@transaction.atomic
def build_province(officials=OFFICIALS, seed=SEED, *, by, history=True):
    """Write the province with that many officials into an empty database; Built.

    The catalogues must be loaded. The caller records the act.
    """
    rng = random.Random(seed)  # noqa: S311
    before = {model: last_id(model) for model in WITH_HISTORY}
    province = build_places(rng)
    people = People(rng, {group.name: group for group in EthnicGroup.objects.all()})
    writer = Writer(people)
    careers = Careers(people, province)
    for place, post, is_gone in _seats(province.places, officials, rng):
        writer.take(careers.gone(place, post) if is_gone else careers.serving(place, post))
    writer.flush()
    count_on([Unit, UnitTrait, UnitLanguage, UnitChange, UnitSuccession, *writer.counts])
    if history:
        for model in WITH_HISTORY:
            keep_history(model, before[model], by=by)
    return Built(province, writer.counts)


def _seats(places, officials, rng):
    """(place, post, whether its holder has left), as many as there are officials."""
    gone = round(officials * GONE)
    for place, number in _shared_out(places, officials - gone):
        for post in _posts(place, number):
            yield place, post, False
    weights = [place.weight for place in places]
    for place in rng.choices(places, weights, k=gone):
        yield place, rng.choice(_posts(place, 12)), True


def _posts(place, number):
    """The first posts of a place."""
    if place.sort == "commune":
        return commune_posts(place.is_ward, number)
    return agency_posts(place, number)


def _shared_out(places, total):
    """[(place, number)]: by share of the sort and weight of the place, adding up to `total`."""
    sums = {sort: sum(p.weight for p in places if p.sort == sort) for sort in SHARES}
    exact = [total * SHARES[p.sort] * p.weight / sums[p.sort] for p in places]
    numbers = [max(int(number), p.least) for number, p in zip(exact, places, strict=True)]
    rest = sorted(range(len(places)), key=lambda i: numbers[i] - exact[i])
    for i in rest[: total - sum(numbers)]:
        numbers[i] += 1
    return list(zip(places, numbers, strict=True))


class Writer:
    """Takes careers and writes them in chunks, with their standings."""

    def __init__(self, people):
        levels = list(Level.objects.all())
        self.training = Training(people, {(level.ladder, level.code): level.pk for level in levels})
        self.ranks = {level.pk: level.rank for level in levels}
        self.waiting = []
        self.counts = dict.fromkeys((Official, *RECORDS, Standing), 0)

    def take(self, career):
        """One more career; written when there are enough."""
        training = self.training
        rows = {
            Posting: career.postings,
            Qualification: training.qualifications(career),
            PartyStatus: training.party(career),
            PlanningEntry: training.planning(career),
            Appraisal: training.appraisals(career),
        }
        self.waiting.append((career.official, rows))
        if len(self.waiting) >= CHUNK:
            self.flush()

    def flush(self):
        """Write what is waiting."""
        self._insert(Official, [official for official, _ in self.waiting])
        for model in RECORDS:
            found = []
            for official, rows in self.waiting:
                for row in rows[model]:
                    row.official_id = official.pk
                found += rows[model]
            self._insert(model, found)
        self._insert(Standing, [row for one in self.waiting for row in self._standings(*one)])
        self.waiting = []

    def _standings(self, official, rows):
        told = [
            sorted(rows[model], key=lambda row: (row.valid_from, row.pk)) for model in RECORDS[:4]
        ]
        return standings_of(official, *told, self.ranks)

    def _insert(self, model, rows):
        insert(model, rows)
        self.counts[model] += len(rows)

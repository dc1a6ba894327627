"""Careers: where each invented official worked, from recruitment to today or to the end."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cadres.choices import StaffKind
from cadres.models import Posting
from cadres.officials import is_leading
from reports.demo.identity import Ages
from reports.demo.posts import (
    AGES,
    CHIEF,
    CONCURRENT,
    DEPUTY,
    HEAD,
    OLD_DISTRICT,
    STAFF,
    VILLAGE,
    Post,
    lower,
    old_commune_posts,
)
from trainingplans.lib.dates import FOREVER, add_months, add_years

NOW = date(2026, 11, 1)  # the demonstration tells what happened up to this day
MERGED = date(2025, 7, 1)
NO_PART_TIME = date(2026, 5, 31)  # part-time workers of communes end on this day
WOMEN = {StaffKind.CB: 0.34, StaffKind.CC: 0.49, StaffKind.VC: 0.6, "KCTX": 0.42, "KCTT": 0.3}
RECRUITED_AT = {
    CHIEF: (21, 27),
    DEPUTY: (21, 28),
    HEAD: (22, 28),
    STAFF: (22, 30),
    VILLAGE: (24, 40),
}
FROM_DISTRICT, TRANSFERRED, PROMOTED = 0.22, 0.05, 0.45
SENIOR, OFFICER, CLERK = "01.002", "01.003", "01.004"  # chuyên viên chính, chuyên viên, cán sự
SENIOR_YEARS, RANK_UNKNOWN_DAY = 12, 17
LEAVES_BY_AGE, LEAVES_AT_MERGER, PART_TIME = 0.55, 0.35, 0.3


@dataclass
class Career:
    """An official with the posts held, as unsaved rows, and what trainings depend on."""

    official: object
    place: object
    post: Post
    recruited: date
    until: date = FOREVER
    postings: list = field(default_factory=list)

    @property
    def last_day(self):
        """Up to when something can have happened."""
        return min(self.until - timedelta(days=1), NOW)


def _rank(career, post, start):
    """The rank of a civil servant by standing and years; of a few it was never recorded."""
    if post.staff_kind != StaffKind.CC or career.official.birth.first.day == RANK_UNKNOWN_DAY:
        return ""
    years = start.year - career.recruited.year
    if post.standing in (CHIEF, DEPUTY, HEAD) and years >= SENIOR_YEARS:
        return SENIOR
    return OFFICER if years or post.standing != STAFF else CLERK


class Careers:
    """Makes careers in the places of a province."""

    def __init__(self, people, province):
        self.people, self.dice, self.rng = people, people.dice, people.rng
        self.places = province.places
        self.communes = [place for place in self.places if place.sort == "commune"]
        self.agencies = [place for place in self.places if place.sort != "commune"]
        self.next_post = {}  # (old unit, kind) -> number of posts given there
        self.decision = 0

    def serving(self, place, post):
        """Somebody who holds this post today."""
        ages = Ages(NOW, *AGES[post.standing])
        retires = post.standing != VILLAGE
        official = self.people.make(place.groups, WOMEN[post.staff_kind], ages, retires=retires)
        career = Career(official, place, post, self._recruited(official, post))
        self._write_posts(career)
        return career

    def gone(self, place, post):
        """Somebody who held such a post and has left since 2021."""
        part_time = place.sort == "commune" and self.dice.chance(PART_TIME)
        if part_time:
            post = self.rng.choice(old_commune_posts(place.is_ward)["KCTX"])
        until, why = self._end(part_time)
        official = self._who_left(place, post, until, why)
        if why == "retired":
            until = max(official.retires_on, date(2021, 2, 1))
        career = Career(official, place, post, self._recruited(official, post), until)
        if career.recruited >= add_months(until, -12):
            career.recruited = add_months(until, -self.rng.randint(13, 40)).replace(day=1)
            official.recruited_on = career.recruited
        self._write_posts(career)
        career.postings[-1].ended_by = why
        return career

    def _end(self, part_time):
        """(day, reason) of leaving."""
        if part_time:
            return NO_PART_TIME, "left"
        if self.dice.chance(LEAVES_AT_MERGER):
            return MERGED, "left"
        if self.dice.chance(LEAVES_BY_AGE):
            return self.dice.day(date(2021, 3, 1), date(2026, 9, 1)), "retired"
        return self.dice.day(date(2021, 3, 1), date(2026, 9, 1)), "left"

    def _who_left(self, place, post, until, why):
        women = WOMEN[post.staff_kind]
        if why == "retired":
            return self.people.make(place.groups, women, None, retired_on=until)
        youngest, oldest = AGES[post.standing]
        ages = Ages(until, max(youngest, 27), min(oldest, 52))
        return self.people.make(place.groups, women, ages)

    def _recruited(self, official, post):
        """The day of recruitment, at a usual age; people who held a higher post came long ago."""
        low, high = RECRUITED_AT[post.standing]
        born = official.birth.last
        day = self.dice.day(add_years(born, low), add_years(born, high))
        latest = add_months(NOW, -6 if post.standing == STAFF else -60)
        if day > latest:
            day = max(add_years(born, 18), self.dice.day(add_months(latest, -24), latest))
        official.recruited_on = day.replace(day=1)
        official.recruited_precision = "month"
        return official.recruited_on

    def _write_posts(self, career):
        """The postings: lower post, post before the reorganisation, post since then."""
        changed_on, old_unit = self._came_from(career)
        start, until = career.recruited, career.until
        if changed_on is None or start >= changed_on:
            self._rise(career, career.place.unit, career.post, start, until)
            return
        if changed_on >= until:
            self._rise(career, old_unit, self._old_post(career, old_unit), start, until)
            return
        self._rise(career, old_unit, self._old_post(career, old_unit), start, changed_on)
        career.postings[-1].ended_by = "changed" if old_unit is career.place.unit else "transferred"
        if self.dice.chance(TRANSFERRED) and until == FOREVER:
            changed_on = self._detour(career, changed_on)
        self._post(career, career.place.unit, career.post, changed_on, until)

    def _came_from(self, career):
        """(the day of the reorganisation, the unit before it) of somebody's place."""
        place = career.place
        if not place.before:
            return None, place.unit
        if (
            place.district
            and self.dice.chance(FROM_DISTRICT)
            and career.post.staff_kind in OLD_DISTRICT
        ):
            return MERGED, place.district
        if (
            place.sort != "commune"
            and place.unit.valid_from < career.recruited
            and self.dice.chance(0.55)
        ):
            return None, place.unit
        unit, on = self.rng.choice(place.before)
        return on, unit

    def _old_post(self, career, unit):
        """The post that somebody held in a unit before it was reorganised; each given once."""
        kind = career.post.staff_kind
        if unit.kind == "district":
            return self.rng.choice(OLD_DISTRICT[kind])
        if career.place.sort != "commune" or kind not in old_commune_posts(False):
            return career.post if career.place.sort == "commune" else lower(career.post)
        posts = old_commune_posts(unit.name.startswith(("Phường", "Thị trấn")))[kind]
        number = self.next_post.get((unit.code, kind), 0)
        self.next_post[unit.code, kind] = number + 1
        return posts[number % len(posts)]

    def _rise(self, career, unit, post, start, until):
        """One posting, or a lower one and then this one for people who rose."""
        low = lower(post)
        years = (min(until, NOW) - start).days / 365.25
        rises = low is not post and low.position != post.position and years > 6
        if rises and (self.dice.chance(PROMOTED) or post.standing <= DEPUTY):
            first = max(add_years(start, 3), date(2014, 1, 1))
            last = min(add_years(until if until != FOREVER else NOW, -1), date(2026, 6, 1))
            if first < last:
                turn = self.dice.day(first, last).replace(day=1)
                if start < turn < until:
                    self._post(career, unit, low, start, turn)
                    career.postings[-1].ended_by = "changed"
                    start = turn
        self._post(career, unit, post, start, until)

    def _detour(self, career, since):
        """Some months in another place before the present one; the day of the transfer."""
        others = self.communes if career.place.sort == "commune" else self.agencies
        other = self.rng.choice([one for one in others if one.unit is not career.place.unit])
        turn = self.dice.day(date(2025, 9, 1), date(2026, 9, 1)).replace(day=1)
        if other.unit.valid_from > since:
            return since
        self._post(career, other.unit, career.post, since, turn)
        career.postings[-1].ended_by = "transferred"
        return turn

    def _post(self, career, unit, post, start, until):
        """Add a posting, and the concurrent one that goes with some posts."""
        career.postings.append(self._row(career, unit, post, post.position, start, until))
        beside = CONCURRENT.get(post.position)
        if beside and career.place.sort == "commune" and start >= MERGED:
            row = self._row(career, unit, post, beside, start, until)
            row.is_main = False
            career.postings.insert(-1, row)

    def _row(self, career, unit, post, position, start, until):
        self.decision += 1
        known = start.year >= 2019 and self.decision % 3 == 0
        return Posting(
            unit_id=unit.pk,
            staff_kind=post.staff_kind,
            position=position,
            rank_code=post.rank_code or _rank(career, post, start),
            leadership=is_leading(position),
            valid_from=start,
            valid_to=until,
            decision=f"{self.decision % 900 + 1}/QĐ-UBND ngày {start:%d/%m/%Y}" if known else "",
        )

"""An independent counter in plain Python: loops over the records themselves, for proofs.

It knows nothing of standings or of the engine's SQL; it reads whole tables once and asks each
person each question. Slow on purpose.
"""

from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache

from cadres.models import (
    EthnicGroup,
    Level,
    Official,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
    Unit,
    UnitLanguage,
    UnitTrait,
)
from cadres.retirement import retires_on
from courses.models import Category, Enrolment
from trainingplans.lib.dates import EVER
from trainingplans.lib.text import fold

NO_WORDS = {"", "khong", "chua", "0", "chua qua dao tao", "chua co", "khong co", "chua boi duong"}


class SlowCounter:
    """Everything in memory, as it is recorded."""

    def __init__(self):
        self.people = list(Official.objects.all())
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self.codes = {unit.code: unit.pk for unit in self.units.values()}
        self.levels = {level.pk: level for level in Level.objects.all()}
        self.groups = {group.pk: group for group in EthnicGroup.objects.all()}
        self.rows = {
            model: self._by(model, "official_id")
            for model in (Posting, Qualification, PartyStatus, PlanningEntry)
        }
        self.contents = {row.pk: row for row in Category.objects.all()}
        self.turns = defaultdict(list)
        for row in Enrolment.objects.all():
            self.turns[row.official_id].append(row)
        self.traits = self._by(UnitTrait, "unit_id")
        self.languages = self._by(UnitLanguage, "unit_id")

    def _by(self, model, column):
        found = defaultdict(list)
        for row in model.objects.order_by("valid_from", "pk"):
            found[getattr(row, column)].append(row)
        return found

    def figure(self, population, attained, on, units=None):
        """{"population": ids, "attained": ids, "unknown": ids, "missing": ids} as sets."""
        parts = {"population": set(), "attained": set(), "unknown": set(), "missing": set()}
        for person in self.people:
            day = Day(self, person, on)
            if day.post is None or (units is not None and day.post.unit_id not in units):
                continue
            if not day.meets(population):
                continue
            parts["population"].add(person.pk)
            parts[day.part(attained)].add(person.pk)
        return parts

    def by_unit(self, ids, on):
        """{unit id: number of these people}."""
        here = (Day(self, p, on).post.unit_id for p in self.people if p.pk in ids)
        return dict(Counter(here))


class Day:
    """One person on one day."""

    def __init__(self, world, person, on):
        self.world, self.person, self.on = world, person, on
        posts = self.valid(Posting)
        mains = [post for post in posts if post.is_main]
        self.posts = posts
        self.post = mains[-1] if mains else posts[-1] if posts else None

    def valid(self, model):
        rows = self.world.rows[model][self.person.pk]
        return [row for row in rows if row.valid_from <= self.on < row.valid_to]

    def part(self, attained):
        if self.meets(attained):
            return "attained"
        nothing = any(self.best(ladder) is None for ladder in named(attained))
        return "unknown" if nothing else "missing"

    def meets(self, rule):
        [(key, value)] = rule.items()
        if key == "all":
            return all(self.meets(inner) for inner in value)
        if key == "any":
            return any(self.meets(inner) for inner in value)
        if key == "not":
            return not self.meets(value)
        return bool(getattr(self, f"meets_{key}")(value))

    # the highest thing recorded on a ladder: -1 not trained, 0 only text, else the level's rank
    def best(self, ladder):
        held = []
        for row in self.valid(Qualification):
            if row.ladder != ladder or (row.revoked_on and row.revoked_on <= self.on):
                continue
            if row.level_id:
                rank = self.world.levels[row.level_id].rank
                held.append(rank if rank > 0 else -1)
            else:
                held.append(-1 if fold(row.detail) in NO_WORDS else 0)
        return max(held) if held else None

    def spoken(self):
        return {
            row.detail
            for row in self.valid(Qualification)
            if row.ladder == "ethnic_language"
            and row.detail
            and not (row.revoked_on and row.revoked_on <= self.on)
            and (
                self.world.levels[row.level_id].rank > 0
                if row.level_id
                else fold(row.detail) not in NO_WORDS
            )
        }

    def meets_staff_kind(self, value):
        return self.post.staff_kind in value

    def meets_unit_kind(self, value):
        return self.world.units[self.post.unit_id].kind in value

    def meets_unit_trait(self, value):
        rows = self.world.traits[self.post.unit_id]
        return any(r.trait == value and r.valid_from <= self.on < r.valid_to for r in rows)

    def meets_in_unit(self, value):
        wanted = {self.world.codes[code] for code in value}
        unit = self.world.units[self.post.unit_id]
        while unit is not None:
            if unit.pk in wanted:
                return True
            unit = self.world.units.get(unit.parent_id)
        return False

    def group(self):
        return self.world.groups.get(self.person.ethnic_group_id)

    def meets_ethnic_group(self, value):
        return self.group() is not None and self.group().name in value

    def meets_ethnic_minority(self, value):
        return self.group() is not None and self.group().is_minority == value

    def meets_gender(self, value):
        return self.person.gender == value

    def meets_party_member(self, value):
        statuses = self.valid(PartyStatus)
        return statuses != [] and statuses[-1].member == value

    def meets_leadership(self, value):
        return any(post.leadership for post in self.posts) == value

    def meets_in_planning(self, value):
        return (self.valid(PlanningEntry) != []) == value

    def meets_position(self, value):
        def plain(text):
            text = fold(text)
            return text[len("cong chuc ") :] if text.startswith("cong chuc ") else text

        return plain(self.post.position) in {plain(text) for text in value}

    def meets_rank(self, value):
        return self.post.rank_code in value

    def meets_age(self, value):
        birth = self.person.birth
        if birth is None:
            return False
        return all(within(years(day, self.on), value) for day in every_day(birth))

    def meets_years_of_service(self, value):
        if self.person.recruited_on:
            begun = [self.person.recruited_on]
            if self.person.recruited_precision == "year":
                first = self.person.recruited_on.replace(month=1, day=1)
                begun = [self.person.recruited_on, first.replace(month=12, day=31)]
        else:
            begun = [min(p.valid_from for p in self.world.rows[Posting][self.person.pk])]
        if EVER in begun:
            return False
        return all(within(years(day, self.on), value) for day in begun)

    def meets_years_to_retirement(self, value):
        birth = self.person.birth
        if birth is None or not self.person.gender:
            return False
        days = retirements(birth, self.person.gender)
        return all(within(years(self.on, day), value) for day in days)

    def meets_level_at_least(self, value):
        best = self.best(value["ladder"])
        [wanted] = [
            level.rank
            for level in self.world.levels.values()
            if (level.ladder, level.code) == (value["ladder"], value["level"])
        ]
        if best is None or best == 0:
            return False
        return best >= wanted or (wanted == 0 and best == -1)

    def meets_has(self, value):
        return self.best(value) is not None and self.best(value) >= 0

    def meets_completed(self, value):
        def within_content(pk):
            while pk is not None:
                row = self.world.contents[pk]
                if row.code == value["category"]:
                    return True
                pk = row.parent_id
            return False

        hours = []
        for turn in self.world.turns[self.person.pk]:
            if not turn.completed or turn.ends_on is None or turn.ends_on > self.on:
                continue
            day = turn.ends_on.isoformat()
            if not value.get("from", "0") <= day <= value.get("to", "9"):
                continue
            if "category" in value and not within_content(turn.category_id):
                continue
            hours.append(turn.hours or 0)
        return hours != [] and sum(hours) >= value.get("hours_at_least", 0)

    def meets_speaks(self, value):
        return self.spoken() & set(value)

    def meets_speaks_language_of_unit(self, value):
        rows = self.world.languages[self.post.unit_id]
        here = {
            self.world.groups[r.language_id].name
            for r in rows
            if r.valid_from <= self.on < r.valid_to
        }
        return self.spoken() & here


def years(begin, end):
    """Whole years from one day to another; negative when the other is earlier."""
    return end.year - begin.year - ((end.month, end.day) < (begin.month, begin.day))


@cache
def retirements(birth, gender):
    """Each day on which somebody with this partial date of birth may retire."""
    return {retires_on(day, gender) for day in every_day(birth)}


def within(number, value):
    return value.get("from", -999) <= number <= value.get("to", 999)


@cache
def every_day(birth):
    """Each day that a partial date may mean."""
    days = (birth.last - birth.first).days
    return [birth.first + timedelta(days=n) for n in range(days + 1)]


def named(rule):
    """The ladders that a rule names."""
    [(key, value)] = rule.items()
    if key in ("all", "any"):
        return {ladder for inner in value for ladder in named(inner)}
    if key == "not":
        return named(value)
    return {value["ladder"]} if key == "level_at_least" else {value} if key == "has" else set()

"""Whom a row of the past means: by number, else by name, birth and unit."""

import difflib
from bisect import bisect_right
from collections import defaultdict

from cadres.intake.fields import key_of
from cadres.intake.matching import births_fit
from cadres.intake.people import TEXT, one_of
from cadres.models import MatchDecision, Official, Standing
from trainingplans.lib.dates import PartialDate
from trainingplans.lib.text import fold

DAY_LENGTH = len("yyyy-mm-dd")
NEAREST = 3
CUTOFF = 0.72
WHAT_WE_LOOK_AT = 400  # people not found whose nearest names are looked for
COLUMNS = ("pk", "full_name", "search_key", "birth_date", "birth_precision", "personal_id")
STANDING = (
    "official_id",
    "valid_from",
    "valid_to",
    "unit_id",
    "in_service",
    "position",
    "staff_kind",
    "rank_code",
    "leadership",
    "in_planning",
)


class Person:
    """An official as matching and the snapshot need one."""

    __slots__ = ("id", "name", "search_key", "birth", "number", "gender", "group", "periods")

    def __init__(self, row):
        self.id, self.name, self.search_key, first, precision, self.number, *rest = row
        self.birth = PartialDate(first, precision).iso if first else None
        self.gender, self.group = rest
        self.periods = []  # rows of STANDING without the official, oldest first

    def standing_on(self, day):
        """The row of STANDING (without the official) of a day, None for who never had a post."""
        place = bisect_right(self.periods, day, key=lambda period: period[0])
        return self.periods[place - 1] if place else None

    def was_in(self, units):
        """Whether the person ever had a post in one of the units."""
        return any(period[2] in units and period[3] for period in self.periods)

    @property
    def words(self):
        """ "Nguyễn Văn An, sinh 07/03/1985"."""
        born = f", sinh {PartialDate.parse(self.birth).display}" if self.birth else ""
        return f"{self.name}{born}"


class People:
    """The officials that rows with these numbers and names may mean; a handful of queries."""

    def __init__(self, cases, by):
        numbers = {c.told["personal_id"] for c in cases if "personal_id" in c.told}
        names = {fold(c.told["full_name"]) for c in cases if "full_name" in c.told}
        officials = Official.objects.filter(merged_into=None).order_by()
        found = officials.filter(search_key__in=one_of(names, TEXT)).values("pk")
        found = found.union(
            officials.filter(personal_id__in=one_of(numbers, TEXT)).values("pk"),
            Official.objects.exclude(merged_into=None)
            .filter(personal_id__in=one_of(numbers, TEXT))
            .order_by()
            .values("merged_into"),
        )
        self.by_id = _load(officials.filter(pk__in=one_of(set(found.values_list("pk", flat=True)))))
        self.hidden = self._hidden(by)
        self.by_number, self.by_name, self.by_key = {}, defaultdict(list), defaultdict(list)
        for person in self.by_id.values():
            if person.number:
                self.by_number[person.number] = person
            if person.id not in self.hidden:
                self.by_name[key_of(person.name)].append(person)
                self.by_key[person.search_key].append(person)
        doubles = Official.objects.filter(
            merged_into__in=one_of(self.by_id), personal_id__isnull=False
        )
        for number, pk in doubles.values_list("personal_id", "merged_into"):
            self.by_number.setdefault(number, self.by_id[pk])

    def _hidden(self, by):
        """The ids of people that the account may not see."""
        if by.scope == "all" or not self.by_id:
            return set()
        seen = Official.objects.visible_to(by).filter(pk__in=one_of(self.by_id))
        return set(self.by_id) - set(seen.values_list("pk", flat=True))


def _load(officials):
    """{id: Person} with their standings."""
    rows = officials.values_list(*COLUMNS, "gender", "ethnic_group_id")
    people = {row[0]: Person(row) for row in rows}
    if people:
        standings = Standing.objects.filter(official__in=one_of(people))
        for official, *period in standings.order_by("valid_from").values_list(*STANDING):
            people[official].periods.append(period)
    return people


class Matcher:
    """Gives each open case its person or the reason why not."""

    def __init__(self, cases, people, locator, choices):
        self.cases, self.people, self.locator = cases, people, locator
        self.kin = locator.kin({case.unit_id for case in cases if case.unit})
        self.chosen = self._chosen(choices.get("matches", {}))
        self.known = {}
        self.issues, self.unknown = [], defaultdict(list)

    def _chosen(self, matches):
        """{person key: official id}: what was decided now, else in earlier imports."""
        keys = {case.person_key for case in self.cases}
        rows = MatchDecision.objects.filter(person_key__in=one_of(keys, TEXT), same=True)
        chosen = dict(rows.order_by("id").values_list("person_key", "official"))
        for case in self.cases:
            choice = matches.get(case.key)
            if choice not in (None, "new"):
                chosen[case.person_key] = int(choice)
                case.decided = True
        return chosen

    def match(self):
        """Set `person` of every open case; returns the Issues of those refused."""
        for case in self.cases:
            if case.is_open:
                asked = (case.told.get("personal_id"), case.person_key)
                if asked not in self.known:
                    self.known[asked] = self._find(case)
                self._take(case, *self.known[asked])
        self._name_nearest()
        return self.issues

    def _take(self, case, person, why, candidates):
        if person is not None:
            case.person = person
        elif why == "elsewhere":
            self.issues.append(
                case.reject(
                    "personal_id",
                    "person_elsewhere",
                    "số CCCD này đã có trong hồ sơ của một đơn vị khác",
                    "Gửi Sở Nội vụ nhập dòng này",
                )
            )
        else:
            self.unknown[case.person_key].append((case, candidates))

    def _find(self, case):
        """(Person or None, why not, candidates)."""
        decided = self.people.by_id.get(self.chosen.get(case.person_key))
        if decided and decided.id not in self.people.hidden:
            return decided, "", []
        number, birth = case.told.get("personal_id"), case.told.get("birth_date")
        if person := self.people.by_number.get(number):
            hidden = person.id in self.people.hidden
            return (None, "elsewhere", []) if hidden else (person, "", [])
        named = self.people.by_name.get(key_of(case.told["full_name"]), ())
        fits = [p for p in named if births_fit(birth, p.birth) and not _differ(number, p, birth)]
        return self._choose(case, fits, birth)

    def _choose(self, case, fits, birth):
        """One of the people of that name: in the unit told, else by the whole day of birth."""
        exact = [p for p in fits if birth and len(birth) == DAY_LENGTH and p.birth == birth]
        if case.unit is not None:
            units = self.kin.get(case.unit_id, {case.unit_id})
            if not case.is_unit_told:
                units = units | self.locator.branch(case.unit_id)
            here = [p for p in fits if p.was_in(units)]
            for found in ([p for p in here if p in exact], here):
                if len(found) == 1:
                    return found[0], "", []
            if here:
                return None, "doubtful", here
        # Nobody of that name was there: people move, but not their day of birth.
        if len(exact) == 1:
            return exact[0], "", []
        return None, "doubtful" if len(exact) > 1 else "unknown", exact or fits

    # Nobody found

    def _name_nearest(self):
        """Refuse the rows of people not found, naming those that come nearest."""
        names = self._names_by_unit()
        for number, found in enumerate(self.unknown.values()):
            case, candidates = found[0]
            if not candidates:
                candidates = self.people.by_key.get(fold(case.told["full_name"]), [])
            if not candidates and number < WHAT_WE_LOOK_AT:
                candidates = _closest(fold(case.told["full_name"]), names.get(case.unit_id, {}))
            candidates = candidates[:NEAREST]
            for place, (row, _) in enumerate(found):
                self.issues.append(_refuse(row, candidates))
                if place == 0:  # asked once for all rows of the person
                    row.candidates = [person.id for person in candidates]

    def _names_by_unit(self):
        """{unit id: {search key: [Person]}} of the units of people not found; two queries."""
        cases = [found[0][0] for found in list(self.unknown.values())[:WHAT_WE_LOOK_AT]]
        units = {case.unit_id for case in cases if case.unit}
        if not units:
            return {}
        here = Standing.objects.filter(unit__in=one_of(units), in_service=True)
        here = here.exclude(official__in=one_of(self.people.hidden))
        people = _load(Official.objects.filter(pk__in=here.order_by().values("official")))
        names = defaultdict(lambda: defaultdict(list))
        for person in people.values():
            for unit in {period[2] for period in person.periods if period[3]} & units:
                names[unit][person.search_key].append(person)
        return names


def _differ(number, person, birth):
    """Whether another number makes it another person; not with the same whole day of birth."""
    if not number or not person.number or number == person.number:
        return False
    return not (birth and len(birth) == DAY_LENGTH and birth == person.birth)


def _closest(name, names):
    near = difflib.get_close_matches(name, names, n=NEAREST, cutoff=CUTOFF)
    return [person for key in near for person in names[key]]


def _refuse(case, candidates):
    near = "; ".join(person.words for person in candidates)
    where = f" ở {case.unit.name}" if case.unit and case.is_unit_told else ""
    if candidates:
        return case.reject(
            "full_name",
            "doubtful_match" if len(candidates) > 1 else "unknown_person",
            f"chưa chắc “{case.told['full_name']}”{where} là ai; gần nhất: {near}",
            "Ghi số CCCD hoặc ngày sinh đầy đủ, hoặc chọn người trên trang xem trước",
        )
    return case.reject(
        "full_name",
        "unknown_person",
        f"không có hồ sơ của “{case.told['full_name']}”{where}",
        "Nhập người này vào danh sách cán bộ trước, hoặc sửa họ tên, ngày sinh, đơn vị",
    )

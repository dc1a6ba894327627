"""Who a row means: by number, by staff code within the unit, by name, unit and birth."""

from collections import defaultdict

from cadres.intake.cases import REJECT, UNCHANGED
from cadres.intake.fields import key_of
from cadres.intake.people import load_people, one_of
from cadres.models import MatchDecision
from trainingplans.lib.text import fold


def births_fit(one, other):
    """Whether two partial dates (ISO texts or None) may be the same day; unknown fits all."""
    return not one or not other or one.startswith(other) or other.startswith(one)


class Matcher:
    """Matches the open cases of one file with recorded people, each person at most once."""

    def __init__(self, cases, by, choices, locator):
        self.cases = cases
        self.choices = choices
        self.open = [case for case in cases if case.is_open]
        self.kin = locator.kin({case.unit_id for case in self.open if case.unit})
        for unit in {c.unit_id for c in self.open if c.unit and not c.is_unit_told}:
            self.kin[unit] |= locator.branch(unit)
        self.people = load_people(
            {c.told["personal_id"] for c in self.open if "personal_id" in c.told},
            {c.told["staff_code"] for c in self.open if "staff_code" in c.told},
            {fold(c.told["full_name"]) for c in self.open},
            {unit for units in self.kin.values() for unit in units},
            by,
        )
        self.taken = {}  # official id -> case
        self.issues = []

    def match(self, is_same):
        """Set `dossier` of the cases that mean a recorded person; returns the Issues.

        `is_same(case, dossier)`: whether the row says nothing new about the person.
        """
        if not self.people.by_id:
            return self.issues
        self._decide()
        for step in (self._by_number, self._by_code):
            for case in self.open:
                if self._is_free(case):
                    step(case)
        self._by_name(is_same)
        return self.issues

    def _is_free(self, case):
        return case.is_open and case.dossier is None

    def _take(self, case, dossier):
        """This row is that person; a second row for the same person is a question."""
        official = dossier.official
        if first := self.taken.get(official.id):
            self._doubt(case, [dossier], f"dòng {first.row.row} đã là người này")
            return
        self.taken[official.id] = case
        case.dossier = dossier

    def _doubt(self, case, dossiers, why=""):
        seen = [d for d in dossiers if self.people.sees(d)]
        case.candidates = [d.official.id for d in seen]
        found = "; ".join(self._describe(d.official) for d in seen)
        message = why or f"có {len(seen)} người có thể là người này: {found}"
        self.issues.append(
            case.reject(
                "full_name",
                "doubtful_match",
                message,
                "Ghi thêm số CCCD hoặc ngày sinh đầy đủ, hoặc chọn người trên trang xem trước",
            )
        )

    def _describe(self, official):
        birth = f", sinh {official.birth.display}" if official.birth else ""
        code = f", mã {official.staff_code}" if official.staff_code else ""
        return f"{official.full_name}{birth}{code}"

    # What people decided

    def _decide(self):
        """Choices of this preview first, then what was decided in earlier ones."""
        chosen = self.choices.get("matches", {})
        for case in self.open:
            choice = chosen.get(case.key)
            if choice == "new":
                case.decided = False
            elif choice is not None:
                dossier = self.people.by_id.get(int(choice))
                if dossier is not None and self.people.sees(dossier):
                    case.decided = True
                    self._take(case, dossier)

    def _remembered(self, cases):
        """{person key: {official id: same person?}} of earlier decisions about these cases."""
        decisions = defaultdict(dict)
        keys = {case.person_key for case in cases}
        rows = MatchDecision.objects.filter(person_key__in=one_of(keys, "text")).order_by("id")
        for key, official, same in rows.values_list("person_key", "official_id", "same"):
            decisions[key][official] = same
        return decisions

    # Numbers and codes

    def _by_number(self, case):
        number = case.told.get("personal_id")
        dossier = self.people.by_personal_id.get(number)
        if dossier is None:
            return
        if not self.people.sees(dossier):
            self.issues.append(self._elsewhere(case))
        elif case.decided is None:
            self._take(case, dossier)
            self._compare_names(case, dossier)
        if number in self.people.held_by_doubles and dossier.official.personal_id != number:
            case.told.pop("personal_id", None)

    def _compare_names(self, case, dossier):
        """Warn where the number is somebody's whose name and birth are quite different."""
        official = dossier.official
        if official.full_name == case.told["full_name"]:
            return
        birth = official.birth.iso if official.birth else None
        same_name = key_of(official.full_name) == key_of(case.told["full_name"])
        if case.is_open and not same_name and not births_fit(case.told.get("birth_date"), birth):
            message = f"số CCCD này là của {self._describe(official)}, họ tên và ngày sinh khác"
            self.issues.append(
                case.issue(
                    "personal_id",
                    "other_name",
                    message,
                    "Kiểm tra lại số CCCD của dòng này",
                    severity="warning",
                )
            )

    def _elsewhere(self, case):
        return case.reject(
            "personal_id",
            "person_elsewhere",
            "số CCCD này đã có trong hồ sơ của một đơn vị khác",
            "Liên hệ Sở Nội vụ để chuyển hồ sơ về đơn vị",
        )

    def _by_code(self, case):
        if case.decided is False or "staff_code" not in case.told:
            return
        found = [
            dossier
            for dossier in self.people.by_code.get(case.told["staff_code"], ())
            if self._is_candidate(case, dossier) and self._agrees(case, dossier)
        ]
        if len(found) == 1:
            self._take(case, found[0])

    def _is_candidate(self, case, dossier):
        """Ever in the row's unit (or what it was before), visible, not another row's already."""
        units = self.kin.get(case.unit_id, ())
        return (
            dossier.official.id not in self.taken
            and self.people.sees(dossier)
            and self.people.was_in(dossier, units)
        )

    def _agrees(self, case, dossier):
        """Whether a staff code may be trusted: numbers do not differ, or name and birth agree."""
        official = dossier.official
        if not self._numbers_differ(case, official):
            return True
        birth = official.birth.iso if official.birth else None
        same_name = key_of(official.full_name) == key_of(case.told["full_name"])
        return same_name and births_fit(case.told.get("birth_date"), birth)

    def _numbers_differ(self, case, official):
        number = case.told.get("personal_id")
        return bool(number and official.personal_id and number != official.personal_id)

    # Names

    def _by_name(self, is_same):
        for case in self.open:
            if self._is_free(case) and case.decided is False:
                case.not_these = [d.official.id for d in self._namesakes(case)]
        waiting = [c for c in self.open if self._is_free(c) and c.decided is None and c.unit]
        found = {case.key: self._namesakes(case) for case in waiting}
        waiting = [case for case in waiting if found[case.key]]
        if not waiting:
            return
        self._remember(waiting, found)

        # The most certain first: what they take is no candidate for the less certain ones.
        def repeats(case, dossier):
            return self._same_birth(case, dossier) and is_same(case, dossier)

        for certain in (repeats, self._same_birth, is_same):
            for case in waiting:
                if self._is_free(case):
                    fits = [d for d in self._left(found[case.key]) if certain(case, d)]
                    if len(fits) == 1:
                        self._take(case, fits[0])
        self._uncertain([c for c in waiting if self._is_free(c)], found)

    def _remember(self, waiting, found):
        remembered = self._remembered(waiting)
        for case in waiting:
            decisions = remembered.get(case.person_key, {})
            found[case.key] = [
                d for d in found[case.key] if decisions.get(d.official.id) is not False
            ]
            for dossier in found[case.key]:
                if decisions.get(dossier.official.id) and self._is_free(case):
                    self._take(case, dossier)

    def _uncertain(self, waiting, found):
        """Births that only fit: one candidate for one row is the person, else it is a question."""
        wanted = defaultdict(list)
        for case in waiting:
            for dossier in self._left(found[case.key]):
                wanted[dossier.official.id].append(case)
        for case in waiting:
            left = self._left(found[case.key])
            if self._is_clear(case, left, wanted):
                self._take(case, left[0])
            elif left:
                self._doubt(case, left)

    def _is_clear(self, case, left, wanted):
        """Whether one person is left, for this row alone, and the numbers do not differ."""
        if len(left) != 1 or len(wanted[left[0].official.id]) != 1:
            return False
        return not self._numbers_differ(case, left[0].official)

    def _left(self, dossiers):
        return [d for d in dossiers if d.official.id not in self.taken]

    def _namesakes(self, case):
        """People of the row's name and unit whose birth fits; another CCCD is another person."""
        found = []
        for dossier in self.people.by_name.get(key_of(case.told["full_name"]), ()):
            official = dossier.official
            birth = official.birth.iso if official.birth else None
            told = case.told.get("birth_date")
            if not births_fit(told, birth) or not self._is_candidate(case, dossier):
                continue
            # The same day of birth and another number: perhaps a corrected one, so it is asked.
            is_day = birth is not None and len(birth) == len("yyyy-mm-dd")
            if self._numbers_differ(case, official) and not (is_day and birth == told):
                continue
            found.append(dossier)
        return found

    def _same_birth(self, case, dossier):
        official = dossier.official
        birth = official.birth.iso if official.birth else None
        return case.told.get("birth_date") == birth and not self._numbers_differ(case, official)


def set_doubles_aside(cases):
    """Rows identical to an earlier one that is not refused change nothing; they wait for it."""
    by_place = {case.place: case for case in cases}
    for case in cases:
        first = by_place.get(tuple(case.row.duplicate_of or ()))
        if first is not None and case.is_open and first.action != REJECT:
            case.action, case.double_of = UNCHANGED, first


def join_doubles(cases):
    """Give the rows set aside the person of their first one; returns Issues of refused ones."""
    issues = []
    for case in cases:
        if (first := case.double_of) is None:
            continue
        case.dossier, case.unit = first.dossier, first.unit
        if first.action == REJECT:
            message = f"trùng với dòng {first.row.row}, dòng đó bị từ chối"
            issues.append(case.reject(first.reject_field, "same_as_rejected", message))
    return issues

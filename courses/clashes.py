"""Who or what is in two classes at one half-day: instructors, rooms, people."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from courses.models import (
    ClassSession,
    ClassState,
    Enrolment,
    Nomination,
    NominationState,
    TrainingClass,
)
from trainingplans.lib.dates import show
from trainingplans.lib.text import fold

TEACHER, ROOM, PERSON = "teacher", "room", "person"
LIVE = [
    NominationState.SUBMITTED,
    NominationState.ACCEPTED,
    NominationState.RESERVE,
    NominationState.DECIDED,
    NominationState.ENROLLED,
]
OVER = [ClassState.CANCELLED]


@dataclass(frozen=True)
class Clash:
    """Something (kind, name) that two classes need at the same half-days."""

    kind: str
    name: str
    classes: tuple  # of TrainingClass, two
    slots: tuple  # ((day, part), …) in order

    @property
    def when(self):
        """sáng 03/11/2026 và 5 buổi khác."""
        day, part = self.slots[0]
        first = f"{ClassSession.Part(part).label.lower()} {show(day)}"
        more = len(self.slots) - 1
        return f"{first} và {more} buổi khác" if more else first

    @property
    def what(self):
        """Giảng viên Thào A Sính, Phòng Phòng 204, Lò Thị Hiền."""
        words = {TEACHER: "Giảng viên", ROOM: "Địa điểm", PERSON: "Học viên"}
        return f"{words[self.kind]} {self.name}"


def clashes_of(training_class, account):
    """The clashes of one class with any other; people only those whom the account may see."""
    days = set(training_class.sessions.values_list("on", flat=True))
    found = _find(ClassSession.objects.filter(on__in=days), account)
    return [clash for clash in found if training_class in clash.classes]


def clashes_between(first, last, account):
    """All clashes of a period among the classes that the account may open."""
    visible = TrainingClass.objects.visible_to(account)
    sessions = ClassSession.objects.filter(on__gte=first, on__lte=last)
    return _find(sessions.filter(training_class__in=visible), account)


def clashes_of_teacher(instructor):
    """The clashes of one instructor, from the first to the last session."""
    rows = _living(instructor.sessions)
    return [clash for clash in _things(rows) if clash.kind == TEACHER]


def _living(sessions):
    related = sessions.select_related("training_class__institution", "instructor")
    return related.exclude(training_class__state__in=OVER)


def _find(sessions, account):
    rows = list(_living(sessions))
    found = [*_things(rows), *_people(rows, account)]
    return sorted(found, key=lambda clash: (clash.slots[0][0], clash.kind, clash.name))


def _things(rows):
    """Clashes of instructors and rooms."""
    users = defaultdict(lambda: defaultdict(set))  # (kind, key) → slot → classes
    names = {}
    for row in rows:
        for kind, key, name in _needs(row):
            users[kind, key][row.on, row.part].add(row.training_class)
            names[kind, key] = name
    return [clash for thing, by in users.items() for clash in _clashes(*thing, names[thing], by)]


def _needs(row):
    """(kind, key, name) of what a session needs for itself."""
    if row.instructor_id:
        yield TEACHER, row.instructor_id, row.instructor.full_name
    if row.place:
        # A room is known by its name within a school, or within the place of the class.
        school = row.training_class.institution_id or fold(row.training_class.place)
        yield ROOM, (school, fold(row.place)), row.place


def _clashes(kind, _key, name, by_slot):
    pairs = defaultdict(list)
    for slot, classes in by_slot.items():
        for pair in combinations(sorted(classes, key=lambda row: row.pk), 2):
            pairs[pair].append(slot)
    for pair, slots in pairs.items():
        yield Clash(kind, name, pair, _ordered(slots))


def _ordered(slots):
    order = list(ClassSession.Part.values)
    return tuple(sorted(slots, key=lambda slot: (slot[0], order.index(slot[1]))))


def _people(rows, account):
    """Clashes of people who learn, or are nominated, in two classes."""
    by_slot = defaultdict(set)
    for row in rows:
        by_slot[row.on, row.part].add(row.training_class)
    pairs = defaultdict(list)
    for slot, classes in by_slot.items():
        for pair in combinations(sorted(classes, key=lambda row: row.pk), 2):
            pairs[pair].append(slot)
    people = _members({row.pk for pair in pairs for row in pair}, account)
    for (one, other), slots in pairs.items():
        for official in people[one.pk].keys() & people[other.pk].keys():
            name = people[one.pk][official]
            yield Clash(PERSON, name, (one, other), _ordered(slots))


def _members(classes, account):
    """{class id: {official id: name}} of learners and living nominees; two queries."""
    found = defaultdict(dict)
    learners = Enrolment.objects.visible_to(account).filter(state=Enrolment.State.ENROLLED)
    nominees = Nomination.objects.visible_to(account).filter(state__in=LIVE)
    for rows in (learners, nominees) if classes else ():
        told = rows.filter(training_class__in=classes).order_by()
        for pk, official, name in told.values_list(
            "training_class", "official", "official__full_name"
        ):
            found[pk][official] = name
    return found

"""What is taken already: days of people in other classes, seats of units in a class."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from courses.models import (
    ClassSession,
    ClassState,
    Enrolment,
    Nomination,
    NominationState,
    SeatQuota,
)
from trainingplans.lib.dates import show

S = NominationState
# Whoever holds a seat; whoever is on the way to one.
SEATED = [S.ACCEPTED, S.DECIDED, S.ENROLLED]
ASKING = [S.SUBMITTED]
LEFT = [Enrolment.State.WITHDRAWN, Enrolment.State.REPLACED]
CHOSEN = [S.DRAFT, S.PREPARED, S.RETURNED]


def clashes(training_class, officials):
    """{official id: [words]} of other classes on the same half-days (or, unscheduled, days).

    `officials`: ids, or a subquery of them. Three queries.
    """
    first, last = training_class.starts_on, training_class.ends_on or training_class.starts_on
    if first is None:
        return {}
    found = _others(training_class, officials, first, last)
    if not found:
        return {}
    classes = {pk for _, pk, *_ in found} | {training_class.pk}
    halves = defaultdict(set)
    rows = ClassSession.objects.filter(training_class__in=classes)
    for pk, on, part in rows.values_list("training_class", "on", "part"):
        halves[pk].add((on, part))
    own, told = halves[training_class.pk], defaultdict(dict)
    for official, pk, title, begins, ends in found:
        if words := _clash(own, halves[pk], title, begins, ends):
            told[official][pk] = words
    return {official: list(words.values()) for official, words in told.items()}


def _others(training_class, officials, first, last):
    """[(official, class, title, from, to)] of other classes that overlap the days."""
    overlaps = Q(training_class__starts_on__lte=last, training_class__ends_on__gte=first)
    columns = (
        "official",
        "training_class",
        "training_class__title",
        "training_class__starts_on",
        "training_class__ends_on",
    )
    sitting = Enrolment.objects.filter(state=Enrolment.State.ENROLLED)
    proposed = Nomination.objects.filter(state__in=[*ASKING, S.RESERVE, S.ACCEPTED, S.DECIDED])
    found = [
        row
        for rows in (sitting, proposed)
        for row in rows.filter(overlaps, official__in=officials)
        .exclude(training_class=training_class)
        .exclude(training_class__state=ClassState.CANCELLED)
        .order_by("training_class__starts_on", "pk")
        .values_list(*columns)
    ]
    return found


def _clash(own, other, title, begins, ends):
    if own and other:
        shared = len(own & other)
        return f"Trùng {shared} buổi với lớp {title}" if shared else ""
    return f"Học lớp {title} cùng thời gian ({show(begins)}–{show(ends)})"


@dataclass
class Seats:
    """The seats of a class: capacity, seats of units, who holds or asks for them."""

    training_class: object
    quotas: dict = field(default_factory=dict)  # {unit id: seats}
    taken: int = 0
    seated: Counter = field(default_factory=Counter)  # {unit id that holds the seats: people}
    asking: Counter = field(default_factory=Counter)
    chosen: Counter = field(default_factory=Counter)
    people: set = field(default_factory=set)  # who is seated or asking

    def holder(self, unit):
        """The id of the unit whose seats count for people of `unit`: it, or the nearest above."""
        line = [int(pk) for pk in unit.path.split("/") if pk]
        return next((pk for pk in reversed(line) if pk in self.quotas), None)

    def of(self, unit):
        """The seats given to `unit`; None where it has no seats of its own."""
        holder = self.holder(unit)
        return None if holder is None else self.quotas[holder]

    def left(self, unit):
        """Seats that nobody of the unit holds or asks for; None for no limit."""
        holder = self.holder(unit)
        if holder is None:
            return None if self.training_class.open_to_all else 0
        return max(0, self.quotas[holder] - self.seated[holder] - self.asking[holder])

    @property
    def free(self):
        """Places in the class that nobody holds."""
        return max(0, self.training_class.capacity - self.taken)

    def refusal(self, unit, official=None):
        """Why nobody more of the unit can be proposed, "" while there are seats."""
        full = self.left(unit) == 0 and official not in self.people
        return self.words_full(unit) if full else ""

    def words_full(self, unit):
        """A refusal that names the rule and who can act."""
        if self.of(unit) is None:
            return f"Lớp không giao suất cho {unit.name}. Sở Nội vụ có thể giao suất."
        return f"Đã hết {self.of(unit)} suất của {unit.name}. Sở Nội vụ có thể thêm suất."

    def seat(self, unit):
        """Why one more of the unit cannot be accepted, "" if it can; notes the seat if so."""
        holder = self.holder(unit)
        if not self.free:
            return f"Lớp đã đủ {self.training_class.capacity} chỗ."
        if holder is None and not self.training_class.open_to_all:
            return self.words_full(unit)
        if holder is not None and self.seated[holder] >= self.quotas[holder]:
            return self.words_full(unit)
        self.taken += 1
        self.seated[holder] += 1
        return ""


def seats_of(training_class):
    """The Seats of a class as they are now; two queries."""
    quotas = SeatQuota.objects.filter(training_class=training_class)
    seats = Seats(training_class, dict(quotas.values_list("unit", "seats")))
    rows = Nomination.objects.filter(
        training_class=training_class, state__in=[*SEATED, *ASKING, *CHOSEN]
    ).exclude(enrolment__state__in=LEFT)
    for row in rows.select_related("unit").only("state", "official", "unit", "unit__path"):
        holder = seats.holder(row.unit)
        if row.state in SEATED:
            seats.taken += 1
            seats.seated[holder] += 1
        elif row.state in ASKING:
            seats.asking[holder] += 1
        else:
            seats.chosen[holder] += 1
        if row.state not in CHOSEN:
            seats.people.add(row.official_id)
    return seats

"""Who is learning or accepted on a day, and how many of such people pass: what a forecast adds."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q

from courses.models import ClassState, Course, Enrolment, Nomination, NominationState
from trainingplans.lib.dates import today

ENROLLED, NOMINATED = "enrolled", "nominated"
ACCEPTED = [NominationState.ACCEPTED, NominationState.DECIDED]


@dataclass(frozen=True)
class Learner:
    """Somebody in a class or accepted for one, which ends by the deadline."""

    official: int
    course: int
    ends: date | None  # of the class
    why: str


@dataclass(frozen=True)
class Rate:
    """The share that passes, of how many, and of what: a course, its content, all or nobody yet."""

    share: Fraction
    number: int = 0
    of: str = "none"

    @property
    def percent(self):
        return 100 * self.share


CERTAIN = Rate(Fraction(1))


def learners(on, due):
    """The Learners of a day whose classes end by `due`; enrolments first; two queries.

    On a past day those count who were in class or accepted then, whatever is known by now.
    """
    is_past = on < today()
    rows = _attending(Enrolment.objects.all(), on)
    rows = rows.filter(Q(ends_on__lte=due) | Q(ends_on=None))
    accepted = rows.filter(starts_on__gt=on, nomination__decided_at__date__lte=on)
    if not is_past:
        accepted = accepted.exclude(state="enrolled")  # they are inside already
    nominated = _nominated(due)
    if is_past:
        nominated = nominated.exclude(decided_at__date__gt=on)
    found = [Learner(*row, ENROLLED) for row in _pairs(_begun(rows, on))]
    found += [Learner(*row, NOMINATED) for row in _pairs(accepted)]
    return found + [
        Learner(*row, NOMINATED) for row in _pairs(nominated, "training_class__ends_on")
    ]


def learning_on(rows, on):
    """Those of the enrolments (a queryset) whose people were in class on a day."""
    return _begun(_attending(rows, on), on)


def _attending(rows, on):
    """Enrolments in classes held by the portal that had not ended or been left by the day."""
    rows = rows.filter(origin="class").exclude(state="replaced")
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=on))
    rows = rows.exclude(training_class__state=ClassState.CANCELLED)
    return rows.filter(Q(state="enrolled") | Q(ends_on__gt=on))


def _begun(rows, on):
    began = Q(starts_on__lte=on)
    return rows.filter(began if on < today() else began | Q(state="enrolled"))


def _nominated(due):
    rows = Nomination.objects.filter(state__in=ACCEPTED)
    rows = rows.exclude(training_class__state=ClassState.CANCELLED)
    by_then = Q(training_class__ends_on__lte=due) | Q(training_class__ends_on=None)
    return rows.filter(by_then)


def _pairs(rows, ends="ends_on"):
    return rows.order_by().values_list("official", "training_class__course", ends)


def pass_rates(on):
    """A function from a Course to its Rate by what ended up to the day; two queries.

    The course's own history counts; without one that of its content, then that of all courses.
    """
    ended = Enrolment.objects.filter(ends_on__lte=on).exclude(state__in=["enrolled", "replaced"])
    told = ended.filter(Q(origin="class") | ~Q(outcome=""))
    by_course, by_category = (
        _shares(told.exclude(**{key: None}), key) for key in ("course", "category")
    )
    number = sum(n for n, _passed in by_category.values())
    passed = sum(n for _number, n in by_category.values())

    def rate(course):
        for key, rates, of in (
            (course.pk, by_course, "course"),
            (course.category_id, by_category, "category"),
        ):
            if key in rates:
                of_these, well = rates[key]
                return Rate(Fraction(well, of_these), of_these, of)
        return Rate(Fraction(passed, number), number, "all") if number else CERTAIN

    return rate


def _shares(rows, key):
    done = Count("pk", filter=Q(completed=True))
    rows = rows.order_by().values_list(key).annotate(number=Count("pk"), passed=done)
    return {pk: (number, passed) for pk, number, passed in rows}


def courses_by_id():
    """{id: Course} with all that a Grant needs."""
    rows = Course.objects.select_related("category", "grants_level", "grants_language")
    return {course.pk: course for course in rows}

"""Results of a class as they are read: who has which, what they grant, what is still missing."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from cadres.choices import Ladder
from cadres.models import Level, Qualification
from courses.models import Course, Enrolment

PASSED, FAILED = Enrolment.Outcome.PASSED, Enrolment.Outcome.FAILED
STUDYING = [Enrolment.State.ENROLLED, Enrolment.State.FINISHED]
GRADES = ["Xuất sắc", "Giỏi", "Khá", "Trung bình", "Đạt yêu cầu"]
SCORE_AT_MOST = Decimal(100)


@dataclass(frozen=True)
class Result:
    """What became of a learner; an empty outcome is "not known yet"."""

    outcome: str = ""
    grade: str = ""
    score: Decimal | None = None

    @classmethod
    def of(cls, enrolment):
        return cls(enrolment.outcome, enrolment.grade, enrolment.score)

    def to_json(self):
        return [self.outcome, self.grade, None if self.score is None else str(self.score)]

    @classmethod
    def from_json(cls, told):
        outcome, grade, score = told
        return cls(outcome, grade, None if score is None else Decimal(score))


@dataclass(frozen=True)
class Grant:
    """The level that a passed course writes into the record; `detail` is a language."""

    ladder: str
    level: Level
    detail: str = ""


def grant_of(course):
    """The Grant of a course, None for one that grants nothing.

    A course of an ethnic language without a level grants the ladder's only one.
    """
    language = course.grants_language.name if course.grants_language_id else ""
    level = course.grants_level
    if level is None and language:
        on_ladder = Level.objects.filter(ladder=Ladder.ETHNIC_LANGUAGE, rank__gt=0)
        level = on_ladder.order_by("rank").first()
    return Grant(level.ladder, level, language) if level else None


def grants_of(enrolments):
    """{course id: its Grant} of enrolments with their courses, each course asked once."""
    courses = {row.course_id: row.course for row in enrolments}
    return {pk: grant_of(course) for pk, course in courses.items()}


def learners_of(training_class, account):
    """The enrolments of a class that `account` may see, by name order."""
    rows = Enrolment.objects.visible_to(account).filter(training_class=training_class)
    return rows.select_related("official", "unit", "replaces__official").order_by(
        "official__sort_key", "pk"
    )


def studying(training_class):
    """Those who are in the class: not withdrawn, not replaced."""
    return Enrolment.objects.filter(training_class=training_class, state__in=STUDYING)


def awaiting_review(account):
    """Passed courses whose level waits to be confirmed before it is written into the record.

    Of lists of the past: what any course grants, unless the record holds as much already.
    """
    grants = Q(course__grants_level__isnull=False) | Q(course__grants_language__isnull=False)
    policy = Course.OnResult
    of_past = Q(origin=Enrolment.Origin.HISTORY, ends_on__isnull=False) & ~Exists(_held())
    asked = Q(origin=Enrolment.Origin.CLASS, course__on_result=policy.REVIEW) | of_past
    rows = Enrolment.objects.visible_to(account).filter(
        grants, asked, completed=True, granted__isnull=True
    )
    rows = rows.exclude(course__on_result=policy.NOTHING)
    return rows.select_related(
        "official", "unit", "training_class", "course__grants_level", "course__grants_language"
    ).order_by("ends_on", "official__sort_key", "pk")


def _held():
    """What the learner of an enrolment holds that is as good as what the course grants."""
    mine = Qualification.objects.filter(official=OuterRef("official"), revoked_on__isnull=True)
    as_high = Q(
        ladder=OuterRef("course__grants_level__ladder"),
        level__rank__gte=OuterRef("course__grants_level__rank"),
    )
    # A language is not held because another one is.
    spoken = Q(ladder=Ladder.ETHNIC_LANGUAGE, detail=OuterRef("course__grants_language__name"))
    return mine.filter((as_high & ~Q(ladder=Ladder.ETHNIC_LANGUAGE)) | spoken)

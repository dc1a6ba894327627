"""The one ranking of people to send to training: for a class, or for what a target lacks.

Points come from the dated weights of the policy; each person carries the reasons in words with
their points, and what stands against them.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from cadres.choices import Gender
from cadres.intake.people import one_of
from cadres.models import EthnicGroup, PlanningEntry, Standing
from courses.eligibility import Checks, length
from courses.models import Check, Enrolment, Wish
from courses.policy import Policy
from trainingplans.lib.dates import add_years, show
from trainingplans.lib.numbers import format_number, format_signed

YOUTH = "youth"
MANY_YEARS = 10
NEAR, FAR = 1, 2  # years until a target is due: all points, half of them


@dataclass(frozen=True)
class Purpose:
    """What people are ranked for beside a class: a target with its due date."""

    code: str
    name: str
    due: date


@dataclass(frozen=True)
class Reason:
    """Why somebody comes first, or what stands against it; parts/_reasons.html prints it."""

    text: str
    kind: str = "for"
    points: Decimal | None = None

    @property
    def words(self):
        """Trong quy hoạch (+40)."""
        return f"{self.text} ({format_signed(self.points)})" if self.points else self.text


@dataclass
class Ranked:
    """One person in the ranking."""

    standing: Standing
    score: Decimal = Decimal(0)
    reasons: list = field(default_factory=list)
    findings: list = field(default_factory=list)

    @property
    def official(self):
        return self.standing.official

    @property
    def blocked_by(self):
        """What must be put right, or overridden, before the person can be sent."""
        return [one.text for one in self.findings if one.blocks]

    @property
    def eligible(self):
        return not self.blocked_by

    @property
    def has_been(self):
        """Whether the person already has what the course gives."""
        return any(one.check == Check.ALREADY and one.blocks for one in self.findings)

    @property
    def marks(self):
        """All reasons and findings, for the page: for first, then warnings, then against."""
        return self.reasons + self.warnings + self.against

    @property
    def warnings(self):
        return [Reason(one.text, "warn") for one in self.findings if not one.blocks]

    @property
    def against(self):
        return [
            Reason(one.text, "warn" if one.unclear else "against")
            for one in self.findings
            if one.blocks
        ]

    def stored(self):
        """The reasons as a nomination keeps them: what was known on the day."""
        return [
            {"text": one.text, "kind": one.kind, "points": one.points and float(one.points)}
            for one in self.marks
        ]


def rank(people, *, on, training_class=None, purpose=None):
    """[Ranked] of a queryset of standings valid on `on`: eligible first, then by points and name.

    A constant number of queries however many people there are.
    """
    policy = Policy(on)
    checks = Checks(training_class, on=on, policy=policy)
    rows = checks.read(people)
    scale = Scale(policy, [row.official_id for row in rows], training_class, purpose)
    ranked = [scale.weigh(row, checks) for row in rows]
    return sorted(ranked, key=lambda one: (not one.eligible, -one.score, one.standing.sort_key))


class Scale:
    """What the reasons need to know of all people at once."""

    def __init__(self, policy, officials, training_class=None, purpose=None):
        self.policy, self.on, self.purpose = policy, policy.on, purpose
        wanted = one_of(officials)
        entries = PlanningEntry.objects.at(self.on).filter(official__in=wanted)
        self.planned = dict(entries.order_by("valid_from").values_list("official", "post"))
        done = Enrolment.objects.filter(official__in=wanted, completed=True).order_by()
        self.learnt = set(done.values_list("official", flat=True).distinct())
        self.wishes = _wishes(wanted, training_class) if training_class else set()
        minorities = EthnicGroup.objects.filter(is_minority=True)
        self.minorities = dict(minorities.values_list("pk", "name"))

    def weigh(self, row, checks):
        """The Ranked of one standing that `checks` read."""
        told = [(key, text, share) for key, text, share in self._told(row, checks) if text]
        reasons = [
            Reason(text, "for", self.policy.weights[key] * share)
            for key, text, share in told
            if self.policy.weights.get(key)
        ]
        score = sum((one.points for one in reasons), Decimal(0))
        return Ranked(row, score, reasons, checks.of(row))

    def _told(self, row, checks):
        """(reason, words or "", share of its points) in the order of the page."""
        yield "deadline", *self._deadline()
        yield "in_planning", self._planning(row), 1
        yield "leadership", "Giữ chức vụ lãnh đạo, quản lý" if row.leadership else "", 1
        yield "women", "Nữ" if row.gender == Gender.FEMALE else "", 1
        minority = self.minorities.get(row.ethnic_group_id)
        yield "ethnic_minority", f"Dân tộc thiểu số ({minority})" if minority else "", 1
        yield YOUTH, self._youth(row), 1
        never = "" if row.official_id in self.learnt else "Chưa từng học"
        yield "never_trained", never, 1
        yield "years_to_retirement", self._years_left(row), 1
        yield "prerequisites", self._before(row, checks), 1
        yield "wish", "Có nguyện vọng học" if row.official_id in self.wishes else "", 1

    def _deadline(self):
        if self.purpose is None or self.purpose.due >= add_years(self.on, FAR):
            return "", 0
        near = self.purpose.due < add_years(self.on, NEAR)
        return f"Mục tiêu đến hạn {show(self.purpose.due)}", 1 if near else Decimal("0.5")

    def _planning(self, row):
        post = self.planned.get(row.official_id)
        return f"Trong quy hoạch {post or ''}".strip() if row.in_planning else ""

    def _youth(self, row):
        limit = self.policy.of(YOUTH, row.staff_kind).value
        # A birth date known in part makes nobody young.
        if limit is None or row.birth_first is None:
            return ""
        young = add_years(row.birth_first, int(limit)) > self.on
        return f"Dưới {format_number(limit)} tuổi" if young else ""

    def _years_left(self, row):
        first = row.retires_first
        if first is None or first < add_years(self.on, MANY_YEARS):
            return ""
        return f"Còn {length(self.on, first).split(' năm')[0]} năm công tác"

    def _before(self, row, checks):
        asked = checks.before
        met = asked.parts and not asked.missed(row) and not asked.unclear(row)
        return "Đủ điều kiện học trước" if met else ""


def _wishes(wanted, training_class):
    """The officials with an open wish for the class, its course or its content."""
    course = training_class.course
    about = Q(training_class=training_class) | Q(course=course) | Q(category=course.category)
    rows = Wish.objects.filter(about, official__in=wanted, state=Wish.State.OPEN)
    return set(rows.values_list("official", flat=True))

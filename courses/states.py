"""The states of a class: one table of moves, and what each move checks.

An upper layer adds its own checks in `AppConfig.ready()`: `CHECKS["end"].append(function)`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from courses.models import ClassState, NominationState
from trainingplans.lib.states import Machine, Move

CLASS = Machine(
    ClassState,
    Move(
        code="call",
        label="Mở chiêu sinh",
        sources=(ClassState.PLANNED,),
        target=ClassState.CALLING,
        permission="courses.change_class",
    ),
    Move(
        code="recall",
        label="Dừng chiêu sinh",
        sources=(ClassState.CALLING,),
        target=ClassState.PLANNED,
        permission="courses.change_class",
        needs_reason=True,
    ),
    Move(
        code="decide",
        label="Ghi có quyết định",
        sources=(ClassState.CALLING,),
        target=ClassState.DECIDED,
        permission="courses.approve_decision",
    ),
    Move(
        code="undecide",
        label="Bỏ phê duyệt quyết định",
        sources=(ClassState.DECIDED,),
        target=ClassState.CALLING,
        permission="courses.approve_decision",
        needs_reason=True,
    ),
    Move(
        code="start",
        label="Khai giảng lớp",
        sources=(ClassState.DECIDED,),
        target=ClassState.RUNNING,
        permission="courses.run_class",
    ),
    Move(
        code="unstart",
        label="Hoãn khai giảng",
        sources=(ClassState.RUNNING,),
        target=ClassState.DECIDED,
        permission="courses.change_class",
        needs_reason=True,
    ),
    Move(
        code="end",
        label="Kết thúc lớp",
        sources=(ClassState.RUNNING,),
        target=ClassState.ENDED,
        permission="courses.run_class",
    ),
    Move(
        code="reopen",
        label="Mở lại lớp",
        sources=(ClassState.ENDED,),
        target=ClassState.RUNNING,
        permission="courses.change_class",
        needs_reason=True,
    ),
    Move(
        code="settle",
        label="Ghi đã quyết toán",
        sources=(ClassState.ENDED,),
        target=ClassState.SETTLED,
        permission="courses.change_class",
    ),
    Move(
        code="unsettle",
        label="Bỏ quyết toán",
        sources=(ClassState.SETTLED,),
        target=ClassState.ENDED,
        permission="courses.change_class",
        needs_reason=True,
    ),
    Move(
        code="cancel",
        label="Hủy lớp",
        sources=(
            ClassState.PLANNED,
            ClassState.CALLING,
            ClassState.DECIDED,
            ClassState.RUNNING,
        ),
        target=ClassState.CANCELLED,
        permission="courses.change_class",
        needs_reason=True,
        harmful=True,
    ),
    Move(
        code="revive",
        label="Khôi phục lớp đã hủy",
        sources=(ClassState.CANCELLED,),
        target=ClassState.PLANNED,
        permission="courses.change_class",
    ),
)
# Made together with the approval of the decision, never by a button of the class itself.
WITH_DECISION = {"decide", "undecide"}
STEPS = [state for state in ClassState if state != ClassState.CANCELLED]
KINDS = {
    ClassState.PLANNED: "neutral",
    ClassState.CALLING: "wait",
    ClassState.DECIDED: "info",
    ClassState.RUNNING: "info",
    ClassState.ENDED: "done",
    ClassState.SETTLED: "done",
    ClassState.CANCELLED: "off",
}


@dataclass(frozen=True)
class Problem:
    """What is missing before a move: in words, where it is mended, and whose work it is."""

    text: str
    note: str = ""
    url: str = ""
    icon: str = "circle-alert"
    due: object = None  # a date


# Code of a move → functions(training_class) → Problems.
CHECKS: dict[str, list[Callable[[object], Iterable[Problem]]]] = defaultdict(list)


def problems_of(training_class, code):
    """Everything that keeps the class from the move, of all parts."""
    return [problem for check in CHECKS[code] for problem in check(training_class)]


def buttons_of(training_class, account):
    """The moves that `account` may make on the class's page, in the table's order."""
    return [
        move
        for move in CLASS.open_to(account, training_class.state)
        if move.code not in WITH_DECISION
    ]


def has_days(training_class):
    """A class is called and started with its days known."""
    if not training_class.starts_on or not training_class.ends_on:
        yield Problem("Chưa ghi ngày khai giảng và bế giảng", "Sở Nội vụ ghi ở trang sửa lớp")


def has_seats_for_somebody(training_class):
    """A class that is open to nobody cannot call for nominations."""
    if not training_class.open_to_all and not training_class.seats.filter(seats__gt=0).exists():
        yield Problem("Chưa đơn vị nào được đề cử", "giao suất cho đơn vị, hoặc mở cho mọi đơn vị")


def has_no_nominees(training_class):
    """What units have sent would vanish from their pages."""
    sent = training_class.nominations.exclude(
        state__in=[NominationState.DRAFT, NominationState.WITHDRAWN]
    ).count()
    if sent:
        yield Problem(f"Đã có {sent} đề cử", "trả lại hoặc từ chối trước khi dừng chiêu sinh")


def has_no_attendance(training_class):
    """A class whose sessions were attended has started."""
    if training_class.sessions.filter(attendance__isnull=False).exists():
        yield Problem("Đã có điểm danh", "xóa điểm danh trước khi hoãn khai giảng")


def has_no_learners(training_class):
    """A class with learners is cancelled after they have been taken out."""
    learners = training_class.enrolments.filter(state="enrolled").count()
    if learners:
        yield Problem(f"Còn {learners} người trong lớp", "cho thôi học hoặc bỏ quyết định trước")


CHECKS["call"] += [has_days, has_seats_for_somebody]
CHECKS["recall"].append(has_no_nominees)
CHECKS["start"].append(has_days)
CHECKS["unstart"].append(has_no_attendance)
CHECKS["cancel"].append(has_no_learners)

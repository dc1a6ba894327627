"""The states of classes and nominations: one table of moves each; what moves of a class check.

The tables are read by buttons, actions, tests and the help.

An upper layer adds its own checks in `AppConfig.ready()`: `CHECKS["end"].append(function)`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from courses.models import ClassState
from courses.models import NominationState as S
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


# ---- Nominations

NOMINATE, SIGN = "courses.nominate", "courses.sign_nomination"
REVIEW, APPROVE = "courses.decide_nomination", "courses.approve_decision"

NOMINATION = Machine(
    S,
    Move(
        code="prepare",
        label="Trình lãnh đạo đơn vị",
        sources=(S.DRAFT, S.RETURNED),
        target=S.PREPARED,
        permission=NOMINATE,
    ),
    Move(
        code="sign",
        label="Ký trình Sở Nội vụ",
        sources=(S.PREPARED,),
        target=S.SUBMITTED,
        permission=SIGN,
    ),
    Move(
        code="send_back",
        label="Trả lại đầu mối",
        sources=(S.PREPARED,),
        target=S.RETURNED,
        permission=SIGN,
        needs_reason=True,
    ),
    # The department proposes people itself, such as those whom a target still misses.
    Move(
        code="propose",
        label="Đưa vào danh sách xét",
        sources=(S.DRAFT,),
        target=S.SUBMITTED,
        permission=REVIEW,
    ),
    Move(
        code="accept",
        label="Chấp nhận",
        sources=(S.SUBMITTED, S.RESERVE),
        target=S.ACCEPTED,
        permission=REVIEW,
    ),
    Move(
        code="reserve",
        label="Xếp dự bị",
        sources=(S.SUBMITTED, S.ACCEPTED),
        target=S.RESERVE,
        permission=REVIEW,
    ),
    Move(
        code="return",
        label="Trả lại đơn vị",
        sources=(S.SUBMITTED, S.ACCEPTED, S.RESERVE),
        target=S.RETURNED,
        permission=REVIEW,
        needs_reason=True,
    ),
    Move(
        code="reject",
        label="Từ chối",
        sources=(S.SUBMITTED, S.ACCEPTED, S.RESERVE),
        target=S.REJECTED,
        permission=REVIEW,
        needs_reason=True,
        harmful=True,
    ),
    # A refusal by mistake has a way back after its undo bar is gone.
    Move(
        code="reconsider",
        label="Xét lại",
        sources=(S.REJECTED,),
        target=S.SUBMITTED,
        permission=REVIEW,
    ),
    Move(
        code="withdraw",
        label="Rút đề cử",
        sources=(S.PREPARED, S.SUBMITTED, S.RETURNED, S.RESERVE, S.ACCEPTED),
        target=S.WITHDRAWN,
        permission=NOMINATE,
        needs_reason=True,
        harmful=True,
    ),
    Move(
        code="again",
        label="Đề cử lại",
        sources=(S.WITHDRAWN,),
        target=S.DRAFT,
        permission=NOMINATE,
    ),
    Move(
        code="decide",
        label="Đưa vào quyết định",
        sources=(S.ACCEPTED,),
        target=S.DECIDED,
        permission=REVIEW,
    ),
    Move(
        code="undecide",
        label="Đưa ra khỏi quyết định",
        sources=(S.DECIDED,),
        target=S.ACCEPTED,
        permission=REVIEW,
    ),
    Move(
        code="enrol",
        label="Phê duyệt quyết định",
        sources=(S.DECIDED,),
        target=S.ENROLLED,
        permission=APPROVE,
    ),
    Move(
        code="unenrol",
        label="Bỏ phê duyệt quyết định",
        sources=(S.ENROLLED,),
        target=S.DECIDED,
        permission=APPROVE,
    ),
    # Into the place of a learner who leaves, without another decision.
    Move(
        code="substitute",
        label="Cho học thay",
        sources=(S.DRAFT, S.PREPARED, S.SUBMITTED, S.RESERVE, S.ACCEPTED, S.RETURNED, S.WITHDRAWN),
        target=S.ENROLLED,
        permission="courses.change_class",
    ),
    Move(
        code="unsubstitute",
        label="Hoàn tác học thay",
        sources=(S.ENROLLED,),
        target=S.RESERVE,
        permission="courses.change_class",
    ),
)
NOMINATION_KINDS = {
    S.DRAFT: "neutral",
    S.PREPARED: "wait",
    S.SUBMITTED: "wait",
    S.ACCEPTED: "done",
    S.RESERVE: "info",
    S.RETURNED: "alert",
    S.REJECTED: "off",
    S.DECIDED: "done",
    S.ENROLLED: "done",
    S.WITHDRAWN: "off",
}
# What the department does with what it has received, in the order of its buttons.
REVIEWING = ["accept", "reserve", "return", "reject", "reconsider"]


# ---- What moves of a class check


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
    sent = training_class.nominations.exclude(state__in=[S.DRAFT, S.WITHDRAWN]).count()
    if sent:
        yield Problem(f"Đã có {sent} đề cử", "trả lại hoặc từ chối trước khi dừng chiêu sinh")


def has_no_attendance(training_class):
    """A class whose sessions were attended has started."""
    if training_class.sessions.filter(attendance__isnull=False).exists():
        yield Problem("Đã có điểm danh", "xóa điểm danh trước khi hoãn khai giảng")


def has_no_learners(training_class):
    """A class with learners is cancelled after they have been taken out."""
    learners = training_class.enrolments.filter(state__in=["enrolled", "finished"]).count()
    if learners:
        words = "cho thôi học (xóa kết quả nếu có) hoặc bỏ quyết định trước"
        yield Problem(f"Còn {learners} người trong lớp", words)


CHECKS["call"] += [has_days, has_seats_for_somebody]
CHECKS["recall"].append(has_no_nominees)
CHECKS["start"].append(has_days)
CHECKS["unstart"].append(has_no_attendance)
CHECKS["cancel"].append(has_no_learners)

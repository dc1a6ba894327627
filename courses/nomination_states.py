"""The states of a nomination: one table of moves, read by buttons, actions, tests and help."""

from courses.models import NominationState as S
from trainingplans.lib.states import Machine, Move

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
)
KINDS = {
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
REVIEWING = ["accept", "reserve", "return", "reject"]

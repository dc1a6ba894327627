"""The moves of plans and of needs: who brings what from where to where."""

from trainingplans.lib.states import Machine, Move
from trainingplans.plans.models import NeedRound, NeedState
from trainingplans.plans.models import PlanState as S

CHANGE, APPROVE = "plans.change_plan", "plans.approve_plan"

PLAN = Machine(
    S,
    Move(
        code="collect",
        label="Thu thập nhu cầu",
        sources=(S.DRAFT,),
        target=S.COLLECTING,
        permission=CHANGE,
    ),
    Move(
        code="consolidate",
        label="Chốt tổng hợp",
        sources=(S.DRAFT, S.COLLECTING),
        target=S.CONSOLIDATED,
        permission=CHANGE,
    ),
    Move(
        code="reopen",
        label="Trở lại bản nháp",
        sources=(S.COLLECTING, S.CONSOLIDATED),
        target=S.DRAFT,
        permission=CHANGE,
    ),
    Move(
        code="submit",
        label="Trình phê duyệt",
        sources=(S.DRAFT, S.CONSOLIDATED),
        target=S.SUBMITTED,
        permission=CHANGE,
    ),
    Move(
        code="recall",
        label="Rút lại để sửa",
        sources=(S.SUBMITTED,),
        target=S.CONSOLIDATED,
        permission=CHANGE,
        needs_reason=True,
    ),
    Move(
        code="return",
        label="Trả lại kế hoạch",
        sources=(S.SUBMITTED,),
        target=S.CONSOLIDATED,
        permission=APPROVE,
        needs_reason=True,
        harmful=True,
    ),
    Move(
        code="approve",
        label="Phê duyệt kế hoạch",
        sources=(S.SUBMITTED,),
        target=S.APPROVED,
        permission=APPROVE,
    ),
    Move(
        code="start",
        label="Bắt đầu thực hiện",
        sources=(S.APPROVED,),
        target=S.RUNNING,
        permission=CHANGE,
    ),
    Move(
        code="close",
        label="Kết thúc kế hoạch",
        sources=(S.RUNNING,),
        target=S.CLOSED,
        permission=CHANGE,
        harmful=True,
    ),
    Move(
        code="resume",
        label="Mở lại kế hoạch",
        sources=(S.CLOSED,),
        target=S.RUNNING,
        permission=CHANGE,
        needs_reason=True,
    ),
)

# The contents of a plan may change as long as it is still to be consolidated or submitted.
EDITABLE = [s for s in S if any(s in PLAN.moves[one].sources for one in ("consolidate", "submit"))]

# The way of a plan as its page draws it; a replaced plan leaves it where it was approved.
WAY = [S.DRAFT, S.COLLECTING, S.CONSOLIDATED, S.SUBMITTED, S.APPROVED, S.RUNNING, S.CLOSED]

# ---- needs -------------------------------------------------------------------------------------

RUN, WRITE, SIGN = "plans.run_round", "plans.change_need", "plans.sign_need"
RoundState = NeedRound.State

ROUND = Machine(
    RoundState,
    Move(
        code="open",
        label="Mở đợt cho các đơn vị",
        sources=(RoundState.DRAFT,),
        target=RoundState.OPEN,
        permission=RUN,
    ),
    Move(
        code="close",
        label="Chốt đợt",
        sources=(RoundState.OPEN,),
        target=RoundState.CLOSED,
        permission=RUN,
        harmful=True,
    ),
    Move(
        code="reopen",
        label="Mở lại đợt",
        sources=(RoundState.CLOSED,),
        target=RoundState.OPEN,
        permission=RUN,
    ),
)

NEED = Machine(
    NeedState,
    Move(
        code="submit",
        label="Trình lãnh đạo đơn vị ký",
        sources=(NeedState.WRITING, NeedState.RETURNED),
        target=NeedState.SUBMITTED,
        permission=WRITE,
    ),
    Move(
        code="take_back",
        label="Lấy lại để sửa",
        sources=(NeedState.SUBMITTED,),
        target=NeedState.WRITING,
        permission=WRITE,
    ),
    Move(
        code="sign",
        label="Ký gửi Sở Nội vụ",
        sources=(NeedState.SUBMITTED,),
        target=NeedState.SIGNED,
        permission=SIGN,
    ),
    Move(
        code="send_back",
        label="Trả lại đầu mối",
        sources=(NeedState.SUBMITTED,),
        target=NeedState.RETURNED,
        permission=SIGN,
        needs_reason=True,
        harmful=True,
    ),
    Move(
        code="accept",
        label="Tiếp nhận nhu cầu",
        sources=(NeedState.SIGNED,),
        target=NeedState.ACCEPTED,
        permission=RUN,
    ),
    Move(
        code="return",
        label="Trả lại đơn vị",
        sources=(NeedState.SIGNED, NeedState.ACCEPTED),
        target=NeedState.RETURNED,
        permission=RUN,
        needs_reason=True,
        harmful=True,
    ),
)

NEED_KINDS = {
    NeedState.WRITING: "neutral",
    NeedState.SUBMITTED: "wait",
    NeedState.SIGNED: "info",
    NeedState.RETURNED: "alert",
    NeedState.ACCEPTED: "done",
}
ROUND_KINDS = {RoundState.DRAFT: "neutral", RoundState.OPEN: "info", RoundState.CLOSED: "off"}
WITH_UNIT = [NeedState.WRITING, NeedState.RETURNED]  # the clerk may write
NOT_SENT = [*WITH_UNIT, NeedState.SUBMITTED]
SENT = [NeedState.SIGNED, NeedState.ACCEPTED]

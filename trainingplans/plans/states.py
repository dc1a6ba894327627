"""The moves of plans between states: who brings a plan from where to where."""

from trainingplans.lib.states import Machine, Move
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
)

# The way of a plan as its page draws it; a replaced plan leaves it where it was approved.
WAY = [S.DRAFT, S.COLLECTING, S.CONSOLIDATED, S.SUBMITTED, S.APPROVED, S.RUNNING, S.CLOSED]

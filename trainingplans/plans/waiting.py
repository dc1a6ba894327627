"""What waits for somebody about plans and needs, by the tables of their states."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from cadres.models import Account
from cadres.roles import ALL
from trainingplans.lib.inbox import Item
from trainingplans.plans.models import NeedRound, NeedState, Plan, PlanState, UnitNeed
from trainingplans.plans.states import NEED, NOT_SENT, PLAN, RUN, SIGN, WITH_UNIT, WRITE

SHOWN, NAMES_SHOWN = 20, 3
# The one move of each state that somebody waits for, and the words of the thing to do.
PLAN_WORDS = {
    PlanState.DRAFT: ("submit", "Soạn tiếp dự thảo"),
    PlanState.COLLECTING: ("consolidate", "Tổng hợp nhu cầu vào"),
    PlanState.CONSOLIDATED: ("submit", "Trình phê duyệt"),
    PlanState.SUBMITTED: ("approve", "Phê duyệt"),
    PlanState.APPROVED: ("start", "Bắt đầu thực hiện"),
    PlanState.RUNNING: ("close", "Kết thúc"),
}
ICON = "table-2"


def plans(account, on):
    """Plans that wait for the account's move; a running one only once its period is over."""
    states = [
        state
        for state, (code, _) in PLAN_WORDS.items()
        if code in {move.code for move in PLAN.open_to(account, state)}
    ]
    if not states or account.role == "system":
        return
    rows = Plan.objects.kept_by(account).filter(state__in=states).select_related("unit")
    rows = rows.exclude(state=PlanState.RUNNING, ends_on__gte=on)
    if account.scope == ALL:
        rows = rows.exclude(state=PlanState.SUBMITTED, unit__in=led_units())
    for plan in rows.order_by("starts_on", "pk")[:SHOWN]:
        words = PLAN_WORDS[PlanState(plan.state)][1]
        returned = plan.return_reason and plan.state == PlanState.CONSOLIDATED
        yield Item(
            title=f"{'Sửa kế hoạch bị trả lại:' if returned else words} {plan}",
            url=reverse("plans:plan", args=[plan.pk]),
            icon=ICON,
            source=f"Lãnh đạo: “{plan.return_reason}”" if returned else _owner(plan),
            since=plan.state_since and timezone.localdate(plan.state_since),
            due=plan.ends_on if plan.state == PlanState.RUNNING else None,
        )


def led_units():
    """Units whose own leader has an account and decides on their plans."""
    return Account.objects.filter(role="unit_leader", is_active=True).values("unit")


def _owner(plan):
    return str(plan.unit) if plan.unit else "kế hoạch của tỉnh"


def own_needs(account, on):
    """Answers of the own unit that wait to be written (for the clerk) or signed (its leader)."""
    if account.scope == ALL or not (account.has_perm(WRITE) or account.has_perm(SIGN)):
        return
    states = [state for state in NeedState if _mine(account, state)]
    rows = UnitNeed.objects.visible_to(account).filter(state__in=states)
    rows = rows.filter(round__state=NeedRound.State.OPEN).select_related("round", "unit")
    for answer in rows.order_by("round__due", "pk")[:SHOWN]:
        yield Item(
            title=_title(answer),
            url=reverse("plans:need", args=[answer.pk]),
            icon="clipboard-list",
            source=f"“{answer.reply}”" if answer.reply else str(answer.unit),
            since=answer.state_since and timezone.localdate(answer.state_since),
            due=answer.round.due,
        )


def _mine(account, state):
    """Whether an answer in the state waits for this account, not only may be taken back by it."""
    moves = {move.code for move in NEED.open_to(account, state)}
    return bool(moves - {"take_back"})


def _title(answer):
    year = answer.round.year
    if answer.state == NeedState.RETURNED:
        return f"Sửa nhu cầu năm {year} bị trả lại"
    if answer.state in WITH_UNIT:
        return f"Lập nhu cầu năm {year}"
    return f"Ký gửi nhu cầu năm {year}"


def rounds(account, on):
    """For the department: answers to accept, units to remind, a round that is complete."""
    if not account.has_perm(RUN) or account.role == "system":
        return
    rows = NeedRound.objects.filter(state__in=[NeedRound.State.OPEN, NeedRound.State.DRAFT])
    answers = UnitNeed.objects.filter(round__in=rows)
    counts, first = {}, {}
    columns = ("round", "state")
    told = answers.order_by().values_list(*columns).annotate(Count("pk"), Min("state_since"))
    for round_id, state, number, since in told:
        counts.setdefault(round_id, {})[state] = number
        first[round_id, state] = since
    missing = _missing_names(answers.filter(round__due__lt=on))
    for row in rows:
        of_row = counts.get(row.pk, {})
        page = reverse("plans:round", args=[row.pk])
        yield from _of_round(row, page, of_row, first, missing.get(row.pk, []), on)


def _missing_names(answers):
    """{round id: names of units that have not sent}."""
    found = {}
    rows = answers.filter(state__in=NOT_SENT).order_by("unit__sort_key")
    for round_id, name in rows.values_list("round", "unit__name"):
        found.setdefault(round_id, []).append(name)
    return found


def _of_round(row, page, counts, first, missing, on):
    if row.state == NeedRound.State.DRAFT:
        yield Item(title=f"Mở đợt: {row}", url=page, icon="clipboard-list", due=row.opens_on)
        return
    signed = counts.get(NeedState.SIGNED, 0)
    if signed:
        since = first[row.pk, NeedState.SIGNED]
        yield Item(
            title=f"Tiếp nhận nhu cầu năm {row.year} của {signed} đơn vị",
            url=f"{page}?trang_thai={NeedState.SIGNED}",
            icon="clipboard-check",
            source=str(row),
            count=signed,
            since=since and timezone.localdate(since),
        )
    if missing:
        names = ", ".join(missing[:NAMES_SHOWN]) + ("…" if len(missing) > NAMES_SHOWN else "")
        yield Item(
            title=f"Nhắc {len(missing)} đơn vị chưa gửi nhu cầu năm {row.year}",
            url=f"{page}?trang_thai=tre",
            icon="clipboard-list",
            source=names,
            count=len(missing),
            since=row.due,
            due=row.due,
        )
    if counts and not any(counts.get(state) for state in [*NOT_SENT, NeedState.SIGNED]):
        yield Item(
            title=f"Tổng hợp và chốt: {row}",
            url=reverse("plans:round_summary", args=[row.pk]),
            icon="clipboard-check",
            source="mọi đơn vị đã gửi và được tiếp nhận",
        )


SOURCES = [plans, own_needs, rounds]

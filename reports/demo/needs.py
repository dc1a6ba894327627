"""The needs round of 2027 in the demonstration: most units have sent, some are late."""

import random
from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from cadres.models import Account
from cadres.notify import notify
from cadres.rules import people
from cadres.rules.counting import MISSING
from courses.models import Category
from reports.demo.careers import NOW
from trainingplans.plans.actions.rounds import answering_units
from trainingplans.plans.counting import pair_of
from trainingplans.plans.models import (
    Need,
    NeedPerson,
    NeedRound,
    NeedState,
    Plan,
    Target,
    UnitNeed,
)

YEAR, OPENED, DUE = 2027, date(2026, 9, 1), date(2026, 11, 15)
PLAN_TITLE = "Kế hoạch đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm 2027"
INSTRUCTIONS = (
    "Rà soát theo quy hoạch, tiêu chuẩn chức danh và mục tiêu của chương trình.\n"
    "Ưu tiên nữ, người dân tộc thiểu số, cán bộ trẻ và người trong quy hoạch.\n"
    "Nêu tên người học cho các lớp lý luận chính trị và tiếng dân tộc; lớp khác ghi số người."
)
# How likely each state is; what is not sent is late, since the round's day has passed.
STATES = {
    NeedState.ACCEPTED: 46,
    NeedState.SIGNED: 30,
    NeedState.SUBMITTED: 5,
    NeedState.RETURNED: 5,
    NeedState.WRITING: 14,
}
# (content, share of units that ask for it, most people asked for beyond the names)
ASKED = [
    ("DT.CT.TC", 0.7, 0),
    ("BD.QLNN.CV", 0.6, 3),
    ("BD.TDT", 0.4, 0),
    ("BD.QPAN.4", 0.5, 6),
    ("BD.VTVL.VTLT", 0.5, 2),
    ("BD.VTVL.CCHC", 0.6, 5),
    ("BD.VTVL.TCD", 0.4, 2),
    ("BD.VTVL.TPHT", 0.3, 1),
    ("BD.TH", 0.7, 8),
    ("BD.LD.PHONG", 0.3, 3),
]
REPLY = "Nêu tên người học lớp trung cấp lý luận chính trị; số người vượt số chưa đạt."


def make_needs(communes, seed, *, by):
    """Write the round, its answers, needs and names; how many units answer.

    The first commune waits for its leader's signature, the second got its answer back.
    """
    rng = random.Random(f"needs {seed}")  # noqa: S311
    row = NeedRound(
        year=YEAR,
        title="Nhu cầu đào tạo, bồi dưỡng năm 2027",
        opens_on=OPENED,
        due=DUE,
        instructions=INSTRUCTIONS,
        plan=_plan(by),
        state=NeedRound.State.OPEN,
    )
    row._history_user = by
    row.save()
    answers = _answers(row, communes, rng, by)
    needs = _needs(answers, rng, by)
    _names(needs, rng)
    _messages(communes)
    return len(answers)


def _plan(by):
    """The draft of the year; the one that is there, or a new one."""
    plan = Plan.objects.filter(starts_on=date(YEAR, 1, 1), unit=None, replaces=None).first()
    if plan is None:
        plan = Plan(
            title=PLAN_TITLE,
            starts_on=date(YEAR, 1, 1),
            ends_on=date(YEAR, 12, 31),
            state="collecting",
            state_since=timezone.now(),
        )
        plan._history_user = by
        plan.save()
    return plan


def _answers(row, communes, rng, by):
    states, weights = list(STATES), list(STATES.values())
    chosen = {communes[0].pk: NeedState.SUBMITTED, communes[1].pk: NeedState.RETURNED}
    answers = []
    for unit in answering_units(NOW):
        state = chosen.get(unit.pk) or rng.choices(states, weights)[0]
        since = timezone.make_aware(datetime(2026, 11, 20 - rng.randrange(18), 9, 30))
        answers.append(
            UnitNeed(
                round=row,
                unit=unit,
                state=state,
                state_since=since,
                reply=REPLY if state == NeedState.RETURNED else "",
                reminded_on=NOW - timedelta(days=2) if state == NeedState.WRITING else None,
            )
        )
    return bulk_create_with_history(answers, UnitNeed, default_user=by)


def _needs(answers, rng, by):
    contents = {row.code: row for row in Category.objects.all()}
    needs = []
    for answer in answers:
        for code, share, most in ASKED:
            if code in contents and rng.random() < share:
                number = 1 + rng.randrange(most + 3)
                needs.append(Need(answer=answer, category=contents[code], number=number))
    return bulk_create_with_history(needs, Need, default_user=by)


def _names(needs, rng):
    """Name people who miss a target in the needs that help to reach it."""
    found = []
    for ladder, target in _targets().items():
        missing = defaultdict(list)
        for standing in people(pair_of(target), MISSING, on=NOW):
            missing[standing.unit_id].append(standing.official_id)
        for need in needs:
            if need.category.ladder == ladder:
                here = missing[need.answer.unit_id][: rng.randint(1, need.number)]
                found += [
                    NeedPerson(need=need, official_id=pk, origin="target", target=target)
                    for pk in here
                ]
    NeedPerson.objects.bulk_create(found)


def _targets():
    """{ladder: the first target that asks for it}, of those whom units name by person."""
    found = {}
    for target in Target.objects.order_by("order"):
        for ladder in ("political_theory", "ethnic_language", "state_management"):
            if f'"{ladder}"' in str(target.attained).replace("'", '"'):
                found.setdefault(ladder, target)
    return found


def _messages(communes):
    """What the demonstration accounts were told."""
    accounts = {account.username: account for account in Account.objects.all()}
    opened = f"Nhu cầu năm {YEAR}: đã mở để đơn vị gửi nhu cầu, hạn {DUE:%d/%m/%Y}."
    told = [
        (["daumoi1", "daumoi2"], "round.open", opened),
        (["lanhdaoxa1"], "need.submit", f"Nhu cầu năm {YEAR} của đơn vị chờ bạn ký."),
        (["daumoi2"], "need.return", f"Sở Nội vụ trả lại nhu cầu năm {YEAR}: {REPLY}"),
        (["chuyenvien"], "need.sign", f"{communes[0]} chưa gửi nhu cầu năm {YEAR}, đã quá hạn."),
    ]
    for names, act, text in told:
        notify(
            [accounts[name] for name in names if name in accounts],
            act=act,
            text=text,
            url="/nhu-cau/",
        )

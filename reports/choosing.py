"""What the commands of figures are asked for: target, unit, days; Refused with the reason."""

from django.db import transaction

from cadres.audit import record
from cadres.models import Unit
from cadres.units import UnitNotFound, find_unit
from trainingplans.lib.commands import Refused, iso_day
from trainingplans.plans.models import Target


def add_unit(parser):
    """`--unit`: a code or an exact name."""
    parser.add_argument("--unit", metavar="U", help="Mã hoặc tên đơn vị, kể cả cấp dưới.")


def add_day(parser):
    """`--on`: the day of the figures, today without it."""
    parser.add_argument("--on", type=iso_day, metavar="DATE", help="Tại ngày (2026-11-22).")


def add_json(parser):
    """`--json`: one document on standard output."""
    parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")


def add_target(parser):
    """`--target`: the code of one target."""
    parser.add_argument("--target", required=True, metavar="CODE", help="Mã mục tiêu.")


def chosen_targets(codes, account):
    """The targets of these codes (all without any) that the account sees; Refused for others."""
    targets = list(Target.objects.visible_to(account).for_list())
    if codes is None:
        return targets
    known = [target.code for target in targets]
    if wrong := [code for code in codes if code not in known]:
        there = ", ".join(known) or "chưa có mục tiêu nào"
        raise Refused(*(f"Không có mục tiêu “{code}”. Các mã: {there}." for code in wrong))
    return [target for target in targets if target.code in codes]


def chosen_target(code, account):
    """The target of this code that the account sees; Refused without one."""
    [target] = chosen_targets([code], account)
    return target


def chosen_unit(text, account):
    """The unit of this code or name within the account's branch, None without a text."""
    try:
        return find_unit(text, Unit.objects.branch_of(account)) if text is not None else None
    except UnitNotFound as fault:
        raise Refused(str(fault)) from None


@transaction.atomic
def leave_trace(numbers, part, account, unit):
    """Names of people were read: who asked, which part, {target: how many people}."""
    detail = {"part": part, "people": numbers}
    record("report.people", by=account, label="Danh sách sau số liệu", unit=unit, detail=detail)

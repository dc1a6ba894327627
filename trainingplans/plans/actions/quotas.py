"""Writes of quotas: never more seats than learners, however many people edit at once."""

from dataclasses import dataclass

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from cadres.audit import record
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.plans import locked_draft
from trainingplans.plans.models import PlanItem, Quota


@dataclass(frozen=True)
class Wanted:
    """What somebody typed for a unit; `seen` is the version of the quota that the page showed."""

    unit: int
    seats: int
    reason: str = ""
    seen: int = 0


@dataclass(frozen=True)
class Clash:
    """A quota that somebody else changed after the page was opened."""

    unit: int
    theirs: int
    version: int


@transaction.atomic
def set_quotas(item, wanted, *, by, proposal, reserve=None):
    """Write the quotas of an item; [Clash], and nothing written, where others were quicker.

    Refused when seats and reserve are more than the learners, or a changed proposal has no reason.
    """
    locked_draft(item.plan)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    now = {quota.unit_id: quota for quota in row.quotas.all()}
    changed = [w for w in wanted if _differs(w, now.get(w.unit))]
    clashes = [
        Clash(w.unit, quota.seats, quota.version)
        for w in changed
        if (quota := now.get(w.unit)) and quota.version != w.seen
    ]
    if clashes:
        return clashes
    reserve = row.reserve if reserve is None else reserve
    seats = {unit: quota.seats for unit, quota in now.items()} | {w.unit: w.seats for w in changed}
    _check(row, sum(seats.values()), reserve)
    _check_reasons(changed, proposal)
    _write(row, now, changed, proposal, by)
    if reserve != row.reserve:
        row.reserve, row.version = reserve, row.version + 1
        row._history_user = by
        row.save()
    record(
        "plan.quotas",
        by=by,
        subject=row,
        unit=item.plan.unit,
        detail={"units": len(changed), "seats": sum(seats.values()), "reserve": reserve},
    )
    return []


def _differs(wanted, quota):
    if quota is None:
        return wanted.seats > 0
    return (wanted.seats, wanted.reason) != (quota.seats, quota.reason)


def _check(row, seats, reserve):
    if seats + reserve > row.learners:
        over = seats + reserve - row.learners
        raise Refused(
            f"Mục {row.code}: {seats} suất và {reserve} suất dự phòng, nhiều hơn {row.learners}"
            f" người học {over}. Bớt {over} suất."
        )


def _check_reasons(changed, proposal):
    bare = [w for w in changed if w.seats != proposal.seats.get(w.unit, 0) and not w.reason.strip()]
    if bare:
        raise Refused(f"{len(bare)} đơn vị có số suất khác đề xuất. Ghi lý do ở từng dòng.")


def _write(row, now, changed, proposal, by):
    new, old = [], []
    for w in changed:
        quota = now.get(w.unit) or Quota(item=row, unit_id=w.unit)
        quota.seats, quota.reason = w.seats, w.reason.strip()
        quota.proposed = proposal.seats.get(w.unit, 0)
        quota.carried = proposal.carried.get(w.unit, 0)
        if quota.pk:
            quota.version += 1
            old.append(quota)
        else:
            new.append(quota)
    bulk_create_with_history(new, Quota, default_user=by)
    columns = ["seats", "reason", "proposed", "carried", "version"]
    if old:
        bulk_update_with_history(old, Quota, columns, default_user=by)


@transaction.atomic
def take_proposal(item, *, by, proposal):
    """Give every unit the seats proposed in place of what it had; how many seats."""
    locked_draft(item.plan)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    seats = give(row, proposal, by=by)
    record("plan.quotas", by=by, subject=row, unit=item.plan.unit, detail={"seats": seats})
    return seats


def give(row, proposal, *, by):
    """Write the seats proposed for a locked item; how many. What calls it records the act."""
    now = {quota.unit_id: quota for quota in row.quotas.all()}
    units = set(proposal.seats) | set(now)
    changed = [Wanted(unit, proposal.seats.get(unit, 0)) for unit in sorted(units)]
    _check(row, sum(w.seats for w in changed), row.reserve)
    _write(row, now, changed, proposal, by)
    return sum(proposal.seats.values())

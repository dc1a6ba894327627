"""Who is told of a plan's move: those who decide, those who wait, the units with seats."""

from django.urls import reverse

from cadres.notify import clerks_of, holders_of, leaders_of, notify
from cadres.roles import ALL
from trainingplans.plans.models import Quota


def tell(plan, code, *, reason=""):
    """Notify of a move, in its transaction; how many people were told."""
    if code not in TOLD:
        return 0
    accounts, words = TOLD[code]
    url = reverse("plans:plan", args=[plan.pk])
    text = words.format(plan=plan, reason=reason)
    return notify(accounts(plan), act=f"plan.{code}", text=text, url=url)


def _leaders(plan):
    """The leaders of the plan's unit; those of the department for the province's plans and for a
    unit whose leader has no account."""
    own = list(leaders_of([plan.unit_id])) if plan.unit_id else []
    return own or holders_of("plans.approve_plan", scope=ALL)


def _keepers(plan):
    """Who submitted the plan, and the clerks of its unit."""
    mine = [plan.submitted_by] if plan.submitted_by else []
    return [*mine, *(clerks_of([plan.unit_id]) if plan.unit_id else [])]


def _keepers_and_units(plan):
    """Also the clerks of the units that have seats in it."""
    units = Quota.objects.filter(item__plan=plan, seats__gt=0).values("unit")
    return [*_keepers(plan), *clerks_of(units)]


TOLD = {
    "submit": (_leaders, "{plan} chờ phê duyệt."),
    "return": (_keepers, "{plan} bị trả lại: {reason}"),
    "approve": (_keepers_and_units, "{plan} đã được phê duyệt; xem suất của đơn vị."),
}

"""A target or an audience that is being composed, and what it would count."""

from cadres.composing.drafts import EMPTY, Asked, Draft
from cadres.models import Unit
from cadres.roles import ALL
from cadres.rules import Pair, count, describe


class TargetDraft(Draft):
    """The two rules of a target."""

    asked = {
        "population": Asked(
            "Tính trên những ai",
            "Tất cả mọi người đang giữ vị trí. Thêm điều kiện để thu hẹp.",
        ),
        "attained": Asked(
            "Đạt khi", "Chưa có điều kiện: ai cũng được tính là đạt. Thêm điều kiện đạt."
        ),
    }


def tried(draft, account):
    """{figure, population, attained} of the rules as typed, None while they cannot be read."""
    if not all(draft.rules.get(name) for name in draft.asked):
        return None
    pair = Pair(draft.rules["population"], draft.rules["attained"])
    units = None if account.scope == ALL else Unit.objects.branch_of(account)
    [figure] = count([pair], on=draft.context.on, units=units, context=draft.context)
    share = figure.share
    return {
        "figure": figure,
        "percent": None if share is None else 100 * share,
        "population": describe(pair.population, draft.context),
        "attained": describe(pair.attained, draft.context),
        "on": draft.context.on,
    }


class ItemDraft(Draft):
    """The rule of an item: for whom it is."""

    asked = {
        "audience": Asked(
            "Dành cho ai (điều kiện)",
            "Chưa có điều kiện: mọi người đang công tác. Thêm điều kiện để thu hẹp.",
        )
    }


def fitting(draft, plan, account):
    """{people, units, words, on} of whom the audience as typed fits in the units of a plan; None
    while it cannot be read."""
    rule = draft.rules.get("audience")
    if not rule:
        return None
    units = Unit.objects.branch_of(account)
    units = units.filter(path__startswith=plan.unit.path) if plan.unit_id else units
    whole = account.scope == ALL and not plan.unit_id
    [figure] = count(
        [Pair(rule, EMPTY)],
        on=draft.context.on,
        units=None if whole else units,
        by_unit=True,
        context=draft.context,
    )
    return {
        "people": figure.population,
        "units": len(figure.by_unit),
        "words": describe(rule, draft.context),
        "on": draft.context.on,
    }

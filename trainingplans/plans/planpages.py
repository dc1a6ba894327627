"""What the page of a plan shows: steps, tiles, rows of the grid, sums by source and unit."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from trainingplans.lib.dates import show
from trainingplans.lib.money import UNITS, write_money
from trainingplans.lib.numbers import format_money, format_number
from trainingplans.plans.models import Plan, PlanState
from trainingplans.plans.states import EDITABLE, PLAN, WAY
from trainingplans.plans.totals import NO_UNIT, per_learner

LINE, MOST_LINES = 26, 5  # letters of a title that fit beside each other in the grid
ALWAYS_SHOWN = ["NSTW", "NSDP"]


def steps_of(plan):
    """What parts/_steps.html prints: where the plan stands on its way."""
    state = PlanState.APPROVED if plan.state == PlanState.REPLACED else plan.state
    here = WAY.index(state)
    entered = _entered(plan)
    return [
        {
            "label": PlanState(one).label,
            "note": entered.get(one, ""),
            "state": "done" if place < here else "now" if place == here else "",
        }
        for place, one in enumerate(WAY)
    ]


def _entered(plan):
    """{state: day} on which the plan last came into each state."""
    days, before = {}, None
    for state, at in plan.history.order_by("history_date", "history_id").values_list(
        "state", "history_date"
    ):
        if state != before:
            days[state] = show(timezone.localtime(at).date())
        before = state
    return days


def status_of(plan):
    """What parts/_status.html prints."""
    return {"label": plan.get_state_display(), "kind": plan.state_kind}


def tiles_of(totals, before, before_name):
    """The four figures of a plan, each with that of the plan before."""

    def note(value):
        return f"{before_name}: {value}" if before else ""

    return [
        {
            "label": "Lớp",
            "figure": format_number(totals.classes),
            "note": note(format_number(before.classes if before else 0)),
        },
        {
            "label": "Người học",
            "figure": format_number(totals.learners),
            "note": note(format_number(before.learners if before else 0)),
        },
        {
            "label": "Kinh phí",
            "figure": format_money(totals.amount),
            "note": note(format_money(before.amount if before else 0)),
        },
        {
            "label": "Mỗi người học",
            "figure": format_money(totals.per_learner),
            "note": note(format_money(before.per_learner if before else None)),
        },
    ]


@dataclass
class Row:
    """A row of the grid: the item, its money by source, and what was typed wrongly."""

    item: object
    amounts: list  # [{source, value, fixed, typed}]
    amount: int
    place: str
    values: dict = field(default_factory=dict)  # typed values in place of stored ones
    errors: list = field(default_factory=list)  # [(label, message)]
    bad: set = field(default_factory=set)

    @property
    def each(self):
        return per_learner(self.amount, self.item.learners)

    @property
    def title_lines(self):
        """How many lines the title takes in its cell."""
        return min(MOST_LINES, -(-len(self.item.title) // LINE) or 1)


@dataclass
class Group:
    """Rows of the grid under one heading, with their sums; `sums` by source as the columns are."""

    key: int  # id of its first item
    label: str
    rows: list
    sums: list

    @property
    def classes(self):
        return sum(row.item.classes for row in self.rows)

    @property
    def learners(self):
        return sum(row.item.learners for row in self.rows)

    @property
    def amount(self):
        return sum(row.amount for row in self.rows)


NO_CONTENT, NAMES_SHOWN = "Chưa rõ nội dung", 2


def groups_of(rows, lookups):
    """The Groups of the grid: by the first part of the codes ("2" of 2.1) where each has several
    parts, else đào tạo and bồi dưỡng apart; in the order of their first rows."""
    numbered = all("." in row.item.code.strip(".") for row in rows)
    found = {}
    for row in rows:
        category = row.item.category
        form = category.get_form_display() if category else NO_CONTENT
        found.setdefault(row.item.code.split(".")[0] if numbered else form, []).append(row)
    return [
        Group(
            key=mine[0].item.pk,
            label=f"{key}. {_common_content(mine, lookups)}" if numbered else key,
            rows=mine,
            sums=[sum(amounts) for amounts in zip(*_amounts(mine), strict=True)],
        )
        for key, mine in found.items()
    ]


def _amounts(rows):
    return [[amount["total"] for amount in row.amounts] for row in rows]


def _common_content(rows, lookups):
    """The name of the narrowest content that all rows belong to; where that is only đào tạo or bồi
    dưỡng, the names below it."""
    chains = [_chain(row.item.category, lookups) for row in rows]
    common = [steps[0] for steps in zip(*chains, strict=False) if len(set(steps)) == 1]
    if common and (common[-1].parent_id or len(rows) == 1):
        return common[-1].name
    names = list(dict.fromkeys(chain[: len(common) + 1][-1].name for chain in chains if chain))
    more = len(names) - NAMES_SHOWN
    told = "; ".join(names[:NAMES_SHOWN]) or NO_CONTENT
    return f"{told}; {more} nội dung khác" if more > 0 else told


def _chain(category, lookups):
    """A content and all above it, the widest first."""
    chain = []
    while category is not None:
        chain.insert(0, category)
        category = lookups.category_by_id.get(category.parent_id)
    return chain


def sources_of(plan_items, lookups):
    """The sources that have a column: the two usual ones and those that the plan uses."""
    used = {cost.source_id for item in plan_items for cost in item.costs.all()}
    return [s for s in lookups.sources if s.code in ALWAYS_SHOWN or s.pk in used]


def row_of(item, sources, unit, form=None):
    """The Row of an item (costs prefetched); with a bound `form`, what was typed."""
    costs = list(item.costs.all())
    row = Row(
        item=item,
        amounts=[_amount(costs, source, unit) for source in sources],
        amount=sum(cost.amount for cost in costs),
        place=item.institution.name if item.institution_id else item.institution_text,
    )
    if form is not None:
        row.values = {name: form[name].data for name in form.fields if name in form.data}
        row.bad = set(form.errors)
        row.errors = [
            (form.fields[name].label if name in form.fields else "", messages[0])
            for name, messages in form.errors.items()
        ]
        for amount in row.amounts:
            amount["value"] = row.values.get(amount["name"], amount["value"])
            amount["bad"] = amount["name"] in row.bad
    return row


def _amount(costs, source, unit):
    mine = [cost for cost in costs if cost.source_id == source.pk]
    total = sum(cost.amount for cost in mine)
    return {
        "name": f"m{source.pk}",
        "label": source.name,
        "value": write_money(total, unit) if total else "",
        "fixed": len(mine) > 1,
        "total": total,
        "bad": False,
    }


def sums_by_source(totals, lookups):
    """[{name, amount}] of each source used, in the order of sources."""
    return [
        {"name": source.name, "amount": totals.by_source[source.pk]}
        for source in lookups.sources
        if totals.by_source.get(source.pk)
    ]


def sums_by_unit(items, totals, names):
    """[{name, classes, learners, amount}] of each unit given money or leading items, most first."""
    rows = {unit: {"amount": amount} for unit, amount in totals.by_unit.items()}
    for unit in {item.lead_unit_id for item in items}:
        rows.setdefault(unit, {"amount": 0})
    for unit, row in rows.items():
        led = [item for item in items if item.lead_unit_id == unit]
        row["name"] = names(unit) or NO_UNIT
        row["classes"] = sum(item.classes for item in led)
        row["learners"] = sum(item.learners for item in led)
    return sorted(rows.values(), key=lambda row: (-row["amount"], row["name"]))


def moves_of(plan, account):
    """[{label, url, harmful, primary}]: the buttons of the moves that the account may make."""
    if not Plan.objects.kept_by(account).filter(pk=plan.pk).exists():
        return []
    moves = PLAN.open_to(account, plan.state)
    forward = [move.code for move in moves if WAY.index(move.target) > WAY.index(plan.state)]
    return [
        {
            "label": move.label,
            "url": reverse("plans:plan_move", args=[plan.pk, move.code]),
            "harmful": move.harmful,
            "primary": bool(forward) and move.code == forward[-1] and not move.harmful,
        }
        for move in moves
    ]


def may_edit(plan, account):
    """Whether the account may change the contents of the plan now."""
    return plan.state in EDITABLE and keeps(plan, account)


def keeps(plan, account):
    """Whether the account works on the plan, in whatever state it is."""
    mine = Plan.objects.kept_by(account).filter(pk=plan.pk)
    return account.has_perm("plans.change_plan") and mine.exists()


def plan_before(plan, plans):
    """The agreed plan of the same unit that ended last before this one began; or None."""
    found = plans.in_force().filter(unit=plan.unit_id, ends_on__lt=plan.starts_on)
    return found.order_by("-ends_on", "-starts_on").first()


def money_unit(request):
    """trieu, ty or dong: as chosen on this or an earlier page."""
    chosen = request.GET.get("tien", "")
    if chosen in UNITS:
        request.session["plan_money"] = chosen
    return request.session.get("plan_money", "trieu")

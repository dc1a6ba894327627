"""Plans by their number, and their items with what hangs on them, in a fixed number of queries."""


def plan_of_number(number, plans):
    """The plan of a number among `plans`: the version in force, else the newest; None."""
    found = plans.filter(number=number).order_by("-version_no")
    return found.in_force().first() or found.first()


def items_with_costs(plan):
    """The items of a plan with their money and names; two queries, without the seats of units."""
    names = ("category", "course", "institution", "lead_unit")
    return plan.items.select_related(*names).prefetch_related("costs")


def items_with_all(plan):
    """The items with their seats and targets too, for documents; a fixed number of queries."""
    return items_with_costs(plan).prefetch_related("costs__source", "quotas", "targets")

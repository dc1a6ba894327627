"""The structure of the workforce: one rule's people divided by each dimension, exactly."""

from cadres.rules import DIMENSIONS, UNKNOWN, RuleContext, tally
from reports.figures import units_for

EVERYBODY = {"all": []}
DEPARTMENT = {"staff", "leader", "system"}  # roles that see small groups
SMALL = 5  # fewer people than this are not told apart by what is sensitive
OTHERS = "other"
OTHERS_WORDS = f"các nhóm dưới {SMALL} người"
# {name in the contract: dimension}
BREAKDOWNS = {
    "by_staff_kind": "staff_kind",
    "by_professional_level": "professional",
    "by_political_level": "political_theory",
    "by_state_level": "state_management",
    "by_ethnic_group": "ethnic_group",
    "by_age": "age",
    "by_unit": "unit",
}
# {name in the contract: (dimension, key)}
MARKED = {
    "women": ("gender", "nu"),
    "party_members": ("party_member", "yes"),
    "ethnic_minority": ("ethnic_minority", "yes"),
}


def in_department(account):
    """Whether small groups may be told apart to this account."""
    return account.role in DEPARTMENT


def breakdown(code, account, *, on, units=None, rule=None, context=None):
    """{key: people} in the order of the dimension, `unknown` last and always there."""
    context = context or RuleContext(on)
    dimension = DIMENSIONS[code]
    found = tally(rule or EVERYBODY, [dimension], on=on, units=units, context=context)
    numbers = {key: found[(key,)] for key in dimension.words(context) if found[(key,)]}
    numbers[UNKNOWN] = found[(UNKNOWN,)]
    if dimension.sensitive and not in_department(account):
        return merged(numbers)
    return numbers


def merged(numbers):
    """The same with groups of fewer than five put together, so that none can be worked out."""
    small = {key for key, number in numbers.items() if key != UNKNOWN and number < SMALL}
    if not small:
        return numbers
    others = sum(numbers[key] for key in small)
    large = sorted((n, key) for key, n in numbers.items() if key not in small and key != UNKNOWN)
    for number, key in large:
        if others >= SMALL:
            break
        small.add(key)
        others += number
    kept = {key: n for key, n in numbers.items() if key not in small and key != UNKNOWN}
    return kept | {OTHERS: others, UNKNOWN: numbers[UNKNOWN]}


def structure(account, on, unit=None, units=None, rule=None):
    """The document of `structure`, as `account` may see it; one query a breakdown."""
    context = RuleContext(on)
    if units is None:
        units = units_for(account, unit)
    asked = {"on": on, "units": units, "rule": rule, "context": context}
    parts = {name: breakdown(code, account, **asked) for name, code in BREAKDOWNS.items()}
    marks = {name: tally_of(code, asked).get((key,), 0) for name, (code, key) in MARKED.items()}
    return {
        "on": on.isoformat(),
        "unit": unit.name if unit else None,
        "total": sum(parts["by_staff_kind"].values()),
        **marks,
        **parts,
    }


def tally_of(code, asked):
    """The numbers of one dimension, small groups and all."""
    return tally(
        asked["rule"] or EVERYBODY,
        [DIMENSIONS[code]],
        on=asked["on"],
        units=asked["units"],
        context=asked["context"],
    )

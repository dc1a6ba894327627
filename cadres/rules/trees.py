"""Rules: trees of all, any, not over conditions; checked, put in words, compiled."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q

from cadres.rules.base import CONDITIONS, EVERYBODY, NOBODY, RuleError, allowed, shown
from cadres.rules.context import RuleContext

ALL, ANY, NOT = "all", "any", "not"
EVERYONE = {ALL: []}
DEPTH_AT_MOST, CONDITIONS_AT_MOST = 12, 200


def validate(rule, context=None, path=""):
    """The problems of a rule, a line in Vietnamese each, with the place inside it; [] for none.

    `path` is put in front: "population" gives "population.all.2.staff_kind: …".
    """
    context = context or RuleContext()
    if deep(rule, DEPTH_AT_MOST):
        return [f"{path or 'quy tắc'}: lồng quá {DEPTH_AT_MOST} lớp. Viết lại gọn hơn."]
    if (number := sum(1 for _ in leaves(rule))) > CONDITIONS_AT_MOST:
        return [f"{path or 'quy tắc'}: có {number} điều kiện, tối đa {CONDITIONS_AT_MOST}."]
    return list(_problems(rule, context, path))


def _problems(rule, context, path):
    here = f"{path}: " if path else ""
    if not isinstance(rule, dict) or len(rule) != 1:
        yield f"{here}mỗi quy tắc là một đối tượng có đúng một khóa, không phải {shown(rule)}."
        return
    [(key, value)] = rule.items()
    inner = f"{path}.{key}" if path else key
    if key in (ALL, ANY):
        yield from _problems_of_list(key, value, context, inner)
    elif key == NOT:
        yield from _problems(value, context, inner)
    elif key in CONDITIONS:
        for problem in CONDITIONS[key].problems(value, context):
            yield f"{inner}: {problem}"
    else:
        keys = allowed([ALL, ANY, NOT, *CONDITIONS])
        yield f"{here}không có điều kiện {shown(key)}. Các khóa dùng được: {keys}."


def _problems_of_list(key, rules, context, path):
    if not isinstance(rules, list):
        yield f"{path}: phải là danh sách quy tắc, không phải {shown(rules)}."
    elif not rules and key == ANY:
        yield f"{path}: cần ít nhất một quy tắc."
    else:
        for number, rule in enumerate(rules, 1):
            yield from _problems(rule, context, f"{path}.{number}")


def deep(rule, limit):
    """Whether lists and objects are nested deeper than `limit` rules; safe for any JSON."""
    layer = [rule]
    for _ in range(2 * limit + 2):
        layer = [inner for value in layer for inner in _inside(value)]
        if not layer:
            return False
    return True


def _inside(value):
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def leaves(rule):
    """Each (code, value) of the conditions in a rule; what is malformed is passed over."""
    for key, value in rule.items() if isinstance(rule, dict) else ():
        if key in (ALL, ANY) and isinstance(value, list):
            for inner in value:
                yield from leaves(inner)
        elif key == NOT:
            yield from leaves(value)
        else:
            yield key, value


def normalise(rule, context=None):
    """The rule with every value in its stored form; RuleError for one with problems."""
    context = context or RuleContext()
    if problems := validate(rule, context):
        raise RuleError(problems)
    return _normal(rule, context)


def _normal(rule, context):
    [(key, value)] = rule.items()
    if key in (ALL, ANY):
        return {key: [_normal(inner, context) for inner in value]}
    if key == NOT:
        return {NOT: _normal(value, context)}
    return {key: CONDITIONS[key].normalise(value, context)}


def ladders_named(rule):
    """The ladders that the rule's conditions name, in their order."""
    named = (CONDITIONS[key].ladders(value) for key, value in leaves(rule))
    return list(dict.fromkeys(ladder for ladders in named for ladder in ladders))


def describe(rule, context=None):
    """The rule as a fragment of a Vietnamese sentence: "cán bộ; ở xã, phường, …"."""
    return _words(rule, context or RuleContext())


def _words(rule, context, inside=None):
    [(key, value)] = rule.items()
    if key == NOT:
        return _denied(value, context, inside)
    if key not in (ALL, ANY):
        return CONDITIONS[key].in_words(value, context)
    if not value:
        return "tất cả mọi người"
    if len(value) == 1:
        return _words(value[0], context, inside)
    words = ("; " if key == ALL else "; hoặc ").join(_words(v, context, key) for v in value)
    return words if inside in (None, key) else f"({words})"


def _denied(rule, context, inside):
    [(key, value)] = rule.items()
    if key == NOT:
        return _words(value, context, inside)
    if key in (ALL, ANY):
        return f"không phải ({_words(rule, context)})"
    return CONDITIONS[key].in_words_not(value, context)


def to_q(rule, context, denied=False):
    """Who meets a valid rule, as a Q over Standing. Two-valued: where a column holds nothing the
    condition is false and its `not` true, so denial goes down to the conditions, NULL in hand."""
    [(key, value)] = rule.items()
    if key == NOT:
        return to_q(value, context, not denied)
    if key in (ALL, ANY):
        parts = [to_q(inner, context, denied) for inner in value]
        if (key == ALL) != denied:
            return reduce(and_, parts) if parts else EVERYBODY
        return reduce(or_, parts) if parts else NOBODY
    condition = CONDITIONS[key]
    met = condition.q(value, context)
    return ~known(condition.columns(value), met) if denied else met


def known(columns, met):
    """`met`, false where one of the columns holds nothing."""
    return reduce(and_, [Q(**{f"{column}__isnull": False}) for column in columns], met)


def units_of(rule, context):
    """The ids of the units that decide a rule alone (whoever works there), None for others."""
    [(key, value)] = rule.items()
    if key == NOT:
        inner = units_of(value, context)
        return None if inner is None else context.all_units - inner
    if key not in (ALL, ANY):
        condition = CONDITIONS[key]
        return condition.units(value, context) if condition.about_units else None
    parts = [units_of(inner, context) for inner in value]
    if not parts or None in parts:
        return None
    return frozenset.intersection(*parts) if key == ALL else frozenset.union(*parts)


def split(rule, context):
    """(ids of units or None for all, rest of the rule): together they say the same as the rule."""
    units = units_of(rule, context)
    if units is not None:
        return units, EVERYONE
    [(key, value)] = rule.items()
    if key != ALL or not value:
        return None, rule
    parts = [split(inner, context) for inner in value]
    rest = [inner for _, inner in parts if inner != EVERYONE]
    narrowed = [units for units, _ in parts if units is not None]
    units = frozenset.intersection(*narrowed) if narrowed else None
    return units, rest[0] if len(rest) == 1 else {ALL: rest}

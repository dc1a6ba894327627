"""What a target says, in words: for the panel beside its figures."""

from cadres.rules import describe
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_threshold
from trainingplans.plans.models import Target


def definition_of(target, context):
    """{population, attained, facts}: the rules in words and what they rest on."""
    return {
        "population": describe(target.population, context),
        "attained": describe(target.attained, context),
        "facts": facts_of(target),
    }


def facts_of(target):
    """What _facts.html prints."""
    scope = target.unit.name if target.unit else "toàn tỉnh"
    return [
        {"label": "Ngưỡng", "value": format_threshold(target.threshold)},
        {"label": "Hạn", "value": show(target.due)},
        {"label": "Phạm vi", "value": scope},
        {"label": "Căn cứ", "value": target.legal_basis},
        {"label": "Chương trình", "value": str(target.programme or "không thuộc chương trình nào")},
        {"label": "Tính vào", "value": "vị trí chính, đúng ngày xem"},
    ]


def target_named(key, account):
    """The visible target with this number or code; Target.DoesNotExist otherwise."""
    visible = Target.objects.visible_to(account).select_related("programme", "unit")
    if key.isdecimal() and (found := visible.filter(pk=key).first()):
        return found
    return visible.get(code=key[:40])

"""What a target says, in words: for the panel beside its figures."""

from django.urls import reverse

from cadres.rules import describe
from reports.sentences import capital
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_threshold
from trainingplans.plans.models import Target


def definition_of(target, context):
    """What _defs.html prints: the rules in words and what they rest on."""
    scope = target.unit.name if target.unit else "toàn tỉnh"
    return [
        {"label": "Tính trên", "value": capital(describe(target.population, context))},
        {"label": "Đạt khi", "value": capital(describe(target.attained, context))},
        {"label": "Ngưỡng", "value": format_threshold(target.threshold)},
        {"label": "Hạn", "value": show(target.due)},
        {"label": "Phạm vi", "value": scope},
        {"label": "Căn cứ", "value": target.legal_basis},
        _programme(target),
        {"label": "Tính vào", "value": "vị trí chính, đúng ngày xem"},
    ]


def _programme(target):
    if target.programme is None:
        return {"label": "Chương trình", "value": "không thuộc chương trình nào"}
    return {
        "label": "Chương trình",
        "value": target.programme.number or target.programme.title,
        "url": reverse("plans:programme", args=[target.programme_id]),
        "link": "xem văn bản",
    }


def target_named(key, account):
    """The visible target with this number or code; Target.DoesNotExist otherwise."""
    visible = Target.objects.visible_to(account).select_related("programme", "unit")
    if key.isdecimal() and (found := visible.filter(pk=key).first()):
        return found
    return visible.get(code=key[:40])

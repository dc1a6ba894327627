"""The history of a target's definition: who changed what, when, in words."""

from django.utils import timezone

from cadres.rules import RuleContext, describe, validate
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_threshold

ACTS = {"+": "thêm", "~": "sửa", "-": "xóa"}


def versions_of(target):
    """[{who, when, act, changes: [{label, old, new}]}], the newest first."""
    rows = list(target.history.select_related("history_user", "unit", "programme"))
    context = RuleContext()
    told = [_facts(row, context) for row in rows]
    before = [*told[1:], {}]
    return [
        {
            "who": str(row.history_user or "Hệ thống"),
            "when": timezone.localtime(row.history_date),
            "act": ACTS[row.history_type],
            "changes": _changes(old, new),
        }
        for row, old, new in zip(rows, before, told, strict=True)
    ]


def _facts(row, context):
    """{label: words} of one state."""
    return {
        "Tên": row.name,
        "Mã": row.code,
        "Tính trên": _words(row.population, context),
        "Đạt khi": _words(row.attained, context),
        "Ngưỡng": format_threshold(row.threshold),
        "Hạn": show(row.due),
        "Căn cứ": row.legal_basis,
        "Chương trình": str(row.programme or ""),
        "Phạm vi": str(row.unit or "toàn tỉnh"),
    }


def _words(rule, context):
    return "định nghĩa không đọc được" if validate(rule, context) else describe(rule, context)


def _changes(old, new):
    return [
        {"label": label, "old": old.get(label, ""), "new": words}
        for label, words in new.items()
        if words != old.get(label, "")
    ]

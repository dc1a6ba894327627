"""What a version of a plan changes against the one before: items, people, money."""

from dataclasses import dataclass, field

from cadres.composing.drafts import rule_words
from trainingplans.lib.numbers import format_money, format_number, format_signed
from trainingplans.plans.items import items_with_all
from trainingplans.plans.names import UnitNames
from trainingplans.plans.totals import totals_of

ADDED, DROPPED, CHANGED = "Thêm", "Bỏ", "Sửa"


@dataclass
class ItemChange:
    """An item that was added, dropped or changed; `facts`: [{label, old, new}]."""

    act: str
    code: str
    title: str
    facts: list = field(default_factory=list)


@dataclass
class Difference:
    """All changes and the sums before and after: [{label, old, new, change}]."""

    items: list
    sums: list

    @property
    def sentence(self):
        """How many items are added, dropped, changed."""
        acts = [item.act for item in self.items]
        counted = [(act.lower(), acts.count(act)) for act in (ADDED, DROPPED, CHANGED)]
        told = ", ".join(f"{act} {number} mục" for act, number in counted if number)
        return f"Bản này {told}." if told else "Bản này chưa đổi gì so với bản trước."


def difference(old, new):
    """The Difference of two versions of a plan; a fixed number of queries."""
    names = UnitNames()
    before = {item.code: item for item in items_with_all(old)}
    after = {item.code: item for item in items_with_all(new)}
    changes = [_change(before.get(code), item, names) for code, item in after.items()]
    gone = [item for code, item in before.items() if code not in after]
    changes += [
        ItemChange(DROPPED, item.code, item.title, _facts(item, names, {})) for item in gone
    ]
    return Difference(
        items=[change for change in changes if change],
        sums=_sums(totals_of(before.values()), totals_of(after.values())),
    )


def _change(old, new, names):
    if old is None:
        return ItemChange(ADDED, new.code, new.title, _facts({}, names, new))
    facts = _facts(old, names, new)
    return ItemChange(CHANGED, new.code, new.title, facts) if facts else None


def _facts(old, names, new):
    """[{label, old, new}] of what differs; {} for an item that is not there."""
    before, after = (_told(item, names) if item else {} for item in (old, new))
    labels = dict.fromkeys([*before, *after])
    return [
        {"label": label, "old": before.get(label, ""), "new": after.get(label, "")}
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def _told(item, names):
    """{label: words} of an item, its money by source and unit, its seats by unit."""
    told = {
        "Nội dung": item.title,
        "Nhóm": str(item.category or ""),
        "Khóa": str(item.course or ""),
        "Số lớp": format_number(item.classes),
        "Người học": format_number(item.learners),
        "Quý": str(item.quarter or ""),
        "Hình thức": item.get_mode_display(),
        "Nơi dạy": str(item.institution or item.institution_text),
        "Địa điểm": item.place,
        "Chủ trì": str(item.lead_unit or ""),
        "Đối tượng": item.audience_text,
        "Dành cho": rule_words(item.audience, ""),
        "Phục vụ mục tiêu": ", ".join(sorted(map(str, item.targets.all()))),
        "Suất dự phòng": format_number(item.reserve),
        "Ghi chú": item.note,
    }
    for cost in item.costs.all():
        place = names(cost.unit_id)
        label = f"{cost.source}, {place}" if place else str(cost.source)
        told[label] = format_money(cost.amount)
    for quota in item.quotas.all():
        told[f"Suất {names(quota.unit_id)}"] = format_number(quota.seats)
    return told


def _sums(old, new):
    rows = [
        ("Lớp", old.classes, new.classes, format_number),
        ("Người học", old.learners, new.learners, format_number),
        ("Kinh phí", old.amount, new.amount, format_money),
    ]
    return [
        {
            "label": label,
            "old": write(before),
            "new": write(after),
            "change": _signed(after - before, write),
        }
        for label, before, after, write in rows
    ]


def _signed(change, write):
    if write is format_number:
        return format_signed(change) if change else "—"
    return f"{'+' if change > 0 else ''}{write(change)}" if change else "—"

"""The dated settings of nominating on a day: how strict each check is, points of each reason."""

from dataclasses import dataclass
from decimal import Decimal

from courses.models import Check, PolicyWeight, RuleSetting

Severity = RuleSetting.Severity
REASONS = {
    "deadline": "Mục tiêu đến hạn trong hai năm",
    "in_planning": "Trong quy hoạch",
    "women": "Nữ",
    "ethnic_minority": "Dân tộc thiểu số",
    "youth": "Người trẻ",
    "never_trained": "Chưa từng học",
    "leadership": "Đang giữ chức vụ lãnh đạo, quản lý",
    "years_to_retirement": "Còn nhiều năm công tác",
    "prerequisites": "Đủ điều kiện học trước",
    "wish": "Có nguyện vọng học",
}
# What the value of a setting counts; checks without a value are not here.
VALUES = {
    Check.AGE: "tuổi cao nhất",
    Check.SERVICE: "số năm công tác ít nhất",
    Check.APPRAISAL: "số năm liền trước",
    Check.RETIRING: "số năm còn lại ít nhất",
    "youth": "dưới tuổi",
    "yearly_hours": "số tiết mỗi năm",
    "commitment_multiple": "số lần thời gian học",
    "repay_reduction": "% mỗi năm công tác",
    "repay_reduction_preferred": "% mỗi năm công tác",
}
# Settings that hold a value and check nothing: nothing is warned of or blocked by them.
PLAIN = {
    "youth": "Tuổi được coi là người trẻ",
    "yearly_hours": "Số tiết bồi dưỡng tối thiểu mỗi năm",
    "commitment_multiple": "Thời gian cam kết phục vụ sau đào tạo",
    "repay_reduction": "Giảm đền bù theo năm công tác",
    "repay_reduction_preferred": "Giảm đền bù theo năm công tác, nữ và dân tộc thiểu số",
}
RULES = {**dict(Check.choices), **PLAIN}


@dataclass(frozen=True)
class Setting:
    """How strict a check is, and its value."""

    severity: str = Severity.OFF
    value: Decimal | None = None


class Policy:
    """The settings of one day; two queries, for any number of people."""

    def __init__(self, on):
        self.on = on
        rows = RuleSetting.objects.at(on).order_by("valid_from")
        self._settings = {(r.key, r.staff_kind): Setting(r.severity, r.value) for r in rows}
        self.weights = {
            row.reason: row.weight for row in PolicyWeight.objects.at(on).order_by("valid_from")
        }

    def of(self, key, staff_kind=""):
        """The Setting of a rule for a kind of staff: its own, else the one for all kinds."""
        found = self._settings.get((key, staff_kind)) or self._settings.get((key, ""))
        return found or Setting()

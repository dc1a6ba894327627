"""Readers of the values in a plan's JSON: the value as the model has it, or a ValueError."""

from cadres.rules.base import allowed, shown
from courses.models import TrainingClass
from trainingplans.lib.dates import parse_iso
from trainingplans.lib.text import tidy
from trainingplans.plans.models import PlanState

MOST_PEOPLE = 10_000_000
MOST_MONEY = 10**15
STATES = [state for state in PlanState.values if state != PlanState.REPLACED]


def text_of(length, *, empty=False):
    """A reader of tidy texts no longer than their column."""

    def read(value):
        if empty and value is None:
            return ""
        if not isinstance(value, str) or not (empty or tidy(value)):
            raise ValueError(f"phải là chữ, không để trống, không phải {shown(value)}.")
        if len(tidy(value)) > length:
            raise ValueError(f"dài {len(tidy(value))} ký tự, tối đa {length}.")
        return tidy(value)

    return read


def lines_of(value):
    """Several lines of text, each tidy."""
    if not isinstance(value, str):
        raise ValueError(f"phải là chữ, không phải {shown(value)}.")
    return "\n".join(filter(None, map(tidy, value.splitlines())))


def day_of(value):
    """The day of an ISO date."""
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError(f"{shown(value)} không phải là ngày dạng 2026-11-22.")
    return parse_iso(value)


def _whole(value, most, noun):
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"phải là số nguyên {noun}, không phải {shown(value)}.")
    if value < 0:
        raise ValueError(f"không được âm: {value}.")
    if value > most:
        raise ValueError(f"lớn quá: {value}.")
    return value


def count_of(value):
    """A number of people."""
    return _whole(value, MOST_PEOPLE, "từ 0 trở lên")


def money_of(value):
    """Whole đồng."""
    return _whole(value, MOST_MONEY, "đồng")


def quarter_of(value):
    """1 to 4; None stays."""
    if value is None:
        return None
    if isinstance(value, bool) or value not in (1, 2, 3, 4):
        raise ValueError(f"phải là 1, 2, 3 hoặc 4, không phải {shown(value)}.")
    return value


def state_of(value):
    """The state of a plan."""
    if value in STATES:
        return value
    raise ValueError(f"không có trạng thái {shown(value)}. Các trạng thái: {allowed(STATES)}.")


def mode_of(value):
    """How a class is held; empty where not said."""
    if value in ("", None):
        return ""
    modes = TrainingClass.Mode.values
    if value in modes:
        return value
    raise ValueError(f"không có hình thức {shown(value)}. Các hình thức: {allowed(modes)}.")

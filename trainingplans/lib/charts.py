"""Geometry of the charts: figures in, positions for SVG out (text with a point, ready to print)."""

import textwrap
from datetime import date

from trainingplans.lib.numbers import format_number, format_percent_figure, format_signed

WIDE, NARROW = "wide", "narrow"
TREND_WIDTH = {WIDE: (640, 576), NARROW: (340, 290)}  # drawing, right end of the axis
TREND_LEFT, TREND_TOP, TREND_FOOT = 38, 16, 220
BRIDGE_WIDTH, BRIDGE_FOOT, BRIDGE_TOP = 760, 218, 40
NARROW_LEFT, NARROW_RIGHT, NARROW_ROW = 128, 290, 32


def px(value):
    """A length with one decimal, as SVG writes it."""
    return f"{float(value):.1f}"


# ---- bridge: why a figure moved ----------------------------------------------------------------


def bridge(steps):
    """Two drawings of [{label, value, is_total, note}]: totals at both ends, changes between them.

    Returns {wide, narrow, floor}: each drawing has width, height, bars; floor is the axis' start.
    """
    spans = list(_spans(steps))
    top = max(high for _low, high in spans)
    lowest = min(span[step["is_total"]] for step, span in zip(steps, spans, strict=True))
    floor = _floor(lowest, top)
    wide = [_column(step, span, i, len(steps), floor, top) for i, step, span in _rows(steps, spans)]
    narrow = [_row(step, span, i, len(steps), floor, top) for i, step, span in _rows(steps, spans)]
    return {
        "floor": floor,
        WIDE: {"width": BRIDGE_WIDTH, "height": 258, "foot": px(BRIDGE_FOOT), "bars": wide},
        NARROW: {"width": 340, "height": NARROW_ROW * len(steps) + 8, "bars": narrow},
    }


def _rows(steps, spans):
    return zip(range(len(steps)), steps, spans, strict=True)


def _spans(steps):
    """(low, high) of each bar, running from the total before it."""
    level = 0
    for step in steps:
        before, level = level, step["value"] if step["is_total"] else level + step["value"]
        yield (0, level) if step["is_total"] else (min(before, level), max(before, level))


def _floor(low, top, lowest_share=0.7):
    """Where the axis starts: zero, or a round number when all bars end far above it."""
    ends = low if low > 0 else 0
    return 0 if ends < lowest_share * top else _round_down(ends - (top - ends) * 0.6)


def _round_down(value):
    step = 10 if value < 1000 else 100
    return max(int(value // step * step), 0)


def _kind(step):
    return "bar-total" if step["is_total"] else "bar-up" if step["value"] >= 0 else "bar-down"


def _written(step):
    return format_number(step["value"]) if step["is_total"] else format_signed(step["value"])


def _column(step, span, index, count, floor, top):
    """One upright bar with its figure above, two lines of words below, a joint to the next."""
    slot = BRIDGE_WIDTH / count
    scale = (BRIDGE_FOOT - BRIDGE_TOP) / max(top - floor, 1)
    low, high = max(span[0], floor), max(span[1], floor)
    y, x = BRIDGE_FOOT - (high - floor) * scale, slot * (index + 0.19)
    end = high if step["is_total"] or step["value"] >= 0 else low
    joint = BRIDGE_FOOT - (end - floor) * scale
    lines = [step["label"], step.get("note", "")]
    if not step["is_total"]:
        lines = textwrap.wrap(step["label"], max(int(slot // 8), 8), max_lines=2, placeholder="…")
    return {
        "css": _kind(step),
        "is_total": step["is_total"],
        "x": px(x),
        "y": px(y),
        "width": px(slot * 0.62),
        "height": px(max((high - low) * scale, 1)),
        "middle": px(slot * (index + 0.5)),
        "value": _written(step),
        "value_y": px(y - 6),
        "lines": [{"text": text, "y": 236 + 16 * i} for i, text in enumerate(lines) if text],
        "joint": index + 1 < count
        and {"x1": px(x + slot * 0.62), "x2": px(x + slot), "y": px(joint)},
    }


def _row(step, span, index, count, floor, top):
    """One lying bar: words at its left, figure at its right, a joint to the next."""
    scale = (NARROW_RIGHT - NARROW_LEFT) / max(top - floor, 1)
    low, high = max(span[0], floor), max(span[1], floor)
    x, y = NARROW_LEFT + (low - floor) * scale, 6 + NARROW_ROW * index
    width = max((high - low) * scale, 1)
    end = x + width if step["is_total"] or step["value"] >= 0 else x
    words = f"{step['label']} {step.get('note', '')}" if step["is_total"] else step["label"]
    return {
        "css": _kind(step),
        "is_total": step["is_total"],
        "x": px(x),
        "y": px(y),
        "width": px(width),
        "text_y": px(y + 15),
        "label": textwrap.shorten(words, 22, placeholder="…"),
        "value": _written(step),
        "value_x": px(x + width + 5),
        "joint": index + 1 < count and {"x": px(end), "y1": px(y + 20), "y2": px(y + NARROW_ROW)},
    }


# ---- trend: over time, with a forecast ---------------------------------------------------------


def trend(points, threshold=None, forecast=None):
    """Two drawings of [(date, percent)] with a threshold and a forecast {on, percent, low, high}.

    Returns {wide, narrow}, or None for fewer than two days.
    """
    days = [on for on, _percent in points] + ([forecast["on"]] if forecast else [])
    if len(days) < 2:
        return None
    ends = _scale(points, threshold, forecast)
    return {size: _trend(size, points, threshold, forecast, days, ends) for size in TREND_WIDTH}


def _scale(points, threshold, forecast):
    """Lowest and highest percentage drawn: round, with room around, never above 100."""
    values = [float(percent) for _on, percent in points]
    values += [float(threshold)] if threshold is not None else []
    if forecast:
        known = (forecast.get(key) for key in ("percent", "low", "high"))
        values += [float(value) for value in known if value is not None]
    low = max((min(values) - 3) // 5 * 5, 0)
    return low, max(min(-(-(max(values) + 5) // 5) * 5, 100), low + 10)


def _trend(size, points, threshold, forecast, days, ends):
    width, right = TREND_WIDTH[size]
    first, days_long = min(days), max((max(days) - min(days)).days, 1)
    low, high = ends

    def x(on):
        return TREND_LEFT + (on - first).days / days_long * (right - TREND_LEFT)

    def y(percent):
        return TREND_FOOT - (float(percent) - low) / (high - low) * (TREND_FOOT - TREND_TOP)

    dots = [_dot(x(on), y(percent), percent, threshold) for on, percent in points]
    return {
        "width": width,
        "right": right,
        "grid": [{"y": px(y(v)), "text_y": px(y(v) + 4), "value": v} for v in _lines(low, high)],
        "dots": dots[:-1],
        "last": dots[-1],
        "line": " ".join(f"{dot['x']},{dot['y']}" for dot in dots),
        "threshold": threshold is not None
        and {"y": px(y(threshold)), "text_y": px(y(threshold) - 6), "value": threshold},
        "ahead": forecast and _ahead(forecast, points[-1], x, y, threshold),
        "ticks": [{"x": px(x(on)), "text": text} for on, text in _ticks(days, size)],
    }


def _lines(low, high):
    step = 10 if high - low <= 60 else 20
    return [v for v in range(0, 101, step) if low <= v <= high]


def _dot(x, y, percent, threshold):
    value = format_percent_figure(percent, threshold)
    # Below the dot, but above it near the foot, where the axis has its words.
    below = y + 26 <= TREND_FOOT
    return {"x": px(x), "y": px(y), "text_y": px(y + 20 if below else y - 10), "value": value}


def _ahead(forecast, last, x, y, threshold):
    """The dashed line to the forecast and, where a range is known, the fan around it."""
    fan = None
    if forecast.get("low") is not None and forecast.get("high") is not None:
        end = x(forecast["on"])
        fan = {
            "path": f"M{px(x(last[0]))} {px(y(last[1]))} L{px(end)} {px(y(forecast['high']))}"
            f" L{px(end)} {px(y(forecast['low']))}Z",
            "ends": [
                _end(end, y, forecast, key) for key in ("low", "high") if _apart(forecast, key, y)
            ],
        }
    dot = _dot(x(forecast["on"]), y(forecast["percent"]), forecast["percent"], threshold)
    return dot | {
        "fan": fan,
        "text_x": px(x(forecast["on"]) + 9),
        "text_y": px(float(dot["y"]) + 4),
    }


def _apart(forecast, key, y):
    """Whether the figure at an end of the range has room beside the forecast's own."""
    return abs(y(forecast[key]) - y(forecast["percent"])) >= 11


def _end(x, y, forecast, key):
    text_y = y(forecast[key]) + (2 if key == "high" else 8)
    return {"x": px(x + 9), "y": px(text_y), "value": format_percent_figure(forecast[key])}


def _ticks(days, size):
    """Ends of years on the axis; the first and last day where the axis is too short for years."""
    first, last = min(days), max(days)
    ends = [date(year, 12, 31) for year in range(first.year, last.year + 1)]
    ends = [on for on in ends if first <= on <= last]
    if len(ends) < 2:
        return [(on, f"{on:%d/%m/}{on.year}") for on in (first, last)]
    every = -(-len(ends) // (7 if size == WIDE else 4))
    words = "cuối {}" if size == WIDE else "{}"
    return [(on, words.format(on.year)) for on in reversed(ends[::-1][::every])]

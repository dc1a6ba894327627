"""Charts as numbers: where their bars and dots stand."""

from datetime import date

import pytest

from tests import gallery
from trainingplans.lib import charts

pytestmark = pytest.mark.no_database


def test_bridge_bars_hang_together():
    drawing = charts.bridge(gallery.BRIDGE)
    bars = drawing["wide"]["bars"]
    assert [bar["value"] for bar in bars] == ["754", "+61", "+14", "−5", "−19", "−9", "−2", "794"]
    for bar, after in zip(bars, bars[1:], strict=False):
        top, foot = float(after["y"]), float(after["y"]) + float(after["height"])
        joint = float(bar["joint"]["y"])
        assert min(abs(joint - top), abs(joint - foot)) < 1.1
    assert bars[-1]["joint"] is False
    assert 0 < drawing["floor"] < 754
    scale = float(bars[1]["height"]) / 61
    assert abs(float(bars[0]["height"]) / scale - (754 - drawing["floor"])) < 1


def test_bridge_of_small_numbers_starts_at_zero():
    steps = [
        {"label": "Đầu kỳ", "value": 0, "is_total": True},
        {"label": "Mới đạt", "value": 3, "is_total": False},
        {"label": "Đến", "value": 3, "is_total": True},
    ]
    assert charts.bridge(steps)["floor"] == 0


def test_trend_stays_inside_the_drawing():
    drawings = charts.trend(gallery.POINTS, 85, gallery.FORECAST)
    for drawing in drawings.values():
        for dot in [*drawing["dots"], drawing["last"], drawing["ahead"]]:
            assert 38 <= float(dot["x"]) <= drawing["right"]
            assert 16 <= float(dot["y"]) <= 220
    assert [tick["text"] for tick in drawings["narrow"]["ticks"]] == [
        "2021",
        "2023",
        "2025",
        "2027",
    ]
    assert drawings["wide"]["last"]["value"] == "81,9"


def test_trend_rises_when_figures_rise():
    dots = charts.trend(gallery.POINTS, None)["wide"]["dots"]
    heights = [float(dot["y"]) for dot in dots]
    assert heights == sorted(heights, reverse=True)


def test_trend_needs_two_days():
    assert charts.trend([(date(2026, 1, 1), 50)]) is None


def test_trend_of_full_attainment_stays_at_100():
    drawing = charts.trend([(date(2026, 1, 1), 100), (date(2026, 3, 1), 100)], 100)["wide"]
    assert max(line["value"] for line in drawing["grid"]) == 100
    assert len(drawing["ticks"]) == 2

"""What the figures say, in words: opening lines and what changed between two days."""

from trainingplans.lib.dates import show
from trainingplans.lib.numbers import (
    format_number,
    format_percent,
    format_threshold,
)

WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
AT_MOST = 5  # sentences on a page; more is a feed that nobody reads
UNITS_TOLD = 2


def number_words(number):
    """Up to ten in words, then digits: ba, 12."""
    return WORDS[number] if 0 <= number < len(WORDS) else format_number(number)


def capital(text):
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def reached(lines):
    """ "Ba trong sáu mục tiêu đã đạt." of lines with `met` (None: nobody to count)."""
    counted = [line for line in lines if line.met is not None]
    met = sum(line.met for line in counted)
    total = number_words(len(counted))
    if not counted:
        return "Chưa có mục tiêu nào có người để tính."
    if len(counted) == 1:
        return "Mục tiêu duy nhất đã đạt." if met else "Mục tiêu duy nhất chưa đạt."
    if met == len(counted):
        return f"Cả {total} mục tiêu đã đạt."
    if not met:
        return f"Chưa mục tiêu nào trong {total} mục tiêu đạt."
    return f"{capital(number_words(met))} trong {total} mục tiêu đã đạt."


def furthest(lines):
    """The line with most people short, None when nothing is short."""
    short = [line for line in lines if line.short_by]
    return max(short, key=lambda line: line.short_by) if short else None


def opening(lines, on):
    """The first line of a page about all targets: {strong, parts} with the furthest one linked."""
    worst = furthest(lines)
    if worst is None:
        return {"strong": reached(lines), "parts": []}
    late = " và đã quá hạn" if worst.due < on else f", hạn {show(worst.due)}"
    return {
        "strong": reached(lines),
        "parts": [
            {"text": "Xa nhất là "},
            {"text": worst.name, "url": worst.url},
            {"text": f": còn thiếu {format_number(worst.short_by)} người{late}."},
        ],
    }


def of_one(line):
    """The first line of a page about one target."""
    if line.met is None:
        return "Không có ai thuộc đối tượng của mục tiêu này, nên không tính tỉ lệ."
    if line.met:
        return f"Đã đạt ngưỡng {format_threshold(line.threshold)}."
    return (
        f"Còn thiếu {format_number(line.short_by)} người để đạt ngưỡng "
        f"{format_threshold(line.threshold)}."
    )


# ---- what changed between two days -------------------------------------------------------------


def changes(before, now, units_before, units_now, url_of):
    """At most five sentences between two days, what matters most first.

    `before`, `now`: {target id: line}; `units_*`: {(target id, unit id): line}; `url_of(line)`.
    """
    told = [*_crossed(before, now), *_losing_units(units_before, units_now, url_of)]
    crossed = {pk for pk, _sentence in told if pk}
    told += [pair for pair in _moved(before, now) if pair[0] not in crossed]
    return [sentence for _pk, sentence in told[:AT_MOST]]


def _crossed(before, now):
    """Targets that passed their threshold, then those that fell below it."""
    for passed in (True, False):
        for pk, line in now.items():
            old = before.get(pk)
            if old and old.met is not None and line.met is passed and old.met is not passed:
                yield pk, _crossing(old, line, passed)


def _crossing(old, line, passed):
    word = "vượt ngưỡng" if passed else "xuống dưới ngưỡng"
    return {
        "sign": "up" if passed else "down",
        "parts": [
            {"text": line.name, "url": line.url},
            {"text": f" {word}: từ {_share(old)} nay là {_share(line)}."},
        ],
    }


def _losing_units(before, now, url_of):
    """The units that lost most people who had attained a target."""
    losses = []
    for key, line in now.items():
        old = before.get(key)
        if old and line.attained < old.attained:
            losses.append((old.attained - line.attained, line))
    losses.sort(key=lambda pair: (-pair[0], pair[1].unit_name))
    for lost, line in losses[:UNITS_TOLD]:
        text = f" bớt {format_number(lost)} người đạt “{line.name}”{_still_short(line)}."
        yield (
            None,
            {
                "sign": "down",
                "parts": [{"text": line.unit_name, "url": url_of(line)}, {"text": text}],
            },
        )


def _still_short(line):
    return f"; nay thiếu {format_number(line.short_by)} người" if line.short_by else ""


def _moved(before, now):
    """Other targets, the largest change of people first; those that stand still last."""
    pairs = [(now[pk].attained - old.attained, pk, old) for pk, old in before.items() if pk in now]
    for change, pk, old in sorted(pairs, key=lambda row: (-abs(row[0]), row[1])):
        if change or old.population != now[pk].population:
            yield pk, _moving(old, now[pk], change)


def _moving(old, line, change):
    word = "thêm" if change > 0 else "bớt"
    if change:
        text = f": {word} {format_number(abs(change))} người đạt, "
    else:
        text = f": vẫn {format_number(line.attained)} người đạt, "
    text += f"từ {_share(old)} nay là {_share(line)}."
    return {
        "sign": "up" if change > 0 else "down" if change < 0 else "same",
        "parts": [{"text": line.name, "url": line.url}, {"text": text}],
    }


def _share(line):
    """The share of a line; never rounded up to a threshold that is not met."""
    return format_percent(line.percent, line.threshold)

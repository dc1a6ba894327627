"""Excel's day numbers."""

import datetime
import math
import re

EPOCHS = {1900: datetime.date(1899, 12, 30), 1904: datetime.date(1904, 1, 1)}
LAST = 2_958_465
DATE_FORMATS = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def is_date_format(number, code):
    """Whether a number format shows a day (not only a time)."""
    if code is None:
        return number in DATE_FORMATS
    bare = QUOTED.sub("", code.split(";")[0]).lower()
    if bare == "general" or not any(c in bare for c in "dmy"):
        return False
    return "d" in bare or "y" in bare or ("m" in bare and "h" not in bare and "s" not in bare)


def shown_part(number, code):
    """How much of a day a date format shows: "month", "year", or "" for all of it."""
    bare = QUOTED.sub("", code.split(";")[0]).lower() if code is not None else ""
    if number == 17 and code is None:  # mmm-yy
        return "month"
    if "y" not in bare or "d" in bare or "h" in bare:
        return ""
    return "month" if "m" in bare else "year"


def as_shown(date, part):
    """The first of a month under a format without days: the text that was typed, 3/1985."""
    if part == "month" and date.day == 1:
        return f"{date.month:02d}/{date.year}"
    if part == "year" and (date.month, date.day) == (1, 1):
        return str(date.year)
    return date


def from_serial(number, system):
    """The date (or datetime) of a day number; None when there is no such day."""
    if not math.isfinite(number) or number < 0 or number > LAST:
        return None
    day = int(number)
    if system == 1900:
        if day == 60:
            return None
        if day < 60:
            day += 1
    date = EPOCHS[system] + datetime.timedelta(days=day)
    seconds = round((number - int(number)) * 86400)
    if not seconds:
        return date
    return datetime.datetime.combine(date, datetime.time()) + datetime.timedelta(seconds=seconds)


def to_serial(date, system):
    """The day number that Excel keeps for a date."""
    number = (date - EPOCHS[system]).days
    return number - 1 if system == 1900 and number <= 60 else number


def iso_date(text):
    """The date of an ISO 8601 text; the text itself where it is none."""
    try:
        moment = datetime.datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text
    return moment if moment.time() != datetime.time() else moment.date()

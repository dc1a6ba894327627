"""The day that a list describes: what its own heading says of it, and another one told on the page.

A list that is sent with the wrong day starts every post and level in it on that wrong day.
"""

import re
from datetime import date

from django import forms

from cadres.intake.kinds import ROSTER
from trainingplans.lib.dates import show, today
from trainingplans.lib.numbers import format_number
from trainingplans.lib.text import fold

FIELD, TAKEN = "ngay", "theo-ngay"
# Folded texts: "(tính đến ngày 31/7/2026)", "đến hết ngày 31 tháng 7 năm 2026".
TOLD = re.compile(
    r"\bden (?:het )?(?:ngay )?(\d{1,2})(?:[/.-]| thang )(\d{1,2})(?:[/.-]| nam )(\d{4})"
)
PERIOD = re.compile(r"\btu (?:ngay )?\d")  # "từ ngày … đến ngày …" is no day of a list


class DayError(ValueError):
    """What was typed is no day of a list; the text says why, in Vietnamese."""


def context(batch, sheets, before=None):
    """{field, value, told (another day that the list may be of) or "", by}; None for other lists.

    `before`: the import that this file goes on with; `by`: "file" or "before", who tells the day.
    """
    if batch.kind != ROSTER:
        return None
    told, by = told_in(sheets), "file"
    if before and not told:
        told, by = before.on, "before"
    return {
        "field": FIELD,
        "value": show(batch.on),
        "told": show(told) if told and told != batch.on else "",
        "by": by,
    }


def told_in(sheets):
    """The first day that the lines above a table say the list is of, or None."""
    for sheet in sheets:
        for row, kind in sheet["row_kinds"].items() if sheet["used"] else ():
            for text in sheet["grid"][int(row) - 1] if kind == "title" else ():
                if day := _day_in(fold(text)):
                    return day
    return None


def _day_in(text):
    found = None if PERIOD.search(text) else TOLD.search(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        told = date(year, month, day)
    except ValueError:
        return None
    return told if told <= today() else None


def chosen(batch, posted):
    """The day that a posted form wants for the list; that of the batch where it says nothing."""
    text = posted.get(TAKEN) or posted.get(FIELD)
    if batch.kind != ROSTER or text is None:
        return batch.on
    try:
        day = forms.DateField().clean(text)
    except forms.ValidationError:
        raise DayError(
            f"Ngày của danh sách “{text}” không có trong lịch. Ghi như 31/07/2026."
        ) from None
    if day > today():
        raise DayError(f"Ngày của danh sách {show(day)} ở sau hôm nay. Sửa lại ngày.")
    return day


def told_later(batch):
    """What follows from a list of a later day that was imported before this one; "" without one."""
    later = batch.report.get("later")
    if not later:
        return ""
    day = show(date.fromisoformat(later["day"]))
    words = (
        f"Đã nhập danh sách ngày {day} của cùng đơn vị, mới hơn danh sách này (ngày "
        f"{show(batch.on)}): những gì ghi lần này chỉ tính đến trước ngày {day}."
    )
    if later["new"]:
        words += (
            f" {format_number(later['new'])} người thêm mới không có trong danh sách đó nên thôi "
            f"vị trí từ ngày {day}, không nằm trong danh sách hiện nay."
        )
    return words

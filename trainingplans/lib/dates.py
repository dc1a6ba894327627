"""Days as the portal knows them: today in Vietnam, partial dates, dd/mm/yyyy."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

FOREVER = date(9999, 12, 31)  # an open end of a period; half-open, so it never counts itself
EVER = date(1, 1, 1)  # an open beginning
FIRST_YEAR, LAST_YEAR = 1900, 2100  # the years that may be asked for
DAY, MONTH, YEAR = "day", "month", "year"
PRECISIONS = [(DAY, "Ngày"), (MONTH, "Tháng"), (YEAR, "Năm")]
ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
TYPED = re.compile(r"^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$")


def today():
    """The current day in Asia/Ho_Chi_Minh."""
    return timezone.localdate()


def show(day):
    """dd/mm/yyyy, or "" for no day."""
    return f"{day:%d/%m/}{day.year:04d}" if day else ""


def parse_iso(text):
    """A date from yyyy-mm-dd; ValueError in Vietnamese otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"“{text}” không phải là ngày; viết dạng năm-tháng-ngày, ví dụ 2026-11-22."
        ) from None


def add_years(day, years):
    """The same day some years later; 29 February becomes 1 March, so that no year is lost."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def add_months(day, months):
    """The same day some months later, or the month's last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True)
class PartialDate:
    """A day of which perhaps only the month or the year is known; `first` is its first day."""

    first: date
    precision: str = DAY

    @classmethod
    def parse(cls, text):
        """From yyyy, yyyy-mm, yyyy-mm-dd or dd/mm/yyyy, mm/yyyy; ValueError otherwise."""
        text = str(text).strip()
        if found := ISO.match(text):
            year, month, day = found.groups()
        elif found := TYPED.match(text):
            day, month, year = found.groups()
        else:
            raise ValueError(f"“{text}” không phải là ngày, tháng/năm hoặc năm.")
        precision = DAY if day else MONTH if month else YEAR
        try:
            return cls(date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError:
            raise ValueError(f"Ngày {text} không có trong lịch.") from None

    @property
    def last(self):
        """The last day that it may mean."""
        if self.precision == YEAR:
            return date(self.first.year, 12, 31)
        if self.precision == MONTH:
            return add_months(self.first.replace(day=1), 1) - (date(1, 1, 2) - date(1, 1, 1))
        return self.first

    @property
    def iso(self):
        """yyyy, yyyy-mm or yyyy-mm-dd."""
        return self.first.isoformat()[: {YEAR: 4, MONTH: 7, DAY: 10}[self.precision]]

    @property
    def display(self):
        """yyyy, mm/yyyy or dd/mm/yyyy."""
        return show(self.first)[{YEAR: 6, MONTH: 3, DAY: 0}[self.precision] :]

    def __str__(self):
        return self.display

    def fits(self, other):
        """Whether both may be the same day: one begins with the other."""
        return self.iso.startswith(other.iso) or other.iso.startswith(self.iso)

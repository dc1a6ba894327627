"""Conditions on whole years: age, until retirement, of service. Undecidable is false."""

from datetime import date

from django.db.models import Q

from cadres.rules.base import NOBODY, Condition, register, shown
from trainingplans.lib.dates import EVER, FOREVER

YEARS_AT_MOST = 150


class Span(Condition):
    """{"from": 30, "to": 45}, both ends included, either may be missing."""

    shape = "range"
    lowest = 0

    def problems(self, value, context):
        if not isinstance(value, dict) or not value or not set(value) <= {"from", "to"}:
            return [f"cần from, to hoặc cả hai, không phải {shown(value)}."]
        wrong = [end for end, years in value.items() if not self._is_years(years)]
        if wrong:
            limits = f"từ {self.lowest} đến {YEARS_AT_MOST}"
            return [f"{end} phải là số năm tròn {limits}: {shown(value[end])}." for end in wrong]
        if value.get("from", self.lowest) > value.get("to", YEARS_AT_MOST):
            return [f"from {value['from']} lớn hơn to {value['to']}. Đổi chỗ hai số."]
        return []

    def _is_years(self, years):
        is_number = isinstance(years, int) and not isinstance(years, bool)
        return is_number and self.lowest <= years <= YEARS_AT_MOST

    def span(self, value):
        """ "từ 30 đến 45", "từ 30" or "không quá 45"."""
        first, last = value.get("from"), value.get("to")
        if first == last:
            return f"đúng {first}"
        if last is None:
            return f"từ {first}"
        return f"không quá {last}" if first is None else f"từ {first} đến {last}"

    def q(self, value, context):
        """At least `from` and at most `to` whole years; `to` is less than one year more."""
        found = Q()
        if "from" in value:
            found &= self.at_least(value["from"], context.on)
        if "to" in value:
            found &= self.less_than(value["to"] + 1, context.on)
        return found

    def at_least(self, years, on):
        raise NotImplementedError

    def less_than(self, years, on):
        raise NotImplementedError


class Elapsed(Span):
    """Years since a day that may be known in part: between `first` and `last`."""

    first, last = "", ""

    def columns(self, value):
        return tuple(c for key, c in (("from", self.last), ("to", self.first)) if key in value)

    def at_least(self, years, on):
        limit = years_before(on, years)
        return Q(**{f"{self.last}__lte": limit}) if limit else NOBODY

    def less_than(self, years, on):
        return Q(**{f"{self.first}__gt": years_before(on, years) or EVER})


class Age(Elapsed):
    code, label = "age", "Tuổi"
    first, last = "birth_first", "birth_last"

    def in_words(self, value, context):
        return f"{self.span(value)} tuổi"


class Service(Elapsed):
    code, label = "years_of_service", "Số năm công tác"
    first, last = "service_from", "service_last"

    def in_words(self, value, context):
        return f"công tác {self.span(value)} năm"

    def q(self, value, context):
        # A post "since ever" does not tell when the service began.
        return super().q(value, context) & Q(service_from__gt=EVER)

    def columns(self, value):
        return ("service_from", "service_last")


class Retirement(Span):
    """Whole years until the statutory retirement day; below 0 once it has passed."""

    code, label = "years_to_retirement", "Số năm còn lại đến khi nghỉ hưu"
    lowest = -50

    def in_words(self, value, context):
        return f"còn {self.span(value)} năm đến tuổi nghỉ hưu"

    def columns(self, value):
        ends = (("from", "retires_first"), ("to", "retires_last"))
        return tuple(column for key, column in ends if key in value)

    def at_least(self, years, on):
        return Q(retires_first__gte=years_after(on, years))

    def less_than(self, years, on):
        return Q(retires_last__lt=years_after(on, years))


def years_before(on, years):
    """The latest day from which `years` whole years have passed by `on`; None before the year 1.

    Who is born on 29 February completes a year on 1 March (as `add_years` has it).
    """
    if on.year - years < 1:
        return None
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def years_after(on, years):
    """The first day that is `years` whole years after `on`."""
    if on.year + years >= FOREVER.year:
        return FOREVER
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)


register(Age())
register(Service())
register(Retirement())

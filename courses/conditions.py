"""Conditions on people that need courses: who has completed a content of training."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, Sum

from cadres.rules import Condition
from cadres.rules.base import allowed, shown
from courses.models import Category, Enrolment
from trainingplans.lib.dates import show
from trainingplans.lib.text import lower_first

CATEGORY, FROM, TO, HOURS = "category", "from", "to", "hours_at_least"
KEYS = [CATEGORY, FROM, TO, HOURS]
HOURS_AT_MOST = 10_000


class Completed(Condition):
    """Has completed a content, or one below it in the tree, by the day; several courses add up.

    `from` and `to` limit the days on which the courses ended, both counted. Without a category
    any content counts, without hours any completed course does.
    """

    code, label, shape = "completed", "Đã học xong nội dung", "completed"

    def options(self, context):
        return [(row.code, f"{row.code} {row.name}") for row in categories(context).values()]

    def problems(self, value, context):
        if not isinstance(value, dict) or not value:
            return [f"cần ít nhất một trong các khóa {allowed(KEYS)}, không phải {shown(value)}."]
        if strange := [key for key in value if key not in KEYS]:
            return [f"không có khóa {shown(key)}. Các khóa: {allowed(KEYS)}." for key in strange]
        return [
            *_category_problems(value, context),
            *_day_problems(value),
            *_hours_problems(value),
        ]

    def normalise(self, value, context):
        found = {key: value[key] for key in KEYS if key in value}
        if CATEGORY in found:
            found[CATEGORY] = _category(found[CATEGORY], context).code
        return found

    def in_words(self, value, context):
        return f"đã học xong {_what(value, context)}"

    def in_words_not(self, value, context):
        return f"chưa học xong {_what(value, context)}"

    def q(self, value, context):
        return Q(official_id__in=self.learners(value, context))

    def learners(self, value, context):
        """The ids of the officials, as a subquery."""
        ended = [context.on, *([_day(value[TO])] if TO in value else [])]
        turns = Enrolment.objects.filter(completed=True, ends_on__lte=min(ended))
        if FROM in value:
            turns = turns.filter(ends_on__gte=_day(value[FROM]))
        if CATEGORY in value:
            turns = turns.filter(category__in=below(_category(value[CATEGORY], context), context))
        turns = turns.order_by().values("official_id")
        if HOURS in value:
            turns = turns.annotate(all_hours=Sum("hours")).filter(all_hours__gte=value[HOURS])
        return turns.values("official_id")


def categories(context):
    """{code: Category} in the order of codes, read once for a context."""
    return context.once("categories", lambda: {row.code: row for row in Category.objects.all()})


def below(category, context):
    """The ids of a category and of all that hang below it."""
    children = defaultdict(list)
    for row in categories(context).values():
        children[row.parent_id].append(row.pk)
    found, todo = [], [category.pk]
    while todo:
        pk = todo.pop()
        found.append(pk)
        todo += children[pk]
    return found


def _category(text, context):
    """The category of this code, in any case; None where there is none."""
    known = categories(context)
    return known.get(text) or {code.casefold(): row for code, row in known.items()}.get(
        text.strip().casefold()
    )


def _category_problems(value, context):
    if CATEGORY not in value:
        return
    code = value[CATEGORY]
    if not isinstance(code, str) or _category(code, context) is None:
        known = allowed(categories(context)) or "chưa có; chạy load_catalogues để nạp danh mục"
        yield f"không có nội dung {shown(code)}. Các mã: {known}."


def _day_problems(value):
    ends = [key for key in (FROM, TO) if key in value]
    wrong = [key for key in ends if _day(value[key]) is None]
    for key in wrong:
        yield f"{key} phải là ngày dạng 2026-01-31, không phải {shown(value[key])}."
    if len(ends) > 1 and not wrong and _day(value[FROM]) > _day(value[TO]):
        yield f"from {value[FROM]} sau to {value[TO]}. Đổi chỗ hai ngày."


def _hours_problems(value):
    hours = value.get(HOURS, 1)
    is_number = isinstance(hours, int) and not isinstance(hours, bool)
    if not is_number or not 1 <= hours <= HOURS_AT_MOST:
        limits = f"từ 1 đến {HOURS_AT_MOST}"
        yield f"hours_at_least phải là số tiết tròn {limits}, không phải {shown(hours)}."


def _day(text):
    """The date of an ISO text, None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except (TypeError, ValueError):
        return None


def _what(value, context):
    """ "nội dung Văn thư, lưu trữ (BD.VTLT), từ 01/01/2026 đến 31/12/2026, ít nhất 40 tiết"."""
    category = _category(value[CATEGORY], context) if CATEGORY in value else None
    parts = [
        f"nội dung {lower_first(category.name)} ({category.code})"
        if category
        else "nội dung bất kỳ",
        " ".join(
            f"{words} {show(_day(value[key]))}"
            for key, words in ((FROM, "từ"), (TO, "đến"))
            if key in value
        ),
        f"cộng lại ít nhất {value[HOURS]} tiết" if HOURS in value else "",
    ]
    return ", ".join(part for part in parts if part)

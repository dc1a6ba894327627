"""Sessions (half-days) as they are read: their order, their sums, days made from a pattern."""

from datetime import timedelta

from django.db.models import Case, IntegerField, Value, When

from courses.models import ClassSession

PARTS = list(ClassSession.Part.values)
DAYS = ["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Chủ nhật"]
MOST_AT_ONCE = 400


def part_order():
    """What orders a day's sessions: morning, afternoon, evening."""
    whens = [When(part=part, then=Value(place)) for place, part in enumerate(PARTS)]
    return Case(*whens, default=Value(len(PARTS)), output_field=IntegerField())


def in_order(sessions):
    """Sessions by day and half-day, with their instructor."""
    return sessions.select_related("instructor").order_by("on", part_order(), "pk")


def slots(first, last, weekdays, parts, skipped=()):
    """[(day, part)] of a pattern: from `first` to `last`, both counted, on these weekdays (0–6).

    Days of `skipped` (holidays) are left out.
    """
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    chosen = [day for day in days if day.weekday() in weekdays and day not in set(skipped)]
    return [(day, part) for day in chosen for part in PARTS if part in parts]


def weekday_words(day):
    """Thứ Hai, …, Chủ nhật."""
    name = DAYS[day.weekday()]
    return name if day.weekday() > 5 else f"Thứ {name}"


def sums_words(training_class, rows):
    """28 buổi, 112 tiết; khóa có 112 tiết."""
    hours = sum(row.hours for row in rows)
    told = f"{len(rows)} buổi, {hours} tiết"
    course = training_class.course.hours
    return f"{told}; khóa có {course} tiết" if course else told

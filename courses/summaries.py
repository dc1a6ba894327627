"""The overview of a class: facts, learners, sessions to come, what the next move still needs.

An upper layer adds a panel in `AppConfig.ready()`: `PANELS.append(function)`, a function
(training_class, account) → Panel or None.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from cadres.composing.drafts import rule_words
from courses.class_page import missing_of
from courses.models import ClassState, Enrolment, Nomination
from courses.states import buttons_of
from trainingplans.lib.dates import show, today
from trainingplans.lib.numbers import format_number

SESSIONS_SHOWN = 6
OVER = (ClassState.ENDED, ClassState.SETTLED, ClassState.CANCELLED)


@dataclass(frozen=True)
class Panel:
    """A box beside the overview: facts as templates/parts/_defs.html prints them."""

    title: str
    facts: list = field(default_factory=list)


PANELS: list[Callable] = []


def summary_of(training_class, account):
    """The context of courses/class.html beside the shell."""
    return {
        "facts": facts_of(training_class),
        "people": people_facts(training_class, account),
        "panels": [p for make in PANELS if (p := make(training_class, account))],
        "coming": sessions_to_come(training_class)[:SESSIONS_SHOWN],
        "checklists": checklists_of(training_class, account),
    }


def sessions_to_come(training_class):
    """The sessions from today on; none once the class is over or cancelled."""
    if training_class.state in OVER:
        return training_class.sessions.none()
    coming = training_class.sessions.filter(on__gte=today()).select_related("instructor")
    return coming.order_by("on", "id")


def learners_of(training_class, account):
    """Those in the class whom the account may see, in the order of given names."""
    visible = Enrolment.objects.visible_to(account).filter(training_class=training_class)
    return visible.select_related("official", "unit").order_by("official__sort_key", "pk")


UNNEEDED = ("Dành riêng cho", "Hạn đề cử")


def facts_of(training_class):
    """What the class is."""
    course, sessions = training_class.course, training_class.sessions
    teachers = sessions.exclude(instructor=None).values_list("instructor__full_name", flat=True)
    decision = training_class.decisions.exclude(number="").first()
    due = training_class.nominations_due
    facts = [
        {"label": "Khóa", "value": course_words(course)},
        {"label": "Nội dung", "value": f"{course.category}"},
        {"label": "Cơ sở đào tạo", "value": training_class.institution},
        {"label": "Nơi học", "value": training_class.place},
        {"label": "Chủ trì", "value": training_class.organiser},
        {"label": "Dành riêng cho", "value": rule_words(training_class.audience, "")},
        {"label": "Hình thức", "value": training_class.get_mode_display()},
        {"label": "Giảng viên", "value": "; ".join(sorted(set(teachers)))},
        {"label": "Hạn đề cử", "value": show(due)},
        {"label": "Quyết định", "value": decision and f"{decision.number}, {show(decision.date)}"},
    ]
    # A class need not be for some only, nor nominated to: nothing is missing then.
    return [one for one in facts if one["value"] or one["label"] not in UNNEEDED]


def course_words(course):
    """Tiếng Mông cơ bản, 112 tiết."""
    return f"{course.name}, {hours_words(course.hours)}" if course.hours else course.name


def hours_words(hours):
    """1.056 tiết; "" where nothing is told."""
    return f"{format_number(hours)} tiết" if hours else ""


def people_facts(training_class, account):
    """How many are in the class, wait, have left: of those whom the account may see."""
    mine = Enrolment.objects.visible_to(account).filter(training_class=training_class)
    inside = Q(state__in=["enrolled", "finished"])
    told = mine.aggregate(
        inside=Count("pk", filter=inside),
        women=Count("pk", filter=inside & Q(gender="nu")),
        units=Count("unit", filter=inside, distinct=True),
        left=Count("pk", filter=Q(state__in=["withdrawn", "replaced"])),
    )
    nominated = Nomination.objects.visible_to(account).filter(training_class=training_class)
    waiting = nominated.aggregate(
        sent=Count("pk", filter=Q(state="submitted")),
        taken=Count("pk", filter=Q(state="accepted")),
        reserve=Count("pk", filter=Q(state="reserve")),
    )
    facts = [
        {"label": "Trong lớp", "value": f"{told['inside']} trên {training_class.capacity} chỗ"},
        {"label": "Nữ", "value": _share(told["women"], told["inside"])},
        {"label": "Đơn vị", "value": told["units"] and f"{told['units']} đơn vị"},
        {"label": "Chờ xét", "value": waiting["sent"] and f"{waiting['sent']} người"},
        {"label": "Được nhận", "value": waiting["taken"] and f"{waiting['taken']} người"},
        {"label": "Dự bị", "value": waiting["reserve"] and f"{waiting['reserve']} người"},
        {"label": "Đã thôi", "value": told["left"] and f"{told['left']} người"},
    ]
    return [fact for fact in facts if fact["value"]]


def _share(part, whole):
    return f"{part} người" if whole and part else ""


def checklists_of(training_class, account):
    """[(move, what it still needs)] of the moves onward that the account may make."""
    onward = [move for move in buttons_of(training_class, account) if not move.needs_reason]
    lists = [(move, missing_of(training_class, move.code)) for move in onward]
    return [(move, missing) for move, missing in lists if missing]

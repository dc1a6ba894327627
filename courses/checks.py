"""What must be there before a class can end: marks of every session, a result of every learner."""

from django.urls import reverse

from courses.attendance import sessions_without_marks
from courses.results import studying
from courses.states import CHECKS, Problem
from trainingplans.lib.dates import show, today

NAMED = 4


def has_marks(training_class):
    """Each session that has been was marked for everybody."""
    missing = sessions_without_marks(training_class, today())
    if missing:
        numbers = ", ".join(str(row.number) for row in missing[:NAMED])
        more = f" và {len(missing) - NAMED} buổi khác" if len(missing) > NAMED else ""
        yield Problem(
            f"{len(missing)} buổi chưa ghi điểm danh",
            f"buổi {numbers}{more}",
            reverse("courses:class_attendance", args=[training_class.pk]),
            icon="calendar",
        )


def has_come_to_its_last_day(training_class):
    """Figures count a class on its last day, so that it cannot end before."""
    last = training_class.ends_on
    if last and last > today():
        yield Problem(
            f"Chưa đến ngày bế giảng {show(last)}",
            "nếu lớp kết thúc sớm, Sở Nội vụ sửa ngày bế giảng",
            icon="calendar",
        )


def has_no_later_sessions(training_class):
    """A session after the last day would stay unmarked for ever."""
    last = training_class.ends_on
    later = training_class.sessions.filter(on__gt=last).count() if last else 0
    if later:
        yield Problem(
            f"{later} buổi sau ngày bế giảng {show(last)}",
            "Sở Nội vụ bỏ, dời các buổi đó hoặc sửa ngày bế giảng",
            reverse("courses:class_sessions", args=[training_class.pk]),
            icon="calendar",
        )


def has_results(training_class):
    """Everybody who stayed passed or failed."""
    waiting = studying(training_class).filter(outcome="").count()
    if waiting:
        school = training_class.institution
        yield Problem(
            f"{waiting} người chưa có kết quả",
            f"{school} nhập" if school else "ghi ở bảng kết quả",
            reverse("courses:class_results", args=[training_class.pk]),
            icon="award",
        )


def add():
    """Put these checks into the table of the class's states."""
    last_day = [has_come_to_its_last_day, has_no_later_sessions]
    CHECKS["end"] += [*last_day, has_marks, has_results]

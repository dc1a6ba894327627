"""What waits for somebody about the running of classes: to open, to mark, to end, to attend."""

from datetime import timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse

from courses.models import ClassSession, ClassState, Enrolment, TrainingClass
from trainingplans.lib.inbox import Item

SHOWN = 20
SOON = timedelta(days=30)
CHANGE, RUN = "courses.change_class", "courses.run_class"
BEFORE_START = [ClassState.CALLING, ClassState.DECIDED]
ICON = "presentation"


def to_start(account, on):
    """Classes whose first day is near or past and that have not begun."""
    if not (account.has_perm(CHANGE) or account.has_perm(RUN)) or account.role == "system":
        return
    rows = TrainingClass.objects.visible_to(account).filter(
        state__in=BEFORE_START, starts_on__lte=on + timedelta(days=7)
    )
    people = Count("enrolments", filter=Q(enrolments__state=Enrolment.State.ENROLLED))
    for row in rows.annotate(people=people).order_by("starts_on", "pk")[:SHOWN]:
        yield Item(
            title=f"Khai giảng: {row.title}",
            url=reverse("courses:class", args=[row.pk]),
            icon=ICON,
            source=f"{row.get_state_display().lower()}, {row.people} người trong danh sách",
            since=row.state_since,
            due=row.starts_on,
        )


def to_end(account, on):
    """Running classes past their last day: results to enter, then to end."""
    if not account.has_perm(RUN) or account.role == "system":
        return
    rows = TrainingClass.objects.visible_to(account).filter(
        state=ClassState.RUNNING, ends_on__lt=on
    )
    without = Q(enrolments__state=Enrolment.State.ENROLLED, enrolments__outcome="")
    rows = rows.annotate(without=Count("enrolments", filter=without))
    for row in rows.order_by("ends_on", "pk")[:SHOWN]:
        missing = f"còn thiếu kết quả của {row.without} người"
        yield Item(
            title=f"{'Nhập kết quả để kết thúc' if row.without else 'Kết thúc'} lớp {row.title}",
            url=reverse(f"courses:class{'_results' if row.without else ''}", args=[row.pk]),
            icon="clipboard-check",
            source=missing if row.without else "đã đủ kết quả",
            count=row.without or 1,
            since=row.ends_on,
            due=row.ends_on,
        )


def to_mark(account, on):
    """Half-days that are over and that nobody was marked in."""
    if not account.has_perm(RUN) or account.role == "system":
        return
    running = TrainingClass.objects.visible_to(account).filter(state=ClassState.RUNNING)
    rows = ClassSession.objects.filter(training_class__in=running, on__lt=on, attendance=None)
    rows = rows.order_by().values_list("training_class", "training_class__title")
    for pk, title, number, last in rows.annotate(Count("pk"), Max("on"))[:SHOWN]:
        yield Item(
            title=f"Điểm danh {number} buổi đã qua: {title}",
            url=reverse("courses:class_attendance", args=[pk]),
            icon="list-checks",
            count=number,
            since=last,
        )


def own_classes(account, on):
    """For an official: the classes that they are in and that begin soon."""
    if not account.has_perm("cadres.view_own") or account.official_id is None:
        return
    rows = Enrolment.objects.visible_to(account).filter(
        state=Enrolment.State.ENROLLED,
        training_class__state__in=[*BEFORE_START, ClassState.RUNNING],
        training_class__starts_on__range=(on, on + SOON),
    )
    for row in rows.select_related("training_class").order_by("training_class__starts_on"):
        found = row.training_class
        yield Item(
            title=f"Dự khai giảng: {found.title}",
            url=reverse("courses:class", args=[found.pk]),
            icon=ICON,
            source=found.place,
            due=found.starts_on,
        )


SOURCES = [to_start, to_end, to_mark, own_classes]

"""What waits for somebody about classes: nominations to make, sign, check; decisions; wishes."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from cadres.models import Official
from cadres.roles import ALL
from courses.models import ClassState, Decision, Nomination, NominationState, Wish
from courses.overview import calling_rows
from courses.states import APPROVE, NOMINATE, REVIEW, SIGN
from trainingplans.lib.inbox import Item

S = NominationState


def calling(account, on):
    """Classes that call for nominations of the clerk's unit, while its seats are not used up."""
    if not account.has_perm(NOMINATE) or account.scope == ALL:
        return
    for row in calling_rows(account):
        found = row["class"]
        due = found.nominations_due
        if (due and due < on and not row["chosen"]) or _is_done(row):
            continue
        yield Item(
            title=_title(row),
            url=reverse("courses:class_nominations", args=[found.pk]),
            icon="user-plus",
            source=_source(row),
            count=row["seats"] or 1,
            since=found.state_since,
            due=due,
        )


def _is_done(row):
    """Whether as many were sent as the unit has seats for, and nothing came back."""
    sent = row["sent"] + row["waiting"]
    return not row["returned"] and (sent >= row["seats"] if row["seats"] else sent > 0)


def _title(row):
    if row["returned"]:
        return f"{row['returned']} đề cử bị trả lại: {row['class'].title}"
    return f"Đề cử người học: {row['class'].title}"


def _source(row):
    seats = f"{row['seats']} suất" if row["seats"] is not None else "mọi đơn vị được đề cử"
    return f"{seats}, đang chọn {row['chosen']}, đã trình {row['sent'] + row['waiting']}"


def sign_offs(account, on):
    """Lists that wait for the unit leader's signature."""
    if account.has_perm(SIGN) and account.scope != ALL:
        yield from _by_class(account, S.PREPARED, "Ký trình {} đề cử: {}", "courses:class_sign_off")


def reviews(account, on):
    """Nominations that wait for the department's check."""
    if account.has_perm(REVIEW) and account.role != "system":
        yield from _by_class(account, S.SUBMITTED, "Xét {} đề cử: {}", "courses:class_review")


def _by_class(account, state, words, page):
    rows = Nomination.objects.visible_to(account).filter(state=state)
    rows = rows.filter(training_class__state=ClassState.CALLING).order_by()
    columns = ("training_class", "training_class__title", "training_class__nominations_due")
    for pk, title, due, number, first, units in rows.values_list(*columns).annotate(
        number=Count("pk"), first=Min("created_at"), units=Count("unit", distinct=True)
    ):
        yield Item(
            title=words.format(number, title),
            url=reverse(page, args=[pk]),
            icon="user-check",
            source=f"{units} đơn vị",
            count=number,
            since=timezone.localdate(first),
            due=due,
        )


def decisions(account, on):
    """Decisions with number and date that wait for approval; drafts that lack them, for staff."""
    rows = Decision.objects.filter(approved_at__isnull=True).select_related("training_class")
    rows = rows.annotate(number_of=Count("nominations")).order_by("pk")
    for row in rows if account.has_perm(APPROVE) or account.has_perm(REVIEW) else ():
        if row.is_draft and not account.has_perm(REVIEW):
            continue
        if not row.is_draft and not account.has_perm(APPROVE):
            continue
        found = row.training_class
        lead = "Ghi số, ngày quyết định" if row.is_draft else f"Phê duyệt {row}"
        yield Item(
            title=f"{lead}: {found.title}",
            url=reverse("courses:class_decision", args=[found.pk]),
            icon="stamp",
            source=f"{row.number_of} người",
            count=row.number_of,
            due=found.starts_on,
        )


def wishes(account, on):
    """Wishes of the unit's people that nobody has answered."""
    if not account.has_perm(NOMINATE) or account.scope == ALL:
        return
    rows = Wish.objects.filter(state=Wish.State.OPEN)
    rows = rows.filter(official__in=Official.objects.visible_to(account).values("pk"))
    told = rows.aggregate(number=Count("pk"), first=Min("created_at"))
    if told["number"]:
        yield Item(
            title=f"Trả lời {told['number']} nguyện vọng học",
            url=reverse("courses:unit_wishes"),
            icon="message-square",
            source="cán bộ của đơn vị gửi",
            count=told["number"],
            since=timezone.localdate(told["first"]),
        )


SOURCES = [calling, sign_offs, reviews, decisions, wishes]

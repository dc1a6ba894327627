"""Classes that call for nominations in the demonstration, with nominations in every state."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from cadres.models import Account, Level, Standing, Unit
from courses.actions import decisions, reviews
from courses.actions.classes import move_class, open_class
from courses.actions.nominations import candidates, move_list, propose, submit_directly
from courses.actions.wishes import add_wish
from courses.eligibility import day_of
from courses.models import Category, Course, Institution, Nomination, NominationState
from courses.ranking import rank
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold, sort_key

SEATS, UNITS = 4, 10
SCHOOL = "Trường Chính trị tỉnh Thái Nguyên"
# (code, name, category, ladder, level granted, hours)
COURSES = [
    ("LLCT-TC", "Trung cấp lý luận chính trị", "DT.CT.TC", "political_theory", "TC", 1056),
    ("QLNN-CV", "Bồi dưỡng ngạch chuyên viên", "BD.QLNN.CV", "state_management", "CV", 320),
    ("KNS-CB", "Kỹ năng số cơ bản cho cán bộ cơ sở", "BD.TH", "", "", 24),
]

# What becomes of the nominations of a class in the middle of its call, in turn.
FATES = [
    ("accept", ""),
    ("accept", ""),
    ("reserve", ""),
    ("return", "Bổ sung văn bản cử của đơn vị"),
    ("reject", "Đã có lớp riêng của ngành"),
    ("withdraw", "Chuyển công tác"),
    ("", ""),
    ("", ""),
]


@dataclass
class Cast:
    """The accounts in whose names the demonstration acts."""

    staff: Account
    leader: Account
    clerk: Account
    head: Account
    official: Account


def make_nominations(*, by):
    """Three classes on the way from the call to the decision; how many there are now."""
    names = {a.username: a for a in Account.objects.select_related("unit", "official")}
    cast = Cast(*(names[n] for n in ("chuyenvien", "lanhdao", "daumoi1", "lanhdaoxa1", "canbo1")))
    courses = [_course(*row) for row in COURSES]
    school = _school(names["truongct"].unit)
    day = today()
    theory = _open(courses[0], "khóa 32", school, day + timedelta(days=52), 300, 70, cast)
    state = _open(courses[1], "khóa 12", school, day + timedelta(days=40), 60, 45, cast)
    skills = _open(courses[2], "đợt 3", school, day + timedelta(days=25), 4, 60, cast)
    _called(theory, cast)
    _waiting(state, cast)
    _decided(skills, cast)
    return Nomination.objects.count()


def _course(code, name, category, ladder, level, hours):
    found = Course.objects.filter(code=code).first()
    if found:
        return found
    granted = Level.objects.filter(ladder=ladder, code=level).first() if ladder else None
    return Course.objects.create(
        code=code,
        name=name,
        category=Category.objects.get(code=category),
        hours=hours,
        grants_level=granted,
        search_key=fold(name),
        sort_key=sort_key(name),
    )


def _school(unit):
    """The institution of the school's unit, made where nobody has written it yet."""
    found = Institution.objects.filter(unit=unit).first()
    if found:
        return found
    return Institution.objects.create(
        name=SCHOOL,
        short_name="TCT",
        unit=unit,
        search_key=fold(SCHOOL),
        sort_key=sort_key(SCHOOL),
    )


def _open(course, number, school, starts, days, capacity, cast):
    """A class that calls, with seats for the communes with most people."""
    serving = Count("standings", filter=Q(standings__in=_serving()))
    communes = Unit.objects.filter(kind="commune").annotate(serving=serving)
    units = {cast.clerk.unit, *communes.order_by("-serving", "sort_key", "code")[:UNITS]}
    made = open_class(
        by=cast.staff,
        seats=dict.fromkeys(sorted(units, key=lambda unit: unit.sort_key), SEATS),
        course=course,
        title=f"{course.name}, {number}",
        institution=school,
        capacity=capacity,
        starts_on=starts,
        ends_on=starts + timedelta(days=days),
        nominations_due=starts - timedelta(days=15),
        open_to_all=True,
    )
    return move_class(made, "call", by=cast.staff)


def _serving():
    return Standing.objects.at(today()).filter(in_service=True).values("pk")


def _best(training_class, account, unit=None, number=3):
    """The officials (ids) that rank first and are eligible."""
    people = candidates(training_class, account)
    people = people.filter(unit=unit) if unit else people
    ranked = rank(people, on=day_of(training_class), training_class=training_class)
    return [one.standing.official_id for one in ranked if one.eligible][:number]


def _sent(training_class, cast, number):
    """Nominations of other communes, put up by the department; their ids, unit by unit."""
    quotas = training_class.seats.exclude(unit=cast.clerk.unit).select_related("unit")
    ids = []
    for quota in quotas.order_by("unit__sort_key"):
        people = _best(training_class, cast.staff, quota.unit, number)
        outcome = propose(training_class, people, by=cast.staff)
        rows = [row.pk for row in outcome.done]
        submit_directly(training_class, rows, by=cast.staff)
        ids.append(rows)
    return ids


def _called(training_class, cast):
    """A class in the middle of its call: drafts, one signed, the check half done."""
    if cast.official.official_id:
        add_wish(by=cast.official, training_class=training_class, note="Cần cho vị trí đang làm")
    people = _best(training_class, cast.clerk)
    done = propose(training_class, people, by=cast.clerk, purpose="Chuẩn hóa chức danh").done
    first = [row.pk for row in done[:1]]
    move_list(training_class, first, "prepare", by=cast.clerk)
    move_list(training_class, first, "sign", by=cast.head)
    rows = [pk for ids in _sent(training_class, cast, SEATS) for pk in ids]
    for place, (code, reason) in enumerate(FATES):
        ids = rows[place :: len(FATES)]
        if code == "withdraw":
            move_list(training_class, ids, code, by=cast.staff, reason=reason)
        elif code:
            reviews.review(training_class, ids, code, by=cast.staff, reason=reason)


def _waiting(training_class, cast):
    """A class whose list waits for signatures: of the unit's leader, and on the decision."""
    people = _best(training_class, cast.clerk, number=2)
    done = propose(training_class, people, by=cast.clerk).done
    move_list(training_class, [row.pk for row in done], "prepare", by=cast.clerk)
    rows = [pk for ids in _sent(training_class, cast, 2) for pk in ids]
    reviews.review(training_class, rows, "accept", by=cast.staff)
    _decision(training_class, cast, "815/QĐ-SNV")


def _decided(training_class, cast):
    """A class whose decision is approved: everybody is in it."""
    rows = [pk for ids in _sent(training_class, cast, SEATS) for pk in ids]
    reviews.review(training_class, rows, "accept", by=cast.staff)
    decision = _decision(training_class, cast, "798/QĐ-SNV")
    if decision:
        decisions.approve_decision(decision, by=cast.leader)


def _decision(training_class, cast, number):
    """A decision with number, date and signer; None where a small province sends nobody."""
    if not training_class.nominations.filter(state=NominationState.ACCEPTED).exists():
        return None
    decisions.draft_decision(training_class, by=cast.staff)
    decision = decisions.open_draft(training_class)
    decision.number, decision.date = number, today()
    decision.signer, decision.signer_title = str(cast.leader), "Giám đốc"
    decision.bases = (
        "Căn cứ Kế hoạch đào tạo, bồi dưỡng của tỉnh\nXét danh sách đề cử của các đơn vị"
    )
    decision._history_user = cast.staff
    decision.save()
    return decision

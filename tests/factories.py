"""One valid object each, with fixed values; a test states only what matters to it."""

from datetime import date
from itertools import count

from cadres.models import (
    Account,
    EthnicGroup,
    Level,
    Official,
    PartyStatus,
    Posting,
    Qualification,
    Unit,
    UnitLanguage,
    UnitTrait,
)
from cadres.officials import set_keys
from cadres.standings import refresh
from cadres.units import place
from cadres.units import set_keys as set_unit_keys
from courses.models import (
    Category,
    ClassSession,
    Course,
    Enrolment,
    Form,
    Institution,
    Nomination,
    TrainingClass,
)
from trainingplans.lib.dates import EVER, FOREVER
from trainingplans.lib.text import fold, sort_key

PASSWORD = "Demo-SoNoiVu-2026"
START = date(2020, 1, 1)
_numbers = count(1)


def make_unit(code="", *, name="", kind="commune", under=None, **fields):
    """A unit with its place in the tree."""
    number = next(_numbers)
    unit = Unit(
        code=code or f"DV{number}",
        name=name or f"Xã Mẫu {number}",
        kind=kind,
        parent=under,
        **fields,
    )
    set_unit_keys(unit)
    unit.save()
    place(unit)
    return unit


def make_account(role="staff", *, unit=None, **fields):
    """An account with the common password."""
    number = next(_numbers)
    fields.setdefault("username", f"{role}{number}")
    return Account.objects.create_user(password=PASSWORD, role=role, unit=unit, **fields)


def make_group(name="Kinh", *, minority=None):
    """An ethnic group by its name."""
    return EthnicGroup.objects.get_or_create(
        name=name,
        defaults={
            "code": f"{EthnicGroup.objects.count() + 1:02d}",
            "is_minority": name != "Kinh" if minority is None else minority,
            "sort_key": sort_key(name),
        },
    )[0]


def make_level(ladder, code, rank=None):
    """A rung of a ladder."""
    ranks = {"CDT": 0, "CHUA": 0, "SC": 1, "TC": 2, "CD": 3, "CC": 3, "DH": 4, "THS": 5, "TS": 6}
    return Level.objects.get_or_create(
        ladder=ladder,
        code=code,
        defaults={"name": code, "rank": ranks.get(code, 1) if rank is None else rank},
    )[0]


def make_official(unit=None, *, levels=None, since=START, until=FOREVER, **fields):
    """An official with a main post in `unit`, and `levels` such as {"professional": "DH"}."""
    post = {k: fields.pop(k) for k in ("staff_kind", "position", "leadership") if k in fields}
    party = fields.pop("party_member", None)
    fields.setdefault("full_name", f"Nguyễn Văn Mẫu {next(_numbers)}")
    official = Official(**fields)
    set_keys(official)
    official.save()
    if unit is not None:
        make_posting(official, unit, since=since, until=until, **post)
    for ladder, code in (levels or {}).items():
        make_qualification(official, ladder, code, since=since)
    if party is not None:
        PartyStatus.objects.create(official=official, member=party, valid_from=since)
    refresh([official.pk])
    return official


def make_posting(official, unit, *, since=START, until=FOREVER, **fields):
    """A post; the standings are derived anew."""
    fields.setdefault("staff_kind", "CC")
    posting = Posting.objects.create(
        official=official, unit=unit, valid_from=since, valid_to=until, **fields
    )
    refresh([official.pk])
    return posting


def make_qualification(official, ladder, code=None, *, since=EVER, **fields):
    """A level by its code, or a text (`detail`) without one; the standings are derived anew."""
    level = make_level(ladder, code) if code else None
    row = Qualification.objects.create(
        official=official, ladder=ladder, level=level, valid_from=since, **fields
    )
    refresh([official.pk])
    return row


def make_trait(unit, trait="minority_area", *, since=EVER, until=FOREVER):
    """A trait of a unit's area."""
    return UnitTrait.objects.create(unit=unit, trait=trait, valid_from=since, valid_to=until)


def make_language(unit, name, *, since=EVER, until=FOREVER):
    """A language spoken at a unit."""
    return UnitLanguage.objects.create(
        unit=unit, language=make_group(name), valid_from=since, valid_to=until
    )


def make_category(code="BD.TDT", *, name="", form=Form.BOI_DUONG, **fields):
    """A content of training by its code."""
    defaults = {"name": name or f"Nội dung {code}", "form": form, **fields}
    return Category.objects.get_or_create(code=code, defaults=defaults)[0]


def make_course(category=None, *, name="", **fields):
    """A course of the catalogue."""
    number = next(_numbers)
    name = name or f"Khóa mẫu {number}"
    fields.setdefault("code", f"K{number}")
    return Course.objects.create(
        category=category or make_category(),
        name=name,
        search_key=fold(name),
        sort_key=sort_key(name),
        **fields,
    )


def make_institution(unit=None, *, name="", **fields):
    """A place that teaches; with a `unit`, its accounts see its classes."""
    name = name or f"Trường Mẫu {next(_numbers)}"
    return Institution.objects.create(
        name=name, unit=unit, search_key=fold(name), sort_key=sort_key(name), **fields
    )


def make_class(course=None, *, state="calling", starts=date(2026, 3, 2), ends=None, **fields):
    """A class of ten days from `starts`, open to all units unless said otherwise."""
    number = next(_numbers)
    fields.setdefault("code", f"L{number}")
    fields.setdefault("title", f"Lớp mẫu {number}")
    fields.setdefault("capacity", 30)
    fields.setdefault("open_to_all", True)
    return TrainingClass.objects.create(
        course=course or make_course(),
        state=state,
        starts_on=starts,
        ends_on=ends or starts.replace(day=min(starts.day + 9, 28)),
        search_key=fold(fields["title"]),
        **fields,
    )


def make_session(training_class, on, part="morning", **fields):
    """A half-day of a class."""
    return ClassSession.objects.create(training_class=training_class, on=on, part=part, **fields)


def make_nomination(training_class, official, *, unit=None, state="submitted", by=None, **fields):
    """A nomination from the official's unit."""
    return Nomination.objects.create(
        training_class=training_class,
        official=official,
        unit=unit or official.postings.first().unit,
        state=state,
        made_by=by or Account.objects.system(),
        **fields,
    )


def make_enrolment(official, training_class=None, *, unit=None, **fields):
    """Somebody in a class, or (without one) in a course of the past; not completed yet."""
    posting = official.postings.first()
    fields.setdefault("title", training_class.title if training_class else "Khóa đã học")
    if training_class:
        fields.setdefault("course", training_class.course)
        fields.setdefault("category", training_class.course.category)
        fields.setdefault("starts_on", training_class.starts_on)
        fields.setdefault("ends_on", training_class.ends_on)
    if category := fields.get("category"):
        fields.setdefault("form", category.form)
    return Enrolment.objects.create(
        official=official,
        training_class=training_class,
        origin="class" if training_class else "history",
        unit=unit or posting.unit,
        staff_kind=posting.staff_kind,
        ethnic_group=official.ethnic_group,
        gender=official.gender,
        title_key=fold(fields["title"]),
        **fields,
    )

"""How complete and consistent the records are, and what that does to the figures."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from cadres.choices import Ladder
from cadres.contradictions import contradictions
from cadres.filters import MISSING
from cadres.models import Official, Posting, Qualification
from cadres.models.officials import partial
from cadres.people import standings_for

# The fields of the page, as the list of officials filters by them.
FIELDS = [
    "ngay-sinh",
    "gioi-tinh",
    "dan-toc",
    "cccd",
    "loai",
    "dang",
    "professional",
    "political-theory",
    "state-management",
]
ID, UNDATED, TWO_POSTS = "cccd", "khong-ngay", "hai-vi-tri"
KINDS = {
    ID: "Số CCCD mâu thuẫn với hồ sơ",
    UNDATED: "Trình độ không ghi ngày cấp",
    TWO_POSTS: "Hai vị trí chính cùng lúc",
}


@dataclass(frozen=True)
class Fault:
    """One thing in one record that does not agree, and what it leads to."""

    official: int
    name: str
    told: str
    row: int | None = None  # the qualification to mend


def completeness(account, on, units=None):
    """(rows, total) of {unit id: {"people", field: how many lack it}}; one query."""
    people = standings_for(account, on).filter(in_service=True)
    if units is not None:
        people = people.filter(unit__in=units)
    asked = {_name(key): Count("pk", filter=MISSING[key][1]) for key in FIELDS}
    grouped = people.order_by().values("unit_id").annotate(people=Count("pk"), **asked)
    rows, total = {}, defaultdict(int)
    for row in grouped:
        numbers = {"people": row["people"], **{key: row[_name(key)] for key in FIELDS}}
        rows[row["unit_id"]] = numbers
        for key, number in numbers.items():
            total[key] += number
    return rows, {key: total[key] for key in ("people", *FIELDS)}


def _name(key):
    return f"lacks_{key.replace('-', '_')}"


def share_complete(numbers):
    """The share of the fields that are filled, in percent; None for nobody."""
    asked = numbers["people"] * len(FIELDS)
    missing = sum(numbers[key] for key in FIELDS)
    return 100 * (asked - missing) / asked if asked else None


def faults(kind, account, on, units=None):
    """The Faults of a kind among the people that the account sees, by name."""
    people = standings_for(account, on).filter(in_service=True)
    if units is not None:
        people = people.filter(unit__in=units)
    return FOUND[kind](people.order_by().values("official_id"), on)


def _about_ids(officials, on):
    rows = Official.objects.filter(pk__in=officials, personal_id__isnull=False)
    values = rows.order_by("sort_key", "pk").values_list(
        "pk", "full_name", "personal_id", "gender", "birth_date", "birth_precision"
    )
    return [
        Fault(pk, name, " ".join(told))
        for pk, name, number, gender, day, precision in values
        if (told := contradictions(number, gender, partial(day, precision)))
    ]


def _undated(officials, on):
    # A language of an ethnic group is mostly spoken from childhood: there is no day to mend.
    rows = (
        Qualification.objects.at(on)
        .filter(official__in=officials, awarded_on=None, level__rank__gt=0)
        .exclude(ladder=Ladder.ETHNIC_LANGUAGE)
    )
    rows = rows.order_by("official__sort_key", "official_id", "ladder")
    values = rows.values_list("official_id", "official__full_name", "ladder", "level__name", "pk")
    return [
        Fault(pk, name, f"{Ladder(ladder).label}: {level}, chưa ghi ngày cấp.", row)
        for pk, name, ladder, level, row in values
    ]


def _two_posts(officials, on):
    rows = Posting.objects.at(on).filter(official__in=officials, is_main=True)
    twice = rows.order_by("official__sort_key", "official_id").values_list(
        "official_id", "official__full_name"
    )
    found = twice.annotate(number=Count("pk")).filter(Q(number__gt=1))
    return [
        Fault(pk, name, f"{number} vị trí chính cùng ngày; chỉ một vị trí được tính vào số liệu.")
        for pk, name, number in found
    ]


FOUND = {ID: _about_ids, UNDATED: _undated, TWO_POSTS: _two_posts}

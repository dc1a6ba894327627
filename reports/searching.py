"""One box for everything: people, units, classes, courses, targets, programmes."""

from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Case, Q, When
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cadres.models import Unit
from cadres.people import best_first, standings_for
from cadres.people import search as search_people
from courses.class_page import period_words
from courses.models import Course, TrainingClass
from trainingplans.lib.access import any_account
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold, tidy
from trainingplans.plans.models import Programme, Target

LONGEST, SHOWN = 120, 8


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more_url` leads to the whole list."""

    title: str
    hits: list
    total: int
    more_url: str = ""


@any_account("each group is scoped and left out where its permission is missing")
@require_GET
def search(request):
    text = tidy(request.GET.get("q", "").replace("\0", ""))[:LONGEST]
    groups = groups_for(text, request.user) if fold(text) else []
    return render(request, "home/search.html", {"q": text, "groups": groups})


def groups_for(text, account):
    """The groups with anything found, in the order people look for them."""
    makers = [
        (["cadres.view_official", "cadres.view_own"], _people),
        (["cadres.view_unit"], _units),
        (["courses.view_class"], _classes),
        (["courses.view_class"], _courses),
        (["plans.view_target"], _targets),
        (["plans.view_programme"], _programmes),
    ]
    allowed = [make for needed, make in makers if any(map(account.has_perm, needed))]
    found = [make(text, account) for make in allowed]
    return [group for group in found if group.hits]


def _people(text, account):
    rows = search_people(standings_for(account, today()), text)
    hits = [
        {
            "url": reverse("cadres:official", args=[row.official_id]),
            "label": row.official.full_name,
            "note": _about(row),
        }
        for row in best_first(rows, text)[:SHOWN]
    ]
    may_list = account.has_perm("cadres.view_official")
    more = f"{reverse('cadres:officials')}?tinh_trang=tat-ca&q=" if may_list else ""
    return Group("Người", hits, rows.count(), more)


def _about(row):
    """Chủ tịch UBND, Xã A, sinh 1990; đã thôi."""
    birth = row.official.birth
    parts = [row.position, row.unit.name, f"sinh {birth.display}" if birth else ""]
    words = ", ".join(part for part in parts if part)
    return words if row.in_service else f"{words}; không còn ở vị trí"


def _units(text, account):
    rows = Unit.objects.visible_to(account).filter(
        Q(search_key__contains=fold(text)) | Q(code__iexact=text)
    )
    exact = Q(name__icontains=text)
    best = rows.select_related("parent").order_by(
        Case(When(exact, then=0), default=1), "sort_key", "code"
    )
    hits = [
        {
            "url": reverse("cadres:unit", args=[unit.pk]),
            "label": unit.name,
            "note": str(unit.parent or unit.get_kind_display()),
        }
        for unit in best[:SHOWN]
    ]
    return Group("Đơn vị", hits, rows.count())


def _classes(text, account):
    key = fold(text)
    rows = TrainingClass.objects.visible_to(account).filter(
        Q(search_key__contains=key) | Q(code__iexact=text)
    )
    hits = [
        {
            "url": reverse("courses:class", args=[row.pk]),
            "label": row.title,
            "note": f"{row.get_state_display()}, {period_words(row)}",
        }
        for row in rows.order_by("-starts_on", "pk")[:SHOWN]
    ]
    return Group("Lớp", hits, rows.count(), f"{reverse('courses:classes')}?q={quote(text)}")


def _courses(text, account):
    rows = Course.objects.filter(is_active=True, search_key__contains=fold(text))
    hits = [
        {
            "url": reverse("courses:course", args=[row.pk]),
            "label": row.name,
            "note": row.category.name,
        }
        for row in rows.select_related("category").order_by("sort_key")[:SHOWN]
    ]
    return Group("Khóa", hits, rows.count(), f"{reverse('courses:catalogue')}?q={quote(text)}")


def _targets(text, account):
    rows = Target.objects.visible_to(account).for_list()
    found = _ranked(rows, text, lambda target: f"{target.name} {target.code} {target.legal_basis}")
    hits = [
        {
            "url": reverse("reports:target", args=[target.pk]),
            "label": target.name,
            "note": target.legal_basis,
        }
        for target in found
    ]
    return Group("Mục tiêu", hits[:SHOWN], len(hits), reverse("reports:targets"))


def _programmes(text, account):
    rows = Programme.objects.order_by("number", "title")
    found = _ranked(rows, text, str)
    hits = [
        {
            "url": reverse("plans:programme", args=[row.pk]),
            "label": row.title,
            "note": row.number or row.get_kind_display(),
        }
        for row in found
    ]
    return Group("Chương trình, đề án", hits[:SHOWN], len(hits), reverse("plans:programmes"))


def _ranked(rows, text, words):
    """The rows (few) whose words have the text, those with the same accents first."""
    key, typed = fold(text), tidy(text).casefold()
    found = [row for row in rows if key in fold(words(row))]
    return sorted(found, key=lambda row: typed not in tidy(words(row)).casefold())

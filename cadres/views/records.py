"""One official's record: overview, posts, qualifications, planning, history; the own record."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.actions import reveal_personal_id
from cadres.history import changes_of
from cadres.models import Official
from cadres.record import Record, completeness, ladders_of, period_words, timeline_of
from cadres.views.common import day_asked, official_of, tabs_of
from trainingplans.lib.access import needs
from trainingplans.lib.dates import today


@require_GET
@needs("cadres.view_official")
def official(request, pk):
    """The overview."""
    return _overview(request, official_of(request, pk))


@require_POST
@needs("cadres.view_personal_id")
def official_reveal(request, pk):
    """The overview with the whole personal id, once, with a trace."""
    person = official_of(request, pk)
    return _overview(request, person, revealed=reveal_personal_id(person, by=request.user))


@require_GET
@needs("cadres.view_own")
def my_record(request):
    """The own record of an official; nothing can be changed here."""
    people = Official.objects.visible_to(request.user).select_related("ethnic_group")
    if request.user.official_id is None:
        raise Http404
    person = get_object_or_404(people, pk=request.user.official_id)
    return _overview(request, person, own=True)


def _overview(request, person, *, own=False, revealed=""):
    record, context = _start(request, person, "official", own=own)
    add = reverse("cadres:part_add", kwargs={"pk": person.pk, "part": "van-bang"})
    context |= {
        "ladders": ladders_of(record, add_url=add if context["may_change"] else ""),
        "events": timeline_of(record),
        "facts": record.facts,
        "revealed": revealed,
        "may_reveal": request.user.has_perm("cadres.view_personal_id") and not own,
        "completeness": completeness(record) if context["may_change"] else None,
        "training_url": _training_url(person),
    }
    return render(request, "cadres/official.html", context)


def _start(request, person, tab, *, own=False):
    """The record as of the day asked for, and what every tab shows."""
    on, told_well = day_asked(request)
    record = Record(person, on)
    context = {
        "record": record,
        "person": person,
        "own": own,
        "on": on,
        "as_of": on != today(),
        "odd_day": not told_well,
        "tabs": [] if own else tabs_of(person, tab),
        "may_change": request.user.has_perm("cadres.change_official") and not own,
    }
    return record, context


def _training_url(person):
    """Where an upper layer tells the training history, if it is there."""
    try:
        return reverse("courses:history", args=[person.pk])
    except NoReverseMatch:
        return ""


@require_GET
@needs("cadres.view_official")
def official_postings(request, pk):
    person = official_of(request, pk)
    record, context = _start(request, person, "official_postings")
    context["rows"] = [(row, period_words(row), record.valid(row)) for row in record.postings]
    return render(request, "cadres/official_postings.html", context)


@require_GET
@needs("cadres.view_official")
def official_qualifications(request, pk):
    person = official_of(request, pk)
    record, context = _start(request, person, "official_qualifications")
    context["rows"] = [(row, record.valid(row)) for row in record.qualifications]
    return render(request, "cadres/official_qualifications.html", context)


@require_GET
@needs("cadres.view_official")
def official_plans(request, pk):
    person = official_of(request, pk)
    record, context = _start(request, person, "official_plans")
    context |= {
        "party": [(row, period_words(row), record.valid(row)) for row in record.party_statuses],
        "planning": [
            (row, period_words(row), record.valid(row)) for row in record.planning_entries
        ],
        "appraisals": record.appraisals,
    }
    return render(request, "cadres/official_plans.html", context)


@require_GET
@needs("cadres.view_official")
def official_history(request, pk):
    person = official_of(request, pk)
    _, context = _start(request, person, "official_history")
    context["changes"] = changes_of(person)
    return render(request, "cadres/official_history.html", context)

"""The calendar of deadlines and classes: a page by month, and a feed for calendar programs."""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cadres.feeds import account_of, drop_feed, new_feed
from cadres.models import CalendarFeed
from courses import agenda as class_days
from courses.sessions import weekday_words
from trainingplans.lib.access import any_account, open_to_everyone
from trainingplans.lib.agenda import events_of
from trainingplans.lib.dates import add_months, show, today
from trainingplans.lib.icalendar import calendar
from trainingplans.plans import agenda as plan_days

SOURCES = [*class_days.SOURCES, *plan_days.SOURCES]
BACK, AHEAD = timedelta(days=60), timedelta(days=400)
OWN = "every source asks for its own permission"
KEY = "calendar_address"
WEEK, MONDAY = 7, date(2024, 1, 1)


@any_account(OWN)
@require_GET
def agenda(request):
    """The events of a month: a sheet of its weeks, and a list day by day for a narrow screen."""
    first = month_asked(request)
    last = add_months(first, 1) - timedelta(days=1)
    events = events_of(SOURCES, request.user, first, last)
    context = {
        "month": f"tháng {first.month}/{first.year}",
        "before": month_key(add_months(first, -1)),
        "after": month_key(add_months(first, 1)),
        "this": month_key(today()),
        "weekdays": [weekday_words(MONDAY + timedelta(days=number)) for number in range(WEEK)],
        "weeks": by_week(events, first, last, today()),
        "days": by_day(events, first, today()),
        "feed": CalendarFeed.objects.filter(account=request.user).first(),
        "address": request.session.pop(KEY, ""),
    }
    return render(request, "home/agenda.html", context)


def month_asked(request):
    """The first day of the month of ?thang=2026-11, of this month for anything else."""
    try:
        year, month = request.GET.get("thang", "").split("-")
        asked = date(int(year), int(month), 1)
    except ValueError:
        return today().replace(day=1)
    return asked if 2000 <= asked.year <= 2100 else today().replace(day=1)


def month_key(day):
    return f"{day.year}-{day.month:02d}"


def day_words(on):
    """Thứ Sáu, 20/11/2026."""
    return f"{weekday_words(on)}, {show(on)}"


def by_day(events, first, on):
    """[{words, is_today, events}]; what began earlier stands on the first day of the month."""
    days = {}
    for event in events:
        day = max(event.first, first)
        row = days.setdefault(day, {"words": day_words(day), "is_today": day == on, "events": []})
        until = show(event.last) if event.last > event.first else ""
        since = show(event.first) if event.first < first else ""
        row["events"].append({"event": event, "until": until, "since": since})
    return [days[day] for day in sorted(days)]


def by_week(events, first, last, on):
    """Weeks from Monday on, each of seven days {on, key, is_today, events} or None where the day
    is of another month. An event stands in full where it begins, ends or a week begins."""
    start = first - timedelta(days=first.weekday())
    weeks = []
    while start <= last:
        days = [start + timedelta(days=number) for number in range(WEEK)]
        weeks.append(
            [_day(events, day, first, on) if first <= day <= last else None for day in days]
        )
        start += timedelta(days=WEEK)
    return weeks


def _day(events, day, first, on):
    mine = [event for event in events if event.first <= day <= event.last]
    return {
        "on": day,
        "is_today": day == on,
        "events": [
            {
                "event": event,
                "in_full": day in (event.first, event.last, first) or day.weekday() == 0,
                "words": _part_words(event, day),
            }
            for event in mine
        ],
    }


def _part_words(event, day):
    """Which part of a longer event a day is; "" for an event of one day."""
    if event.first == event.last:
        return ""
    if day == event.first:
        return f"đến {show(event.last)}"
    return "ngày cuối" if day == event.last else f"từ {show(event.first)}"


@any_account("an account opens and closes its own calendar only")
@require_POST
def feed_open(request):
    """A new secret address; shown once, on the next page."""
    token = new_feed(request.user)
    path = reverse("calendar_feed", args=[token])
    request.session[KEY] = _whole(path, request)
    return redirect("agenda")


@any_account("an account opens and closes its own calendar only")
@require_POST
def feed_close(request):
    drop_feed(request.user)
    return redirect("agenda")


def _whole(path, request):
    return (
        f"{settings.PORTAL_ADDRESS}{path}"
        if settings.PORTAL_ADDRESS
        else (request.build_absolute_uri(path))
    )


@open_to_everyone("the address holds a secret of its account; the feed names no people")
@require_GET
def feed(request, token):
    """The iCalendar of the account that the token is of; 404 for any other."""
    account = account_of(token)
    if account is None:
        raise Http404
    on = today()
    events = [
        replace(event, url=_whole(event.url, request) if event.url else "")
        for event in events_of(SOURCES, account, on - BACK, on + AHEAD)
    ]
    host = urlsplit(_whole("/", request)).hostname or "localhost"
    text = calendar(settings.PORTAL_NAME, events, host=host, stamp=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    return response

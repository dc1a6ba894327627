"""Days that somebody should know of: events of any app, in their order. Apps give sources."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something on a day or on several: no names of people, since calendars leave the portal."""

    key: str  # the same for the same thing always: "class-5"
    title: str
    first: date
    last: date
    url: str = ""  # a path of the portal
    place: str = ""
    icon: str = "calendar"


# A source: (account, first, last) → the events of these days that the account may know of.
Source = Callable[[object, date, date], Iterable[Event]]


def events_of(sources, account, first, last):
    """All events of the sources that touch the days, by their first day."""
    found = [event for source in sources for event in source(account, first, last)]
    found = [event for event in found if event.first <= last and event.last >= first]
    return sorted(found, key=lambda event: (event.first, event.last, event.title))

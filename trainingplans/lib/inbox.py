"""What waits for somebody: items of any app, ordered late first. Apps give sources, see Source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trainingplans.lib.dates import show

SOON = timedelta(days=14)
UNDATED = "Không có hạn"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to do: opened by one click; `count` of what, since when, due when."""

    title: str
    url: str
    icon: str
    source: str = ""  # from whom or of what, in grey below the title
    count: int = 1
    since: date | None = None
    due: date | None = None


# A source: (account, on) → the items that wait for the account on that day.
Source = Callable[[object, date], Iterable[Item]]


def collect(sources, account, on):
    """All items of the sources: late ones first, then by due date, those without one last."""
    items = [item for source in sources for item in source(account, on)]
    return sorted(items, key=lambda item: (item.due or date.max, item.since or date.max))


def age_words(item, on):
    """ "chờ 6 ngày", "mới hôm nay", or nothing for what has no beginning."""
    if item.since is None:
        return ""
    days = (on - item.since).days
    return f"chờ {days} ngày" if days > 0 else "mới hôm nay"


def due_words(item, on):
    """ "quá hạn 2 ngày", "hôm nay", a date, or — without one."""
    if item.due is None:
        return "—"
    late = (on - item.due).days
    return f"quá hạn {late} ngày" if late > 0 else "hôm nay" if late == 0 else show(item.due)


def row_of(item, on):
    """The item as templates/parts/_inbox.html prints it."""
    return {
        "icon": item.icon,
        "url": item.url,
        "title": item.title,
        "source": item.source,
        "age": age_words(item, on),
        "due": due_words(item, on),
        "late": item.due is not None and item.due < on,
    }


def grouped(items, on):
    """[(heading, rows)]: late, within two weeks, later, without a date; empty groups left out."""
    groups = {"Quá hạn": [], "Trong hai tuần tới": [], "Sau đó": [], UNDATED: []}
    for item in items:
        groups[_group(item, on)].append(row_of(item, on))
    return [(heading, rows) for heading, rows in groups.items() if rows]


def _group(item, on):
    if item.due is None:
        return UNDATED
    if item.due < on:
        return "Quá hạn"
    return "Trong hai tuần tới" if item.due <= on + SOON else "Sau đó"

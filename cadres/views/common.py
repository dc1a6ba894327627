"""What several pages share: the day asked for, scoped rows, undo and conflict answers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cadres.models import Official
from trainingplans.lib.dates import FIRST_YEAR, LAST_YEAR, PartialDate, today

TABS = [
    ("official", "Tổng quan"),
    ("official_postings", "Vị trí công tác"),
    ("official_qualifications", "Văn bằng, chứng chỉ"),
    ("official_plans", "Quy hoạch, đánh giá"),
    ("official_history", "Lịch sử sửa"),
]


def day_asked(request, name="ngay"):
    """(the day of the address, whether it was told well); today for none and for nonsense."""
    text = request.GET.get(name, "").strip()
    if not text:
        return today(), True
    try:
        asked = PartialDate.parse(text)
    except ValueError:
        return today(), False
    in_reach = FIRST_YEAR <= asked.first.year <= LAST_YEAR
    return asked.first, asked.precision == "day" and in_reach


def official_of(request, pk):
    """The official, if the account may see the record; 404 otherwise."""
    people = Official.objects.visible_to(request.user).select_related("ethnic_group")
    return get_object_or_404(people, pk=pk)


def tabs_of(official, now):
    """The tabs of a record, the one named `now` open."""
    return [
        {
            "label": label,
            "url": reverse(f"cadres:{name}", args=[official.pk]),
            "active": name == now,
        }
        for name, label in TABS
    ]


def offer_undo(request, text, url=None, see_url=None):
    """The next page says what was done and, with `url`, how to take it back."""
    request.session["undo"] = {"text": text, "url": url, "see_url": see_url}


def done(request, text, url):
    """Say what was done and go there."""
    messages.success(request, text)
    return redirect(url)


def show_conflict(request, conflict, *, title, back):
    """The page of both values; 409, since nothing was written."""
    if conflict.gone:
        messages.error(request, f"{conflict.who} đã xóa dòng này {conflict.when}.")
        return redirect(back)
    context = {
        "title": title,
        "back": back,
        "conflict": {**vars(conflict), "action": request.path, "cancel_url": back},
    }
    return render(request, "cadres/conflict.html", context, status=409)

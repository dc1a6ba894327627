"""People of the same units who are no longer on the list, each with a choice."""

from cadres.importing.decisions import ABSENT_WAYS
from cadres.models import Posting
from trainingplans.lib.dates import show

SHOWN = 200
NOT_YET = (
    "Chưa ghi được: vị trí bắt đầu đúng ngày {}. Đổi ngày của danh sách, hoặc sửa vị trí ở hồ sơ."
)


def context(batch):
    """{people, more} for the page; None when nobody is missing."""
    people = batch.report.get("absent", [])
    if not people:
        return None
    chosen, shown = batch.choices.get("absent", {}), people[:SHOWN]
    posts = Posting.objects.at(batch.on).filter(official__in=[one["official"] for one in shown])
    posts = {post.official_id: post for post in posts.order_by("is_main")}
    return {
        "count": len(people),
        "more": max(len(people) - SHOWN, 0),
        "people": [_person(one, posts.get(one["official"]), chosen, batch) for one in shown],
    }


def leaving(batch):
    """[{id, name, unit, way}] of the people gone whose posts the import ends, or ended."""
    chosen = batch.choices.get("absent", {})
    return [
        {
            "id": one["official"],
            "name": one["name"],
            "unit": one.get("unit", ""),
            "way": ABSENT_WAYS[chosen.get(str(one["official"]), batch.absent)],
        }
        for one in batch.report.get("absent", [])
        if one.get("ended")
    ]


def _post_in_words(post):
    """“Công chức Tư pháp - hộ tịch, từ 01/07/2025”."""
    since = f"từ {show(post.since)}" if post and post.since else ""
    return ", ".join(filter(None, [post.position if post else "", since]))


def _person(one, post, chosen, batch):
    """One person: what is recorded, the ways to take it, the one chosen."""
    way = chosen.get(str(one["official"]), batch.absent)
    return {
        "id": one["official"],
        "name": one["name"],
        "post": _post_in_words(post),
        "unit": one.get("unit", ""),
        "field": f"vang-{one['official']}",
        "problem": "" if way == "keep" or one.get("ended") else NOT_YET.format(show(batch.on)),
        "options": [
            {
                "value": value,
                "label": words if value == "keep" else f"{words} từ {show(batch.on)}",
                "selected": value == way,
            }
            for value, words in ABSENT_WAYS.items()
        ],
    }

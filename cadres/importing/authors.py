"""Who wrote the value that a roster would change, and when; a constant number of queries."""

from django.utils import timezone

from cadres.choices import Source
from cadres.intake.fields import CONSTANTS, LADDER_OF, PARTY, PLANNING, POST
from cadres.models import Official, PartyStatus, PlanningEntry, Posting, Qualification
from trainingplans.lib.dates import show


def authors_of(officials, on):
    """{(official id, field): words} for the fields recorded on the day; no entry for none."""
    officials = [official for official in officials if official]
    found = {}
    for write in (_constants, _posts, _levels, _statuses):
        found |= write(officials, on)
    return found


def _signed(entry):
    """“Trần Minh Nguyệt, 12/06/2026” of a history row; whether it came by a roster."""
    day = show(timezone.localtime(entry.history_date).date())
    words = f"{entry.history_user}, {day}" if entry.history_user else day
    by_roster = (entry.history_change_reason or "").startswith("import:")
    return f"{words} (danh sách)" if by_roster else words


def _latest(model, ids):
    """{id: latest history row} of these rows."""
    rows = model.history.filter(id__in=ids).select_related("history_user").order_by("history_date")
    return {row.id: row for row in rows}


def _constants(officials, on):
    """For each field of the person the history row that first had today's value."""
    rows = Official.history.filter(id__in=officials).select_related("history_user")
    found, before = {}, {}
    for entry in rows.order_by("history_date", "history_id"):
        for field in CONSTANTS:
            value = getattr(entry, "ethnic_group_id" if field == "ethnic_group" else field)
            key = (entry.id, field)
            if before.get(key) != value:
                before[key] = value
                if value:
                    found[key] = _signed(entry)
                else:
                    found.pop(key, None)
    return found


def _posts(officials, on):
    # The main post of a person last: what a roster tells is compared with that one.
    posts = Posting.objects.at(on).filter(official__in=officials).order_by("is_main", "pk")
    rows = {post.pk: post for post in posts}
    entries = _latest(Posting, rows)
    return {
        (post.official_id, field): _signed(entries[pk])
        for pk, post in rows.items()
        if pk in entries
        for field in POST
    }


def _levels(officials, on):
    rows = {q.pk: q for q in Qualification.objects.at(on).filter(official__in=officials)}
    entries, found = _latest(Qualification, rows), {}
    for pk, level in rows.items():
        for field, ladder in LADDER_OF.items():
            if ladder == level.ladder and pk in entries:
                found[level.official_id, field] = _of_level(level, entries[pk])
        if level.ladder == "ethnic_language" and pk in entries:
            found[level.official_id, "ethnic_languages"] = _of_level(level, entries[pk])
    return found


def _of_level(level, entry):
    """“chứng chỉ 45/2024, đã xác minh”, or who wrote it."""
    words = [f"chứng chỉ {level.certificate_no}"] if level.certificate_no else []
    if level.source == Source.RESULT:
        words.append("kết quả lớp học")
    if not words:
        words.append(_signed(entry))
    return ", ".join(words + (["đã xác minh"] if level.verified else []))


def _statuses(officials, on):
    found = {}
    for model, fields in ((PartyStatus, PARTY), (PlanningEntry, PLANNING)):
        rows = {r.pk: r for r in model.objects.at(on).filter(official__in=officials)}
        for pk, entry in _latest(model, rows).items():
            for field in fields:
                found[rows[pk].official_id, field] = _signed(entry)
    return found

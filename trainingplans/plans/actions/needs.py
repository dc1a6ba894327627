"""Writes of a unit's answer: the grid, the people named, the moves between states."""

from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cadres.audit import record
from cadres.models import Official
from cadres.notify import clerks_of, holders_of, leaders_of, notify
from cadres.roles import ALL
from courses.models import Wish
from trainingplans.lib.commands import Refused
from trainingplans.plans.models import Need, NeedPerson, NeedRound, UnitNeed
from trainingplans.plans.states import NEED, RUN, WITH_UNIT

MOST = 9_999
Origin = NeedPerson.Origin


@dataclass(frozen=True)
class Cell:
    """A row of the grid as typed: number (None for none) and note, and what the page had shown."""

    category: int
    number: int | None
    note: str
    was_number: int | None
    was_note: str

    @property
    def typed(self):
        return self.number, self.note

    @property
    def was(self):
        return self.was_number, self.was_note

    @property
    def changed(self):
        return self.typed != self.was


@dataclass
class Saved:
    """What saving a grid did: rows written, {category: what is there now} of those that somebody
    else had changed meanwhile, {category: why not} of those that cannot be."""

    written: list = field(default_factory=list)
    conflicts: dict = field(default_factory=dict)
    problems: dict = field(default_factory=dict)


def locked(answer):
    """The answer, locked, while its unit may write; Refused with the reason otherwise."""
    row = UnitNeed.objects.select_for_update(of=("self",)).select_related("round", "unit")
    row = row.get(pk=answer.pk)
    if row.round.state != NeedRound.State.OPEN:
        raise Refused(f"{row.round}: đợt {row.round.get_state_display().lower()}, không sửa được.")
    if row.state not in WITH_UNIT:
        raise Refused(
            f"Nhu cầu đang ở trạng thái “{row.get_state_display()}”, không sửa được."
            " Lấy lại hoặc chờ trả lại rồi sửa."
        )
    return row


@transaction.atomic
def save_grid(answer, cells, note, *, by):
    """Write the changed rows of the grid and the unit's words; a Saved.

    A row that somebody else changed since the page was shown is left as it is and told of; the
    others are written.
    """
    row = locked(answer)
    there = {need.category_id: need for need in row.needs.all()}
    named = _named(row)
    saved = Saved()
    for cell in cells:
        if cell.changed:
            _save_cell(row, cell, there.get(cell.category), named, saved, by)
    if note is not None and note != row.note:
        row.note = note
        saved.written.append("")
    if saved.written:
        _touch(row, by)
        told = {"count": len(saved.written)}
        record("need.save", by=by, subject=row, unit=row.unit, detail=told)
    return saved


def _save_cell(row, cell, need, named, saved, by):
    now = (need.number, need.note) if need else (None, "")
    if now == cell.typed:
        return
    if now != cell.was:
        saved.conflicts[cell.category] = now
        return
    people = named.get(cell.category, 0)
    if (cell.number or 0) < people:
        saved.problems[cell.category] = (
            f"đã chọn {people} người, số người phải từ {people}. Bỏ bớt người trước."
        )
        return
    if not cell.number:
        need.delete()
    else:
        need = need or Need(answer=row, category_id=cell.category)
        need.version += bool(need.pk)
        need.number, need.note = cell.number, cell.note
        need._history_user = by
        need.save()
    saved.written.append(cell.category)


def _named(row):
    """{category id: how many people are named}."""
    found = {}
    for category in NeedPerson.objects.filter(need__answer=row).values_list("need__category"):
        found[category[0]] = found.get(category[0], 0) + 1
    return found


def _touch(row, by):
    row.version += 1
    row._history_user = by
    row.save()


@transaction.atomic
def name_people(answer, category, officials, *, by, origin=Origin.HAND, target=None):
    """Name officials (ids) of the unit for a content; (the event, names done, {name: why not}).

    A named person fills one of the places that were only a number; with more names than places
    the number grows. Wishes for the content are marked as taken.
    """
    row = locked(answer)
    people = Official.objects.visible_to(by).filter(pk__in=officials, merged_into=None)
    mine = people.filter(standings__unit__path__startswith=row.unit.path).distinct()
    if not mine.exists():
        raise Refused("Chưa chọn người nào của đơn vị. Đánh dấu ít nhất một người.")
    need = _need_of(row, category, by)
    there = set(need.people.values_list("official", flat=True))
    fresh = [person for person in mine.order_by("sort_key") if person.pk not in there]
    skipped = {p.full_name: "đã có trong danh sách" for p in mine if p.pk in there}
    NeedPerson.objects.bulk_create(
        NeedPerson(need=need, official=person, origin=origin, target=target) for person in fresh
    )
    _set_number(need, max(need.number, len(there) + len(fresh)), by)
    if not fresh:
        return None, [], skipped
    if origin == Origin.WISH:
        _take_wishes(fresh, category, by)
    _touch(row, by)
    told = {"category": category.code, "officials": [p.pk for p in fresh], "count": len(fresh)}
    event = record("need.name", by=by, subject=row, unit=row.unit, detail=told)
    return event, [person.full_name for person in fresh], skipped


def _need_of(row, category, by):
    need = row.needs.filter(category=category).first()
    if need is None:
        need = Need(answer=row, category=category, number=0)
        need._history_user = by
        need.save()
    return need


def _set_number(need, number, by):
    if number == need.number:
        return
    need.number = number
    need.version += 1
    need._history_user = by
    need.save()


def _take_wishes(people, category, by):
    waiting = Wish.objects.filter(official__in=people, state=Wish.State.OPEN)
    for wish in waiting.select_related("course"):
        if category.pk in (wish.category_id, getattr(wish.course, "category_id", None)):
            wish.state, wish.answered_by = Wish.State.TAKEN, by
            wish.version += 1
            wish._history_user = by
            wish.save()


@transaction.atomic
def drop_people(answer, category, officials, *, by):
    """Take names (ids of officials) out again; the event, which tells what was there, or None.

    Where everybody was named the number goes down with them; else the places stay.
    """
    row = locked(answer)
    need = row.needs.filter(category=category).first()
    chosen = list(need.people.filter(official__in=officials)) if need else []
    if not chosen:
        return None
    before = need.people.count()
    told = {
        "category": category.code,
        "people": [[p.official_id, p.origin, p.target_id] for p in chosen],
        "number": need.number,
        "count": len(chosen),
    }
    need.people.filter(pk__in=[p.pk for p in chosen]).delete()
    if need.number == before:
        left = before - len(chosen)
        if left:
            _set_number(need, left, by)
        else:
            need._history_user = by
            need.delete()
    _touch(row, by)
    return record("need.drop", by=by, subject=row, unit=row.unit, detail=told)


@transaction.atomic
def undo_names(answer, event, category, *, by):
    """Take back the naming or the dropping that `event` tells of; how many people."""
    if event.act == "need.name":
        drop_people(answer, category, event.detail["officials"], by=by)
        return len(event.detail["officials"])
    row = locked(answer)
    need = _need_of(row, category, by)
    there = set(need.people.values_list("official", flat=True))
    back = [one for one in event.detail["people"] if one[0] not in there]
    NeedPerson.objects.bulk_create(
        NeedPerson(need=need, official_id=pk, origin=origin, target_id=target)
        for pk, origin, target in back
    )
    _set_number(need, max(need.number, event.detail["number"]), by)
    _touch(row, by)
    record("need.undo", by=by, subject=row, unit=row.unit, detail={"count": len(back)})
    return len(back)


@transaction.atomic
def move_answer(answer, code, *, by, reason=""):
    """Make a move of NEED: submit, sign, return, accept…; the answer. Refused with the reason.

    Everybody whom it now waits for, or who waited for it, is told.
    """
    rows = UnitNeed.objects.select_for_update(of=("self",)).select_related("round", "unit")
    row = rows.get(pk=answer.pk)
    move = NEED.check(row, code, by=by, reason=reason)
    if row.round.state != NeedRound.State.OPEN:
        raise Refused(f"{row.round}: đợt {row.round.get_state_display().lower()}.")
    if code == "submit" and not row.needs.exists() and not row.note.strip():
        raise Refused(
            "Chưa có nội dung nào. Ghi số người cần học, hoặc ghi vào ý kiến của đơn vị"
            " rằng năm nay không có nhu cầu."
        )
    row.state, row.state_since = move.target, timezone.now()
    row.reply = reason.strip()[:300] if move.needs_reason else ""
    if code == "sign":
        row.signed_by = by
    _touch(row, by)
    told = {"reason": row.reply} if row.reply else {}
    record(f"need.{code}", by=by, subject=row, unit=row.unit, detail=told)
    _tell(row, code)
    return row


def _tell(row, code):
    """Who is told of a move, in which words."""
    unit, title = row.unit, row.round.title
    department = holders_of(RUN, scope=ALL)
    both = [*clerks_of([unit]), *leaders_of([unit])]
    told = {
        "submit": (leaders_of([unit]), f"{title}: nhu cầu của đơn vị chờ bạn ký."),
        "sign": (department, f"{title}: {unit} đã gửi nhu cầu."),
        "send_back": (clerks_of([unit]), f"{title}: lãnh đạo trả lại nhu cầu: {row.reply}"),
        "return": (both, f"{title}: Sở Nội vụ trả lại nhu cầu: {row.reply}"),
        "accept": (clerks_of([unit]), f"{title}: Sở Nội vụ đã tiếp nhận nhu cầu của đơn vị."),
    }
    if code in told:
        people, text = told[code]
        notify(people, act=f"need.{code}", text=text, url=reverse("plans:need", args=[row.pk]))

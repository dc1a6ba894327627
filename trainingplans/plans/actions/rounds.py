"""Writes of a needs round: opening it for the units, reminding, accepting many, closing."""

from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cadres.audit import record
from cadres.choices import UnitKind
from cadres.models import AuditEvent, Unit
from cadres.notify import clerks_of, leaders_of, notify
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show, today
from trainingplans.lib.text import lower_first
from trainingplans.plans.models import NeedRound, NeedState, UnitNeed
from trainingplans.plans.states import NEED, NOT_SENT, ROUND

ANSWERING = [
    UnitKind.COMMUNE,
    UnitKind.DEPARTMENT,
    UnitKind.PARTY,
    UnitKind.MASS_ORGANISATION,
    UnitKind.PUBLIC_SERVICE,
]


@dataclass
class Bulk:
    """What a bulk act did: names of units done, and {name: why it was left out}."""

    done: list = field(default_factory=list)
    skipped: dict = field(default_factory=dict)
    event: AuditEvent | None = None


def answering_units(on):
    """The units that answer a round on a day; a part of an answering unit answers with it."""
    rows = Unit.objects.at(on).filter(kind__in=ANSWERING).order_by("path")
    found = {}
    for unit in rows:
        above = {int(pk) for pk in unit.path.split("/") if pk} - {unit.pk}
        if not above & found.keys():
            found[unit.pk] = unit
    return list(found.values())


@transaction.atomic
def add_round(row, *, by):
    """Save a new round, not open yet."""
    row._history_user = by
    row.save()
    record("round.add", by=by, subject=row)
    return row


@transaction.atomic
def move_round(row, code, *, by):
    """Open, close or open again; units are told of an opening. Refused from a wrong state."""
    row = NeedRound.objects.select_for_update().get(pk=row.pk)
    move = ROUND.check(row, code, by=by)
    row.state = move.target
    row.version += 1
    row._history_user = by
    row.save()
    added = _add_units(row, by) if row.state == NeedRound.State.OPEN else []
    record(f"round.{code}", by=by, subject=row, detail={"count": len(added)})
    if row.state == NeedRound.State.OPEN:
        units = row.answers.values("unit")
        text = f"{row.title}: đã mở để đơn vị gửi nhu cầu, hạn {show(row.due)}."
        notify(clerks_of(units), act=f"round.{code}", text=text, url=_page(row))
    return row


@transaction.atomic
def add_missing_units(row, *, by):
    """Give units that came after the opening an answer too; their names."""
    row = NeedRound.objects.select_for_update().get(pk=row.pk)
    if row.state != NeedRound.State.OPEN:
        raise Refused(f"{row}: đợt không mở. Mở đợt trước rồi thêm đơn vị.")
    added = _add_units(row, by)
    if added:
        record("round.units", by=by, subject=row, detail={"count": len(added)})
        text = f"{row.title}: đơn vị gửi nhu cầu trước ngày {show(row.due)}."
        notify(clerks_of(added), act="round.open", text=text, url=_page(row))
    return [unit.name for unit in added]


def _add_units(row, by):
    there = set(row.answers.values_list("unit_id", flat=True))
    added = [unit for unit in answering_units(today()) if unit.pk not in there]
    now = timezone.now()
    for unit in added:
        answer = UnitNeed(round=row, unit=unit, state_since=now)
        answer._history_user = by
        answer.save()
    return added


def _page(row):
    return reverse("plans:round", args=[row.pk])


@transaction.atomic
def remind(row, answers, *, by):
    """Remind units of answers that are not sent yet, at most once a day; a Bulk."""
    found, day = Bulk(), today()
    rows = row.answers.select_for_update(of=("self",)).filter(pk__in=answers)
    reminded = []
    for answer in rows.select_related("unit").order_by("unit__sort_key"):
        name = answer.unit.name
        if answer.state not in NOT_SENT:
            found.skipped[name] = "đã gửi"
        elif answer.reminded_on == day:
            found.skipped[name] = "hôm nay đã nhắc"
        else:
            found.done.append(name)
            reminded.append(answer)
    if row.state != NeedRound.State.OPEN:
        raise Refused(f"{row}: đợt không mở, không nhắc đơn vị gửi nhu cầu được.")
    if reminded:
        UnitNeed.objects.filter(pk__in=[a.pk for a in reminded]).update(reminded_on=day)
        found.event = record("need.remind", by=by, subject=row, detail={"count": len(reminded)})
        _tell(row, reminded, day)
    return found


def _tell(row, answers, day):
    """Whoever the answer waits for: the leader of a unit that has to sign, the clerk otherwise."""
    when = f"đã quá hạn {(day - row.due).days} ngày" if day > row.due else f"hạn {show(row.due)}"
    to_sign = [a.unit_id for a in answers if a.state == NeedState.SUBMITTED]
    to_write = [a.unit_id for a in answers if a.state != NeedState.SUBMITTED]
    text = f"{row.title}: đơn vị chưa gửi nhu cầu, {when}."
    people = [*clerks_of(to_write), *leaders_of(to_sign)]
    notify(people, act="need.remind", text=text, url=_page(row))


@transaction.atomic
def accept_many(row, answers, *, by):
    """Accept the signed answers among `answers`; a Bulk whose event undoes it."""
    found, accepted = Bulk(), []
    rows = row.answers.select_for_update(of=("self",)).filter(pk__in=answers)
    for answer in rows.select_related("unit", "round").order_by("unit__sort_key"):
        try:
            move = NEED.check(answer, "accept", by=by)
        except Refused:
            found.skipped[answer.unit.name] = lower_first(answer.get_state_display())
            continue
        _set_state(answer, move.target, by)
        found.done.append(answer.unit.name)
        accepted.append(answer)
    if accepted:
        ids = [answer.pk for answer in accepted]
        told = {"count": len(ids), "answers": ids}
        found.event = record("need.accept_many", by=by, subject=row, detail=told)
        text = f"{row.title}: Sở Nội vụ đã tiếp nhận nhu cầu của đơn vị."
        clerks = clerks_of([answer.unit_id for answer in accepted])
        notify(clerks, act="need.accept", text=text, url=_page(row))
    return found


@transaction.atomic
def undo_accept(row, event, *, by):
    """Take back a bulk acceptance; answers that went on since stay. (taken back, kept)."""
    ids = event.detail.get("answers", [])
    back = kept = 0
    for answer in row.answers.select_for_update().filter(pk__in=ids):
        if answer.state == NeedState.ACCEPTED:
            _set_state(answer, NeedState.SIGNED, by)
            back += 1
        else:
            kept += 1
    record("need.undo_accept", by=by, subject=row, detail={"count": back})
    return back, kept


def _set_state(answer, state, by):
    answer.state = state
    answer.state_since = timezone.now()
    answer.version += 1
    answer._history_user = by
    answer.save()

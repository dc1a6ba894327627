"""A unit's own writes: choosing people, ordering, handing over, signing, withdrawing."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from cadres.audit import record
from cadres.models import Official, Unit
from cadres.roles import ALL
from courses.actions.locking import locked_class
from courses.actions.moving import (
    Outcome,
    locked_nominations,
    move_rows,
    save_moved,
    states_of,
)
from courses.eligibility import day_of, people_of
from courses.models import ClassState, Nomination, NominationState, Wish
from courses.ranking import rank
from courses.states import NOMINATION, REVIEW
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show, today
from trainingplans.lib.text import lower_first, tidy

S = NominationState
REMOVABLE = [S.DRAFT]


def check_open(training_class, by):
    """Refused unless the class calls for nominations and the account is still in time."""
    if training_class.state != ClassState.CALLING:
        now = training_class.get_state_display()
        raise Refused(f"Lớp đang ở trạng thái “{now}”, chỉ đề cử khi lớp đang chiêu sinh.")
    if is_late(training_class) and by.scope != ALL:
        due = show(training_class.nominations_due)
        raise Refused(f"Đã hết hạn đề cử {due}. Sở Nội vụ có thể lùi hạn của lớp.")


def is_late(training_class):
    """Whether the deadline of nominations has passed."""
    due = training_class.nominations_due
    return due is not None and today() > due


def candidates(training_class, by, officials=None):
    """The standings of those whom `by` may propose: in service at the opening, in its branch."""
    people = people_of(Unit.objects.branch_of(by), day_of(training_class))
    if by.scope != ALL:
        people = people.filter(official__in=Official.objects.visible_to(by).values("pk"))
    return people if officials is None else people.filter(official__in=officials)


@transaction.atomic
def propose(
    training_class,
    officials,
    *,
    by,
    origin=Nomination.Origin.CLERK,
    purpose="",
    target=None,
    override=("", ""),
):
    """Put people (ids) on the unit's list as drafts; Outcome with those left out and why.

    Who is not eligible needs an `override` (reason, document). `target`: a ranking.Purpose that
    the list serves. Refused, with nothing written, for ids outside the account's branch.
    """
    training_class = locked_class(training_class.pk)
    check_open(training_class, by)
    officials = set(officials)
    ranked = rank(
        candidates(training_class, by, officials),
        on=day_of(training_class),
        training_class=training_class,
        purpose=target,
    )
    if len(ranked) != len(officials):
        raise Refused("Có người không thuộc đơn vị của bạn. Mở lại trang rồi chọn tiếp.")
    known = {
        row.official_id: row
        for row in Nomination.objects.select_for_update(of=("self",)).filter(
            training_class=training_class, official__in=officials
        )
    }
    outcome, new, again = Outcome(), [], []
    place = _next_place(training_class)
    for one in ranked:
        row = known.get(one.standing.official_id)
        if why := _why_not(one, row, override):
            outcome.skipped.append((one.official.full_name, why))
            continue
        row = row or Nomination(training_class=training_class, official=one.official)
        _fill(row, one, by, origin, override, purpose, target, place)
        place += 1
        (again if row.pk else new).append(row)
        outcome.done.append(row)
    _save(new, again, by)
    if outcome.done:
        _take_wishes(outcome.done, training_class, by)
        outcome.event = record(
            "nomination.propose",
            by=by,
            subject=training_class,
            unit=by.unit,
            detail={"people": [row.official_id for row in outcome.done], "origin": origin},
        )
    return outcome


def _why_not(one, row, override):
    """Why a person cannot be put on the list, "" if they can."""
    if row is not None and row.state != S.WITHDRAWN:
        return f"đã có trong danh sách của lớp ({lower_first(row.get_state_display())})"
    if one.blocked_by and not all(override):
        return "; ".join(one.blocked_by)
    return ""


def _next_place(training_class):
    return (training_class.nominations.aggregate(last=Max("rank"))["last"] or 0) + 1


def _fill(row, one, by, origin, override, purpose, target, place):
    """What a draft says of a person as of today."""
    row.unit, row.state, row.origin, row.rank = one.standing.unit, S.DRAFT, origin, place
    row.score, row.reasons = one.score, one.stored()
    row.purpose = tidy(purpose)[:250]
    row.target_code = target.code if target else ""
    blocked = bool(one.blocked_by)
    row.override_reason = tidy(override[0])[:300] if blocked else ""
    row.override_document = tidy(override[1])[:150] if blocked else ""
    row.made_by, row.reply = by, ""
    row.signed_by = row.decided_by = row.submitted_at = row.decided_at = None
    row.version = row.version + 1 if row.pk else 1


def _save(new, again, by):
    if new:
        bulk_create_with_history(new, Nomination, default_user=by)
    if again:
        columns = [f.name for f in Nomination._meta.concrete_fields if f.name != "id"]
        bulk_update_with_history(again, Nomination, columns, default_user=by)


def _take_wishes(rows, training_class, by):
    """The wishes for the class of people on its list are answered by that."""
    wishes = Wish.objects.filter(
        official__in=[row.official_id for row in rows],
        training_class=training_class,
        state=Wish.State.OPEN,
    )
    for wish in wishes:
        wish.state, wish.answered_by = Wish.State.TAKEN, by
        wish.version += 1
        wish._history_user = by
        wish.save()


@transaction.atomic
def remove_drafts(training_class, officials, *, by):
    """Take people (ids) off the list again as long as it is a draft; how many."""
    training_class = locked_class(training_class.pk)
    rows = Nomination.objects.visible_to(by).filter(
        training_class=training_class, official__in=officials, state__in=REMOVABLE
    )
    rows = list(rows.select_related("official"))
    for row in rows:
        row._history_user = by
        row.delete()
    if rows:
        names = [str(row.official) for row in rows]
        record(
            "nomination.remove",
            by=by,
            subject=training_class,
            unit=by.unit,
            detail={"people": names},
        )
    return len(rows)


@transaction.atomic
def move_list(training_class, ids, code, *, by, reason=""):
    """prepare, sign, send_back or withdraw nominations (ids) of the own branch; Outcome."""
    training_class = locked_class(training_class.pk)
    if code in ("prepare", "sign"):
        check_open(training_class, by)
    rows = locked_nominations(training_class, ids, Nomination.objects.visible_to(by))
    before = states_of(rows)
    outcome = move_rows(rows, code, by=by, reason=reason)
    if not outcome.done and not reason and NOMINATION.moves[code].needs_reason:
        raise Refused(f"Ghi lý do để {NOMINATION.moves[code].label.lower()}.")
    for row in outcome.done:
        if code == "sign":
            row.signed_by, row.submitted_at = by, timezone.now()
    act = f"nomination.{code}"
    return save_moved(
        outcome, act, by=by, training_class=training_class, before=before, unit=by.unit
    )


@transaction.atomic
def submit_directly(training_class, ids, *, by):
    """The department puts drafts of its own among what it has to check; Outcome."""
    training_class = locked_class(training_class.pk)
    if not by.has_perm(REVIEW):
        raise Refused("Chỉ Sở Nội vụ được đưa thẳng vào danh sách xét.")
    rows = locked_nominations(training_class, ids)
    before = states_of(rows)
    outcome = move_rows(rows, "propose", by=by)
    for row in outcome.done:
        row.submitted_at = timezone.now()
    return save_moved(
        outcome, "nomination.direct", by=by, training_class=training_class, before=before
    )

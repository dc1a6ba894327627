"""What the nomination page of a unit shows: seats, deadline, who is eligible, who is not."""

from dataclasses import dataclass, field

from cadres.choices import Gender
from cadres.models import Unit
from cadres.roles import ALL
from courses.actions.nominations import candidates, is_late
from courses.busy import seats_of
from courses.eligibility import day_of
from courses.models import ClassState, Nomination, NominationState
from courses.ranking import rank
from courses.states import NOMINATION, NOMINATION_KINDS
from trainingplans.lib.dates import show, today
from trainingplans.lib.numbers import format_number

S = NominationState
OPEN = [S.DRAFT, S.RETURNED, S.WITHDRAWN]  # whose box on the page can be ticked or cleared
SQUARES = 24
# An upper layer adds tiles: functions (training_class, unit, account) → tiles; AppConfig.ready().
TILES = []


@dataclass
class Line:
    """A person on the page: the ranking's row and the nomination, if there is one."""

    ranked: object
    nomination: Nomination | None = None
    number: int = 0

    @property
    def official(self):
        return self.ranked.official

    @property
    def chosen(self):
        return self.nomination is not None and self.nomination.state == S.DRAFT

    @property
    def returned(self):
        """Why the nomination came back, "" where it did not."""
        row = self.nomination
        return row.reply if row is not None and row.state == S.RETURNED else ""

    @property
    def summary(self):
        """1989, nam, Mông."""
        row = self.ranked.standing
        birth = self.official.birth
        parts = [
            birth.display[-4:] if birth else "chưa rõ năm sinh",
            Gender(row.gender).label.lower() if row.gender else "",
            row.ethnic_group.name if row.ethnic_group_id else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass
class Sheet:
    """The people of a unit for a class, in the groups of the page."""

    eligible: list = field(default_factory=list)
    blocked: list = field(default_factory=list)
    been: list = field(default_factory=list)  # have what the course gives
    chosen: int = 0


def unit_asked(request, account):
    """The unit whose people are shown: the account's own, or the one that the address names."""
    branch = Unit.objects.branch_of(account)
    code = request.GET.get("don_vi", "")[:40]
    if code:
        return branch.filter(code=code).first()
    return account.unit if account.scope != ALL else None


def sheet_of(training_class, account, unit):
    """The Sheet of a unit (with what is below it) for a class; a constant number of queries."""
    people = candidates(training_class, account).filter(
        unit__in=Unit.objects.branch_of(account).below(unit).values("pk")
    )
    ranked = rank(people, on=day_of(training_class), training_class=training_class)
    mine = Nomination.objects.visible_to(account).filter(training_class=training_class)
    known = {row.official_id: row for row in mine}
    sheet = Sheet()
    for one in ranked:
        row = known.get(one.standing.official_id)
        if row is not None and row.state not in OPEN:
            continue
        _place(sheet, Line(one, row))
    return sheet


def _place(sheet, line):
    if line.ranked.eligible or line.chosen or line.returned:
        line.number = len(sheet.eligible) + 1
        sheet.eligible.append(line)
        sheet.chosen += line.chosen
    else:
        (sheet.been if line.ranked.has_been else sheet.blocked).append(line)


def sent_of(training_class, account, unit=None):
    """The nominations of the branch that are on their way, with what may be done with each."""
    rows = Nomination.objects.visible_to(account).filter(training_class=training_class)
    rows = rows.exclude(state__in=OPEN).select_related("official", "unit")
    if unit is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    return [row_of(row, account) for row in rows.order_by("rank", "pk")]


def row_of(row, account):
    """A nomination as tables print it."""
    moves = {move.code for move in NOMINATION.open_to(account, row.state)}
    return {
        "row": row,
        "kind": NOMINATION_KINDS[row.state],
        "label": row.get_state_display(),
        "may_withdraw": "withdraw" in moves,
        "may_prepare": "prepare" in moves or row.state == S.PREPARED and "withdraw" in moves,
        "overridden": override_words(row),
    }


def override_words(row):
    """Ngoại lệ: … (theo …)."""
    if not row.override_reason:
        return ""
    return f"Ngoại lệ: {row.override_reason} (theo {row.override_document})"


def tiles_of(training_class, unit, account):
    """Seats, deadline, and what the class is for there, else how full it is; parts/_tiles.html."""
    seats = seats_of(training_class)
    more = [tile for make in TILES for tile in make(training_class, unit, account)]
    return [_seats_tile(seats, unit), _due_tile(training_class), *(more or [_class_tile(seats)])]


def quota_of(training_class, unit):
    """What parts/_quota.html prints; None where the unit has no seats of its own."""
    seats = seats_of(training_class)
    holder = seats.holder(unit)
    if holder is None or not 0 < seats.quotas[holder] <= SQUARES:
        return None
    total = seats.quotas[holder]
    used = min(total, seats.seated[holder] + seats.asking[holder])
    held = min(total - used, seats.chosen[holder])
    words = f"{used} suất đã gửi, {held} suất đang chọn, {total - used - held} suất còn lại"
    return {"used": range(used), "held": range(held), "free": range(total - used - held)} | {
        "label": words
    }


def _seats_tile(seats, unit):
    total = seats.of(unit)
    holder = seats.holder(unit)
    note = f"đã gửi {seats.seated[holder] + seats.asking[holder]}, đang chọn {seats.chosen[holder]}"
    if total is None:
        words = "mọi đơn vị" if seats.training_class.open_to_all else "không có suất"
        return {"label": "Suất của đơn vị", "figure": "—", "unit": words, "note": note}
    note += f", còn {max(0, seats.left(unit) - seats.chosen[holder])}"
    return {
        "label": "Suất của đơn vị",
        "figure": format_number(total),
        "unit": "suất",
        "note": note,
    }


def _due_tile(training_class):
    due = training_class.nominations_due
    if due is None:
        return {"label": "Hạn gửi", "figure": "—", "unit": "", "note": "chưa đặt hạn"}
    days = (due - today()).days
    late = f"quá hạn {-days} ngày; Sở Nội vụ có thể lùi hạn"
    note = late if days < 0 else "hôm nay" if days == 0 else f"còn {days} ngày"
    return {"label": "Hạn gửi", "figure": f"{due:%d/%m}", "unit": f"{due:%Y}", "note": note}


def _class_tile(seats):
    return {
        "label": "Cả lớp",
        "figure": format_number(seats.taken),
        "unit": f"/ {seats.training_class.capacity} chỗ",
        "note": f"đã chấp nhận; còn {seats.free} chỗ",
    }


def why_closed(training_class, account):
    """Why nothing can be proposed at the moment, "" while it can."""
    if training_class.state != ClassState.CALLING:
        return f"Lớp đang ở trạng thái “{training_class.get_state_display()}”, không nhận đề cử."
    if is_late(training_class) and account.scope != ALL:
        due = show(training_class.nominations_due)
        return f"Đã hết hạn đề cử {due}. Sở Nội vụ có thể lùi hạn của lớp."
    return ""

"""Wishes to learn: sent by an official, answered by the unit's clerk."""

from django.db import transaction

from cadres.audit import record
from cadres.models import Official
from courses.models import ClassState, TrainingClass, Wish
from trainingplans.lib.commands import Refused
from trainingplans.lib.text import tidy

OPEN = Wish.State.OPEN


@transaction.atomic
def add_wish(*, by, training_class=None, course=None, note=""):
    """A wish of the official behind `by` for a class or a course; the open one, if there is one."""
    if by.official_id is None:
        raise Refused("Tài khoản chưa gắn với hồ sơ cán bộ. Quản trị hệ thống gắn giúp.")
    # Two at once take turns on the official, so that one wish is made.
    Official.objects.select_for_update().get(pk=by.official_id)
    same = Wish.objects.filter(
        official=by.official_id, training_class=training_class, course=course, state=OPEN
    ).first()
    if same:
        return same
    if training_class and training_class.state != ClassState.CALLING:
        raise Refused("Lớp không còn chiêu sinh. Chọn lớp khác, hoặc gửi nguyện vọng theo khóa.")
    wish = Wish(
        official=by.official, training_class=training_class, course=course, note=tidy(note)[:300]
    )
    wish._history_user = by
    wish.save()
    record("wish.add", by=by, subject=wish)
    return wish


@transaction.atomic
def withdraw_wish(wish, *, by):
    """Take an open wish back."""
    wish = _open(wish)
    _save(wish, Wish.State.WITHDRAWN, by)
    record("wish.withdraw", by=by, subject=wish)
    return wish


@transaction.atomic
def answer_wishes(ids, state, *, by, reply=""):
    """Answer open wishes (ids) of the branch: TAKEN or DECLINED with words; how many.

    Refused, with nothing written, for a wish of other units and for a no without a reason.
    """
    if state == Wish.State.DECLINED and not reply.strip():
        raise Refused("Ghi lý do chưa đáp ứng, người gửi đọc được.")
    people = Official.objects.visible_to(by).values("pk")
    rows = list(Wish.objects.select_for_update().filter(pk__in=ids, official__in=people))
    if len(rows) != len(set(ids)):
        raise Refused("Có nguyện vọng không thuộc đơn vị của bạn. Mở lại trang rồi chọn tiếp.")
    rows = [row for row in rows if row.state == OPEN]
    for row in rows:
        row.reply, row.answered_by = tidy(reply)[:300], by
        _save(row, state, by)
    if rows:
        detail = {"wishes": [row.pk for row in rows], "state": state}
        record("wish.answer", by=by, label=f"{len(rows)} nguyện vọng", unit=by.unit, detail=detail)
    return len(rows)


def _open(wish):
    wish = Wish.objects.select_for_update().get(pk=wish.pk)
    if wish.state != OPEN:
        raise Refused(f"Nguyện vọng đã ở trạng thái “{wish.get_state_display()}”.")
    return wish


def _save(wish, state, by):
    wish.state = state
    wish.version += 1
    wish._history_user = by
    wish.save()


def classes_to_wish(account):
    """The classes that an official may wish for."""
    classes = TrainingClass.objects.visible_to(account).filter(state=ClassState.CALLING)
    return classes.select_related("course", "institution").order_by("nominations_due", "code")

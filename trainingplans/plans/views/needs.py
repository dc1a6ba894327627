"""The answer of a unit: its grid, the people named, signing, returning, accepting."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.models import AuditEvent
from courses.models import Category
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.listing import ids_of
from trainingplans.lib.text import lower_first
from trainingplans.plans import needs as reading
from trainingplans.plans.actions import needs as actions
from trainingplans.plans.models import NeedPerson, NeedRound, Target, UnitNeed
from trainingplans.plans.needforms import cells_of
from trainingplans.plans.refusals import refused
from trainingplans.plans.states import NEED, NEED_KINDS, NOT_SENT, WITH_UNIT
from trainingplans.plans.undo import offer_undo_at

VIEW, CHANGE = "plans.view_need", "plans.change_need"
SOURCES = {"muc-tieu": "Người chưa đạt mục tiêu", "nguyen-vong": "Nguyện vọng", "tim": "Tìm tên"}


def answer_of(request, pk):
    """The answer of a round that was opened, if the account may see it; 404 otherwise."""
    rows = UnitNeed.objects.visible_to(request.user).select_related("round", "unit", "signed_by")
    return get_object_or_404(rows, pk=pk)


@needs(VIEW)
@require_GET
def need(request, pk):
    answer = answer_of(request, pk)
    targets = Target.objects.visible_to(request.user).for_list()
    groups, _ = reading.grid_of(answer, targets, today())
    return _page(request, answer, groups)


def _page(request, answer, groups, *, note=None, status=200, problems=()):
    on = today()
    writes = request.user.has_perm(CHANGE) and answer.state in WITH_UNIT
    is_open = answer.round.state == NeedRound.State.OPEN
    moves = NEED.open_to(request.user, answer.state) if is_open else []
    rows = [row for group in groups for row in group.rows]
    asked = [row for row in rows if row.need]
    context = {
        "answer": answer,
        "round": answer.round,
        "kind": NEED_KINDS[answer.state],
        "late_by": late_by(answer, on),
        "groups": groups,
        "asked": asked,
        "people": _people_by_content(answer) if not writes else {},
        "total": sum(row.need.number for row in asked),
        "named": sum(row.named for row in asked),
        "note": answer.note if note is None else note,
        "writes": writes and is_open,
        "moves": [move for move in moves if move.code != "submit"],
        "may_run": request.user.has_perm("plans.run_round"),
        "problems": problems,
    }
    if not context["writes"]:
        for row in asked:
            row.people = context["people"].get(row.category.pk, [])
    return render(request, "needs/need.html", context, status=status)


def late_by(answer, on):
    """By how many days the answer is late, 0 for one that is sent or still in time."""
    if answer.state not in NOT_SENT:
        return 0
    return max(0, (on - answer.round.due).days)


def _people_by_content(answer):
    found = {}
    rows = NeedPerson.objects.filter(need__answer=answer)
    for person in rows.select_related("official", "need", "target").order_by("official__sort_key"):
        found.setdefault(person.need.category_id, []).append(person)
    return found


@needs(CHANGE)
@require_POST
def need_save(request, pk):
    """Save what was typed; with the button for it also put it before the leader."""
    answer = answer_of(request, pk)
    contents = reading.contents_of([pk])
    cells, problems, typed = cells_of(request.POST, contents)
    note = request.POST.get("note", "").strip()[:2000]
    try:
        saved = actions.save_grid(answer, cells, note, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _again(request, answer, {}, {}, typed, note)
    problems |= saved.problems
    if problems or saved.conflicts:
        return _again(request, answer, problems, saved.conflicts, typed, note)
    if request.POST.get("step") == "submit":
        return _move(request, answer, "submit")
    messages.success(request, "Đã lưu nhu cầu.")
    return redirect("plans:need", pk)


def _again(request, answer, problems, conflicts, typed, note):
    """The grid with what was typed, and beside each row what is wrong with it."""
    answer = answer_of(request, answer.pk)
    targets = Target.objects.visible_to(request.user).for_list()
    groups, rows = reading.grid_of(answer, targets, today())
    for pk, (number, remark) in typed.items():
        row = rows.get(pk)
        if row is None:
            continue
        row.problem = problems.get(pk, "")
        if pk in conflicts:
            there = conflicts[pk][0]
            what = f"số người là {there}" if there else "đã bỏ dòng này"
            row.conflict = f"người khác vừa ghi: {what}. Lưu lần nữa để lấy số của bạn."
        if row.problem or row.conflict or answer.state not in WITH_UNIT:
            row.typed = (number, remark)
    wrong = [row for row in rows.values() if row.problem or row.conflict]
    status = 409 if conflicts or not wrong else 422
    return _page(request, answer, groups, note=note, status=status, problems=wrong)


@needs(VIEW)
@require_POST
def need_move(request, pk):
    """Make the move that the pressed button names; the table of moves says who may."""
    answer = answer_of(request, pk)
    code = request.POST.get("move", "")
    if code not in NEED.moves:
        return redirect("plans:need", pk)
    return _move(request, answer, code, request.POST.get("reason", ""))


def _move(request, answer, code, reason=""):
    try:
        moved = actions.move_answer(answer, code, by=request.user, reason=reason)
    except Refused as refusal:
        refused(f"need.{code}", refusal, by=request.user, subject=answer, unit=answer.unit)
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{moved.unit}: {lower_first(moved.get_state_display())}.")
    return redirect("plans:need", answer.pk)


# ---- people ------------------------------------------------------------------------------------


@needs(VIEW)
@require_GET
def need_people(request, pk, category):
    """The people named for a content, and whom else to name: by target, by wish, by name."""
    answer, on = answer_of(request, pk), today()
    content = get_object_or_404(Category, pk=category)
    named = list(reading.named_people(answer, content))
    writes = request.user.has_perm(CHANGE) and answer.state in WITH_UNIT
    writes = writes and answer.round.state == NeedRound.State.OPEN
    targets = list(Target.objects.visible_to(request.user).for_list())
    source = request.GET.get("tu", "muc-tieu")
    source = source if source in SOURCES else "muc-tieu"
    text = request.GET.get("q", "")[:120]
    target = _target_asked(request, targets, content)
    named_ids = {person.official_id for person in named}
    found = _found(answer, content, source, target, text, named_ids, on) if writes else []
    context = {
        "answer": answer,
        "round": answer.round,
        "content": content,
        "named": named,
        "writes": writes,
        "source": source,
        "tabs": _tabs(answer, content, source),
        "targets": targets,
        "target": target,
        "q": text,
        "found": found,
        "at_most": reading.FOUND_AT_MOST,
    }
    return render(request, "needs/people.html", context)


def _target_asked(request, targets, content):
    """The target of the address; without one the first that the content serves, else the first."""
    asked = request.GET.get("muc_tieu", "")
    chosen = [target for target in targets if str(target.pk) == asked]
    serves = reading.Serving()
    serving = [target for target in targets if serves(content, target)]
    return next(iter(chosen or serving or targets), None)


def _found(answer, content, source, target, text, named, on):
    if source == "nguyen-vong":
        rows = list(reading.wishes_of(answer, content)[: reading.FOUND_AT_MOST])
        return [
            reading.Candidate(
                wish.official,
                reasons=[{"text": wish.note, "kind": ""}] if wish.note else [],
                named=wish.official_id in named,
            )
            for wish in rows
        ]
    if source == "tim":
        found = reading.found_by_name(answer, text, on) if text.strip() else []
        return reading.candidates(found, content, named, on)
    if target is None:
        return []
    return reading.candidates(reading.missing_people(answer, target, on), content, named, on)


def _tabs(answer, content, source):
    page = reverse("plans:need_people", args=[answer.pk, content.pk])
    return [
        {"label": label, "url": f"{page}?tu={key}", "active": key == source, "count": None}
        for key, label in SOURCES.items()
    ]


def _officials(request):
    return list(ids_of(request, "nguoi"))


@needs(CHANGE)
@require_POST
def need_name(request, pk, category):
    answer, content = answer_of(request, pk), get_object_or_404(Category, pk=category)
    source = request.POST.get("tu", "")
    origin = {"muc-tieu": "target", "nguyen-vong": "wish"}.get(source, "hand")
    asked = request.POST.get("muc_tieu", "")
    targets = Target.objects.visible_to(request.user)
    target = targets.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else None
    try:
        event, done, skipped = actions.name_people(
            answer,
            content,
            _officials(request),
            by=request.user,
            origin=origin,
            target=target if origin == "target" else None,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:need_people", pk, category)
    if event:
        _offer(request, f"Đã thêm {len(done)} người vào {content}.", answer, content, event)
    if skipped:
        messages.warning(request, f"{len(skipped)} người đã có trong danh sách từ trước.")
    return redirect("plans:need_people", pk, category)


@needs(CHANGE)
@require_POST
def need_drop(request, pk, category):
    answer, content = answer_of(request, pk), get_object_or_404(Category, pk=category)
    try:
        event = actions.drop_people(answer, content, _officials(request), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:need_people", pk, category)
    if event is None:
        messages.error(request, "Chưa chọn người nào. Đánh dấu ít nhất một người.")
    else:
        words = f"Đã bỏ {event.detail['count']} người khỏi {content}."
        _offer(request, words, answer, content, event)
    return redirect("plans:need_people", pk, category)


def _offer(request, text, answer, content, event):
    ids = [answer.pk, content.pk, event.pk]
    offer_undo_at(request, reverse("plans:need_undo", args=ids), text)


@needs(CHANGE)
@require_POST
def need_undo(request, pk, category, event):
    """Take back a naming or a dropping of people."""
    answer, content = answer_of(request, pk), get_object_or_404(Category, pk=category)
    acts = AuditEvent.objects.filter(act__in=["need.name", "need.drop"], by=request.user)
    told = get_object_or_404(acts, pk=event, subject_id=pk, detail__category=content.code)
    try:
        count = actions.undo_names(answer, told, content, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã hoàn tác với {count} người.")
    return redirect("plans:need_people", pk, category)

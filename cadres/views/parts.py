"""Adding, changing, ending, deleting and restoring the rows that hang on an official."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cadres.actions import Refused, add_row, change_row, delete_row, move_posting, restore_row
from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.forms.parts import PostingEnd, PostingMove
from cadres.parts import PARTS
from cadres.views.common import done, offer_undo, official_of, show_conflict
from trainingplans.lib.access import needs


def _row(request, part, pk, row):
    """(the official, the row) if the account may see them; 404 otherwise."""
    person = official_of(request, pk)
    rows = part.model.objects.visible_to(request.user).filter(official=person)
    return person, get_object_or_404(rows, pk=row)


def _tab(part, person):
    return reverse(f"cadres:official_{part.tab}", args=[person.pk])


def _page(request, form, person, title, back, **more):
    context = {"form": form, "person": person, "title": title, "cancel_url": back, **more}
    return render(request, "cadres/part_form.html", context)


@require_http_methods(["GET", "POST"])
@needs("cadres.change_official")
def part_add(request, pk, part):
    part, person = PARTS[part], official_of(request, pk)
    back = _tab(part, person)
    form = add_form(
        part.add_form,
        request,
        official=person,
        account=request.user,
        initial={"ladder": request.GET.get("thang", "")},
    )
    again, _ = sent_before(request)
    if again or form.is_valid():
        act = f"{part.name}.add"
        if not again:
            make_once(
                form, by=request.user, make=lambda: add_row(form.instance, by=request.user, act=act)
            )
        return done(request, f"Đã thêm {part.noun} của {person}.", back)
    return _page(request, form, person, f"Thêm {part.noun}", back, submit=f"Thêm {part.noun}")


@require_http_methods(["GET", "POST"])
@needs("cadres.change_official")
def part_edit(request, pk, part, row):
    part = PARTS[part]
    person, row = _row(request, part, pk, row)
    return _change(
        request,
        part.change_form,
        person,
        row,
        title=f"Sửa {part.noun}",
        save=lambda form: change_row(form, by=request.user, act=f"{part.name}.change"),
        said=f"Đã lưu {part.noun} của {person}.",
        back=_tab(part, person),
    )


@require_http_methods(["GET", "POST"])
@needs("cadres.change_official")
def posting_move(request, pk, row):
    """Another post from a day on: closes this one."""
    person, row = _row(request, PARTS["vi-tri"], pk, row)
    return _change(
        request,
        PostingMove,
        person,
        row,
        title=f"Đổi vị trí của {person}",
        save=lambda form: move_posting(form, by=request.user),
        said=f"Đã đổi vị trí của {person}.",
        back=_tab(PARTS["vi-tri"], person),
    )


@require_http_methods(["GET", "POST"])
@needs("cadres.change_official")
def posting_end(request, pk, row):
    """The end of a post."""
    person, row = _row(request, PARTS["vi-tri"], pk, row)
    return _change(
        request,
        PostingEnd,
        person,
        row,
        title=f"Kết thúc vị trí của {person}",
        save=lambda form: change_row(form, by=request.user, act="posting.end"),
        said=f"Đã kết thúc vị trí của {person}.",
        back=_tab(PARTS["vi-tri"], person),
    )


def _change(request, form_class, person, row, *, title, save, said, back):
    about = str(row)
    form = edit_form(form_class, request, row, official=person, account=request.user)
    if form.is_valid():
        conflict = save(form)
        if conflict:
            return show_conflict(request, conflict, title=title, back=back)
        return done(request, said, back)
    return _page(request, form, person, title, back, about=about, submit=title)


@require_http_methods(["GET", "POST"])
@needs("cadres.change_official")
def part_delete(request, pk, part, row):
    """Asks first; afterwards the row can be brought back."""
    part = PARTS[part]
    person, row = _row(request, part, pk, row)
    back, about = _tab(part, person), str(row)
    if request.method == "POST":
        try:
            image = delete_row(row, by=request.user, act=f"{part.name}.delete")
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        args = {"pk": person.pk, "part": part.slug, "image": image}
        undo = reverse("cadres:part_restore", kwargs=args)
        offer_undo(request, f"Đã xóa {part.noun} “{about}” của {person}.", undo)
        return redirect(back)
    context = {"person": person, "part": part, "about": about, "back": back, "row": row}
    return render(request, "cadres/part_delete.html", context)


@require_POST
@needs("cadres.change_official")
def part_restore(request, pk, part, image):
    """Brings back a row that was deleted."""
    part, person = PARTS[part], official_of(request, pk)
    deleted = part.model.history.filter(official_id=person.pk, history_type="-")
    image = get_object_or_404(deleted, pk=image)
    try:
        row = restore_row(image, by=request.user, act=f"{part.name}.restore")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_tab(part, person))
    return done(request, f"Đã khôi phục {part.noun} “{row}”.", _tab(part, person))

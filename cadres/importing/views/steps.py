"""Acts on one import: apply, undo, drop, run again, take the unit sheet."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from cadres.importing import acting, result_page
from cadres.importing.aftermath import still_to_see
from cadres.importing.decisions import StateError
from cadres.importing.saving import save_decisions
from cadres.importing.views.batch import answer
from cadres.importing.views.lookup import batch_for, go
from cadres.intake.background import begin
from cadres.intake.kinds import KINDS
from cadres.models import ImportBatch
from trainingplans.lib.access import needs

State = ImportBatch.State


@needs("cadres.import_roster")
@require_POST
def apply(request, pk):
    """Save the decisions of the form, then write with them; changed cells are shown first."""
    found = batch_for(request, pk)
    try:
        saved = save_decisions(found, request.POST, by=request.user)
        if saved.what == "reading" or saved.problem or saved.is_behind:
            if saved.what:
                begin(saved.batch, "preview", request.user)
            messages.warning(request, " ".join([*still_to_see(saved), _look_again(saved)]))
            return answer(request, saved, is_told=True)
        acting.claim(found, "apply")
        begin(found, "apply", request.user)
    except StateError:
        found.refresh_from_db()
        messages.warning(request, acting.why_not(found, "apply"))
    return go(request, "imports:batch", pk)


@needs("cadres.import_roster")
@require_http_methods(["GET", "POST"])
def undo(request, pk):
    """Say what taking back means; take back, unless newer imports were not seen there yet."""
    found = batch_for(request, pk)
    context = result_page.undo_context(found, request.user)
    if request.method == "GET" or (context["newer"] and not request.POST.get("da-xem")):
        return render(request, "imports/undo.html", context)
    try:
        acting.claim(found, "undo")
        begin(found, "undo", request.user)
    except StateError as error:
        messages.warning(request, str(error))
    return go(request, "imports:batch", pk)


@needs("cadres.import_roster")
@require_POST
def drop(request, pk):
    """Leave a file unapplied; it stays in the history."""
    found = batch_for(request, pk)
    try:
        acting.drop(found, by=request.user)
        messages.success(
            request,
            f"Đã bỏ tệp {found.file_name}. Không ghi gì vào hệ thống; "
            f"trong {settings.DROPPED_DAYS} ngày mở tệp là làm tiếp được.",
        )
    except StateError as error:
        messages.warning(request, str(error))
    return go(request, KINDS[found.kind].home)


@needs("cadres.import_roster")
@require_POST
def again(request, pk):
    """Do the step again whose process died."""
    found = batch_for(request, pk)
    try:
        begin(found, acting.claim_again(found), request.user)
    except StateError as error:
        messages.warning(request, str(error))
    return go(request, "imports:batch", pk)


@needs("cadres.import_roster")
@require_POST
def take_up(request, pk):
    """Open a file again that was put away."""
    found = batch_for(request, pk)
    try:
        acting.take_up(found, by=request.user)
        begin(found, "preview", request.user)
    except StateError as error:
        messages.warning(request, str(error))
    return go(request, "imports:batch", pk)


@needs("cadres.change_unit")
@require_POST
def unit_sheet(request, pk):
    """Take areas and languages of units from a sheet of the file."""
    found = batch_for(request, pk)
    try:
        messages.success(request, acting.take_unit_sheet(found, by=request.user))
        if found.state == State.PREVIEW:
            begin(found, "preview", request.user)
    except StateError as error:
        messages.warning(request, str(error))
    return go(request, "imports:batch", pk)


BEHIND = "Có người vừa sửa danh sách này ở nơi khác."
AGAIN = "Xem lại số dòng sẽ ghi rồi bấm Áp dụng lần nữa."


def _look_again(saved):
    """Why nothing was written yet: the figures that were shown are no longer those."""
    behind = BEHIND if saved.is_behind else ""
    return " ".join(filter(None, [saved.problem, saved.words, behind, AGAIN]))

"""The page of one import: being read, preview with decisions, result."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from cadres.importing import preview_page, result_page
from cadres.importing.aftermath import still_to_see
from cadres.importing.decisions import StateError
from cadres.importing.saving import save_decisions
from cadres.importing.views.lookup import batch_for, go
from cadres.importing.working import working_context
from cadres.intake.background import BUSY, begin, is_broken
from cadres.models import ImportBatch
from trainingplans.lib.access import needs

State = ImportBatch.State
VIEW_KEYS = ("trang-tinh", "xem", "page", "nguoi")


@needs("cadres.import_roster")
@require_GET
def batch(request, pk):
    """One import, whatever its state."""
    found = batch_for(request, pk)
    if found.state in BUSY or is_broken(found):
        return render(request, "imports/working.html", working_context(found))
    if found.state == State.PREVIEW:
        return render(request, "imports/preview.html", preview_context(request, found))
    context = result_page.context(found, request.user, request.GET)
    return render(request, "imports/result.html", context)


def preview_context(request, found, query=None):
    """The preview as the address asks for it."""
    return preview_page.context(found, request.user, request.GET if query is None else query)


@needs("cadres.import_roster")
@require_GET
def progress(request, pk):
    """The part that a waiting page asks for every second; when the work is over, one reload."""
    found = batch_for(request, pk)
    # Watching is no activity: it neither prolongs the session nor waits for SQLite's one writer.
    del request.session
    if found.state in BUSY and not is_broken(found):
        return render(request, "imports/_progress.html", working_context(found))
    response = render(request, "imports/_progress_over.html", {"batch": found})
    # Only when asked by the part that no longer polls: each poll would cut off the reload.
    if "xong" in request.GET:
        response["HX-Refresh"] = "true"
    return response


@needs("cadres.import_roster")
@require_POST
def choose(request, pk):
    """Save what was decided on the preview; read again with it."""
    found = batch_for(request, pk)
    try:
        saved = save_decisions(found, request.POST, by=request.user)
    except StateError as error:
        messages.error(request, str(error))
        return go(request, "imports:batch", pk)
    if saved.what and not request.POST.get("chi-luu"):
        begin(saved.batch, "preview", request.user)
    if saved.words:
        messages.success(request, saved.words)
    if saved.problem:
        messages.error(request, saved.problem)
    seen = still_to_see(saved)
    for sentence in seen:
        messages.warning(request, sentence)
    # A cell that is still wrong stays in sight, open, and says so itself.
    return answer(request, saved, is_told=bool(saved.problem or (seen and saved.columns)))


def answer(request, saved, is_told=False):
    """After a save: the part for htmx, else the page that was open.

    `is_told`: what stands on top must be read, so the part is shown from there.
    """
    found = saved.batch
    query = QueryDict(request.POST.get("xem-o", ""))
    kept = {key: query[key] for key in VIEW_KEYS if key in query}
    found.refresh_from_db()
    # The day also stands above the part.
    if "HX-Request" in request.headers and found.state == State.PREVIEW and not saved.is_new_day:
        chosen = QueryDict(urlencode(kept))
        context = preview_page.context(found, request.user, chosen)
        response = render(request, "imports/_preview.html", context)
        if is_told:
            response["HX-Reswap"] = "outerHTML show:top"
        return response
    return go(request, "imports:batch", found.pk, query=urlencode(kept))

"""The first page: files to send beside the history of what was sent."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cadres.importing.forms import ACCEPT, HistoryFilter, UploadForm
from cadres.importing.history import history_rows
from cadres.importing.receiving import receive
from cadres.intake.kinds import ROSTER
from cadres.models import ImportBatch
from trainingplans.lib.access import needs
from trainingplans.lib.listing import page_of, render_page_or_part, rows_of

HISTORY_PAGE = 20


@needs("cadres.import_roster")
@require_http_methods(["GET", "POST"])
def upload(request):
    """Send files, see the history."""
    sent = request.POST or None, request.FILES or None
    form = UploadForm(*sent, account=request.user, initial=_typed_before(request.GET))
    if request.method == "POST" and form.is_valid():
        return _received(request, form)
    context = {"title": "Nhập danh sách", "form": form, "accept": ACCEPT, **history_of(request)}
    context |= {"kept_days": settings.DROPPED_DAYS}
    if request.method == "POST":
        return render(request, "imports/upload.html", context, status=422)
    return render_page_or_part(request, "imports/upload.html", "imports/_history.html", context)


def _received(request, form):
    """Take each file; one that could be read opens, several are shown in the history."""
    batches = [
        receive(
            file,
            by=request.user,
            on=form.cleaned_data["on"],
            unit=form.unit_chosen(),
            absent=form.cleaned_data["absent"],
        )
        for file in form.cleaned_data["files"]
    ]
    refused = [batch for batch in batches if batch.state == ImportBatch.State.REFUSED]
    for batch in refused:
        messages.error(request, f"{batch.file_name}: {batch.message}")
    if len(batches) == 1 and not refused:
        return redirect("imports:batch", pk=batches[0].pk)
    if len(batches) > len(refused):
        count = len(batches) - len(refused)
        messages.success(request, f"Đã nhận {count} tệp. Mở từng tệp để xem rồi áp dụng.")
    # What was refused is told on top, beside the form that a mended file is sent with.
    after = f"?{_typed(form)}" if refused else "#lich-su"
    return redirect(reverse("imports:upload") + after)


# Names in the address of what the form held; those of the history's filter are others.
KEPT = {"ngay": "on", "vang-mat": "absent", "don-vi": "unit"}


def _typed(form):
    """What was chosen beside the files, as an address: for the mended file."""
    told = {name: form[field].value() for name, field in KEPT.items() if field in form.fields}
    return urlencode({name: value for name, value in told.items() if value})


def _typed_before(query):
    """The same as the first values of the form."""
    return {field: query[name] for name, field in KEPT.items() if query.get(name)}


def history_of(request, kind=ROSTER):
    """{filter, page, rows}: the imports of this kind that the account may open."""
    found = HistoryFilter(
        request.GET,
        ImportBatch.objects.visible_to(request.user).filter(kind=kind),
        account=request.user,
    )
    rows = rows_of(found).select_related("unit", "by")
    page = page_of(request, rows.defer("issues", "report", "choices", "edits"), HISTORY_PAGE)
    return {"filter": found, "page": page, "rows": history_rows(page)}

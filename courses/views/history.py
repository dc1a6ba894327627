"""Sending lists of people who were trained, and what became of them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cadres.importing.forms import ACCEPT, UploadForm
from cadres.importing.receiving import receive
from cadres.importing.views.upload import history_of
from cadres.models import ImportBatch
from courses.history.kind import CODE
from trainingplans.lib.access import needs
from trainingplans.lib.dates import today
from trainingplans.lib.listing import render_page_or_part


class HistoryForm(UploadForm):
    """Files to send; neither a day nor people gone, which only rosters have."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["on"], self.fields["absent"]


@needs("courses.import_history")
@require_http_methods(["GET", "POST"])
def upload(request):
    """Send files, see the history."""
    form = HistoryForm(request.POST or None, request.FILES or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        return _received(request, form)
    context = {"title": "Đã qua đào tạo", "form": form, "accept": ACCEPT}
    context |= history_of(request, CODE)
    if request.method == "POST":
        return render(request, "courses/history.html", context, status=422)
    return render_page_or_part(request, "courses/history.html", "imports/_history.html", context)


def _received(request, form):
    sent = {"by": request.user, "on": today(), "unit": form.unit_chosen(), "kind": CODE}
    batches = [receive(file, **sent) for file in form.cleaned_data["files"]]
    refused = [batch for batch in batches if batch.state == ImportBatch.State.REFUSED]
    for batch in refused:
        messages.error(request, f"{batch.file_name}: {batch.message}")
    if len(batches) == 1 and not refused:
        return redirect("imports:batch", pk=batches[0].pk)
    return redirect(reverse("courses:past") + ("" if refused else "#lich-su"))

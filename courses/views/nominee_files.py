"""Nominating from the office's own Excel list: read, shown, then chosen."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cadres.intake.types import IntakeError
from courses.class_page import class_of, shell_of
from courses.eligibility import day_of
from courses.forms.nominations import NomineesFileForm
from courses.found import find_people, posts_of
from courses.nominating import why_closed
from courses.states import NOMINATE
from courses.views.nominations import PAGE
from trainingplans.lib.access import needs
from trainingplans.lib.documents import MEGABYTE


@require_http_methods(["GET", "POST"])
@needs(NOMINATE)
def nominate_file(request, pk):
    """Whom the rows of the file mean; nothing is written before they are chosen."""
    row = class_of(request, pk)
    if request.method == "GET":
        return redirect(PAGE, pk)
    form = NomineesFileForm(request.POST, request.FILES)
    found = []
    if form.is_valid():
        try:
            found = _read(form.cleaned_data["file"], row, request.user)
        except (IntakeError, ValueError) as fault:
            form.add_error("file", str(fault))
    posts = posts_of([one.official.pk for one in found if one.official], day_of(row))
    context = shell_of(request, row, PAGE) | {
        "form": form,
        "matched": [(one, posts.get(one.official.pk, "")) for one in found if one.official],
        "unmatched": [one for one in found if not one.official],
        "closed": why_closed(row, request.user),
        "file_name": getattr(request.FILES.get("file"), "name", "")[:120],
    }
    status = 422 if form.errors else 200
    return render(request, "courses/nominate_file.html", context, status=status)


def _read(upload, row, account):
    if upload.size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // MEGABYTE
        raise ValueError(f"Tệp lớn hơn {limit} MB. Giảm dung lượng rồi chọn lại.")
    return find_people(upload.read(), upload.name, row, account)

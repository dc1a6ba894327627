"""The portal's own pages: errors and health."""

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trainingplans.lib.access import open_to_everyone


def csrf_failure(request, reason=""):
    """403 in Vietnamese for a form without its token."""
    return render(request, "403_csrf.html", status=403)


@open_to_everyone("says only that the process answers")
@require_GET
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@open_to_everyone("says only that the database answers")
@require_GET
def readyz(request):
    connection.ensure_connection()
    return HttpResponse("ok", content_type="text/plain")

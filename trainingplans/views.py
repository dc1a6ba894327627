"""The portal's own pages: errors and health."""

from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from trainingplans.lib.access import open_to_everyone


def csrf_failure(request, reason=""):
    """403 in Vietnamese for a form without its token; a part of a page gets a new one and stays."""
    if "HX-Request" in request.headers:
        if not request.user.is_authenticated:
            return render(request, "_logged_out.html", status=401)
        headers = {"X-New-Token": get_token(request)}
        return HttpResponse(render_to_string("_old_form.html"), status=403, headers=headers)
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

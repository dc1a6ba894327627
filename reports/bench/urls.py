"""The portal's addresses and the peer's beside them; only the benchmark serves these."""

from django.shortcuts import render
from django.urls import include, path

from reports.bench.admin import site
from trainingplans.lib.access import any_account


@any_account("only the benchmark serves it")
def empty(request):
    """A page with nothing on it but what every page has."""
    return render(request, "base.html", {"title": "Trang trống"})


urlpatterns = [
    path("bench-admin/", site.urls),
    path("bench-empty/", empty),
    path("", include("trainingplans.urls")),
]

"""The portal's addresses and the peer's beside them; only the benchmark serves these."""

from django.urls import include, path

from reports.bench.admin import site

urlpatterns = [
    path("bench-admin/", site.urls),
    path("", include("trainingplans.urls")),
]

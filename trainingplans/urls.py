"""Addresses of the portal."""

from django.urls import include, path

from trainingplans import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("reports.urls_home")),
    path("", include("trainingplans.plans.urls")),
    path("", include("reports.urls")),
]

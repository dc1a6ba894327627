"""Addresses of the portal."""

from django.urls import include, path

from trainingplans import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("nhap-danh-sach/", include("cadres.importing.urls")),
]

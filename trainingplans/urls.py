"""Addresses of the portal."""

from django.urls import path

from trainingplans import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

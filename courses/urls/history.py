"""Addresses of the list of the past."""

from django.urls import path

from courses.views import history

urlpatterns = [
    path("qua-dao-tao/", history.upload, name="past"),
]

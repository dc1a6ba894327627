"""Addresses of learning in the records: history, lessons of a year, commitments."""

from django.urls import path

from courses.views import records

urlpatterns = [
    path("can-bo/<int:pk>/lop-da-hoc/", records.history, name="history"),
    path("so-tiet/", records.hours, name="hours"),
    path("cam-ket/", records.commitments, name="commitments"),
    path("cam-ket/<int:pk>/", records.commitment, name="commitment"),
    path("cam-ket/<int:pk>/mien/", records.commitment_release, name="commitment_release"),
    path("cam-ket/<int:pk>/bo-mien/", records.commitment_unrelease, name="commitment_unrelease"),
]

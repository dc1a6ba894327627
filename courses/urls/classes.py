"""Addresses of classes."""

from django.urls import path

from courses.views import classes, seats, sessions

urlpatterns = [
    path("lop/", classes.classes, name="classes"),
    path("lop/trung-lich/", sessions.clashes, name="clashes"),
    path("lop/mo/", classes.class_add, name="class_add"),
    path("lop/<int:pk>/", classes.training_class, name="class"),
    path("lop/<int:pk>/mo-lop-giong/", classes.class_clone, name="class_clone"),
    path("lop/<int:pk>/sua/", classes.class_edit, name="class_edit"),
    path("lop/<int:pk>/chuyen/<slug:move>/", classes.class_move, name="class_move"),
    path("lop/<int:pk>/lich/", sessions.class_sessions, name="class_sessions"),
    path("lop/<int:pk>/lich/luu/", sessions.sessions_save, name="sessions_save"),
    path("lop/<int:pk>/lich/theo-mau/", sessions.sessions_pattern, name="sessions_pattern"),
    path("lop/<int:pk>/lich/hoan-tac/<int:event>/", sessions.sessions_undo, name="sessions_undo"),
    path("lop/<int:pk>/suat/", seats.class_seats, name="class_seats"),
    path("lop/<int:pk>/suat/luu/", seats.seats_save, name="seats_save"),
    path("lop/<int:pk>/suat/hoan-tac/<int:event>/", seats.seats_undo, name="seats_undo"),
]

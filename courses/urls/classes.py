"""Addresses of classes."""

from django.urls import path

from courses.views import classes

urlpatterns = [
    path("lop/", classes.classes, name="classes"),
    path("lop/mo/", classes.class_add, name="class_add"),
    path("lop/<int:pk>/", classes.training_class, name="class"),
    path("lop/<int:pk>/sua/", classes.class_edit, name="class_edit"),
    path("lop/<int:pk>/chuyen/<slug:move>/", classes.class_move, name="class_move"),
]

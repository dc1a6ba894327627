"""Addresses of the money of classes."""

from django.urls import path

from trainingplans.plans.views import costs

urlpatterns = [
    path("lop/<int:pk>/kinh-phi/", costs.class_costs, name="class_costs"),
    path("lop/<int:pk>/kinh-phi/luu/", costs.costs_save, name="costs_save"),
    path("lop/<int:pk>/kinh-phi/hoan-tac/<int:event>/", costs.costs_undo, name="costs_undo"),
]

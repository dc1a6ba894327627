"""The address of a plan's progress."""

from django.urls import path

from trainingplans.plans.views.progress import plan_progress

urlpatterns = [path("ke-hoach/<int:pk>/tien-do/", plan_progress, name="plan_progress")]

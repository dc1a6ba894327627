"""Addresses of figures: the dashboard, targets, the people behind each figure."""

from django.urls import path

from reports import views
from reports.pages.bridge import bridge
from reports.pages.forecast import forecast

app_name = "reports"
urlpatterns = [
    path("tong-quan/", views.dashboard, name="dashboard"),
    path("tong-quan/don-vi/", views.heat, name="heat"),
    path("muc-tieu/", views.targets, name="targets"),
    path("muc-tieu/<str:key>/", views.target, name="target"),
    path("muc-tieu/<str:key>/don-vi/", views.target_units, name="target_units"),
    path("muc-tieu/<str:key>/vi-sao/", bridge, name="bridge"),
    path("muc-tieu/<str:key>/du-bao/", forecast, name="forecast"),
]

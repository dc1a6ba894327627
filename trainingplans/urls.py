"""Addresses of the portal."""

from django.contrib import admin
from django.urls import include, path

from cadres.views.accounts import own_password, sign_in, sign_out
from trainingplans import views

admin.autodiscover()

urlpatterns = [
    path("dang-nhap/", sign_in, name="login"),
    path("dang-xuat/", sign_out, name="logout"),
    path("doi-mat-khau/", own_password, name="password_change"),
    path("", include("cadres.urls")),
    path("danh-muc/", admin.site.urls),
    path("nhap-danh-sach/", include("cadres.importing.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("reports.urls_home")),
    path("", include("courses.urls")),
    path("", include("trainingplans.plans.urls")),
    path("", include("reports.urls")),
]

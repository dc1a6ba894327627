"""Addresses of figures: the dashboard, targets, the people behind each figure."""

from django.urls import path

from reports import views
from reports.pages import forms, frozen, outlook, quality, structure, turns
from reports.pages.bridge import bridge
from reports.pages.forecast import forecast
from reports.pages.nominees import target_nominees
from reports.pages.proposal import proposal, proposal_people, proposal_undo

app_name = "reports"
urlpatterns = [
    path("tong-quan/", views.dashboard, name="dashboard"),
    path("tong-quan/don-vi/", views.heat, name="heat"),
    path("tong-quan/du-bao/", outlook.outlook, name="outlook"),
    path("tong-quan/nam-nay/", outlook.year, name="year"),
    path("muc-tieu/", views.targets, name="targets"),
    path("muc-tieu/<str:key>/", views.target, name="target"),
    path("muc-tieu/<str:key>/don-vi/", views.target_units, name="target_units"),
    path("muc-tieu/<str:key>/cu-di-hoc/", target_nominees, name="target_nominees"),
    path("muc-tieu/<str:key>/vi-sao/", bridge, name="bridge"),
    path("muc-tieu/<str:key>/du-bao/", forecast, name="forecast"),
    path("ke-hoach/<int:pk>/de-xuat/", proposal, name="proposal"),
    path("ke-hoach/<int:pk>/de-xuat/nguoi/", proposal_people, name="proposal_people"),
    path("ke-hoach/<int:pk>/de-xuat/hoan-tac/<int:event>/", proposal_undo, name="proposal_undo"),
    path("co-cau/", structure.pivot, name="structure"),
    path("co-cau/nguoi/", structure.people, name="structure_people"),
    path("luot-nguoi/", turns.table, name="turns"),
    path("luot-nguoi/tung-luot/", turns.lessons, name="turns_list"),
    path("chat-luong/", quality.quality, name="quality"),
    path("chat-luong/<slug:kind>/", quality.fault_list, name="faults"),
    path("bieu-mau/", forms.forms, name="forms"),
    path("bieu-mau/<slug:code>/", forms.form, name="form"),
    path("bieu-mau/<slug:code>/danh-sach/", forms.form_people, name="form_people"),
    path("bao-cao-da-gui/", frozen.snapshots, name="snapshots"),
    path("bao-cao-da-gui/chot/", frozen.snapshot_add, name="snapshot_add"),
    path("bao-cao-da-gui/<int:pk>/", frozen.snapshot, name="snapshot"),
]

"""Addresses of the import pages, under "nhap-danh-sach/"."""

from django.urls import path

from cadres.importing.views import batch, files, steps, upload

app_name = "imports"
urlpatterns = [
    path("", upload.upload, name="upload"),
    path("<int:pk>/", batch.batch, name="batch"),
    path("<int:pk>/lua-chon/", batch.choose, name="choose"),
    path("<int:pk>/tien-do/", batch.progress, name="progress"),
    path("<int:pk>/ap-dung/", steps.apply, name="apply"),
    path("<int:pk>/hoan-tac/", steps.undo, name="undo"),
    path("<int:pk>/bo/", steps.drop, name="drop"),
    path("<int:pk>/mo-lai/", steps.take_up, name="take_up"),
    path("<int:pk>/chay-lai/", steps.again, name="again"),
    path("<int:pk>/trang-don-vi/", steps.unit_sheet, name="unit_sheet"),
    path("<int:pk>/tep/", files.original, name="file"),
    path("<int:pk>/tep-danh-dau/", files.marked, name="marked"),
]

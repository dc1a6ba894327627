"""Addresses of programmes and of the definitions of targets."""

from django.urls import path

from trainingplans.plans.views import programmes, targets

urlpatterns = [
    path("chuong-trinh/", programmes.programme_list, name="programmes"),
    path("chuong-trinh/them/", programmes.programme_new, name="programme_new"),
    path("chuong-trinh/<int:pk>/", programmes.programme, name="programme"),
    path("chuong-trinh/<int:pk>/sua/", programmes.programme_edit, name="programme_edit"),
    path("chuong-trinh/<int:pk>/xoa/", programmes.programme_delete, name="programme_delete"),
    path(
        "chuong-trinh/<int:pk>/khoi-phuc/", programmes.programme_restore, name="programme_restore"
    ),
    path(
        "chuong-trinh/<int:pk>/van-ban/", programmes.programme_document, name="programme_document"
    ),
    path(
        "chuong-trinh/<int:pk>/van-ban/luu/", programmes.programme_attach, name="programme_attach"
    ),
    path("chuong-trinh/danh-muc/", programmes.references, name="references"),
    path("muc-tieu/them/", targets.target_new, name="target_new"),
    path("muc-tieu/tinh-thu/", targets.target_count, name="target_count"),
    path("muc-tieu/<int:pk>/sua/", targets.target_edit, name="target_edit"),
    path("muc-tieu/<int:pk>/lich-su/", targets.target_history, name="target_history"),
    path("muc-tieu/<int:pk>/xoa/", targets.target_delete, name="target_delete"),
    path("muc-tieu/<int:pk>/khoi-phuc/", targets.target_restore, name="target_restore"),
]

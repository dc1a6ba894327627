"""Addresses of running a class: attendance, who leaves and comes, results."""

from django.urls import path

from courses.views import attendance, grants, learners, results, running

urlpatterns = [
    path("lop/<int:pk>/diem-danh/", attendance.class_attendance, name="class_attendance"),
    path(
        "lop/<int:pk>/diem-danh/tep/",
        attendance.class_attendance_upload,
        name="class_attendance_upload",
    ),
    path(
        "lop/<int:pk>/diem-danh/mau/",
        attendance.class_attendance_template,
        name="class_attendance_template",
    ),
    path("lop/<int:pk>/diem-danh/chon/", attendance.class_roll_choose, name="class_roll_choose"),
    path("lop/<int:pk>/diem-danh/<int:session>/", attendance.class_roll, name="class_roll"),
    path("lop/<int:pk>/diem-danh/<int:session>/in/", attendance.class_sign_in, name="class_sign"),
    path("lop/<int:pk>/hoan-tac/<int:event>/", running.class_undo, name="class_undo"),
    path("lop/<int:pk>/nguoi/<int:row>/", learners.class_learner, name="class_learner"),
    path("lop/<int:pk>/nguoi/<int:row>/thoi-hoc/", learners.class_withdraw, name="class_withdraw"),
    path("lop/<int:pk>/nguoi/<int:row>/hoc-lai/", learners.class_rejoin, name="class_rejoin"),
    path("lop/<int:pk>/nguoi/<int:row>/thay/", learners.class_replace, name="class_replace"),
    path("lop/<int:pk>/ket-qua/", results.class_results, name="class_results"),
    path("lop/<int:pk>/ket-qua/tep/", results.class_results_upload, name="class_results_upload"),
    path(
        "lop/<int:pk>/ket-qua/mau/", results.class_results_template, name="class_results_template"
    ),
    path("lop/<int:pk>/ket-qua/ghi-lai/", results.class_results_again, name="class_results_again"),
    path("trinh-do-cho-xac-nhan/", grants.grants, name="grants"),
    path("trinh-do-cho-xac-nhan/hoan-tac/<int:event>/", grants.grants_undo, name="grants_undo"),
]

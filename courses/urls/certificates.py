"""Addresses of certificates: of a class, the register, the public check."""

from django.urls import path

from courses.views import certificates, printing

urlpatterns = [
    path("lop/<int:pk>/chung-chi/", certificates.class_certificates, name="class_certificates"),
    path("lop/<int:pk>/chung-chi/cap/", certificates.class_issue, name="class_issue"),
    path("lop/<int:pk>/chung-chi/in/", printing.class_print, name="class_print"),
    path("in-chung-chi/<int:pk>/", printing.print_job, name="print_job"),
    path("in-chung-chi/<int:pk>/tien-do/", printing.print_progress, name="print_progress"),
    path("in-chung-chi/<int:pk>/chay-lai/", printing.print_again, name="print_again"),
    path("in-chung-chi/<int:pk>/tep/", printing.print_file, name="print_file"),
    path(
        "lop/<int:pk>/chung-chi/<int:event>/hoan-tac/",
        certificates.class_unissue,
        name="class_unissue",
    ),
    path("chung-chi/", certificates.certificates, name="certificates"),
    path("chung-chi/<int:pk>/", certificates.certificate, name="certificate"),
    path(
        "chung-chi/<int:pk>/cap-lai/", certificates.certificate_reissue, name="certificate_reissue"
    ),
    path("chung-chi/<int:pk>/thu-hoi/", certificates.certificate_revoke, name="certificate_revoke"),
    path(
        "chung-chi/<int:pk>/bo-thu-hoi/",
        certificates.certificate_unrevoke,
        name="certificate_unrevoke",
    ),
    path("chung-chi/<int:pk>/in/", certificates.certificate_print, name="certificate_print"),
    path("tra-cuu-chung-chi/", certificates.certificate_find, name="certificate_find"),
    path("tra-cuu-chung-chi/<str:code>/", certificates.certificate_check, name="certificate_check"),
]

"""Addresses of the catalogue: courses, institutions, instructors."""

from django.urls import path

from courses.views import catalogue, schools

urlpatterns = [
    path("khoa/", catalogue.catalogue, name="catalogue"),
    path("khoa/them/", catalogue.course_add, name="course_add"),
    path("khoa/<int:pk>/", catalogue.course, name="course"),
    path("khoa/<int:pk>/sua/", catalogue.course_edit, name="course_edit"),
    path("co-so-dao-tao/", schools.institutions, name="institutions"),
    path("co-so-dao-tao/them/", schools.institution_add, name="institution_add"),
    path("co-so-dao-tao/<int:pk>/", schools.institution, name="institution"),
    path("co-so-dao-tao/<int:pk>/sua/", schools.institution_edit, name="institution_edit"),
    path("giang-vien/", schools.instructors, name="instructors"),
    path("giang-vien/them/", schools.instructor_add, name="instructor_add"),
    path("giang-vien/<int:pk>/", schools.instructor, name="instructor"),
    path("giang-vien/<int:pk>/sua/", schools.instructor_edit, name="instructor_edit"),
]

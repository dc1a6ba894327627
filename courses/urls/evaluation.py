"""Addresses of evaluation."""

from django.urls import path

from courses.views import evaluation

urlpatterns = [
    path("lop/<int:pk>/danh-gia/", evaluation.of_class, name="class_evaluation"),
    path("lop/<int:pk>/danh-gia/mo/", evaluation.open_for_class, name="class_evaluation_open"),
    path(
        "lop/<int:pk>/danh-gia/<int:row>/nhac/",
        evaluation.remind_round,
        name="class_evaluation_remind",
    ),
    path(
        "lop/<int:pk>/danh-gia/<int:row>/lien-ket/",
        evaluation.print_links,
        name="class_evaluation_links",
    ),
    path("danh-gia/", evaluation.scores, name="evaluations"),
    path("danh-gia/cua-toi/", evaluation.mine, name="evaluations_mine"),
    path("danh-gia/cua-toi/<int:pk>/", evaluation.evaluate_mine, name="evaluation_mine"),
    path("danh-gia/phieu/", evaluation.questionnaires, name="questionnaires"),
    path("danh-gia/phieu/<int:pk>/", evaluation.questionnaire, name="questionnaire"),
    path("danh-gia/tra-loi/<str:token>/", evaluation.evaluate, name="evaluate"),
]

"""Addresses from a unit's proposal to the decision."""

from django.urls import path

from courses.views import decisions, nominations, nominee_files, reviews, rules, signing, wishes

urlpatterns = [
    path("de-cu/", nominations.nominations, name="nominations"),
    path("de-cu/<int:pk>/", nominations.nomination, name="nomination"),
    path("de-cu/<int:pk>/rut/", nominations.nomination_withdraw, name="nomination_withdraw"),
    path("lop/<int:pk>/de-cu/", nominations.class_nominations, name="class_nominations"),
    path("lop/<int:pk>/de-cu/tep/", nominee_files.nominate_file, name="class_nominate_file"),
    path(
        "lop/<int:pk>/de-cu/ngoai-le/<int:official>/",
        nominations.nominate_exception,
        name="class_exception",
    ),
    path("lop/<int:pk>/ky-trinh/", signing.class_sign_off, name="class_sign_off"),
    path("lop/<int:pk>/xet/", reviews.class_review, name="class_review"),
    path("lop/<int:pk>/xet/hoan-tac/<int:event>/", reviews.review_undo, name="review_undo"),
    path("lop/<int:pk>/quyet-dinh/", decisions.class_decision, name="class_decision"),
    path("lop/<int:pk>/quyet-dinh/lap/", decisions.decision_draft, name="class_decision_draft"),
    path("quyet-dinh/<int:pk>/sua/", decisions.decision_edit, name="decision_edit"),
    path("quyet-dinh/<int:pk>/bot/", decisions.decision_take_out, name="decision_take_out"),
    path("quyet-dinh/<int:pk>/word/", decisions.decision_word, name="decision_word"),
    path("quyet-dinh/<int:pk>/ban-ky/", decisions.decision_upload, name="decision_upload"),
    path("quyet-dinh/<int:pk>/ban-ky/tai/", decisions.decision_signed, name="decision_signed"),
    path("quyet-dinh/<int:pk>/phe-duyet/", decisions.decision_approve, name="decision_approve"),
    path(
        "quyet-dinh/<int:pk>/bo-phe-duyet/",
        decisions.decision_unapprove,
        name="decision_unapprove",
    ),
    path("quy-dinh-de-cu/", rules.rules, name="rules"),
    path("quy-dinh-de-cu/<slug:kind>/<int:pk>/", rules.rule_edit, name="rule_edit"),
    path("quy-dinh-de-cu/mau-quyet-dinh/", rules.decision_template, name="decision_template"),
    path("nguyen-vong/", wishes.wishes, name="wishes"),
    path("nguyen-vong/<int:pk>/rut/", wishes.wish_withdraw, name="wish_withdraw"),
    path("nguyen-vong/don-vi/", wishes.unit_wishes, name="unit_wishes"),
]

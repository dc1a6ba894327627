"""Addresses of needs rounds and of the answers of units."""

from django.urls import path

from trainingplans.plans.views import consolidation, needs, rounds

urlpatterns = [
    path("nhu-cau/", rounds.rounds, name="rounds"),
    path("nhu-cau/dot/them/", rounds.round_new, name="round_new"),
    path("nhu-cau/dot/<int:pk>/", rounds.round_page, name="round"),
    path("nhu-cau/dot/<int:pk>/sua/", rounds.round_edit, name="round_edit"),
    path("nhu-cau/dot/<int:pk>/chuyen/", rounds.round_move, name="round_move"),
    path("nhu-cau/dot/<int:pk>/don-vi/", rounds.round_bulk, name="round_bulk"),
    path("nhu-cau/dot/<int:pk>/hoan-tac/<int:event>/", rounds.round_undo, name="round_undo"),
    path("nhu-cau/dot/<int:pk>/tong-hop/", consolidation.round_summary, name="round_summary"),
    path(
        "nhu-cau/dot/<int:pk>/tong-hop/dua-vao-ke-hoach/",
        consolidation.round_items,
        name="round_items",
    ),
    path(
        "nhu-cau/dot/<int:pk>/tong-hop/hoan-tac/<int:event>/",
        consolidation.round_items_undo,
        name="round_items_undo",
    ),
    path("nhu-cau/<int:pk>/", needs.need, name="need"),
    path("nhu-cau/<int:pk>/luu/", needs.need_save, name="need_save"),
    path("nhu-cau/<int:pk>/chuyen/", needs.need_move, name="need_move"),
    path("nhu-cau/<int:pk>/nguoi/<int:category>/", needs.need_people, name="need_people"),
    path("nhu-cau/<int:pk>/nguoi/<int:category>/them/", needs.need_name, name="need_name"),
    path("nhu-cau/<int:pk>/nguoi/<int:category>/bo/", needs.need_drop, name="need_drop"),
    path(
        "nhu-cau/<int:pk>/nguoi/<int:category>/hoan-tac/<int:event>/",
        needs.need_undo,
        name="need_undo",
    ),
]

"""Addresses without a name in front: home, search, help."""

from django.urls import path

from reports import help_pages, home, searching

urlpatterns = [
    path("", home.home, name="home"),
    path("viec-can-lam/", home.todo, name="todo"),
    path("tim/", searching.search, name="search"),
    path("tro-giup/", help_pages.contents, name="help"),
    path("tro-giup/<slug:slug>/", help_pages.page, name="help_page"),
]

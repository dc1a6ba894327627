"""Addresses without a name in front: home, search, help."""

from django.urls import path

from reports import agenda, help_pages, home, searching

urlpatterns = [
    path("", home.home, name="home"),
    path("viec-can-lam/", home.todo, name="todo"),
    path("lich/", agenda.agenda, name="agenda"),
    path("lich/mo/", agenda.feed_open, name="calendar_open"),
    path("lich/khoa/", agenda.feed_close, name="calendar_close"),
    path("lich/<str:token>.ics", agenda.feed, name="calendar_feed"),
    path("tim/", searching.search, name="search"),
    path("tro-giup/", help_pages.contents, name="help"),
    path("tro-giup/<slug:slug>/", help_pages.page, name="help_page"),
]

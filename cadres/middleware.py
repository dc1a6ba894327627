"""Sessions end after twelve hours however busy they are; a first password is changed at once."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect


class SessionAgeMiddleware:
    """Logs out an account whose session is older than the longest allowed working day."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            started = request.session.setdefault("started", time.time())
            if time.time() - started > settings.SESSION_HOURS_AT_MOST * 3600:
                logout(request)
        return self.get_response(request)


class FirstPasswordMiddleware:
    """An account with a password that somebody else knows gets no page but the one to change it."""

    OPEN = {"password_change", "logout", "login", "healthz", "readyz"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        must = getattr(request.user, "must_change_password", False)
        if must and request.resolver_match.view_name not in self.OPEN:
            return redirect("password_change")
        return None

"""Sessions end after twelve hours however busy they are."""

import time

from django.conf import settings
from django.contrib.auth import logout


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

"""Requests that no page can mean are refused; who is logged out loses nothing that was typed."""

from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBadRequest
from django.shortcuts import render


class PlainRequestMiddleware:
    """400 for NUL bytes in the address: PostgreSQL cannot compare them. Pages are never cached."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in unquote(request.META.get("QUERY_STRING", "") + request.path):
            return HttpResponseBadRequest("Địa chỉ có ký tự không hợp lệ.", charset="utf-8")
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response


class SessionOverMiddleware(LoginRequiredMiddleware):
    """Every page asks for an account; a session that ended in the middle of work says so."""

    NOT_SAVED = "Phiên làm việc đã hết trước khi gửi: những gì vừa gõ chưa được lưu, hãy làm lại."

    def handle_no_permission(self, request, view_func):
        if "HX-Request" in request.headers:
            # A redirect would put the log-in page in place of what is being typed.
            return render(request, "_logged_out.html", status=401)
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        if request.resolver_match.view_name != "logout":  # that one wanted just this
            messages.warning(request, self.NOT_SAVED)
        return redirect_to_login(_page_of(request))


def _page_of(request):
    """The page of this portal that a form was sent from: a form's own address may not be read."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")

"""Requests that no page can mean are refused before anything reads them."""

from urllib.parse import unquote

from django.http import HttpResponseBadRequest


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

"""The way back after deleting: offered once, on the next page that its author opens."""

from django.urls import reverse

KEY = "undo"


def offer_undo(request, url_name, pk, text):
    """Remember what was deleted, for the undo bar of the next page."""
    request.session[KEY] = {"url": reverse(url_name, args=[pk]), "text": text}


def offer_undo_at(request, url, text):
    """The same for a bulk act whose way back has an address of its own."""
    request.session[KEY] = {"url": url, "text": text}


def take_undo(request):
    """What parts/_undo_bar.html prints, or None; shown once."""
    return request.session.pop(KEY, None)

"""What every page knows."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from trainingplans.navigation import navigation


def portal(request):
    """The names of portal and office; for who is logged in also navigation and undo offers."""
    names = {"portal_name": settings.PORTAL_NAME, "portal_office": settings.PORTAL_OFFICE}
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return names
    return {
        **names,
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "account_line": SimpleLazyObject(lambda: account_line(account)),
        "bell": SimpleLazyObject(lambda: bell(account)),
        # Taken when a whole page shows it: the offer stands once.
        "undo": SimpleLazyObject(lambda: request.session.pop("undo", None)),
    }


def bell(account):
    """What the top bar shows of the account's notifications: where, and how many are unread."""
    unread = account.notifications.filter(read_at=None).count()
    return {"url": reverse("cadres:notices"), "count": unread}


def account_line(account):
    """Role and unit: Đầu mối đơn vị, Xã Nà Bủng; the unit once where the role's name says it."""
    role, unit = account.rights.label, str(account.unit or "")
    return role if not unit or unit in role else f"{role}, {unit}"

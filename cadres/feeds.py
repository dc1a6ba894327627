"""The secret addresses of calendars: made, made void, recognised."""

import hashlib
import secrets

from django.db import transaction

from cadres.audit import record
from cadres.models import CalendarFeed


def _digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def new_feed(account):
    """A new token for the calendar of `account`; an older one no longer opens anything."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(account=account, defaults={"digest": _digest(token)})
    record("calendar.open", by=account, subject=account)
    return token


@transaction.atomic
def drop_feed(account):
    """Close the calendar of `account`; whether there was one."""
    gone, _ = CalendarFeed.objects.filter(account=account).delete()
    if gone:
        record("calendar.close", by=account, subject=account)
    return bool(gone)


def account_of(token):
    """The account in use that the token is of, or None."""
    feed = CalendarFeed.objects.filter(digest=_digest(token), account__is_active=True)
    found = feed.select_related("account__unit").first()
    return found.account if found else None

"""Telling accounts what happened: a line in the portal and, with an address, an e-mail.

Both are rows written in the transaction of the act itself, so that nothing is told of what was
rolled back and nothing that happened goes untold. `send_mail` empties the outbox.
"""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from cadres.models import Account, Notification, OutboxMail
from cadres.models.accounts import SYSTEM
from cadres.roles import ROLES

TEXT_LENGTH, SUBJECT_LENGTH, ERROR_LENGTH = 300, 120, 300
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)
# A worker that claims a mail has it for so long; one that died gives it back by time alone.
LEASE = timedelta(minutes=10)


def notify(accounts, *, act, text, url=""):
    """Tell `accounts` (those in use) of an act; the number of people told.

    `text` is one sentence without personal ids, `url` the path where to look. Whoever stands in
    the list twice is told once.
    """
    told = list({account.pk: account for account in accounts if account.is_active}.values())
    text = text[:TEXT_LENGTH]
    Notification.objects.bulk_create(
        Notification(account=account, act=act, text=text, url=url) for account in told
    )
    subject = f"[{settings.PORTAL_NAME}] {' '.join(text.split())}"[:SUBJECT_LENGTH]
    OutboxMail.objects.bulk_create(
        OutboxMail(to=account.email, subject=subject, body=body_of(account, text, url))
        for account in told
        if account.email
    )
    return len(told)


def body_of(account, text, url):
    """The words of an e-mail to an account or a guest; the page where the portal knows its own."""
    lines = [f"Kính gửi {account},", "", text]
    if url and settings.PORTAL_ADDRESS:
        lines += ["", f"Mở trên cổng: {settings.PORTAL_ADDRESS}{url}"]
    return "\n".join([*lines, "", settings.PORTAL_NAME, settings.PORTAL_OFFICE])


def clerks_of(units):
    """The accounts of those who keep the records of `units` (ids or rows)."""
    return Account.objects.filter(role="clerk", unit__in=units, is_active=True)


def leaders_of(units):
    """The accounts of the leaders of `units`."""
    return Account.objects.filter(role="unit_leader", unit__in=units, is_active=True)


def holders_of(permission, *, scope):
    """The accounts whose role has `permission` and this scope, such as all of the department's."""
    roles = [
        code
        for code, role in ROLES.items()
        if permission in role.permissions and role.scope == scope and code != SYSTEM
    ]
    return Account.objects.filter(role__in=roles, is_active=True)


def send_due():
    """Send what is due; (sent, failed). A failed mail stays and is tried again later.

    Each mail is claimed in a short transaction of its own and sent outside of it, so that two
    workers never have the same one and no lock is held while a mail server takes its time.
    """
    sent = failed = 0
    while mail := _claim():
        if _send(mail):
            sent += 1
        else:
            failed += 1
    return sent, failed


@transaction.atomic
def _claim():
    """The next due mail, taken from the other workers for the time of a lease; or None."""
    now = timezone.now()
    waiting = OutboxMail.objects.filter(sent_at=None, next_try_at__lte=now)
    skip = connection.features.has_select_for_update_skip_locked
    mail = waiting.select_for_update(skip_locked=skip).order_by("next_try_at", "id").first()
    if mail is not None:
        mail.tries += 1
        mail.next_try_at = now + LEASE
        mail.save(update_fields=["tries", "next_try_at"])
    return mail


def _send(mail):
    """Whether the mail went out; the row says so, or why not and when to try again."""
    row = OutboxMail.objects.filter(pk=mail.pk)
    try:
        EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
    except Exception as fault:  # a mail server fails in many ways, and none may stop the others
        pause = min(FIRST_PAUSE * 2 ** min(mail.tries - 1, 12), LONGEST_PAUSE)
        said = f"{type(fault).__name__}: {fault}"[:ERROR_LENGTH]
        row.update(error=said, next_try_at=timezone.now() + pause)
        return False
    row.update(sent_at=timezone.now(), error="")
    return True

"""Writes about accounts."""

from django.db import transaction
from django.utils.crypto import get_random_string

from cadres.audit import record
from cadres.edits import save_versioned
from cadres.models import Account

# No letters that look alike: the password is read out or copied from paper once.
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def first_password():
    """Sixteen letters in groups of four."""
    return "-".join(get_random_string(4, LETTERS) for _ in range(4))


@transaction.atomic
def add_account(account, *, by):
    """Save a new account; returns (account, its first password, to be changed at first login)."""
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save()
    record("account.add", by=by, subject=account, unit=account.unit, detail={"role": account.role})
    return account, password


def change_account(form, *, by):
    """Save the form of an account; a Conflict on a newer version."""
    account = form.instance
    detail = {"role": account.role, "active": account.is_active}
    return save_versioned(form, by=by, act="account.change", unit=account.unit, detail=detail)


@transaction.atomic
def reset_password(account, *, by):
    """A new first password, returned; the account's open sessions end with the old one."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.version += 1
    account.save()
    record("account.reset_password", by=by, subject=account, unit=account.unit)
    return password


@transaction.atomic
def note_own_password(account):
    """After the owner chose a new password: nothing has to be changed any more."""
    account.must_change_password = False
    account.save(update_fields=["must_change_password"])
    record("account.own_password", by=account, subject=account, unit=account.unit)

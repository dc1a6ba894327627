"""Arguments that several commands share."""

from cadres.models import Account
from cadres.units import UnitNotFound, find_unit
from trainingplans.lib.commands import Refused


def account_named(username):
    """The active account with this name; Refused otherwise."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise Refused(f"Không có tài khoản “{username}” đang dùng.")
    return account


def unit_named(text):
    """The unit with this code or name, None for no text; Refused where there is none or several."""
    if not text:
        return None
    try:
        return find_unit(text)
    except UnitNotFound as error:
        raise Refused(str(error)) from None

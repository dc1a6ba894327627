"""In whose name a command writes: the account of `--by`, with its rights."""

from cadres.models import Account
from cadres.models.accounts import SYSTEM
from trainingplans.lib.commands import Refused


def add_by(parser):
    """The common argument `--by USERNAME` of commands that write."""
    parser.add_argument(
        "--by", default=SYSTEM, metavar="USERNAME", help="Tài khoản đứng tên việc ghi."
    )


def acting(username, permission):
    """The account of that name if its role grants `permission`; Refused otherwise."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise Refused(f"Không có tài khoản “{username}” đang dùng. Xem tên ở trang Tài khoản.")
    if not account.has_perm(permission):
        raise Refused(
            f"Tài khoản “{username}” ({account.rights.label}) không có quyền làm việc này."
        )
    return account

"""`first_admin USERNAME`: the account that makes all others."""

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from cadres.audit import record
from cadres.models import Account
from trainingplans.lib.commands import DONE, PortalCommand, Refused


class Command(PortalCommand):
    help = "Tạo tài khoản quản trị đầu tiên; hỏi mật khẩu, hoặc đọc một dòng từ đầu vào chuẩn."

    def add_arguments(self, parser):
        parser.add_argument("username", help="Tên đăng nhập.")

    def run(self, **options):
        username = options["username"]
        if Account.objects.filter(role="admin").exists():
            raise Refused("Đã có tài khoản quản trị. Thêm tài khoản khác ở trang Tài khoản.")
        if Account.objects.filter(username=username).exists():
            raise Refused(f"Tên đăng nhập {username} đã có. Chọn tên khác.")
        make_admin(username, ask())
        self.stdout.write(f"Đã tạo tài khoản quản trị {username}.")
        return DONE


def ask():
    """A password that follows the rules; Refused otherwise."""
    if sys.stdin.isatty():
        password = getpass.getpass("Mật khẩu: ")
        if getpass.getpass("Gõ lại mật khẩu: ") != password:
            raise Refused("Hai lần gõ mật khẩu khác nhau. Chạy lại lệnh.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as fault:
        raise Refused(*fault.messages) from None
    return password


@transaction.atomic
def make_admin(username, password):
    """The administrator's account, audited."""
    account = Account.objects.create_user(
        username, password, role="admin", full_name="Quản trị hệ thống"
    )
    record("account.add", by=Account.objects.system(), subject=account)
    return account

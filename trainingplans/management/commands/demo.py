"""`demo`: the portal with an invented province, ready to log in."""

import io
import socket

from django.conf import settings
from django.core.management import call_command

from cadres.models import Account, Official
from reports.demo.accounts import PASSWORD, told_accounts
from reports.demo.loading import (
    empty_database,
    first_look,
    is_demo,
    is_empty,
    load_demo,
    refresh_statistics,
)
from reports.demo.province import OFFICIALS
from trainingplans.lib.commands import DONE, PortalCommand, Refused
from trainingplans.lib.fresh import build_tables
from trainingplans.management.commands.load_catalogues import load_catalogues
from trainingplans.plans.loading import plain_number

HOST = "127.0.0.1"
FEWEST_OFFICIALS, MOST_OFFICIALS = 20, 200_000


class Command(PortalCommand):
    help = "Nạp tỉnh minh họa vào cơ sở dữ liệu trống và chạy cổng."

    def add_arguments(self, parser):
        parser.add_argument("--officials", type=int, default=OFFICIALS, help="Số cán bộ.")
        parser.add_argument("--port", type=int, default=8000, help="Cổng mạng để phục vụ.")
        parser.add_argument("--no-serve", action="store_true", help="Chỉ nạp, không phục vụ.")
        parser.add_argument("--reset", action="store_true", help="Xóa tỉnh minh họa và nạp lại.")

    def run(self, **options):
        _check(options)
        self.stdout.write("Chuẩn bị cơ sở dữ liệu…")
        build_tables()
        if options["reset"]:
            _reset()
        if is_empty():
            self._load(options["officials"])
        elif not is_demo():
            self.stdout.write("Cơ sở dữ liệu đã có dữ liệu thật, không nạp tỉnh minh họa.")
        if is_demo():
            self._introduce()
        if options["no_serve"]:
            return DONE
        self.stdout.write(f"Cổng đang chạy ở http://{HOST}:{options['port']}/ (Ctrl+C để dừng)")
        self.stdout.flush()
        _serve(options["port"])
        return DONE

    def _load(self, officials):
        self.stdout.write(f"Nạp tỉnh minh họa với {officials} cán bộ, công chức, viên chức…")
        system = Account.objects.system()
        load_catalogues(by=system)
        load_demo(officials, by=system)
        refresh_statistics()

    def _introduce(self):
        """The accounts, and what to look at first."""
        self.stdout.write(f"Đã có {Official.objects.count()} cán bộ, công chức, viên chức.")
        self.stdout.write(f"\nTài khoản (mật khẩu chung: {PASSWORD}):")
        for username, words in told_accounts():
            self.stdout.write(f"  {username:<12} {words}")
        if look := first_look():
            self.stdout.write(
                f"\nXem trước hết: {look.unit.name}, mục tiêu “{look.target.name}” "
                f"(đạt {look.attained}/{look.population}, cần {_percent(look.target)} %)."
            )
            self.stdout.write(
                "Đăng nhập chuyenvien, mở trang Mục tiêu, chọn mục tiêu đó rồi chọn đơn vị.\n"
            )


def _percent(target):
    return str(plain_number(target.threshold)).replace(".", ",")


def _check(options):
    """Refused for what cannot be done, before anything is."""
    if settings.PRODUCTION:
        raise Refused("Không nạp dữ liệu minh họa khi PORTAL_PRODUCTION=1.")
    if not FEWEST_OFFICIALS <= options["officials"] <= MOST_OFFICIALS:
        raise Refused(f"Số cán bộ phải từ {FEWEST_OFFICIALS} đến {MOST_OFFICIALS}.")
    if not 1 <= options["port"] <= 65535:
        raise Refused("Cổng mạng phải từ 1 đến 65535.")
    if not options["no_serve"] and _is_taken(options["port"]):
        raise Refused(
            f"Cổng mạng {options['port']} đang có chương trình khác dùng. "
            "Chọn cổng khác bằng --port."
        )


def _is_taken(port):
    """Whether another program listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _reset():
    """Empty a database that holds the demonstration; never one with other data."""
    if not is_demo() and not is_empty():
        raise Refused("Cơ sở dữ liệu không phải của tỉnh minh họa, không xóa.")
    empty_database()


def _serve(port):
    """Serve until stopped; the server's own English greeting is left out."""
    call_command(
        "runserver",
        f"{HOST}:{port}",
        use_reloader=False,
        skip_checks=True,
        stdout=io.StringIO(),
    )

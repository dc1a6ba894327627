"""Sends the e-mails that wait in the outbox; run it every minute or with --every."""

import time

from cadres.models import OutboxMail
from cadres.notify import send_due
from trainingplans.lib.commands import DONE, SOME_REJECTED, PortalCommand


class Command(PortalCommand):
    help = "Gửi các thư đang chờ; thư chưa gửi được ở lại và được thử lại sau."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, help="Chạy mãi, cứ chừng ấy giây một lần.")
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")

    def run(self, every=None, json=False, **options):
        while True:
            sent, failed = send_due()
            waiting = OutboxMail.objects.filter(sent_at=None).count()
            if json:
                self.answer({"sent": sent, "failed": failed, "waiting": waiting})
            elif sent or failed or not every:
                self.stdout.write(f"Đã gửi {sent} thư, {failed} thư chưa gửi được.")
                self.stdout.write(f"Còn {waiting} thư chờ gửi.")
            if not every:
                return SOME_REJECTED if failed else DONE
            time.sleep(every)

"""Does one long step of an import; started by the pages, safe to start again by hand."""

from cadres.intake.background import STEPS, work
from cadres.models import Account, ImportBatch
from trainingplans.lib.commands import PortalCommand, Refused


class Command(PortalCommand):
    help = "Đọc, áp dụng hoặc hoàn tác một lần nhập danh sách."

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, help="Số của lần nhập.")
        parser.add_argument("step", choices=list(STEPS), help="Việc cần làm.")
        parser.add_argument("--by", type=int, help="Mã tài khoản đứng tên.")

    def run(self, batch, step, by=None, **options):
        found = ImportBatch.objects.filter(pk=batch).first()
        if found is None:
            raise Refused(f"Không có lần nhập {batch}.")
        account = Account.objects.get(pk=by) if by else Account.objects.system()
        work(found, step, account)
        found.refresh_from_db()
        self.stdout.write(f"Lần nhập {batch}: {found.get_state_display()}")
        return 0

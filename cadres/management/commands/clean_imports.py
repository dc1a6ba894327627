"""Deletes files of imports that were put away or refused long ago; for a daily job."""

from cadres.acting import acting, add_by
from cadres.intake.batches import PERMISSION
from cadres.intake.cleaning import clean
from trainingplans.lib.commands import DONE, PortalCommand


class Command(PortalCommand):
    help = "Xóa tệp của những lần nhập đã bỏ hoặc không đọc được, sau số ngày đã đặt."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
        add_by(parser)

    def run(self, **options):
        deleted = clean(by=acting(options["by"], PERMISSION))
        if options["json"]:
            self.answer({"deleted": deleted})
        else:
            self.stdout.write(f"Đã xóa {deleted} tệp của những lần nhập đã bỏ.")
        return DONE

"""`targets load FILE.json` and `targets list`."""

from pathlib import Path

from cadres.acting import acting, add_by
from trainingplans.lib.commands import DONE, PortalCommand, Refused
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_threshold
from trainingplans.lib.tables import table
from trainingplans.plans.actions import load_targets
from trainingplans.plans.loading import document_of, read_document
from trainingplans.plans.models import Target


class Command(PortalCommand):
    help = "Nạp mục tiêu từ tệp JSON, hoặc liệt kê mục tiêu."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True, metavar="load|list")
        load = acts.add_parser("load", help="Thêm hoặc thay mục tiêu theo mã.")
        load.add_argument("file", metavar="FILE.json", help="Danh sách mục tiêu.")
        for sub in (load, acts.add_parser("list", help="In các mục tiêu, đúng dạng load nhận.")):
            sub.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
            add_by(sub)

    def run(self, **options):
        return self.load(**options) if options["act"] == "load" else self.list(**options)

    def load(self, **options):
        by = acting(options["by"], "plans.change_target")
        path = Path(options["file"])
        try:
            loaded = load_targets(read_document(_bytes(path)), by=by)
        except Refused as refusal:
            if options["json"]:
                message = " ".join(refusal.problems)
                self.answer({"file": path.name, "error": {"code": "invalid", "message": message}})
            raise Refused(*(f"{path.name}: {line}" for line in refusal.problems)) from None
        if options["json"]:
            self.answer({"file": path.name, **vars(loaded)})
        else:
            self.stdout.write(
                f"{path.name}: thêm {len(loaded.created)} mục tiêu, thay {len(loaded.replaced)}, "
                f"không đổi {len(loaded.unchanged)}."
            )
        return DONE

    def list(self, **options):
        account = acting(options["by"], "plans.view_target")
        targets = Target.objects.visible_to(account).for_list()
        if options["json"]:
            self.answer([document_of(target) for target in targets])
            return DONE
        rows = [(t.code, t.name, format_threshold(t.threshold), show(t.due)) for t in targets]
        heading = ("Mã", "Mục tiêu", "Ngưỡng", "Hạn")
        self.stdout.write(table(heading, rows) if rows else "Chưa có mục tiêu nào.")
        return DONE


def _bytes(path):
    try:
        return path.read_bytes()
    except OSError:
        raise Refused("không mở được tệp. Kiểm tra lại đường dẫn.") from None

"""`plan load FILE.json` and `plan show NUMBER`."""

from pathlib import Path

from cadres.acting import acting, add_by
from trainingplans.lib.commands import DONE, PortalCommand, Refused
from trainingplans.lib.numbers import format_money, format_number
from trainingplans.lib.tables import table
from trainingplans.plans.actions.loading import CREATED, REPLACED, load_plan
from trainingplans.plans.items import plan_of_number
from trainingplans.plans.loading import read_document
from trainingplans.plans.models import Plan
from trainingplans.plans.planjson import document_of_plan

WORDS = {CREATED: "đã lập", REPLACED: "đã thay bản nháp của"}


class Command(PortalCommand):
    help = "Nạp kế hoạch từ tệp JSON, hoặc in một kế hoạch với tổng và tiến độ."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True, metavar="load|show")
        load = acts.add_parser("load", help="Lập kế hoạch, hoặc thay bản nháp cùng số.")
        load.add_argument("file", metavar="FILE.json", help="Một kế hoạch.")
        show = acts.add_parser("show", help="In một kế hoạch, đúng dạng load nhận.")
        show.add_argument("number", metavar="NUMBER", help="Số, ký hiệu của kế hoạch.")
        for sub in (load, show):
            sub.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
            add_by(sub)

    def run(self, **options):
        return self.load(**options) if options["act"] == "load" else self.show(**options)

    def load(self, **options):
        by = acting(options["by"], "plans.change_plan")
        path = Path(options["file"])
        try:
            loaded = load_plan(read_document(_bytes(path)), by=by)
        except Refused as refusal:
            if options["json"]:
                message = " ".join(refusal.problems)
                self.answer({"file": path.name, "error": {"code": "invalid", "message": message}})
            raise Refused(*(f"{path.name}: {line}" for line in refusal.problems)) from None
        document = document_of_plan(loaded.plan)
        if options["json"]:
            self.answer({"file": path.name, "act": loaded.act, **document})
        else:
            words = WORDS.get(loaded.act, "không có gì đổi trong")
            self.stdout.write(f"{path.name}: {words} kế hoạch {loaded.plan.number}.")
            self.stdout.write(_totals_line(document["totals"]))
        return DONE

    def show(self, **options):
        account = acting(options["by"], "plans.view_plan")
        plan = plan_of_number(options["number"], Plan.objects.visible_to(account))
        if plan is None:
            message = f"Không có kế hoạch số “{options['number']}”. Xem số ở trang Kế hoạch."
            raise Refused(message)
        document = document_of_plan(plan)
        if options["json"]:
            self.answer(document)
            return DONE
        self.stdout.write(f"{plan} ({plan.get_state_display().lower()})")
        self.stdout.write(_totals_line(document["totals"]))
        if document["items"]:
            self.stdout.write(_items_table(document))
        return DONE


HEADING = ("Mã", "Nội dung", "Lớp", "Học viên", "Kinh phí", "Mở", "Đề cử", "Học", "Đạt", "Đã chi")


def _items_table(document):
    rows = [
        (
            item["code"],
            item["title"],
            format_number(item["classes"]),
            format_number(item["learners"]),
            format_money(sum(cost["amount"] for cost in item["costs"])),
            *(format_number(done[key]) for key in ("opened", "nominated", "enrolled", "passed")),
            format_money(done["spent"]),
        )
        for item, done in zip(document["items"], document["progress"], strict=True)
    ]
    return table(HEADING, rows, right=range(2, len(HEADING)))


def _totals_line(totals):
    each = format_money(totals["amount_per_learner"])
    classes, learners = format_number(totals["classes"]), format_number(totals["learners"])
    money = format_money(totals["amount"])
    return f"{classes} lớp, {learners} học viên, {money}; mỗi học viên {each}."


def _bytes(path):
    try:
        return path.read_bytes()
    except OSError:
        raise Refused("không mở được tệp. Kiểm tra lại đường dẫn.") from None

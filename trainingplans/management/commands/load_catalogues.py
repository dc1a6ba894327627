"""`load_catalogues`: reference data of all layers; creates no unit and no person."""

from django.db import transaction

from cadres.acting import acting, add_by
from cadres.audit import record
from cadres.catalogues import load_people_catalogues
from courses.catalogues import load_course_catalogues
from reports.official.mapping import load_form_mappings
from trainingplans.lib.commands import DONE, PortalCommand
from trainingplans.plans.catalogues import load_plan_catalogues


@transaction.atomic
def load_catalogues(*, by):
    """Bring every list of reference data up to date; {name on screen: Counts}."""
    done = {**load_people_catalogues(), **load_course_catalogues(), **load_plan_catalogues()}
    done |= load_form_mappings()
    if any(counts.changed for counts in done.values()):
        detail = {name: vars(counts) for name, counts in done.items()}
        record("catalogues.load", by=by, label="Danh mục dùng chung", detail=detail)
    return done


class Command(PortalCommand):
    help = "Nạp danh mục dùng chung (chạy lại được)."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
        add_by(parser)

    def run(self, **options):
        done = load_catalogues(by=acting(options["by"], "cadres.manage_catalogues"))
        if options["json"]:
            self.answer({"catalogues": [{"name": n, **vars(c)} for n, c in done.items()]})
            return DONE
        for name, counts in done.items():
            self.stdout.write(
                f"{name}: {counts.created} mới, {counts.updated} cập nhật, "
                f"{counts.unchanged} không đổi"
            )
        if not any(counts.changed for counts in done.values()):
            self.stdout.write("Danh mục đã đúng, không có gì thay đổi.")
        return DONE

"""`nominees`: people to send to training first so that a target is reached, with reasons."""

from django.db import transaction

from cadres.acting import acting, add_by
from cadres.audit import record
from cadres.rules import RuleError
from reports.management.commands.attainment import chosen_targets, chosen_unit
from reports.nominees import nominees, nominees_document
from trainingplans.lib.commands import DONE, PortalCommand, Refused, iso_day
from trainingplans.lib.dates import today
from trainingplans.lib.numbers import format_number
from trainingplans.lib.tables import table

HEADING = ("", "Họ và tên", "Đơn vị", "Điểm", "Vì sao", "Vướng")


class Command(PortalCommand):
    help = "Người nên cử đi học trước để đạt một mục tiêu, kèm lý do."

    def add_arguments(self, parser):
        parser.add_argument("--target", required=True, metavar="CODE", help="Mã mục tiêu.")
        parser.add_argument("--unit", metavar="U", help="Mã hoặc tên đơn vị, kể cả cấp dưới.")
        parser.add_argument("--limit", type=int, metavar="N", help="Không quá số người này.")
        parser.add_argument("--on", type=iso_day, metavar="DATE", help="Tại ngày (2026-11-22).")
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
        add_by(parser)

    def run(self, **options):
        account = acting(options["by"], "plans.view_target")
        acting(options["by"], "reports.view_people")
        [target] = chosen_targets([options["target"]], account)
        unit, limit = chosen_unit(options["unit"], account), options["limit"]
        if limit is not None and limit < 1:
            raise Refused("Tham số --limit phải từ 1 trở lên.")
        try:
            found = nominees(target, account, options["on"] or today(), unit)[:limit]
        except RuleError as fault:
            raise Refused(*fault.problems) from None
        leave_trace(account, target, unit, len(found))
        if options["json"]:
            self.answer(nominees_document(found))
        else:
            self.stdout.write(f"{target.name}: {format_number(len(found))} người\n{listed(found)}")
        return DONE


@transaction.atomic
def leave_trace(account, target, unit, number):
    """Names of people were read: who asked, for which target, how many."""
    detail = {"part": "nominees", "people": number}
    record("report.people", by=account, subject=target, unit=unit, detail=detail)


def listed(found):
    """The readable table."""
    rows = [
        (
            str(number),
            one.official.full_name,
            one.standing.unit.name,
            format_number(one.score),
            "; ".join(reason.words for reason in one.reasons),
            "; ".join(one.blocked_by),
        )
        for number, one in enumerate(found, 1)
    ]
    return table(HEADING, rows, right={0, 3})

"""`bridge`: why a target's figure changed between two days, step by step, with names."""

from cadres.acting import acting, add_by
from cadres.rules import RuleError
from reports.bridge import bridge, bridge_document
from reports.choosing import add_json, add_target, add_unit, chosen_target, chosen_unit, leave_trace
from trainingplans.lib.commands import DONE, PortalCommand, Refused, iso_day
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_number, format_signed
from trainingplans.lib.tables import table


class Command(PortalCommand):
    help = "Vì sao số liệu của một mục tiêu đổi giữa hai ngày; các bước cộng đúng bằng mức đổi."

    def add_arguments(self, parser):
        add_target(parser)
        parser.add_argument("--from", dest="first", type=iso_day, required=True, metavar="DATE")
        parser.add_argument("--to", dest="last", type=iso_day, required=True, metavar="DATE")
        add_unit(parser)
        add_json(parser)
        add_by(parser)

    def run(self, **options):
        account = acting(options["by"], "reports.view_people")
        target = chosen_target(options["target"], account)
        unit = chosen_unit(options["unit"], account)
        first, last = options["first"], options["last"]
        if first > last:
            raise Refused(f"--from {show(first)} sau --to {show(last)}. Đổi chỗ hai ngày.")
        try:
            found = bridge(target, account, first, last, unit)
        except RuleError as fault:
            raise Refused(*fault.problems) from None
        if options["json"]:
            number = sum(len(step.people) for step in found.steps)
            leave_trace({target.code: number}, "bridge", account, unit)
            self.answer(bridge_document(found))
        else:
            self.stdout.write(told(target, found))
        return DONE


def told(target, found):
    """The readable answer: both ends and the steps between them."""
    rows = [(show(found.first), *_ends(found.start))]
    rows += [
        (
            f"{step.words} ({format_number(len(step.people))} người)",
            format_signed(step.attained),
            format_signed(step.population),
        )
        for step in found.steps
    ]
    rows.append((show(found.last), *_ends(found.end)))
    return f"{target.name}\n{table(('', 'Đạt', 'Tổng số'), rows, right={1, 2})}"


def _ends(figure):
    return format_number(figure.attained), format_number(figure.population)

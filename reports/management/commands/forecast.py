"""`forecast`: what a target's figure will be at its deadline, and what is still needed."""

from cadres.acting import acting, add_by
from cadres.models import Unit
from cadres.rules import RuleError
from reports.backtest import backtest, backtest_document
from reports.choosing import add_day, add_json, add_target, add_unit, chosen_target, chosen_unit
from reports.forecast import forecast
from reports.forecast_document import forecast_document
from trainingplans.lib.commands import DONE, PortalCommand, Refused
from trainingplans.lib.dates import show, today
from trainingplans.lib.numbers import format_number, format_percent, format_signed
from trainingplans.lib.tables import table


class Command(PortalCommand):
    help = "Số liệu của một mục tiêu khi đến hạn, gồm từng phần, và số suất còn cần."

    def add_arguments(self, parser):
        add_target(parser)
        add_day(parser)
        add_unit(parser)
        add_json(parser)
        add_by(parser)

    def run(self, **options):
        account = acting(options["by"], "plans.view_target")
        target = chosen_target(options["target"], account)
        unit = chosen_unit(options["unit"], account)
        on = options["on"] or today()
        try:
            found = forecast(target, account, on, unit)
            tried = backtest(target, account, on, unit)
        except RuleError as fault:
            raise Refused(*fault.problems) from None
        if options["json"]:
            document = forecast_document(found, Unit.objects.in_bulk(list(found.by_unit)))
            self.answer({**document, "backtest": backtest_document(tried)})
        else:
            self.stdout.write(told(found))
        return DONE


def told(found):
    """The readable answer: now, the parts, the deadline."""
    rows = [
        (show(found.on), format_number(found.now.attained), format_number(found.now.population))
    ]
    rows += [
        (part.words, format_signed(part.attained), format_signed(part.population))
        for part in found.parts
    ]
    at_due, threshold = found.at_due, found.target.threshold
    ends = (format_number(at_due.attained), format_number(at_due.population))
    rows.append((show(found.due), *ends))
    share = format_percent(at_due.share and 100 * at_due.share, threshold)
    needed = f"Cần thêm {format_number(found.seats_needed)} suất"
    parts = table(("", "Đạt", "Tổng số"), rows, right={1, 2})
    return f"{found.target.name}\n{parts}\nĐến hạn: {share}. {needed}."

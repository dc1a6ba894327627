"""`attainment`: the figures of targets on a day, by unit, with the people behind them."""

from cadres.acting import acting, add_by
from reports.choosing import add_day, add_json, add_unit, chosen_targets, chosen_unit, leave_trace
from reports.figures import attainment, attainment_document, person
from trainingplans.lib.commands import DONE, PortalCommand
from trainingplans.lib.dates import show, today
from trainingplans.lib.numbers import (
    format_number,
    format_percent,
    format_threshold,
    percent_of,
)
from trainingplans.lib.tables import table

PARTS = {"missing": "Người chưa đạt", "attained": "Người đã đạt", "unknown": "Người chưa rõ"}
MET = {True: "đạt", False: "chưa đạt", None: "—"}


class Command(PortalCommand):
    help = "Số liệu của các mục tiêu tại một ngày."

    def add_arguments(self, parser):
        parser.add_argument(
            "--target", nargs="+", action="extend", metavar="CODE", help="Chỉ các mục tiêu này."
        )
        add_unit(parser)
        add_day(parser)
        parser.add_argument("--by-unit", action="store_true", help="Từng đơn vị.")
        parser.add_argument("--people", choices=list(PARTS), help="Liệt kê những người này.")
        add_json(parser)
        add_by(parser)

    def run(self, **options):
        account = acting(options["by"], "plans.view_target")
        targets = chosen_targets(options["target"], account)
        unit = chosen_unit(options["unit"], account)
        on, by_unit, people = options["on"] or today(), options["by_unit"], options["people"]
        if people:
            acting(options["by"], "reports.view_people")
        answers = attainment(targets, account, on, unit=unit, by_unit=by_unit, people=people)
        if people:
            numbers = {answer.target.code: len(answer.people or ()) for answer in answers}
            leave_trace(numbers, people, account, unit)
        if options["json"]:
            self.answer(attainment_document(answers, on, unit, by_unit))
        else:
            self.stdout.write("\n\n".join(self.told(answers, on, unit, options)))
        return DONE

    def told(self, answers, on, unit, options):
        """The paragraphs of the readable answer."""
        where = f" – {unit.name}" if unit else ""
        yield f"Mục tiêu tại ngày {show(on)}{where}"
        yield totals(answers) if answers else "Chưa có mục tiêu nào."
        for answer in answers:
            if answer.problems:
                yield "\n".join([f"{answer.target.code}: quy tắc không còn đọc được."])
            if options["by_unit"]:
                yield f"{answer.target.name}\n{units_table(answer)}"
            if answer.people is not None:
                yield f"{answer.target.name}\n{people_table(answer, options['people'])}"


def totals(answers):
    """The table of all targets."""
    heading = ("Mã", "Mục tiêu", "Ngưỡng", "Hạn", "Đạt", "Trên", "Tỉ lệ", "", "Thiếu", "Chưa rõ")
    rows = [
        (
            answer.target.code,
            answer.target.name,
            format_threshold(answer.target.threshold),
            show(answer.target.due),
            format_number(answer.figure.attained),
            format_number(answer.figure.population),
            share(answer.figure, answer.target),
            MET[answer.met],
            format_number(answer.short_by),
            format_number(answer.figure.unknown),
        )
        for answer in answers
    ]
    return table(heading, rows, right={2, 4, 5, 6, 8, 9})


def units_table(answer):
    """The table of one target's units."""
    rows = [
        (
            unit.name,
            part.attained,
            part.population,
            share(part, answer.target),
            part.unknown,
        )
        for unit, part in answer.by_unit
    ]
    return table(("Đơn vị", "Đạt", "Trên", "Tỉ lệ", "Chưa rõ"), rows, right={1, 2, 3, 4})


def people_table(answer, which):
    """The list of people, under what they are."""
    rows = [tuple(person(row).values())[1:] for row in answer.people]
    heading = ("Họ và tên", "Đơn vị", "Chức vụ, chức danh")
    return f"{PARTS[which]}: {format_number(len(rows))}\n{table(heading, rows)}"


def share(figure, target):
    """The share in words, never rounded up to a threshold that is not met."""
    return format_percent(percent_of(figure.attained, figure.population), target.threshold, 2)

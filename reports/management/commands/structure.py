"""`structure`: the workforce of a unit on a day, by kind, levels, ethnic group, age and unit."""

from cadres.acting import acting, add_by
from cadres.rules import DIMENSIONS, RuleContext
from reports.choosing import add_day, add_json, add_unit, chosen_unit
from reports.structure import BREAKDOWNS, OTHERS, OTHERS_WORDS, structure
from trainingplans.lib.commands import DONE, PortalCommand
from trainingplans.lib.dates import today
from trainingplans.lib.numbers import format_number, format_percent, percent_of
from trainingplans.lib.tables import table

MARKS = {
    "women": "Nữ",
    "party_members": "Đảng viên",
    "ethnic_minority": "Dân tộc thiểu số",
}


class Command(PortalCommand):
    help = "Cơ cấu đội ngũ tại một ngày; mỗi bảng cộng đúng bằng tổng số."

    def add_arguments(self, parser):
        add_unit(parser)
        add_day(parser)
        add_json(parser)
        add_by(parser)

    def run(self, **options):
        account = acting(options["by"], "cadres.view_official")
        unit = chosen_unit(options["unit"], account)
        document = structure(account, options["on"] or today(), unit)
        if options["json"]:
            self.answer(document)
        else:
            self.stdout.write("\n\n".join(told(document, RuleContext(options["on"]))))
        return DONE


def told(document, context):
    """The paragraphs of the readable answer."""
    total = document["total"]
    where = document["unit"] or "toàn bộ"
    yield f"Cơ cấu đội ngũ {where}: {format_number(total)} người"
    marks = {words: document[name] for name, words in MARKS.items()}
    yield numbers_table("Trong đó", marks, total)
    for name, code in BREAKDOWNS.items():
        words = DIMENSIONS[code].words(context) | {OTHERS: OTHERS_WORDS}
        rows = {words[key]: number for key, number in document[name].items()}
        yield numbers_table(DIMENSIONS[code].label, rows, total)


def numbers_table(heading, numbers, total):
    """A table of people and shares."""
    rows = [
        (words, format_number(number), format_percent(percent_of(number, total)))
        for words, number in numbers.items()
    ]
    return table((heading, "Người", "Tỉ lệ"), rows, right={1, 2})

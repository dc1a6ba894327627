"""`turns`: lượt and người of a period, by content, unit, ethnic group, gender or kind of staff."""

from cadres.acting import acting
from cadres.models import Unit
from cadres.models.accounts import SYSTEM
from cadres.units import UnitNotFound, find_unit
from courses.models import Enrolment, Form
from courses.turns import BY, BY_WORDS, document, turns
from trainingplans.lib.commands import DONE, PortalCommand, Refused, iso_day
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_number
from trainingplans.lib.tables import table

PERMISSION = "courses.view_class"


class Command(PortalCommand):
    help = "Số lượt, số người đã qua đào tạo, bồi dưỡng trong một thời gian."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from", dest="first", type=iso_day, required=True, metavar="DATE", help="Từ ngày."
        )
        parser.add_argument(
            "--to", dest="last", type=iso_day, required=True, metavar="DATE", help="Đến hết ngày."
        )
        parser.add_argument("--unit", metavar="U", help="Mã hoặc tên đơn vị, kể cả cấp dưới.")
        parser.add_argument("--by", choices=list(BY), help="Chia theo.")
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
        # --by is the breakdown, as the contract names it.
        parser.add_argument(
            "--as", dest="account", default=SYSTEM, metavar="USERNAME", help="Theo quyền tài khoản."
        )

    def run(self, first, last, **options):
        if last < first:
            raise Refused(f"Ngày kết thúc {show(last)} trước ngày bắt đầu {show(first)}.")
        account = acting(options["account"], PERMISSION)
        unit = chosen_unit(options["unit"], account)
        units = Unit.objects.below(unit).values("pk") if unit else None
        among = Enrolment.objects.visible_to(account)
        found = turns(first, last, units=units, by=options["by"], among=among)
        if options["json"]:
            self.answer(document(found, first, last))
        else:
            self.stdout.write("\n".join(told(found, first, last, unit, options["by"])))
        return DONE


def chosen_unit(text, account):
    """The unit of this code or name within the account's branch, None without a text."""
    try:
        return find_unit(text, Unit.objects.branch_of(account)) if text is not None else None
    except UnitNotFound as fault:
        raise Refused(str(fault)) from None


def told(found, first, last, unit, by):
    """The readable answer."""
    where = f" – {unit.name}" if unit else ""
    yield f"Đào tạo, bồi dưỡng từ {show(first)} đến {show(last)}{where}"
    yield f"Tổng số: {words(found.total)}"
    for form in Form:
        yield f"  {form.label}: {words(found.forms[form])}"
    if found.forms[""].turns:
        yield f"  Chưa rõ hình thức: {words(found.forms[''])}"
    if by:
        rows = [
            (row.name, format_number(row.turns), format_number(row.people)) for row in found.rows
        ]
        yield ""
        yield table((BY_WORDS[by], "Lượt", "Người"), rows, right={1, 2})


def words(number):
    """ "66.649 lượt, 21.034 người"."""
    return f"{format_number(number.turns)} lượt, {format_number(number.people)} người"

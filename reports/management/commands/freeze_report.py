"""`freeze_report`: store a report as it is sent, with its rows and hash."""

from cadres.acting import acting, add_by
from reports.actions import freeze
from reports.choosing import add_day, add_json, add_unit, chosen_targets, chosen_unit
from reports.frozen import ATTAINMENT, KINDS
from trainingplans.lib.commands import DONE, PortalCommand, iso_day
from trainingplans.lib.dates import show, today
from trainingplans.lib.numbers import format_number


class Command(PortalCommand):
    help = "Chốt một báo cáo đã gửi: định nghĩa, số liệu, danh sách và mã kiểm tra."

    def add_arguments(self, parser):
        kinds = ", ".join(KINDS)
        parser.add_argument("name", metavar="NAME", help=f"Loại ({kinds}) hoặc tên báo cáo.")
        parser.add_argument("--kind", choices=list(KINDS), help="Loại, khi NAME là tên báo cáo.")
        parser.add_argument("--title", default="", help="Tên báo cáo, khi NAME là loại.")
        parser.add_argument(
            "--target", nargs="+", action="extend", metavar="CODE", help="Chỉ các mục tiêu này."
        )
        parser.add_argument("--from", dest="first", type=iso_day, metavar="DATE", help="Từ ngày.")
        parser.add_argument("--to", dest="last", type=iso_day, metavar="DATE", help="Đến ngày.")
        parser.add_argument("--note", default="", help="Nơi nhận, ghi chú.")
        add_unit(parser)
        add_day(parser)
        add_json(parser)
        add_by(parser)

    def run(self, name, **options):
        account = acting(options["by"], "reports.freeze")
        kind = name if name in KINDS else options["kind"] or ATTAINMENT
        on = options["on"] or options["last"] or today()
        title = options["title"] or (f"{KINDS[kind]} đến {show(on)}" if name in KINDS else name)
        targets = chosen_targets(options["target"], account) if kind == ATTAINMENT else ()
        snapshot = freeze(
            kind,
            by=account,
            name=title[:250],
            on=on,
            first=options["first"],
            unit=chosen_unit(options["unit"], account),
            targets=targets,
            note=options["note"][:300],
        )
        if options["json"]:
            self.answer(document(snapshot))
        else:
            rows = format_number(len(snapshot.rows))
            self.stdout.write(f"Đã chốt “{title}”, số {snapshot.pk}: {rows} dòng.")
            self.stdout.write(f"Mã kiểm tra {snapshot.hash}")
        return DONE


def document(snapshot):
    """The JSON of a report that was just frozen."""
    return {
        "id": snapshot.pk,
        "name": snapshot.name,
        "kind": snapshot.kind,
        "on": snapshot.on.isoformat(),
        "unit": snapshot.unit.name if snapshot.unit else None,
        "rows": len(snapshot.rows),
        "hash": snapshot.hash,
        "figures": snapshot.figures,
    }

"""`verify_report`: count a frozen report again and list what has been restated, and why."""

from cadres.acting import acting, add_by
from reports.choosing import add_json
from reports.frozen import verified
from reports.models import Snapshot
from trainingplans.lib.commands import DONE, SOME_REJECTED, PortalCommand, Refused
from trainingplans.lib.numbers import format_number


class Command(PortalCommand):
    help = "Tính lại một báo cáo đã chốt, liệt kê những gì đã khác và vì sao."

    def add_arguments(self, parser):
        parser.add_argument("id", type=int, metavar="ID", help="Số của báo cáo đã chốt.")
        add_json(parser)
        add_by(parser)

    def run(self, **options):
        account = acting(options["by"], "reports.view_people")
        snapshot = Snapshot.objects.visible_to(account).filter(pk=options["id"]).first()
        if snapshot is None:
            raise Refused(f"Không có báo cáo đã chốt số {options['id']}.")
        found = verified(snapshot)
        if options["json"]:
            self.answer(found)
        else:
            self.stdout.write("\n".join(told(found)))
        return DONE if found["intact"] else SOME_REJECTED


def told(found):
    """The lines of the readable answer."""
    yield f"{found['name']} (số {found['id']})"
    yield "Bản lưu còn nguyên." if found["intact"] else "Bản lưu không khớp mã kiểm tra."
    if found["same"] and not found["definitions"]:
        yield "Tính lại hôm nay vẫn như khi gửi."
        return
    for item in found["definitions"]:
        yield f"Mục tiêu {item['code']}: {item['what']}"
    for item in found["restated"]:
        yield f"{item['what']}: {item['frozen']} → {item['now']}"
    if found["people"]:
        yield f"{format_number(len(found['people']))} người hoặc lượt khác trước:"
    for person in found["people"]:
        yield f"- {person['name']}, {person['unit']}: {'; '.join(person['why'])}"

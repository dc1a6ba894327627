"""Invite and remind: rounds that are open and were not sent for a week; for a daily job."""

from cadres.acting import acting, add_by
from courses.evaluation.rounds import due_rounds, remind
from trainingplans.lib.commands import DONE, PortalCommand
from trainingplans.lib.dates import today


class Command(PortalCommand):
    help = "Gửi lời mời và nhắc đánh giá cho các đợt đang mở."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
        add_by(parser)

    def run(self, **options):
        by = acting(options["by"], "courses.run_class")
        rounds = list(due_rounds(today()))
        sent = sum(remind(one, by=by) for one in rounds)
        if options["json"]:
            self.answer({"rounds": len(rounds), "sent": sent})
        else:
            self.stdout.write(f"Đã gửi {sent} lời nhắc của {len(rounds)} đợt đánh giá.")
        return DONE

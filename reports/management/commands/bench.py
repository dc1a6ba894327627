"""`bench`: fills scratch databases and prints ratios against the named peers."""

from dataclasses import asdict

from django.db import connection

from reports.bench.steps import SMALL_ROWS, imports, reading
from trainingplans.lib.commands import DONE, PortalCommand, Refused
from trainingplans.lib.numbers import format_number


class Command(PortalCommand):
    help = "Đo tốc độ trên cơ sở dữ liệu tạm và in tỉ lệ so với các công cụ khác."

    def add_arguments(self, parser):
        parser.add_argument("--officials", type=int, default=50_000, help="Số người của tỉnh mẫu.")
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")

    def run(self, **options):
        officials = options["officials"]
        if officials < SMALL_ROWS:
            raise Refused(f"--officials phải từ {SMALL_ROWS} trở lên, không phải {officials}.")
        lines = []
        for step in (imports(officials), reading(SMALL_ROWS), reading(officials)):
            for line in step:
                lines.append(line)
                if not options["json"]:
                    self.stdout.write(in_words(line))
        if options["json"]:
            rows = [asdict(line) for line in lines]
            self.answer({"database": connection.vendor, "officials": officials, "rows": rows})
        return DONE


def in_words(line):
    """One comparison on one line."""
    ours = f"{line.what}: {format_number(line.ours, 1)} {line.unit}"
    if not line.theirs:
        return ours
    goal = f", yêu cầu {line.goal}" if line.goal else ""
    return (
        f"{ours}; {line.peer}: {format_number(line.theirs, 1)}; "
        f"tỉ lệ {format_number(line.ratio, 2)}{goal}"
    )

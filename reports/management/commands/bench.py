"""`bench`: fills scratch databases and prints ratios against the named peers."""

from dataclasses import asdict

from django.db import connection

from reports.bench.reading import Reading, growth
from reports.bench.steps import SMALL_ROWS, imports
from trainingplans.lib.commands import DONE, PortalCommand, Refused
from trainingplans.lib.numbers import format_number

IMPORTS, READING = "imports", "reading"


class Command(PortalCommand):
    help = "Đo tốc độ trên cơ sở dữ liệu tạm và in tỉ lệ so với các công cụ khác."

    def add_arguments(self, parser):
        parser.add_argument("--officials", type=int, default=50_000, help="Số người của tỉnh mẫu.")
        parser.add_argument(
            "--only", choices=[IMPORTS, READING], help="Chỉ đo phần nhập hoặc phần số liệu, trang."
        )
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")

    def run(self, **options):
        officials = options["officials"]
        if officials < SMALL_ROWS:
            raise Refused(f"--officials phải từ {SMALL_ROWS} trở lên, không phải {officials}.")
        lines = []
        for line in measured(officials, options["only"]):
            lines.append(line)
            if not options["json"]:
                self.stdout.write(in_words(line))
                self.stdout.flush()
        if options["json"]:
            rows = [asdict(line) for line in lines]
            self.answer({"database": connection.vendor, "officials": officials, "rows": rows})
        return DONE


def measured(officials, only=None):
    """The Lines of all parts or of one: small province first, then the large one."""
    if only != READING:
        yield from imports(officials)
    if only != IMPORTS:
        sizes = [Reading(size) for size in sorted({SMALL_ROWS, officials})]
        for one in sizes:
            yield from one.lines()
        if len(sizes) > 1:
            yield from growth(*sizes)


def in_words(line):
    """One comparison on one line."""
    goal = f", yêu cầu {line.goal}" if line.goal else ""
    if not line.theirs:
        return f"{line.what}: {format_number(line.ours, 2)} {line.unit}".rstrip() + goal
    ours = f"{line.what}: {format_number(line.ours, 1)} {line.unit}"
    return (
        f"{ours}; {line.peer}: {format_number(line.theirs, 1)}; "
        f"tỉ lệ {format_number(line.ratio, 2)}{goal}"
    )

"""`load_units FILE.csv`: units with their areas and languages."""

from pathlib import Path

from cadres.acting import acting, add_by
from cadres.loading_units import load_unit_rows
from cadres.unit_rows import read_units_csv
from trainingplans.lib.commands import DONE, NOTHING_DONE, SOME_REJECTED, PortalCommand, Refused


class Command(PortalCommand):
    help = "Nạp đơn vị từ tệp CSV (chạy lại được)."

    def add_arguments(self, parser):
        parser.add_argument("file", help="Tệp CSV có các cột code, name, kind, parent…")
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
        add_by(parser)

    def run(self, **options):
        by = acting(options["by"], "cadres.change_unit")
        path = Path(options["file"])
        try:
            rows, unknown = read_units_csv(_bytes(path))
        except Refused as refusal:
            return self._refuse(path, refusal, options["json"])
        outcome = load_unit_rows(rows, by=by, label=path.name)
        self._tell(path, outcome, _warnings(unknown, outcome), options["json"])
        return SOME_REJECTED if outcome.counts["reject"] else DONE

    def _refuse(self, path, refusal, as_json):
        lines = [f"{path.name}: {problem}" for problem in refusal.problems]
        self.complain(*lines)
        if as_json:
            message = " ".join(refusal.problems)
            self.answer({"file": path.name, "error": {"code": "unreadable", "message": message}})
        return NOTHING_DONE

    def _tell(self, path, outcome, warnings, as_json):
        counts = outcome.counts
        self.complain(*map(str, outcome.problems), *warnings)
        if as_json:
            problems = [vars(problem) for problem in outcome.problems]
            answer = {"counts": counts, "problems": problems, "warnings": warnings}
            self.answer({"file": path.name, **answer})
            return
        self.stdout.write(
            f"{path.name}: {counts['create']} đơn vị mới, {counts['update']} cập nhật, "
            f"{counts['unchanged']} không đổi, {counts['reject']} dòng bị từ chối."
        )


def _bytes(path):
    try:
        return path.read_bytes()
    except OSError:
        raise Refused("không mở được tệp. Kiểm tra lại đường dẫn.") from None


def _warnings(unknown, outcome):
    """What was done all the same, but should be looked at."""
    lines = [f"Cột “{name}” không dùng đến." for name in unknown]
    if outcome.guessed_other:
        lines.append(
            f"{outcome.guessed_other} đơn vị mới không đoán được loại từ tên, ghi là “Khác”."
        )
    return lines

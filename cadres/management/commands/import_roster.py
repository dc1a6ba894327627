"""Preview a roster import; with --apply, write it under a batch."""

import json
import os
from pathlib import Path

from cadres.acting import acting, add_by
from cadres.intake import batches
from cadres.intake.annotating import annotated
from cadres.intake.answers import document_of, summary_of
from cadres.intake.kinds import KINDS, ROSTER
from cadres.intake.mapping import check_mapping
from cadres.intake.types import IntakeError
from cadres.management.common import unit_named
from trainingplans.lib.commands import DONE, NOTHING_DONE, SOME_REJECTED, PortalCommand, Refused
from trainingplans.lib.dates import parse_iso, today


class Command(PortalCommand):
    help = "Nhập danh sách cán bộ từ tệp Excel, OpenDocument hoặc CSV."
    kind = ROSTER

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="TỆP")
        parser.add_argument("--unit", help="mã hoặc tên đơn vị, khi tệp không nói")
        parser.add_argument("--on", help="ngày của danh sách, dạng 2026-11-22")
        parser.add_argument("--absent", choices=["keep", "end"], default="keep")
        parser.add_argument("--mapping", help="tệp JSON nói cột nào là gì")
        parser.add_argument("--rows", action="store_true", help="kèm từng dòng")
        parser.add_argument("--apply", action="store_true", help="ghi vào hồ sơ")
        parser.add_argument("--annotated", help="ghi bản có đánh dấu lỗi ra tệp .xlsx này")
        parser.add_argument("--json", action="store_true")
        add_by(parser)

    def run(self, files, **options):
        self.options = options
        self.settings = self._settings(options)
        if options["annotated"]:
            _check_annotated(options["annotated"], files)
        self.several, self.unmet = len(files) > 1, set(self.settings["mapping"])
        statuses = [self._file(name) for name in files]
        if self.several and self.unmet:
            listed = ", ".join(f"“{name}”" for name in sorted(self.unmet))
            self.complain(f"{options['mapping']}: không tệp nào có trang {listed}.")
            statuses.append(SOME_REJECTED)
        if all(status == NOTHING_DONE for status in statuses[: len(files)]):
            return NOTHING_DONE
        return SOME_REJECTED if any(statuses) else DONE

    def _settings(self, options):
        """The checked arguments that every file shares."""
        by = acting(options["by"], KINDS[self.kind].permission)
        unit = unit_named(options["unit"])
        try:
            on = parse_iso(options["on"]) if options["on"] else today()
            batches.check_may_import(by, unit, self.kind)
        except (ValueError, batches.NotAllowed) as error:
            raise Refused(str(error)) from None
        mapping = _mapping(options["mapping"], KINDS[self.kind].extra.fields)
        return {"by": by, "on": on, "unit": unit, "absent": options["absent"], "mapping": mapping}

    def _file(self, name):
        """Import one file and answer; returns its exit status."""
        try:
            data = Path(name).read_bytes()
            outcome, batch = self._import(data, Path(name).name)
        except OSError:
            return self._unreadable(name, "no_file", "Không mở được tệp. Kiểm tra lại đường dẫn.")
        except IntakeError as error:
            return self._unreadable(name, error.code, error.message)
        except batches.NotAllowed as error:
            return self._unreadable(name, "not_allowed", str(error))
        if self.options["annotated"]:
            Path(self.options["annotated"]).write_bytes(annotated(data, outcome))
        self._say(outcome, name, batch)
        return SOME_REJECTED if outcome.counts["reject"] else DONE

    def _import(self, data, file_name):
        """(Outcome, batch or None): everything under a batch with --apply, else nothing written."""
        told = self.settings["mapping"]
        parsed = batches.parse(
            data, file_name, mapping=told, kind=self.kind, some_sheets=self.several
        )
        # Of several files each takes what is said of its own sheets.
        own = {sheet.name: told[sheet.name] for sheet in parsed.sheets if sheet.name in told}
        self.unmet -= own.keys()
        settings = self.settings | {"mapping": own}
        if not self.options["apply"]:
            return batches.look(data, parsed, kind=self.kind, **_without_mapping(settings)), None
        batch = batches.open_batch(data, file_name, stored=False, kind=self.kind, **settings)
        try:
            return batches.apply_patiently(batch, parsed, by=settings["by"]), batch
        except BaseException:
            batch.file.storage.delete(batch.file.name)
            raise

    def _say(self, outcome, name, batch):
        if self.options["json"]:
            self.answer(document_of(outcome, name, batch=batch, rows=self.options["rows"]))
            return
        for line in summary_of(outcome, name, batch=batch):
            self.stdout.write(line)

    def _unreadable(self, name, code, message):
        if self.options["json"]:
            self.answer({"file": name, "error": {"code": code, "message": message}})
        self.complain(f"{name}: {message}")
        return NOTHING_DONE


def _check_annotated(out, files):
    """Refused before anything is done where the marked workbook could not be written after."""
    if len(files) > 1:
        raise Refused("--annotated chỉ dùng với một tệp.")
    place = Path(out)
    target = place if place.exists() else place.parent
    if place.is_dir() or not target.exists() or not os.access(target, os.W_OK):
        raise Refused(f"Không ghi được tệp --annotated {out}. Chọn thư mục có sẵn và ghi được.")


def _without_mapping(settings):
    return {key: value for key, value in settings.items() if key != "mapping"}


def _mapping(path, also):
    """The mapping of a JSON file: {sheet: {column letter: key or null}}."""
    if not path:
        return {}
    try:
        mapping = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"Không đọc được tệp --mapping {path}: {error}") from None
    try:
        check_mapping(mapping, also)
    except IntakeError as error:
        raise Refused(f"{path}: {error.message}") from None
    return mapping

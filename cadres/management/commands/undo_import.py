"""Take an applied import back."""

from cadres.acting import acting, add_by
from cadres.intake import batches
from trainingplans.lib.commands import DONE, PortalCommand, Refused


class Command(PortalCommand):
    help = "Hoàn tác một lần nhập đã áp dụng."

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, metavar="SỐ")
        parser.add_argument("--json", action="store_true")
        add_by(parser)

    def run(self, batch, **options):
        by = acting(options["by"], batches.PERMISSION)
        found = batches.batches_of(by).filter(pk=batch).first()
        if found is None:
            raise Refused(f"Không có lần nhập {batch}.")
        try:
            result = batches.undo(found, by=by)
        except batches.NotAllowed as error:
            raise Refused(str(error)) from None
        if options["json"]:
            self.answer(result)
        else:
            self._tell(result)
        return DONE

    def _tell(self, result):
        self.stdout.write(f"Đã hoàn tác {result['reversed']} người.")
        for title, people in (("Giữ lại", result["kept"]), ("Từ chối", result["refused"])):
            for person in people:
                self.stdout.write(f"  {title}: {person['name']} ({person['why']})")

"""Makes the PDF of a print job; started by the pages, safe to start again by hand."""

from courses.actions.printing import work
from courses.models import PrintJob
from trainingplans.lib.commands import PortalCommand, Refused


class Command(PortalCommand):
    help = "Tạo tệp PDF chứng chỉ của một lần in."

    def add_arguments(self, parser):
        parser.add_argument("job", type=int, help="Số của lần in.")

    def run(self, job, **options):
        found = PrintJob.objects.select_related("training_class", "by").filter(pk=job).first()
        if found is None:
            raise Refused(f"Không có lần in {job}.")
        work(found)
        self.stdout.write(f"{found.total} chứng chỉ: {found.get_state_display()}")
        return 0 if found.state == PrintJob.State.READY else 1

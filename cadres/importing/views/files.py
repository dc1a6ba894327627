"""Files of an import: the stored one, the marked one, the blank template."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from cadres.audit import record
from cadres.importing.views.lookup import batch_for
from cadres.intake.annotating import annotated_workbook
from cadres.intake.templating import blank_template
from trainingplans.lib.access import needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("cadres.import_roster")
@require_GET
def original(request, pk):
    """The stored bytes under the sender's name; always a download, never shown."""
    batch = batch_for(request, pk)
    if not batch.file:
        raise Http404("Tệp quá lớn nên không được giữ lại.")
    _note(batch, "import.file", request.user)
    return _download(batch.file.open("rb"), batch.file_name)


@needs("cadres.import_roster")
@require_GET
def marked(request, pk):
    """The sender's own workbook with faulty cells marked and a column of messages."""
    batch = batch_for(request, pk)
    if not batch.file or not batch.counts:
        raise Http404("Tệp này chưa đọc được nên không có gì để đánh dấu.")
    _note(batch, "import.marked_file", request.user)
    stem = batch.file_name.rsplit(".", 1)[0]
    return _download(ContentFile(annotated_workbook(batch)), f"{stem}_danh-dau.xlsx", XLSX)


@needs("cadres.import_roster")
@require_GET
def template(request):
    """An empty roster with the headings that are read best."""
    return _download(ContentFile(blank_template()), "mau-danh-sach.xlsx", XLSX)


def _download(stream, name, kind="application/octet-stream"):
    return FileResponse(stream, as_attachment=True, filename=name, content_type=kind)


@transaction.atomic
def _note(batch, act, account):
    """Somebody took personal data out: one audit row."""
    record(act, by=account, subject=batch, unit=batch.unit, batch=batch.pk)

"""Files of an import: the stored one, and the same with its faulty cells marked."""

from contextlib import contextmanager
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from cadres.audit import record
from cadres.importing.acting import is_kept
from cadres.importing.views.lookup import batch_for
from cadres.intake.annotating import annotated, harmless
from cadres.intake.batches import bytes_of, parse, parse_batch
from cadres.intake.reading.sniff import does_something
from cadres.intake.types import IntakeError, Issue
from cadres.models import ImportBatch
from trainingplans.lib.access import needs

MARKED = "_danh-dau"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("cadres.import_roster")
@require_GET
def original(request, pk):
    """The stored bytes under the sender's name; always a download, never shown.

    A workbook with macros or links comes back as a copy without them.
    """
    batch = batch_for(request, pk)
    if not is_kept(batch):
        raise Http404("Tệp này không được giữ lại.")
    _note(batch, "import.file", request.user)
    with _or_404():
        data = bytes_of(batch)
        if not does_something(data):
            return _download(ContentFile(data), batch.file_name)
        stem = batch.file_name.rsplit(".", 1)[0]
        return _download(ContentFile(_without_macros(batch, data)), f"{stem}.xlsx", XLSX)


@needs("cadres.import_roster")
@require_GET
def marked(request, pk):
    """The sender's own workbook with faulty cells marked and a column of messages."""
    batch = batch_for(request, pk)
    if not batch.counts or batch.state == ImportBatch.State.DROPPED:
        raise Http404("Tệp này chưa đọc được nên không có gì để đánh dấu.")
    _note(batch, "import.marked_file", request.user)
    stem = batch.file_name.rsplit(".", 1)[0].removesuffix(MARKED)
    with _or_404():
        return _download(ContentFile(_marked(batch)), f"{stem}{MARKED}.xlsx", XLSX)


def _without_macros(batch, data):
    return harmless(data, parse(data, batch.file_name))


def _marked(batch):
    """The bytes of the marked workbook, with the issues of the last reading."""
    issues = [Issue(**issue) for issue in batch.issues]
    outcome = SimpleNamespace(parsed=parse_batch(batch), issues=issues)
    return annotated(bytes_of(batch), outcome, batch.edits)


@contextmanager
def _or_404():
    """Http404 with the reason where a stored file cannot be read (any more)."""
    try:
        yield
    except IntakeError as error:
        raise Http404(str(error)) from None


def _download(stream, name, kind="application/octet-stream"):
    return FileResponse(stream, as_attachment=True, filename=name, content_type=kind)


@transaction.atomic
def _note(batch, act, account):
    """Somebody took personal data out: one audit row."""
    record(act, by=account, subject=batch, unit=batch.unit, batch=batch.pk)

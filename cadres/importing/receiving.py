"""Taking in an uploaded file: every one leaves a batch, also one that cannot be read."""

from django.conf import settings
from django.db import transaction

from cadres.audit import record
from cadres.importing.forms import shown_name
from cadres.intake.background import begin
from cadres.intake.batches import open_batch
from cadres.intake.kinds import ROSTER
from cadres.models import ImportBatch
from trainingplans.lib.numbers import format_number

MEGABYTE = 1024 * 1024


def receive(file, *, by, on, unit, absent="keep", kind=ROSTER):
    """The batch of an uploaded file, read or being read; a refused one says why."""
    name = shown_name(file.name)
    sent = {"by": by, "on": on, "unit": unit, "absent": absent, "kind": kind}
    if file.size > settings.UPLOAD_LIMIT:
        return _refused(name, _too_large(file.size), **sent)
    return begin(open_batch(file.read(), name, **sent), "preview", by)


def _too_large(size):
    limit = settings.UPLOAD_LIMIT / MEGABYTE
    return (
        f"Tệp lớn {format_number(size / MEGABYTE, 1)} MB, hơn mức {format_number(limit)} MB. "
        "Bỏ ảnh, trang tính không cần và dòng trống, hoặc chia thành nhiều tệp rồi gửi lại."
    )


@transaction.atomic
def _refused(name, message, **sent):
    """A batch that only says what was sent, by whom and why it was not even stored."""
    state = ImportBatch.State.REFUSED
    batch = ImportBatch.objects.create(state=state, file_name=name, message=message, **sent)
    record("import.refused", by=sent["by"], subject=batch, unit=sent["unit"], batch=batch.pk)
    return batch

"""Files that nobody wants any more: of imports put away or never read, deleted after some months.

They hold personal data. The import stays in the history, with who sent what and its check sum.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from cadres import audit
from cadres.intake.keeping import forget_sheets
from cadres.models import ImportBatch

State = ImportBatch.State
OVER = (State.DROPPED, State.REFUSED)


def kept_until(batch):
    """The day from which the file of an import that is put away may be deleted; else None."""
    if batch.state not in OVER or not batch.file:
        return None
    last = batch.heartbeat or batch.created_at
    return timezone.localdate(last) + timedelta(days=settings.DROPPED_DAYS)


def old_files(now=None):
    """The imports whose files are due: put away or refused, and untouched for so many days."""
    before = (now or timezone.now()) - timedelta(days=settings.DROPPED_DAYS)
    touched = ImportBatch.objects.annotate(touched=Coalesce("heartbeat", "created_at"))
    return touched.filter(state__in=OVER, touched__lt=before).exclude(file="").order_by("pk")


def clean(*, by, now=None):
    """Delete all files that are due; how many."""
    due = list(old_files(now).values_list("pk", flat=True))
    return sum(_remove(pk, by=by) for pk in due)


@transaction.atomic
def _remove(pk, *, by):
    """Delete one file with what was typed and decided on it; False if it was taken up meanwhile."""
    batch = ImportBatch.objects.select_for_update().get(pk=pk)
    if batch.state not in OVER or not batch.file:
        return False
    # The file goes first: cut off in between, the next run finds the batch again.
    batch.file.storage.delete(batch.file.name)
    forget_sheets(batch)
    batch.file, batch.edits, batch.choices, batch.issues = "", [], {}, []
    batch.report = {key: told for key, told in batch.report.items() if key == "error"}
    batch.version += 1
    batch.save(update_fields=["file", "edits", "choices", "issues", "report", "version"])
    told = {"by": by, "subject": batch, "label": batch.file_name, "unit": batch.unit}
    audit.record("import.file_deleted", **told, batch=pk, detail={"sha256": batch.sha256})
    return True

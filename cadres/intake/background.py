"""Long steps of an import in a process of their own: started, watched, started again."""

import logging
import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cadres.intake import batches, stages
from cadres.intake.batches import NotAllowed
from cadres.intake.continuing import take_decisions
from cadres.intake.keeping import (
    keep_sheets,
    keep_verified,
    note_follow_up,
    take_remembered,
    take_units,
)
from cadres.intake.living import last_beat, living
from cadres.intake.outdated import Outdated
from cadres.intake.types import IntakeError
from cadres.models import ImportBatch

logger = logging.getLogger(__name__)

LARGE_BYTES = 300_000
LARGE_ROWS = 1_500
MESSAGE_LENGTH = 300
QUIET = timedelta(seconds=60)
State = ImportBatch.State
STATE_OF = {"preview": State.READING, "apply": State.APPLYING, "undo": State.UNDOING}
# Where a step goes back to when it could not be done.
BACK_TO = {"preview": State.BROKEN, "apply": State.PREVIEW, "undo": State.APPLIED}
BROKEN_WORDS = "Việc đang làm bị dừng vì lỗi của hệ thống. Không có gì bị ghi dở; hãy làm lại."
BUSY = {State.WAITING, State.READING, State.APPLYING, State.UNDOING}


def is_large(batch):
    """Whether a step of this batch is too long for a page to wait for."""
    if getattr(settings, "IMPORTS_INLINE", False):
        return False
    rows = (batch.counts or {}).get("data_rows", 0)
    return rows > LARGE_ROWS or (not rows and batch.file.size > LARGE_BYTES)


def begin(batch, step, by):
    """Do a step now, or start it in the background when it is long; the batch as it is then."""
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=STATE_OF[step], heartbeat=timezone.now(), message=""
    )
    if is_large(batch):
        transaction.on_commit(lambda: start(batch, step, by))
    else:
        work(batch, step, by)
    batch.refresh_from_db()
    return batch


def start(batch, step, by):
    """Start a step in a process that outlives the request and the browser."""
    command = [sys.executable, "manage.py", "work_batch", str(batch.pk), step, "--by", str(by.pk)]
    subprocess.Popen(  # noqa: S603 - own program, no shell
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def work(batch, step, by):
    """Do a step to its end; what goes wrong is said on the batch and never lost."""
    batch.refresh_from_db()
    with living(batch, step):
        try:
            STEPS[step](batch, by)
        except (IntakeError, NotAllowed) as error:
            _stop(batch, step, str(error))
        except Exception:
            _stop(batch, step, BROKEN_WORDS)
            logger.exception("import step failed: batch %s, %s", batch.pk, step)


def _preview(batch, by):
    """Read and compare; once more with what was answered before, or what is verified kept."""
    is_first = not batch.counts  # later a person has decided
    outcome = batches.preview(batch)
    if outcome and take_remembered(batch, outcome.parsed):
        outcome = batches.preview(batch)
    if outcome:
        note_follow_up(batch, outcome.parsed)
    if outcome and is_first and _take_answers(batch):
        outcome = batches.preview(batch)
    if outcome and keep_verified(batch):
        outcome = batches.preview(batch)
    if outcome:
        stages.tell(stages.STORING)
        keep_sheets(batch, outcome.parsed)


def _take_answers(batch):
    """What was answered before, in the import that this file goes on with and in others."""
    return any([take_decisions(batch), take_units(batch)])


def _apply(batch, by):
    """Write; where records were edited since the preview, show what would be written now."""
    try:
        batches.apply(batch, by=by)
    except Outdated as error:
        batch.refresh_from_db()
        _preview(batch, by)
        ImportBatch.objects.filter(pk=batch.pk).update(message=str(error)[:MESSAGE_LENGTH])


STEPS = {
    "preview": _preview,
    "apply": _apply,
    "undo": lambda batch, by: batches.undo(batch, by=by),
}


def _stop(batch, step, message):
    """The step ended without its result: back to where it can be tried again."""
    busy = ImportBatch.objects.filter(pk=batch.pk, state__in=BUSY)
    busy.update(state=BACK_TO[step], message=message[:MESSAGE_LENGTH])


def is_broken(batch):
    """Whether a batch says that work is under way while nothing has lived for a minute."""
    if batch.state not in BUSY:
        return batch.state == State.BROKEN
    return _last_sign(batch) < timezone.now() - QUIET


def _last_sign(batch):
    """When something last worked on the batch."""
    signs = [batch.heartbeat or batch.created_at, last_beat(batch)]
    return max(sign for sign in signs if sign)

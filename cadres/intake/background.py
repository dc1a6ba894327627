"""Long steps of an import in a process of their own: started, watched, started again.

A process says that it lives in a small file beside the uploads and not in the database: while a
roster is written, SQLite has no second writer and the batch's row is locked on both databases.
"""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cadres.intake import batches
from cadres.intake.types import IntakeError
from cadres.models import ImportBatch

logger = logging.getLogger(__name__)

LARGE_BYTES = 300_000
LARGE_ROWS = 1_500
QUIET = timedelta(seconds=60)
BEAT_SECONDS = 2
State = ImportBatch.State
STEPS = {
    "preview": lambda batch, by: batches.preview(batch),
    "apply": batches.apply,
    "undo": batches.undo,
}
STATE_OF = {"preview": State.READING, "apply": State.APPLYING, "undo": State.UNDOING}
BROKEN_WORDS = (
    "Việc đang làm dừng giữa chừng. Không có gì bị ghi dở; bấm Chạy lại để làm lại từ đầu."
)
BUSY = {State.WAITING, State.READING, State.APPLYING, State.UNDOING}


def is_large(batch):
    """Whether a step of this batch is too long for a page to wait for."""
    if getattr(settings, "IMPORTS_INLINE", False):
        return False
    rows = (batch.counts or {}).get("data_rows", 0)
    return rows > LARGE_ROWS or (not rows and batch.file.size > LARGE_BYTES)


def begin(batch, step, by):
    """Do a step now, or start it in the background when it is long; the batch as it is then."""
    ImportBatch.objects.filter(pk=batch.pk).update(heartbeat=timezone.now())
    if is_large(batch):
        ImportBatch.objects.filter(pk=batch.pk).update(state=STATE_OF[step])
        transaction.on_commit(lambda: start(batch, step, by))
    else:
        work(batch, step, by)
    batch.refresh_from_db()
    return batch


def work(batch, step, by):
    """Do a step to its end; what goes wrong is said on the batch and never lost."""
    with living(batch):
        try:
            STEPS[step](batch, by)
        except IntakeError as error:
            _stop(batch, State.REFUSED, error.message)
        except Exception:
            _stop(batch, State.BROKEN, BROKEN_WORDS)
            logger.exception("import step failed: batch %s, %s", batch.pk, step)


def _stop(batch, state, message):
    """The step ended without its result."""
    ImportBatch.objects.filter(pk=batch.pk).update(state=state, message=message[:300])


def start(batch, step, by):
    """Start `step` (preview, apply, undo) of a batch in a process that outlives the request."""
    forget(batch)
    note(batch, message="Đang bắt đầu")
    command = [sys.executable, "manage.py", "work_batch", str(batch.pk), step, "--by", str(by.pk)]
    subprocess.Popen(  # noqa: S603 - own program, no shell
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _place(batch):
    return Path(settings.MEDIA_ROOT) / "imports" / "progress" / f"{batch.pk}.json"


def note(batch, done=0, total=0, message=""):
    """Say how far the work on a batch is; whoever asks reads it with `progress`."""
    place = _place(batch)
    place.parent.mkdir(parents=True, exist_ok=True)
    told = {"done": done, "total": total, "message": message, "started": _started(place)}
    fresh = place.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(told), encoding="utf-8")
    fresh.replace(place)


def _started(place):
    """When this piece of work began: kept from the note before, now for the first."""
    try:
        return json.loads(place.read_text(encoding="utf-8"))["started"]
    except (OSError, ValueError, KeyError):
        return time.time()


def forget(batch):
    """The work is over: nothing more to say about it."""
    _place(batch).unlink(missing_ok=True)


def progress(batch):
    """{done, total, message, seconds (under way), quiet (seconds without a sign)} or None."""
    place = _place(batch)
    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        told["quiet"] = time.time() - place.stat().st_mtime
        told["seconds"] = time.time() - told.pop("started")
    except (OSError, ValueError, KeyError):
        return None
    return told


def is_broken(batch):
    """Whether a batch says that work is under way while nothing has lived for a minute."""
    if batch.state == State.BROKEN:
        return True
    if batch.state not in BUSY:
        return False
    return _last_sign(batch) < timezone.now() - QUIET


def _last_sign(batch):
    signs = [batch.heartbeat or batch.created_at]
    place = _place(batch)
    if place.exists():
        signs.append(datetime.fromtimestamp(place.stat().st_mtime, UTC))
    return max(signs)


@contextmanager
def living(batch):
    """While inside, a thread gives a sign of life every two seconds."""
    over = threading.Event()
    place = _place(batch)

    def beat():
        while not over.wait(BEAT_SECONDS):
            if place.exists():
                os.utime(place)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        forget(batch)

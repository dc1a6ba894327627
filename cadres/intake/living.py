"""The sign of life of a process that works on an import, and how far it says it is.

It is a small file beside the uploads and not in the database: while a roster is written, SQLite
has no second writer and the batch's row is locked on both.
"""

import json
import os
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from cadres.intake import stages

BEAT_SECONDS = 2
TELL_SECONDS = 0.3


@dataclass
class Sign:
    """What is known of a running process; `percent` never goes back."""

    since: float  # seconds of the clock
    stage: str = ""
    done: int = 0
    total: int = 0
    percent: int = 0

    @property
    def seconds(self):
        """For how long the process has been working."""
        return max(time.time() - self.since, 0)


def path_of(batch):
    """Where the sign of a batch is while a process works on it."""
    return Path(settings.MEDIA_ROOT) / "imports" / "running" / str(batch.pk)


def sign_of(batch):
    """The Sign of the process that works on the batch, or None."""
    try:
        return Sign(**json.loads(path_of(batch).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def last_beat(batch):
    """When the process last showed that it lives; None when there is none."""
    with suppress(OSError):
        return datetime.fromtimestamp(os.stat(path_of(batch)).st_mtime, UTC)


@contextmanager
def living(batch, step):
    """While inside, the batch has a sign of life, which tells what the step is at."""
    path, over = path_of(batch), threading.Event()
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = _Writer(path, step)

    def beat():
        while not over.wait(BEAT_SECONDS):
            path.touch()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        with stages.heard_by(writer.hear):
            yield
    finally:
        over.set()
        thread.join()
        path.unlink(missing_ok=True)


class _Writer:
    """Writes what it hears to the sign: each new stage, and a count at most every 0.3 seconds."""

    def __init__(self, path, step):
        self.path, self.step = path, step
        self.sign, self.written_at = Sign(time.time()), 0
        self._write()

    def hear(self, stage, done, total):
        sign, is_new = self.sign, stage != self.sign.stage
        sign.stage, sign.done, sign.total = stage, done, total
        sign.percent = max(sign.percent, stages.percent(self.step, stage, done, total))
        if is_new or time.monotonic() - self.written_at > TELL_SECONDS:
            self._write()

    def _write(self):
        # Replaced as a whole: a reader never sees half of it.
        fresh = self.path.with_suffix(".moi")
        fresh.write_text(json.dumps(asdict(self.sign)))
        fresh.replace(self.path)
        self.written_at = time.monotonic()

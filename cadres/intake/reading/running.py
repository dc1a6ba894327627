"""Reads an upload in a child process; a crash, a hang or a bomb becomes a message."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from cadres.intake.reading import exchange, limits
from cadres.intake.reading.guard import check_size
from cadres.intake.reading.refusals import refusal
from cadres.intake.reading.sniff import kind_of

ROOT = Path(__file__).resolve().parents[3]
# The places of installed packages are handed over: to look for them takes longer than to read.
START = (
    "import sys; sys.path.extend(sys.argv[3:]);"
    "from cadres.intake.reading.child import main; sys.exit(main(*sys.argv[1:3]))"
)
PACKAGES = [place for place in sys.path if place.endswith("-packages")]


def read_workbook(source, file_name=""):
    """Workbook of a path or of bytes; raises IntakeError. The name is shown, never believed."""
    data = _bytes(source)
    check_size(data)
    kind = kind_of(data)
    with tempfile.TemporaryDirectory(prefix="doc-tep-") as folder:
        path = Path(folder) / "tep"
        path.write_bytes(data)
        return _run(path, kind, Path(folder) / "ket-qua")


def _bytes(source):
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if hasattr(source, "read"):
        return source.read()
    path = Path(source)
    if path.stat().st_size > limits.FILE_BYTES:
        raise refusal("file_too_large")
    return path.read_bytes()


def _run(path, kind, answer):
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", START, str(path), kind]
    command += [str(ROOT), *PACKAGES]
    environment = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
    with open(answer, "wb") as out:
        try:
            done = subprocess.run(  # noqa: S603 - own program, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                timeout=limits.WALL_SECONDS,
                cwd=os.sep,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise refusal("timeout") from None
    if done.returncode not in (0, 3):
        raise _death(done.returncode)
    try:
        with open(answer, "rb") as stream:
            return exchange.read(stream)
    except (ValueError, KeyError, TypeError):
        raise refusal("damaged") from None


def _death(code):
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return refusal("timeout")
    if code == -signal.SIGABRT:
        return refusal("out_of_memory")
    return refusal("damaged")

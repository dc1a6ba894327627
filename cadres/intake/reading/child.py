"""The process that opens an upload: limits first, then the parser; it may die without harm."""

import gc
import resource
import sys

from cadres.intake.reading import exchange, limits
from cadres.intake.reading.refusals import refusal
from cadres.intake.types import IntakeError


def limit_resources():
    """Memory, processor time, no core dump, no file to write beyond what stdout is."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.ANSWER_BYTES, limits.ANSWER_BYTES))


def read_file(path, kind):
    """The workbook; the reader is imported only now, inside the limits."""
    if kind in ("xlsx", "xlsm"):
        from cadres.intake.reading.ooxml import read_ooxml

        return read_ooxml(path, kind)
    if kind == "ods":
        from cadres.intake.reading.opendocument import read_opendocument

        return read_opendocument(path)
    if kind == "xls":
        from cadres.intake.reading.biff import read_biff

        return read_biff(path)
    if kind == "xlsb":
        from cadres.intake.reading.binary import read_binary

        return read_binary(path)
    from cadres.intake.reading.delimited import read_delimited

    return read_delimited(path)


def _explain(error):
    """The refusal for whatever a parser raised, panics included."""
    if isinstance(error, IntakeError):
        return error
    if isinstance(error, MemoryError):
        return refusal("out_of_memory")
    if "password" in type(error).__name__.lower():
        return refusal("password")
    return refusal("damaged")


def main(path, kind):
    """Writes the workbook or the refusal to stdout."""
    limit_resources()
    # Hundreds of thousands of lists, no cycles: collecting would only look at them again.
    gc.disable()
    try:
        workbook = read_file(path, kind)
    except BaseException as error:  # noqa: B036 - a panic of a parser is no Exception
        exchange.write_error(_explain(error), sys.stdout.buffer)
        return 3
    try:
        exchange.write(workbook, sys.stdout.buffer)
    except (IntakeError, OSError) as error:
        return _take_back(error)
    return 0


def _take_back(error):
    """The refusal in place of an answer that was begun."""
    sys.stdout.buffer.seek(0)
    sys.stdout.buffer.truncate()
    exchange.write_error(_explain(error), sys.stdout.buffer)
    return 3

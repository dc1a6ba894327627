"""Measuring work: processor seconds of this process, its children and the database's server."""

import os
import resource
import statistics
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


def server_seconds():
    """Processor seconds of this connection's PostgreSQL process; SQLite runs inside us: 0."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    exact = Path(f"/proc/{pid}/schedstat")  # in billionths; the other is in hundredths
    if exact.exists():
        return int(exact.read_text().split()[0]) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def seconds_now():
    """Processor seconds so far: this process, its ended children, the database's server."""
    used = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        spent = resource.getrusage(who)
        used += spent.ru_utime + spent.ru_stime
    return used + server_seconds()


def cost(work, *, times=1):
    """The median processor seconds of `times` calls of `work`."""
    spent = []
    for _ in range(times):
        start = seconds_now()
        work()
        spent.append(seconds_now() - start)
    return statistics.median(spent)


def cost_in_turn(ours, theirs, *, times=5, repeat=1):
    """Median seconds of both, called A B A B …, `repeat` times each; one warm-up each."""

    def many(work):
        for _ in range(repeat):
            work()

    ours()
    theirs()
    pairs = [(cost(lambda: many(ours)), cost(lambda: many(theirs))) for _ in range(times)]
    return tuple(statistics.median(side) / repeat for side in zip(*pairs, strict=True))

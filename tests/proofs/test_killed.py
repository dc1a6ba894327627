"""kill -9 while a roster is written: all rows or none, and running it again doubles nobody."""

import hashlib
import json
import random
import signal
import time
from collections import Counter

import pytest

from tests.proofs.rosters import UNITS, people, promoted, xlsx_of
from tests.proofs.scratch import scratch, start

BASE, NEW = range(300), range(300, 600)
# Of whom a row is: the number of a new person is another one after a run that was killed.
WHOSE = "(SELECT o.personal_id FROM cadres_official o WHERE o.id = official_id)"
# What must be there whole or not at all; columns that a second run cannot tell apart.
TABLES = {
    "cadres_official": "full_name, birth_date, personal_id, gender, version",
    "cadres_posting": f"{WHOSE}, unit_id, position, valid_from, valid_to, ended_by, version",
    "cadres_qualification": f"{WHOSE}, ladder, level_id, detail, valid_from, valid_to, version",
    "cadres_standing": f"{WHOSE}, unit_id, position, valid_from, valid_to, lv_professional",
    "cadres_historicalofficial": "id, full_name, history_type, version",
    "cadres_historicalposting": "id, position, valid_to, history_type, version",
    "cadres_historicalqualification": "id, level_id, valid_to, history_type, version",
    "cadres_change": "batch_id, official_id, model, object_id",
    "cadres_importbatch": "id, state, sha256, done, total",
    "cadres_importrow": "batch_id, row, action, official_id",
    "cadres_importcoverage": "batch_id, unit_id, staff_kind",
    "cadres_auditevent": "act",
}
PEOPLE = ("cadres_official", "cadres_posting", "cadres_qualification", "cadres_standing")


class Killed:
    """A database with 300 people, and a file that changes them and brings 300 more."""

    def __init__(self, folder):
        self.folder, self.databases = folder, scratch(folder)
        self.base, self.file = folder / "base.xlsx", folder / "next.xlsx"
        self.base.write_bytes(xlsx_of(people(BASE)))
        self.file.write_bytes(xlsx_of([promoted(p) for p in people(BASE)] + people(NEW)))
        units = folder / "units.csv"
        units.write_text("name\n" + "\n".join(UNITS), encoding="utf-8")
        self.databases.create("base")
        first = ("import_roster", self.base, "--apply", "--on", "2026-01-01")
        catalogues = ("load_catalogues", "+", "load_units", units)
        self.run("base", "tables", "+", *catalogues, "+", *first)
        self.before = self.state("base")
        self.measure()

    def measure(self):
        """How long a run takes to the first statement of writing, and from there to its end."""
        self.databases.copy("base", "whole")
        begin = time.monotonic()
        process = self.begin_apply("whole", "begin")
        assert process.stderr.readline() == "begin\n"
        self.until_begin = time.monotonic() - begin
        out, err = process.communicate(timeout=120)
        self.writing = time.monotonic() - begin - self.until_begin
        assert process.returncode == 0, err
        assert json.loads(out)["counts"]["create"] == len(NEW)
        self.after = self.state("whole")
        assert self.after != self.before

    def run(self, name, *arguments):
        url = self.databases.url(name)
        process = start(url, "begin", *arguments, folder=self.folder)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        return out

    def apply(self, name, path, on):
        out = self.run(name, "import_roster", path, "--apply", "--json", "--on", on)
        return json.loads(out)["counts"]

    def begin_apply(self, name, place):
        arguments = ("import_roster", self.file, "--apply", "--json", "--on", "2026-06-01")
        return start(self.databases.url(name), place, *arguments, folder=self.folder)

    def state(self, name, tables=TABLES):
        """(number of rows, sum of their content) of each table."""
        found = {}
        for table in tables:
            sql = f"SELECT {TABLES[table]} FROM {table}"  # noqa: S608
            rows = sorted(map(str, self.databases.ask(name, sql)))
            found[table] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return found

    def check(self, name):
        """All or nothing; once more, and everything is there once. Returns "all" or "none"."""
        left = self.state(name)
        assert left in (self.before, self.after), _differences(left, self.before, self.after)
        counts = self.apply(name, self.file, "2026-06-01")
        people_now = {table: self.state(name)[table] for table in PEOPLE}
        assert people_now == {table: self.after[table] for table in PEOPLE}
        if left == self.before:
            assert (counts["create"], counts["update"]) == (len(NEW), len(BASE))
            return "none"
        assert counts["unchanged"] == len(BASE) + len(NEW)
        return "all"

    def killed_at(self, place):
        """A run that kills itself at a place of its writing."""
        self.databases.copy("base", "trial")
        process = self.begin_apply("trial", place)
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        return self.check("trial")

    def killed_after(self, seconds, *, of_writing):
        """A run killed from outside so many seconds after it (or its writing) began."""
        self.databases.copy("base", "trial")
        process = self.begin_apply("trial", "begin")
        if of_writing:
            assert process.stderr.readline() == "begin\n"
        time.sleep(seconds)
        process.kill()
        process.communicate(timeout=60)
        return self.check("trial"), process.returncode


def _differences(left, before, after):
    return {t: (left[t][0], before[t][0], after[t][0]) for t in TABLES if left[t] != before[t]}


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    ready = Killed(tmp_path_factory.mktemp("killed"))
    yield ready
    ready.databases.close()


def test_killed_in_the_middle_of_writing_leaves_nothing(killed):
    assert killed.killed_at(9) == "none"


def test_killed_right_after_the_commit_leaves_everything(killed):
    assert killed.killed_at("committed") == "all"


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_killed_fifty_times_at_random_moments(killed, capsys):
    dice, found = random.Random(), Counter()
    for trial in range(50):
        if trial % 5 == 0:
            whole = killed.until_begin + killed.writing
            left, status = killed.killed_after(dice.uniform(0, whole), of_writing=False)
        else:
            left, status = killed.killed_after(dice.uniform(0, killed.writing), of_writing=True)
        found[left, "ended by itself" if status == 0 else "killed"] += 1
    with capsys.disabled():
        print(f"\nkills: {dict(found)}, writing {killed.writing:.2f} s")  # noqa: T201
    assert found["none", "killed"] >= 10, found
    assert sum(found[left, "killed"] for left in ("none", "all")) >= 30, found

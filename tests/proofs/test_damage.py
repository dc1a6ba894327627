"""Random damage to every sample: read, or refused with a message, in time and in little memory."""

import io
import random
import re
import resource
import time
import zipfile

import pytest

from cadres.intake.roster import read_roster
from cadres.intake.types import IntakeError
from tests.intake.truth import STEMS, TODAY, path_of

pytestmark = pytest.mark.no_database

SECONDS = 10
CHILD_MEMORY = 800 << 10  # KiB, as getrusage says
OWN_GROWTH = 300 << 10
VIETNAMESE = re.compile(
    "[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự]", re.I
)
# The largest sample is damaged more rarely: each reading of it takes seconds.
LARGE = "12_toan_tinh_5000"
OTHERS = [stem for stem in STEMS if stem != LARGE]


def flip(data, dice):
    for _ in range(dice.choice((1, 3, 30, 300))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def overwrite(data, dice):
    for _ in range(dice.choice((1, 5, 60))):
        data[dice.randrange(len(data))] = dice.randrange(256)


def cut(data, dice):
    del data[dice.randrange(len(data)) :]


def cut_out(data, dice):
    start = dice.randrange(len(data))
    del data[start : start + dice.choice((1, 7, 100, 5000))]


def zero(data, dice):
    start = dice.randrange(len(data))
    size = min(dice.choice((4, 64, 1024, 20_000)), len(data) - start)
    data[start : start + size] = bytes(size)


def swap(data, dice):
    size = max(min(dice.choice((2, 50, 2000)), len(data) // 3), 1)
    one, other = sorted(dice.sample(range(max(len(data) - size, 2)), 2))
    one = min(one, max(other - size, 0))
    first, second = data[one : one + size], data[other : other + size]
    data[one : one + size], data[other : other + size] = second, first


def double(data, dice):
    start = dice.randrange(len(data))
    piece = data[start : start + dice.choice((1, 20, 500))]
    data[start:start] = piece


def change_number(data, dice):
    """Another number in the text: indexes, row numbers, repeats, styles, sizes."""
    found = list(re.finditer(rb'"\d{1,7}"|>\d{1,7}<', data))
    for one in dice.sample(found, min(len(found), dice.choice((1, 4)))):
        new = dice.choice((b"0", b"-1", b"99999", b"1048577", b"4294967296", b"1e308", b"NaN", b""))
        data[one.start() + 1 : one.end() - 1] = new.ljust(one.end() - one.start() - 2)


DAMAGES = (flip, overwrite, cut, cut_out, zero, swap, double)


def inside(data, dice):
    """Damage to one member of a zip file, packed again: what is broken is the XML itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        victim = dice.choice([n for n in names if old.getinfo(n).file_size])
        for name in names:
            content = bytearray(old.read(name))
            if name == victim:
                dice.choice((*DAMAGES, change_number, change_number))(content, dice)
            new.writestr(name, bytes(content), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def damaged(data, dice):
    """The bytes after one or two kinds of damage."""
    if data[:2] == b"PK" and dice.random() < 0.6:
        return inside(data, dice)
    data = bytearray(data)
    for _ in range(dice.choice((1, 1, 2))):
        if data:
            dice.choice(DAMAGES)(data, dice)
    return bytes(data)


def spent():
    """Processor seconds of this process and of its children: a busy machine adds none."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def check(data, label):
    """Read or refused; returns the refusal's code, or None for a file that could be read."""
    start, code = spent(), None
    try:
        roster = read_roster(data, today=TODAY)
        assert roster.rows, label
        for row in roster.rows:
            str(row.values).encode()
    except IntakeError as error:
        code = error.code
        assert VIETNAMESE.search(error.message), (label, error.message)
        assert "Traceback" not in error.message, label
    took = spent() - start
    assert took < SECONDS, (label, took)
    return code


def check_memory(before):
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < CHILD_MEMORY
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < OWN_GROWTH


@pytest.mark.parametrize("seed", range(30))
def test_damage_of_a_fixed_seed(seed):
    dice = random.Random(seed)
    stem = OTHERS[seed % len(OTHERS)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    check(damaged(path_of(stem).read_bytes(), dice), (stem, seed))
    check_memory(before)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_two_thousand_damaged_files(capsys):
    samples = {stem: path_of(stem).read_bytes() for stem in STEMS}
    start, found = random.randrange(1 << 32), {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(2000):
        seed = start + number
        dice = random.Random(seed)
        stem = LARGE if number % 100 == 0 else OTHERS[number % len(OTHERS)]
        code = check(damaged(samples[stem], dice), (stem, seed))
        found[code] = found.get(code, 0) + 1
    check_memory(before)
    with capsys.disabled():
        print(f"\ndamaged files from seed {start}: {found}")  # noqa: T201
    assert found[None] > 100 and found["damaged"] > 100

"""Reading 100,000 rows: the memory of the child that opens the file, and of who asked for it."""

import io
import json
import subprocess
import sys
import zipfile

import pytest

from cadres.intake.types import column_letter
from tests.intake.build import xlsx
from tests.proofs.rosters import HEADINGS, people
from tests.proofs.scratch import ROOT

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = 100_000
MOST = 250 << 10  # KiB
# The peak of the process itself: getrusage would tell that of the one which began it, if higher.
MEASURE = """
import json, re, resource, sys
from pathlib import Path
from cadres.intake.roster import read_roster
roster = read_roster(sys.argv[1])
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([len(roster.rows), own, child]))
"""


def large_xlsx(path, listed):
    """A workbook of these people with shared texts, as Excel writes it, row by row."""
    texts = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        with zipfile.ZipFile(_empty()) as old:
            for name in old.namelist():
                if name not in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
                    new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for piece in _sheet(listed, texts):
                sheet.write(piece.encode())
        items = "".join(f"<si><t>{text}</t></si>" for text in texts)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')


def _empty():
    return io.BytesIO(xlsx({"Sheet1": [["x"]]}))


def _sheet(listed, texts):
    yield f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'
    for number, cells in enumerate([HEADINGS, *listed], 1):
        values = cells.values() if number > 1 else HEADINGS.values()
        inside = "".join(
            f'<c r="{column_letter(c)}{number}" t="s"><v>{texts.setdefault(v, len(texts))}</v></c>'
            for c, v in enumerate(values, 1)
        )
        yield f'<row r="{number}">{inside}</row>'
    yield "</sheetData></worksheet>"


@pytest.mark.proof
def test_a_hundred_thousand_rows_in_250_mib(tmp_path, capsys):
    path = tmp_path / "lon.xlsx"
    large_xlsx(path, people(range(ROWS)))
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], cwd=ROOT, capture_output=True, check=True
    )
    rows, own, child = json.loads(answer.stdout)
    with capsys.disabled():
        print(f"\n{rows} rows: child {child >> 10} MiB, parent {own >> 10} MiB")  # noqa: T201
    assert rows == ROWS
    assert child <= MOST
    assert own <= MOST
